#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/application_credential.hpp"

#include <utility>

namespace akv::identity {

std::shared_ptr<TokenCredential> make_client_assertion_credential(std::string tenant_id,
                                                                  std::string client_id,
                                                                  AssertionCallback assertion,
                                                                  CredentialOptions options) {
  std::string description = "client assertion of application " + client_id;
  auto prove = [ask = std::move(assertion)](const std::string&, const Context& context) {
    return detail::proof_of_assertion(ask ? ask(context) : std::string());
  };
  return detail::make_application_credential(std::move(tenant_id), std::move(client_id),
                                             std::move(options), std::move(prove),
                                             std::move(description));
}

}  // namespace akv::identity
