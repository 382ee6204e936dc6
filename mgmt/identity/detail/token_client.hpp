/// One client of a token service: asks its token endpoint, whatever the grant.
#pragma once
#include "akv/mgmt/identity/credential_options.hpp"
#include "akv/mgmt/identity/detail/channel.hpp"
#include "akv/mgmt/identity/detail/token_answer.hpp"

namespace akv::identity::detail {

/// One way to ask for a token, OAuth's `grant_type`.
struct GrantRequest {
  std::string type;                    ///< `client_credentials`
  Form fields;                         ///< What comes with it.
  std::vector<std::string> secrets{};  ///< Those among the fields; masked in messages.
};

/// Safe to share between threads.
class TokenClient {
 public:
  enum class Region { none, allowed };  ///< Whether to ask in the region that the options name.

  /// `options` after with_variables().
  TokenClient(std::string tenant_id, std::string client_id, CredentialOptions options,
              Region region = Region::none);

  const std::string& client_id() const { return client_id_; }
  /// Whether a request's tenant is to be ignored; for_tenant() does it.
  bool own_tenant_only() const { return own_tenant_only_; }
  /// For messages: without user and password, should there be any.
  const std::string& authority() const { return shown_authority_; }
  /// The tenant that the request is for. Throws AuthenticationError for one that is no tenant, or
  /// that this client may not ask for, and for settings that cannot work; nothing is sent then.
  std::string tenant_of(const TokenRequest& request) const;
  /// `https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{name}`
  std::string endpoint(std::string_view tenant, std::string_view name) const;

  /// The answer to the grant, whatever it is. Throws AuthenticationError where there was none.
  http::Response ask(const GrantRequest& grant, const TokenRequest& request,
                     const Context& context);
  TokenGrant get(const GrantRequest& grant, const TokenRequest& request, const Context& context);
  /// Reads the answer to a grant.
  TokenGrant read(const http::Response& response, const GrantRequest& grant,
                  const std::string& tenant, Clock::SystemTime asked_at) const;
  /// Any other question to the token service.
  http::Response post(const std::string& url, const Form& form, const Context& context);

 private:
  const std::string tenant_id_;
  const std::string client_id_;
  const std::string authority_;
  const std::string shown_authority_;
  const std::string token_authority_;  // the same, or the one of the region
  const std::vector<std::string> allowed_tenants_;
  const bool own_tenant_only_;
  Channel channel_;  // locks for itself
};

/// `{"access_token":{"xms_cc":{"values":["CP1"]}}}` joined with the claims of a challenge. Throws
/// AuthenticationError for claims that are no JSON object.
std::string claims_parameter(const TokenRequest& request);
/// `a b`
std::string scope_parameter(const TokenRequest& request);
/// Tenant ids and domain names; anything else would reach into the URL's path.
bool is_tenant(std::string_view text);
/// Whether the list names it, or `*`.
bool is_allowed_tenant(std::string_view tenant, const std::vector<std::string>& allowed);

}  // namespace akv::identity::detail
