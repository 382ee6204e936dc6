#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/policies.hpp"

#include <exception>
#include <utility>

namespace akv::http {
namespace {

class TracePolicy final : public Policy {
 public:
  TracePolicy(AttemptHook hook, std::shared_ptr<LogSink> log)
      : hook_(std::move(hook)), log_(std::move(log)) {}

  Response send(Request& request, Next next, const Context& context) const override {
    ++request.attempts;
    if (!hook_) return next(request, context);
    Attempt attempt = begin(request, context);
    const auto begun = context.clock->steady_now();
    try {
      Response response = next(request, context);
      attempt.duration = context.clock->steady_now() - begun;
      attempt.status = response.status;
      attempt.request_id = response.headers.get("x-ms-request-id").value_or("");
      tell(attempt);
      return response;
    } catch (const AzureError& error) {
      attempt.duration = context.clock->steady_now() - begun;
      attempt.error = redact::text(error.info().message);
      tell(attempt);
      throw;
    }
  }

 private:
  static Attempt begin(const Request& request, const Context& context) {
    const auto url = Url::parse(request.url);
    return {.operation = request.operation,
            .method = request.method,
            .host = url ? url->host : std::string(),
            .target = url ? url->path : std::string(),
            .number = request.attempts,
            .started_at = context.clock->now(),
            .client_request_id =
                std::string(request.headers.get("x-ms-client-request-id").value_or(""))};
  }

  // Somebody's tracing is no reason to lose an answer: after a write that would look like a failure
  // of what has been done.
  void tell(const Attempt& attempt) const {
    std::string trouble;
    try {
      hook_(attempt);
      return;
    } catch (const std::exception& error) {
      trouble = std::string(": ") + error.what();
    } catch (...) {
      trouble = " something that is no std::exception";
    }
    if (log_)
      log_->write(LogLevel::warning, redact::text(attempt.operation +
                                                  ": the hook for attempts threw" + trouble));
  }

  const AttemptHook hook_;              // the caller's; called from any thread
  const std::shared_ptr<LogSink> log_;  // locks for itself
};

}  // namespace

std::unique_ptr<Policy> make_trace_policy(AttemptHook hook, std::shared_ptr<LogSink> log) {
  return std::make_unique<TracePolicy>(std::move(hook), std::move(log));
}

}  // namespace akv::http
