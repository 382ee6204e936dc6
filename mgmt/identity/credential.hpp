/// Credentials: where tokens come from.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/core/errors.hpp"

#include <memory>
#include <string>
#include <vector>

namespace akv::identity {

struct AccessToken {
  std::string token;  ///< Never shown: no log, no message.
  Clock::SystemTime expires_on{};
  Clock::SystemTime refresh_on{};  ///< When to ask for a new one ahead of time.
};

struct TokenRequest {
  std::vector<std::string> scopes;  ///< `https://management.azure.com/.default`
  std::string tenant_id{};          ///< Empty: the credential's own.
  std::string claims{};             ///< A claims challenge (CAE), empty for none.
  /// Whether the caller can answer claims challenges (capability `CP1`): the service then gives
  /// tokens that live long and may be revoked at any moment. The auth policy can.
  bool enable_cae = false;
  /// A token that the service has refused although its end has not come: caches do not give it.
  std::string rejected{};
  /// Nobody needs this token yet: caches set it when they refresh a token ahead of its end. A
  /// credential that would have to ask a person throws InteractionRequiredError instead.
  bool silent = false;
};

/// This credential cannot be used here (not configured, its program is not installed, nobody is
/// signed in): a chain goes on with the next one. A refusal by a credential that can is an
/// AuthenticationError, and ends the chain.
struct CredentialUnavailableError : AuthenticationError {
  using AuthenticationError::AuthenticationError;
};

/// There is no token without a person, and the request was a silent one.
struct InteractionRequiredError : CredentialUnavailableError {
  using CredentialUnavailableError::CredentialUnavailableError;
};

/// A credential that did not serve, and why.
struct PassedOver {
  std::string name;    ///< `Azure CLI`
  std::string reason;  ///< Without a secret.
};

/// Safe to share between threads. Only make_default_credential and make_cached_credential keep
/// tokens; for all others the auth policy of each client does.
class TokenCredential {
 public:
  virtual ~TokenCredential() = default;
  /// Throws AuthenticationError, whose message says what to do and holds no secret, and
  /// CancelledError when the context ended first.
  virtual AccessToken get_token(const TokenRequest& request, const Context& context) = 0;
  /// For messages: `client secret of application 3d4e…`.
  virtual std::string describe() const = 0;
  /// Of a chain that gave a token: the credentials that it tried before, in their order. Of all
  /// others, and before the first token: none.
  virtual std::vector<PassedOver> passed_over() const { return {}; }
};

}  // namespace akv::identity
