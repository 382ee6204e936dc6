#include "akv/mgmt/identity/detail/application_credential.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <utility>

namespace akv::identity::detail {
namespace {

class ApplicationCredential final : public TokenCredential {
 public:
  ApplicationCredential(std::string tenant_id, std::string client_id, CredentialOptions options,
                        ProofSource prove, std::string description)
      : client_(std::move(tenant_id), std::move(client_id), std::move(options),
                TokenClient::Region::allowed),
        prove_(std::move(prove)),
        description_(std::move(description)) {}

  AccessToken get_token(const TokenRequest& asked, const Context& context) override {
    const TokenRequest request = for_tenant(asked, client_.own_tenant_only());
    const std::string audience = client_.endpoint(client_.tenant_of(request), "token");
    Proof proof = prove_(audience, context);
    return client_
        .get({.type = "client_credentials",
              .fields = std::move(proof.fields),
              .secrets = std::move(proof.secrets)},
             request, context)
        .access;
  }

  std::string describe() const override { return description_; }

 private:
  TokenClient client_;  // safe to share
  const ProofSource prove_;
  const std::string description_;
};

}  // namespace

ProofSource prove_by_secret(const std::string& client_id, std::string client_secret) {
  return [client_id, secret = std::move(client_secret)](const std::string&, const Context&) {
    if (secret.empty())
      refuse("the secret of application " + client_id + " is empty; set AZURE_CLIENT_SECRET");
    return Proof{.fields = {{"client_secret", secret}}, .secrets = {secret}};
  };
}

Proof proof_of_assertion(std::string_view assertion) {
  const std::string jwt(ascii::trim(assertion));
  if (jwt.empty()) refuse("the client assertion is empty; give a signed JWT");
  return {.fields = {{"client_assertion_type",
                      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                     {"client_assertion", jwt}},
          .secrets = {jwt}};
}

std::shared_ptr<TokenCredential> make_application_credential(std::string tenant_id,
                                                             std::string client_id,
                                                             CredentialOptions options,
                                                             ProofSource prove,
                                                             std::string description) {
  return std::make_shared<ApplicationCredential>(std::move(tenant_id), std::move(client_id),
                                                 with_variables(std::move(options)),
                                                 std::move(prove), std::move(description));
}

}  // namespace akv::identity::detail
