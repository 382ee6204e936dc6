#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/policies.hpp"

#include <algorithm>
#include <utility>

namespace akv::http {
namespace {

/// A log line stays one line, whatever a peer puts into a header.
std::string printable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, '?');
  return out;
}

LogLevel level_of(int status) {
  return status == 408 || status == 429 || status >= 500 ? LogLevel::warning : LogLevel::info;
}

class LogPolicy final : public Policy {
 public:
  explicit LogPolicy(std::shared_ptr<LogSink> sink) : sink_(std::move(sink)) {}

  Response send(Request& request, Next next, const Context& context) const override {
    if (!sink_) return next(request, context);
    const auto begun = context.clock->steady_now();
    try {
      Response response = next(request, context);
      sink_->write(level_of(response.status),
                   opening(request) + std::to_string(response.status) +
                       closing(request, response.headers, begun, context));
      return response;
    } catch (const AzureError& error) {
      sink_->write(LogLevel::warning,
                   opening(request) + "no answer" + closing(request, {}, begun, context) + ": " +
                       printable(redact::text(error.info().message)) +
                       (error.info().maybe_delivered ? " (maybe delivered)" : ""));
      throw;
    }
  }

 private:
  static std::string opening(const Request& request) {
    return (request.operation.empty() ? "" : request.operation + ": ") +
           std::string(to_string(request.method)) + " " + printable(redact::url(request.url)) +
           " -> ";
  }

  /// ` in 12 ms, x-ms-client-request-id: …, x-ms-request-id: …`
  static std::string closing(const Request& request, const Headers& headers,
                             Clock::SteadyTime begun, const Context& context) {
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(context.clock->steady_now() - begun);
    std::string line = " in " + std::to_string(took.count()) + " ms";
    const auto add = [&line](std::string_view name, std::string_view value) {
      if (redact::header(name, value) == redact::mask) return;
      line += ", " + printable(name) + ": " + printable(redact::text(value));
    };
    constexpr std::string_view client_id = "x-ms-client-request-id";
    if (const auto id = request.headers.get(client_id)) add(client_id, *id);
    for (const auto& [name, value] : headers)
      if (name != client_id) add(name, value);
    return line;
  }

  const std::shared_ptr<LogSink> sink_;  // locks for itself
};

}  // namespace

std::unique_ptr<Policy> make_log_policy(std::shared_ptr<LogSink> sink) {
  return std::make_unique<LogPolicy>(std::move(sink));
}

}  // namespace akv::http
