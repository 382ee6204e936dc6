/// A person's sign-in that outlives one token.
#pragma once
#include "akv/mgmt/identity/detail/token_client.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace akv::identity::detail {

/// Safe to share between threads.
class UserSession {
 public:
  UserSession(std::string tenant_id, std::string client_id, CredentialOptions options);

  TokenClient& client() { return client_; }
  const TokenClient& client() const { return client_; }

  /// By the refresh token of the request's tenant; where there is none, or it does not hold any
  /// more, by `sign_in`, which only one thread at a time is in. It gets the request with the scopes
  /// that make the service give a refresh token. A silent request never comes to `sign_in`, nor
  /// waits for one.
  using SignIn = std::function<TokenGrant(const TokenRequest& request)>;
  AccessToken get(const TokenRequest& asked, const SignIn& sign_in, const Context& context);

 private:
  /// Nothing where the service does not take it any more.
  std::optional<TokenGrant> redeem(const std::string& refresh_token, const TokenRequest& request,
                                   const Context& context);
  void remember(const std::string& tenant, std::string refresh_token);

  class Turn;

  TokenClient client_;  // locks for itself
  std::mutex mutex_;    // guards busy_; not held while service or person are asked
  std::condition_variable_any free_;
  bool busy_ = false;                                  // one thread is at it
  std::map<std::string, std::string> refresh_tokens_;  // by tenant, lower case; that thread's
};

}  // namespace akv::identity::detail
