/// The errors that the library throws.
///
/// All derive from AzureError. The message says operation, target, code, the service's own text,
/// request id and attempts, so that it can be acted on without a log. It never holds a token, a
/// secret or a request body.
#pragma once
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace akv {

/// What is known about a failed call. Empty where the service did not say.
struct ErrorInfo {
  /// One of the errors behind an error: which of several parts failed, and why.
  struct Detail {
    std::string code, message, target;
  };
  /// What a service adds to an error, such as which policy forbids a request: `type` is then
  /// `PolicyViolation`. `info` is JSON as it was sent, but for what looks like a secret.
  struct AdditionalInfo {
    std::string type, info;
  };

  int status = 0;          ///< HTTP status; 0 when there was no answer at all.
  std::string code;        ///< ARM's `error.code`, an open set: `ResourceNotFound`, …
  std::string message;     ///< The service's own text.
  std::string target;      ///< What was addressed: an ARM id, a URL without query, a file.
  std::string request_id;  ///< `x-ms-request-id`, for a support ticket.
  std::string operation;   ///< Such as `Vaults.get`.
  int attempts = 1;        ///< How often the request was sent.
  /// How long the service asked to wait, where it did (429, 503).
  std::optional<std::chrono::seconds> retry_after{};
  /// No answer came, but the service may have carried the request out: read before writing again.
  bool maybe_delivered = false;
  /// `error.details`, each followed by its own. The first five are quoted in `message` too. At most
  /// 32; texts are cut to 2,000 bytes.
  std::vector<Detail> details{};
  /// `error.additionalInfo` and that of the details. At most 32; an `info` beyond 16 KiB is left
  /// out.
  std::vector<AdditionalInfo> additional_info{};
};

class AzureError : public std::runtime_error {
 public:
  explicit AzureError(ErrorInfo info);
  const ErrorInfo& info() const noexcept { return info_; }

 private:
  ErrorInfo info_;
};

struct NotFoundError : AzureError {
  using AzureError::AzureError;
};  ///< 404, 204 on get.
struct ConflictError : AzureError {
  using AzureError::AzureError;
};  ///< 409 and 412.
struct ThrottledError : AzureError {
  using AzureError::AzureError;
};  ///< 429, at the end of patience.
struct AuthenticationError : AzureError {
  using AzureError::AzureError;
};  ///< 401, or no token.
struct ForbiddenError : AzureError {
  using AzureError::AzureError;
};  ///< 403.
struct TransportError : AzureError {
  using AzureError::AzureError;
};  ///< No answer: refused, reset, TLS.
struct CancelledError : AzureError {
  using AzureError::AzureError;
};  ///< Deadline or stop request.
struct FormatError : AzureError {
  using AzureError::AzureError;
};  ///< JSON or YAML, with path or line.

/// Throws the member of the family that fits `info.status` (AzureError itself for all others).
[[noreturn]] void throw_for_status(ErrorInfo info);

}  // namespace akv
