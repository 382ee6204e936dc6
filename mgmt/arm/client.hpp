/// The ARM client core that every service client shares: endpoint, sign-in, pipeline, errors.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/log.hpp"
#include "akv/mgmt/core/pace.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv {

/// What one call may be told. Every operation takes it last.
struct CallOptions {
  /// Deadline, stop token, clock, longest wait. A clock that is not the client's leaves the pace
  /// aside, neither waiting for it nor telling it anything: its moments mean nothing to the others.
  Context context{};
  http::Headers headers{};    ///< Sent besides the client's own; replaces those of the same name.
  std::string api_version{};  ///< For this call only; empty: the client's.
  /// For this call only; none: the client's. `{.max_attempts = 1}` where a lost answer is to be
  /// seen (ErrorInfo::maybe_delivered) rather than sent for again.
  std::optional<http::RetryOptions> retry{};
  /// Called with each answer that the call ends with, before it is judged and read, on the calling
  /// thread: its status and headers, and the body as it came. Each page and each look at a
  /// long-running operation is one. What it throws ends the call.
  std::function<void(const http::Response&)> on_response{};
};

namespace arm {

/// Where a cloud lives. Origins without a trailing slash.
struct Cloud {
  std::string name = "AzureCloud";
  std::string resource_manager = "https://management.azure.com";
  std::string authority_host = "https://login.microsoftonline.com";
  std::string audience = "https://management.azure.com";  ///< The scope is this + `/.default`.
  std::string vault_dns_suffix = "vault.azure.net";
};
Cloud azure_cloud();
Cloud azure_china_cloud();
Cloud azure_us_government();
/// One of the three by name (case does not matter), or nullopt.
std::optional<Cloud> find_cloud(std::string_view name);
/// From the answer of `GET {resource_manager}/metadata/endpoints?api-version=2015-01-01` (or of a
/// newer version: an array of clouds). Throws FormatError naming the missing member.
Cloud cloud_from_metadata(std::string_view json, std::string resource_manager);

using http::Attempt;
using http::Counters;
using http::RetryOptions;

struct ClientOptions {
  Cloud cloud{};
  RetryOptions retry{};
  std::string api_version{};        ///< Empty: the service client's default.
  std::string user_agent_prefix{};  ///< Your program's name, up to 24 characters.
  /// Off: requests name neither this library nor its version, but for the prefix.
  bool telemetry = true;
  std::shared_ptr<http::Transport> transport{};  ///< Empty: the one over cpprestsdk.
  /// Empty: that of the process (arm::process_pace), so that all clients of a principal keep to one
  /// budget; for a client that goes by a clock of its own, a pace of its own.
  std::shared_ptr<Pace> pace{};
  std::shared_ptr<LogSink> log{};        ///< Empty: nothing is logged.
  std::shared_ptr<Counters> counters{};  ///< Empty: nothing is counted.
  /// Called after each attempt, for your own tracing; see http::Attempt. What it throws is logged
  /// and goes no further.
  http::AttemptHook on_attempt{};
  /// Whose budget the client's requests use up, among clients that share a pace: those of one
  /// endpoint that give the same word wait for each other. Empty: those that share the credential
  /// object. The pace is told `{cloud.resource_manager} {word}` (Pace::of_principal).
  std::string principal{};
  /// For requests that touch resources of other tenants too, such as a peering or a role across
  /// them: the credential is asked for a token of each, and the client sends them as
  /// `x-ms-authorization-auxiliary`. At most 3. The credential must be one that may ask them
  /// (CredentialOptions::additionally_allowed_tenants), and its principal a guest there.
  std::vector<std::string> auxiliary_tenants{};
  /// Policies of your own, none of them null: the first for each call, around all repetitions of
  /// it, the others for each attempt. With `register_providers` a call may become several, and the
  /// first run again for each: the registration, every look at how far it is, and the repeated
  /// request. Neither sees a token of the client's, before `next` or after it, and a request that
  /// they send to another origin is refused.
  std::vector<std::shared_ptr<const http::Policy>> per_call_policies{}, per_retry_policies{};
  /// Set it where the client may register a resource provider that the subscription does not use
  /// yet, and then send the refused request again. A first use of a provider takes minutes.
  bool register_providers = false;
  const Clock* clock = &system_clock();     ///< Must outlive the client.
  RandomSource* random = &system_random();  ///< Must outlive the client.
};

/// Sends ARM requests. Immutable after construction: safe to share between threads; copies share
/// the same core.
class ArmClient {
 public:
  /// Throws FormatError when the cloud's resource manager is not an https URL, for auxiliary
  /// tenants that are empty or more than three, and for a policy that is null.
  ArmClient(std::shared_ptr<identity::TokenCredential> credential, ClientOptions options);

  /// A request to `path` (already encoded, starting with `/`) with `query` pairs (values encoded
  /// here; `api-version` is added as `api_version`). Any status is an answer.
  ///
  /// What this and the functions below throw, any operation of a service client may throw too:
  /// TransportError where no answer came; AuthenticationError where no token could be had;
  /// CancelledError for the deadline and the stop token; ThrottledError, and nothing is sent, where
  /// the pace's next slot is further away than `max_wait`; FormatError for a URL on another origin;
  /// AzureError with a code for what cannot be sent at all: a header with a line break, a proxy's
  /// address that is none (`InvalidProxy`).
  http::Response send(http::Method method, std::string_view path,
                      const std::vector<std::pair<std::string, std::string>>& query,
                      std::string body, std::string_view operation, std::string_view api_version,
                      const CallOptions& options = {}, bool idempotent_post = false) const;
  /// A request to an absolute URL as given: `nextLink`, `Location`, `Azure-AsyncOperation`. Throws
  /// FormatError when it is not on the client's own origin: the token never goes elsewhere.
  http::Response send_to(http::Method method, std::string_view url, std::string_view operation,
                         const CallOptions& options = {}) const;
  /// The raw way out, through the same pipeline. The URL must be on the client's own origin, or a
  /// path that starts with `/`; nothing is added to it.
  http::Response send_request(http::Request request, const Context& context = {}) const;
  /// The absolute URL that send() uses for a path.
  std::string url(std::string_view path,
                  const std::vector<std::pair<std::string, std::string>>& query,
                  std::string_view api_version) const;
  /// `context`, going by the client's clock unless it names one of its own.
  Context on_client_clock(const Context& context) const;

  const Cloud& cloud() const;
  const ClientOptions& options() const;

 private:
  struct Core;
  std::shared_ptr<const Core> core_;
};

/// Throws the error of the family that fits the answer, with everything that the body and headers
/// say: ARM's envelope, the other spellings seen in the wild, or text that is not JSON at all.
[[noreturn]] void throw_error(const http::Response& response, std::string_view operation,
                              std::string_view target);
/// The same as a value.
ErrorInfo error_info(const http::Response& response, std::string_view operation,
                     std::string_view target);

}  // namespace arm
}  // namespace akv
