#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/certificate_proof.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <utility>

namespace akv::identity {
namespace {

class OnBehalfOfCredential final : public TokenCredential {
 public:
  OnBehalfOfCredential(OnBehalfOfOptions on_behalf_of, CredentialOptions options)
      : user_assertion_(std::move(on_behalf_of.user_assertion)),
        prove_(proof(on_behalf_of, *options.random)),
        client_(std::move(on_behalf_of.tenant_id), std::move(on_behalf_of.client_id),
                std::move(options)) {}

  AccessToken get_token(const TokenRequest& asked, const Context& context) override {
    const TokenRequest request = detail::for_tenant(asked, client_.own_tenant_only());
    const std::string audience = client_.endpoint(client_.tenant_of(request), "token");
    if (user_assertion_.empty())
      detail::refuse("the user's token is empty; pass on the one that came with the call");
    if (!prove_)
      detail::refuse("on behalf of a user, application " + client_.client_id() +
                     " needs one proof of its own; give a secret, a certificate or an assertion, "
                     "and only one of them");
    detail::Proof proof = prove_(audience, context);
    detail::GrantRequest grant{.type = "urn:ietf:params:oauth:grant-type:jwt-bearer",
                               .fields = std::move(proof.fields),
                               .secrets = std::move(proof.secrets)};
    grant.fields.emplace_back("assertion", user_assertion_);
    grant.fields.emplace_back("requested_token_use", "on_behalf_of");
    grant.secrets.push_back(user_assertion_);
    return client_.get(grant, request, context).access;
  }

  std::string describe() const override {
    return "a user's token, on behalf of whom application " + client_.client_id() + " acts";
  }

 private:
  /// Empty unless exactly one is given.
  static detail::ProofSource proof(const OnBehalfOfOptions& given, RandomSource& random) {
    const bool certificate = !given.certificate.path.empty() || !given.certificate.content.empty();
    const int count =
        (given.client_secret.empty() ? 0 : 1) + (certificate ? 1 : 0) + (given.assertion ? 1 : 0);
    if (count != 1) return {};
    if (certificate)
      return detail::prove_by_certificate(given.client_id, given.certificate, random);
    if (!given.client_secret.empty())
      return detail::prove_by_secret(given.client_id, given.client_secret);
    return [ask = given.assertion](const std::string&, const Context& context) {
      return detail::proof_of_assertion(ask(context));
    };
  }

  const std::string user_assertion_;
  const detail::ProofSource prove_;
  detail::TokenClient client_;  // safe to share
};

}  // namespace

std::shared_ptr<TokenCredential> make_on_behalf_of_credential(OnBehalfOfOptions on_behalf_of,
                                                              CredentialOptions options) {
  return std::make_shared<OnBehalfOfCredential>(std::move(on_behalf_of),
                                                detail::with_variables(std::move(options)));
}

}  // namespace akv::identity
