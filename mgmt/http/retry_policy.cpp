#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/http/retry_after.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace akv::http {
namespace {

using std::chrono::milliseconds;

/// What one attempt came to: an answer, or why there was none.
using Outcome = std::variant<Response, ErrorInfo>;

// Not 409 and 412: ARM's conflicts last (a name in use, a lock, an unregistered provider), and
// where another writer is the reason, the body is stale. Who made it reads, merges and writes
// again.
bool is_passing(int status) {
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 ||
         status == 504;
}

bool may_repeat(const Request& request, const Outcome& outcome) {
  if (const auto* lost = std::get_if<ErrorInfo>(&outcome))
    return is_idempotent(request) || !lost->maybe_delivered;
  const auto& response = std::get<Response>(outcome);
  if (is_idempotent(request)) return is_passing(response.status);
  // These say "not now" before any work is done; a bare 503 does not.
  return response.status == 429 || (response.status == 503 && response.headers.has("Retry-After"));
}

/// Whether the work may be done although the answer does not say so: it was lost, or given by
/// somebody on the way who had none from the service, or by a service that broke off.
bool may_have_worked(const Outcome& outcome) {
  if (const auto* lost = std::get_if<ErrorInfo>(&outcome)) return lost->maybe_delivered;
  const int status = std::get<Response>(outcome).status;
  return status == 408 || status == 500 || status == 502 || status == 504;
}

/// The same error, saying that an earlier attempt may have been carried out.
template <class Error>
[[noreturn]] void throw_after_lost(const Error& error, int earlier_attempts) {
  ErrorInfo info = error.info();
  info.maybe_delivered = true;
  info.attempts += earlier_attempts;
  throw Error(std::move(info));
}

class RetryPolicy final : public Policy {
 public:
  RetryPolicy(RetryOptions options, RandomSource& random, std::shared_ptr<Counters> counters)
      : options_(options), random_(&random), counters_(std::move(counters)) {}

  Response send(Request& request, Next next, const Context& context) const override {
    const RetryOptions options = request.retry.value_or(options_);
    bool lost_one = false;
    for (int attempt = 1;; ++attempt) {
      count(request, attempt);
      Outcome outcome = send_once(request, next, context, lost_one ? attempt - 1 : 0);
      if (auto* answer = std::get_if<Response>(&outcome)) answer->after_lost_answer = lost_one;
      lost_one |= may_have_worked(outcome);
      const bool again = attempt < options.max_attempts && may_repeat(request, outcome);
      if (auto* failed = std::get_if<ErrorInfo>(&outcome)) failed->maybe_delivered = lost_one;
      if (!again) return finish(std::move(outcome), request, attempt);
      const milliseconds wait = wait_after(outcome, attempt, options, context);
      // Whoever allows no wait at all repeats by himself, and must see the first answer.
      if (wait > context.max_wait || context.max_wait <= std::chrono::seconds(0) ||
          (context.deadline && context.clock->steady_now() + wait >= *context.deadline))
        return finish(std::move(outcome), request, attempt);
      const auto* answer = std::get_if<Response>(&outcome);
      if (counters_ && answer && answer->status == 429)
        counters_->throttled_milliseconds += static_cast<std::uint64_t>(wait.count());
      rest(wait, request, attempt, lost_one, context);
    }
  }

 private:
  /// `after_lost`: how many attempts went before, if one of them may have been carried out.
  static Outcome send_once(Request& request, const Next& next, const Context& context,
                           int after_lost) {
    try {
      return next(request, context);
    } catch (const TransportError& error) {
      return error.info();
    } catch (const CancelledError& error) {
      if (after_lost == 0) throw;
      throw_after_lost(error, after_lost);
    } catch (const ThrottledError& error) {
      if (after_lost == 0) throw;
      throw_after_lost(error, after_lost);
    } catch (const AuthenticationError& error) {
      if (after_lost == 0) throw;
      throw_after_lost(error, after_lost);
    } catch (const FormatError& error) {
      if (after_lost == 0) throw;
      throw_after_lost(error, after_lost);
    }
  }

  static void rest(milliseconds wait, const Request& request, int attempts, bool lost_one,
                   const Context& context) {
    try {
      context.wait(wait);
    } catch (const CancelledError& error) {
      ErrorInfo info = error.info();
      info.operation = request.operation;
      info.attempts = attempts;
      info.maybe_delivered = lost_one;
      throw CancelledError(std::move(info));
    }
  }

  static Response finish(Outcome outcome, const Request& request, int attempts) {
    if (auto* lost = std::get_if<ErrorInfo>(&outcome)) {
      lost->attempts = attempts;
      if (lost->operation.empty()) lost->operation = request.operation;
      throw TransportError(std::move(*lost));
    }
    auto& response = std::get<Response>(outcome);
    response.attempts = attempts;
    return std::move(response);
  }

  milliseconds wait_after(const Outcome& outcome, int attempt, const RetryOptions& options,
                          const Context& context) const {
    // `Retry-After: 0` and a date gone by are seen in the wild, and no reason for a storm.
    if (const auto* response = std::get_if<Response>(&outcome))
      if (const auto asked = retry_after(response->headers, context.clock->now());
          asked && *asked > asked->zero())
        return *asked;
    return backoff(attempt, options);
  }

  /// Full jitter: anything between nothing and the doubled delay, so that clients that failed
  /// together do not come back together.
  milliseconds backoff(int attempt, const RetryOptions& options) const {
    milliseconds ceiling = std::min(options.delay, options.max_delay);
    for (int i = 1; i < attempt && ceiling < options.max_delay; ++i)
      ceiling = std::min(ceiling * 2, options.max_delay);
    const auto range = static_cast<std::uint64_t>(std::max<std::int64_t>(ceiling.count(), 0)) + 1;
    return milliseconds(static_cast<std::int64_t>(random_->next() % range));
  }

  void count(const Request& request, int attempt) const {
    if (!counters_) return;
    if (attempt > 1)
      ++counters_->retries;
    else if (request_class(request) == RequestClass::read)
      ++counters_->reads;
    else
      ++counters_->writes;
  }

  const RetryOptions options_;
  RandomSource* random_;  // the caller's; outlives the policy, locks for itself
  const std::shared_ptr<Counters> counters_;
};

}  // namespace

std::unique_ptr<Policy> make_retry_policy(RetryOptions options, RandomSource& random,
                                          std::shared_ptr<Counters> counters) {
  return std::make_unique<RetryPolicy>(options, random, std::move(counters));
}

}  // namespace akv::http
