/// A long-running operation as data: what to ask next, and what an answer means.
///
/// Follows the ARM asynchronous-operations contract: `Azure-AsyncOperation`, then `Location`, then
/// `provisioningState` of the resource itself. Makes no request, so both Poller and the
/// provisioner's state machine use it. A plain value.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace akv::arm {

/// How the final value is had.
enum class FinalState { none, location, resource };

class Operation {
 public:
  enum class Status { in_progress, succeeded, failed };

  /// From the first answer (a 2xx) to `method resource_url`.
  static Operation start(http::Method method, std::string resource_url, const http::Response& first,
                         FinalState final_state, Clock::SystemTime now);
  /// From resume_token(). Throws FormatError for anything else.
  static Operation resume(std::string_view token);
  /// All that another process needs to go on: URLs and states, no secret, no body. JSON text.
  std::string resume_token() const;

  Status status() const { return status_; }
  /// The URL that the operation was begun on.
  const std::string& resource_url() const { return resource_url_; }
  /// The URL for the next GET while in progress.
  const std::string& poll_url() const { return poll_url_; }
  /// How long to wait before it: Retry-After as given, else `fallback`.
  std::chrono::seconds wait(std::chrono::seconds fallback) const {
    return retry_after_.value_or(fallback);
  }
  /// Takes the answer to the poll (any status; 408, 429 and 5xx were retried before).
  void advance(const http::Response& answer, Clock::SystemTime now);
  /// After success: the body that holds the result, or nullopt where `final_url()` has it. A
  /// deletion may leave neither.
  const std::optional<std::string>& final_body() const { return final_body_; }
  const std::string& final_url() const { return final_url_; }
  /// After failure.
  const ErrorInfo& error() const { return error_; }

 private:
  enum class Style { async_operation, location, body };

  Operation() = default;
  void follow(const http::Response& answer, Clock::SystemTime now);
  void read_async_operation(const http::Response& answer);
  void read_location(const http::Response& answer);
  void read_resource(const http::Response& answer);
  void succeed(const http::Response& answer);
  void fail(ErrorInfo error);

  http::Method method_ = http::Method::get;
  Style style_ = Style::body;
  FinalState final_state_ = FinalState::none;
  Status status_ = Status::in_progress;
  std::string resource_url_, location_;
  std::string poll_url_, final_url_;
  std::optional<std::string> final_body_;
  std::optional<std::chrono::seconds> retry_after_;
  ErrorInfo error_;
};

}  // namespace akv::arm
