#include "akv/mgmt/keyvault/client.hpp"

#include "akv/mgmt/arm/path.hpp"

#include <utility>

namespace akv {

KeyVaultManagementClient::KeyVaultManagementClient(
    std::shared_ptr<identity::TokenCredential> credential, std::string subscription_id,
    const arm::ClientOptions& options)
    : arm_(std::move(credential), options), subscription_id_(std::move(subscription_id)) {
  arm::check_segment(subscription_id_, "subscription id", "KeyVaultManagementClient");
  api_version_ = options.api_version.empty() ? key_vault_api_version : options.api_version;
}

VaultsOperations KeyVaultManagementClient::vaults() const {
  return VaultsOperations(arm_, subscription_id_, api_version_);
}

http::Response KeyVaultManagementClient::send_request(http::Request request,
                                                      const Context& context) const {
  return arm_.send_request(std::move(request), context);
}

}  // namespace akv
