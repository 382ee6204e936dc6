#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/application_credential.hpp"

#include <utility>

namespace akv::identity {

std::shared_ptr<TokenCredential> make_client_secret_credential(std::string tenant_id,
                                                               std::string client_id,
                                                               std::string client_secret,
                                                               CredentialOptions options) {
  auto prove = detail::prove_by_secret(client_id, std::move(client_secret));
  std::string description = "client secret of application " + client_id;
  return detail::make_application_credential(std::move(tenant_id), std::move(client_id),
                                             std::move(options), std::move(prove),
                                             std::move(description));
}

}  // namespace akv::identity
