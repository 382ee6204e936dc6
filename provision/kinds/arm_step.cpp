#include "akv/provision/kinds/arm_step.hpp"

#include "akv/provision/kinds/arm_pages.hpp"

#include <set>
#include <string_view>
#include <utility>

namespace akv::kinds {
namespace {

using namespace std::chrono_literals;

// The other 409s (soft-deleted name, lock, group being deleted, provider) are final.
bool is_concurrent_write(const ErrorInfo& error) {
  if (error.status == 412) return true;
  return error.status == 409 && error.code == "ConflictError" &&
         error.message.find("deleted state") == std::string::npos;
}

// Only these say that the thing itself is absent; a proxy's 404, or one for a wrong type, does not.
bool is_absence(const ErrorInfo& error) {
  return error.status == 404 &&
         (error.code == "ResourceNotFound" || error.code == "ResourceGroupNotFound" ||
          error.code == "ParentResourceNotFound" || error.code == "DeletedVaultNotFound");
}

Reply classify(http::Response response, bool is_write, std::string_view operation,
               std::string_view target) {
  Reply reply{.kind = Reply::Kind::answer, .response = std::move(response)};
  const int status = reply.response.status;
  if (status >= 200 && status < 300) {
    reply.error.operation = operation;
    reply.error.target = target;
    return reply;
  }
  reply.error = arm::error_info(reply.response, operation, target);
  if (reply.error.retry_after) reply.after = *reply.error.retry_after;
  if (is_absence(reply.error)) {
    reply.kind = Reply::Kind::absent;
  } else if (status == 429 || (status == 503 && reply.error.retry_after)) {
    reply.kind = Reply::Kind::passing;
  } else if (status == 408 || status >= 500) {
    reply.kind = is_write ? Reply::Kind::lost : Reply::Kind::passing;
  } else if (is_concurrent_write(reply.error)) {
    reply.kind = Reply::Kind::conflict;
  } else {
    reply.kind = Reply::Kind::refused;
  }
  return reply;
}

template <class Send>
Reply guarded(bool is_write, std::string_view operation, std::string_view target,
              const Context& context, Send send) {
  Context at_once = context;
  at_once.max_wait = 0s;
  try {
    return classify(send(CallOptions{.context = at_once}), is_write, operation, target);
  } catch (const CancelledError& e) {
    return {.kind = Reply::Kind::cancelled, .error = e.info()};
  } catch (const ThrottledError& e) {
    return {.kind = Reply::Kind::passing,
            .error = e.info(),
            .after = e.info().retry_after.value_or(1s)};
  } catch (const TransportError& e) {
    const bool lost = is_write && e.info().maybe_delivered;
    return {.kind = lost ? Reply::Kind::lost : Reply::Kind::passing, .error = e.info()};
  } catch (const AzureError& e) {
    return {.kind = Reply::Kind::refused, .error = e.info()};
  } catch (const std::exception& e) {
    return {.kind = Reply::Kind::refused,
            .error = {.message = e.what(),
                      .target = std::string(target),
                      .operation = std::string(operation)}};
  }
}

}  // namespace

json::Document document_in(const Reply& reply) {
  return document_in(reply.response, reply.error.operation, reply.error.target);
}

json::Document page_in(const Reply& reply, const std::function<void(json::Document)>& sink) {
  return page_in(reply.response, reply.error.operation, reply.error.target, sink);
}

Reply ArmStep::send(http::Method method, std::string_view path, const json::Document& body,
                    std::string_view operation, const Context& context, const Query& query) const {
  const bool is_write = method != http::Method::get && method != http::Method::head;
  Reply reply = guarded(is_write, operation, path, context, [&](const CallOptions& options) {
    return client_.send(method, path, query, body.is_null() ? std::string() : body.dump(),
                        operation, api_version_, options);
  });
  count_repetition(reply);
  return reply;
}

// The engine repeats these itself, past the pipeline, which counts its own.
void ArmStep::count_repetition(const Reply& reply) const {
  const auto& counters = client_.options().counters;
  if (!counters) return;
  switch (reply.kind) {
    case Reply::Kind::passing:
      counters->throttled_milliseconds += static_cast<std::uint64_t>(
          std::chrono::duration_cast<std::chrono::milliseconds>(reply.after).count());
      [[fallthrough]];
    case Reply::Kind::lost:
    case Reply::Kind::conflict:
      ++counters->retries;
      break;
    default:
      break;
  }
}

Reply ArmStep::get_url(const std::string& url, std::string_view operation,
                       const Context& context) const {
  return guarded(false, operation, url, context, [&](const CallOptions& options) {
    return client_.send_to(http::Method::get, url, operation, options);
  });
}

Reply ArmExecution::write(http::Method method, std::string_view path, const json::Document& body,
                          std::string_view operation, const Context& context) {
  in_doubt_ = true;
  Reply reply = arm_.send(method, path, body, operation, context);
  // A cancelled write may be on its way; everything else but a lost one is known.
  in_doubt_ = reply.kind == Reply::Kind::lost || reply.kind == Reply::Kind::cancelled;
  return reply;
}

Reply ArmExecution::read(std::string_view path, std::string_view operation, const Context& context,
                         const Query& query) {
  Reply reply = arm_.send(http::Method::get, path, {}, operation, context, query);
  if (reply.kind == Reply::Kind::answer || reply.kind == Reply::Kind::absent) in_doubt_ = false;
  return reply;
}

engine::StepOutcome ArmExecution::stand_of(const arm::Operation& job,
                                           std::chrono::seconds usual_wait,
                                           std::string_view word) const {
  switch (job.status()) {
    case arm::Operation::Status::succeeded:
      return done(std::string(word));
    case arm::Operation::Status::failed:
      return fail(job.error());
    default:
      return {.status = StepOutcome::Status::poll, .after = job.wait(usual_wait)};
  }
}

engine::StepOutcome ArmExecution::follow(arm::Operation& job, std::string_view operation,
                                         std::chrono::seconds usual_wait, std::string_view word,
                                         const Context& context) const {
  const Reply reply = arm_.get_url(job.poll_url(), operation, context);
  if (reply.kind == Reply::Kind::passing || reply.kind == Reply::Kind::cancelled)
    return trouble(reply);
  // No answer at all, such as a sign-in that failed: that is the cause to tell.
  if (reply.response.status == 0) return trouble(reply);
  job.advance(reply.response, context.clock->now());
  return stand_of(job, usual_wait, word);
}

engine::StepOutcome ArmExecution::trouble(const Reply& reply) const {
  ErrorInfo error = reply.error;
  error.maybe_delivered = in_doubt_;
  switch (reply.kind) {
    case Reply::Kind::passing:
    case Reply::Kind::lost:
    case Reply::Kind::conflict:
      return {.status = StepOutcome::Status::retry, .after = reply.after, .error = error};
    default:
      // What ends it may be a read after a write whose answer was lost.
      if (in_doubt_) return {.status = StepOutcome::Status::unknown, .error = error};
      if (reply.kind != Reply::Kind::cancelled) return fail(error);
      return {.status = StepOutcome::Status::failed, .error = error};
  }
}

std::optional<engine::StepOutcome> ArmExecution::refused_by_guard(
    const engine::Change& fresh, const engine::Recheck& recheck,
    const std::string& plan_again) const {
  if (!recheck) return std::nullopt;
  const std::vector<engine::GuardFinding> findings = recheck(fresh);
  if (findings.empty()) return std::nullopt;
  // All at once: who lifts one after the other needs a run for each.
  std::string message, remedy, options;
  std::set<std::string_view> known;
  for (const engine::GuardFinding& finding : findings) {
    message += (message.empty() ? "" : "; ") + finding.id + ": " + finding.message;
    if (finding.remedy.find(remedy) != std::string::npos)
      remedy = finding.remedy;  // The same, with more places.
    else if (remedy.find(finding.remedy) == std::string::npos)
      remedy += "; " + finding.remedy;
    if (!finding.lifted_by.empty() && known.insert(finding.lifted_by).second)
      options += (options.empty() ? "" : " ") + finding.lifted_by;
  }
  if (!options.empty())
    remedy += ", or mean it:\n" + (plan_again.empty() ? options : plan_again + " " + options);
  return fail({.code = "RefusedByGuard", .message = std::move(message), .target = fresh.id},
              std::move(remedy));
}

}  // namespace akv::kinds
