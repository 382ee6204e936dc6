/// Credentials: where tokens come from.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/context.hpp"

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
};

/// Safe to share between threads; keeps no cache (the auth policy does).
class TokenCredential {
 public:
  virtual ~TokenCredential() = default;
  /// Throws AuthenticationError, whose message says what to do and holds no secret.
  virtual AccessToken get_token(const TokenRequest& request, const Context& context) = 0;
  /// For messages: `client secret of application 3d4e…`.
  virtual std::string describe() const = 0;
};

}  // namespace akv::identity
