#include "akv/mgmt/keyvault/client.hpp"

#include "akv/mgmt/arm/path.hpp"
#include "akv/mgmt/keyvault/keys.hpp"
#include "akv/mgmt/keyvault/managed_hsm_keys.hpp"
#include "akv/mgmt/keyvault/managed_hsms.hpp"
#include "akv/mgmt/keyvault/mhsm_private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/mhsm_private_link_resources.hpp"
#include "akv/mgmt/keyvault/mhsm_regions.hpp"
#include "akv/mgmt/keyvault/network_security_perimeter_configurations.hpp"
#include "akv/mgmt/keyvault/private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/private_link_resources.hpp"
#include "akv/mgmt/keyvault/provider_operations.hpp"
#include "akv/mgmt/keyvault/secrets.hpp"

#include <utility>

namespace akv {

KeyVaultManagementClient::KeyVaultManagementClient(
    std::shared_ptr<identity::TokenCredential> credential, std::string subscription_id,
    const arm::ClientOptions& options)
    : arm_(std::move(credential), options), subscription_id_(std::move(subscription_id)) {
  arm::check_segment(subscription_id_, "subscription id", "KeyVaultManagementClient");
  api_version_ = options.api_version.empty() ? key_vault_api_version : options.api_version;
}

VaultsOperations KeyVaultManagementClient::vaults() const { return group<VaultsOperations>(); }
KeysOperations KeyVaultManagementClient::keys() const { return group<KeysOperations>(); }
SecretsOperations KeyVaultManagementClient::secrets() const { return group<SecretsOperations>(); }
PrivateEndpointConnectionsOperations KeyVaultManagementClient::private_endpoint_connections()
    const {
  return group<PrivateEndpointConnectionsOperations>();
}
PrivateLinkResourcesOperations KeyVaultManagementClient::private_link_resources() const {
  return group<PrivateLinkResourcesOperations>();
}
ManagedHsmsOperations KeyVaultManagementClient::managed_hsms() const {
  return group<ManagedHsmsOperations>();
}
ManagedHsmKeysOperations KeyVaultManagementClient::managed_hsm_keys() const {
  return group<ManagedHsmKeysOperations>();
}
MHSMPrivateEndpointConnectionsOperations
KeyVaultManagementClient::mhsm_private_endpoint_connections() const {
  return group<MHSMPrivateEndpointConnectionsOperations>();
}
MHSMPrivateLinkResourcesOperations KeyVaultManagementClient::mhsm_private_link_resources() const {
  return group<MHSMPrivateLinkResourcesOperations>();
}
MHSMRegionsOperations KeyVaultManagementClient::mhsm_regions() const {
  return group<MHSMRegionsOperations>();
}
KeyVaultOperations KeyVaultManagementClient::operations() const {
  return group<KeyVaultOperations>();
}
NetworkSecurityPerimeterConfigurationsOperations
KeyVaultManagementClient::network_security_perimeter_configurations() const {
  return group<NetworkSecurityPerimeterConfigurationsOperations>();
}

http::Response KeyVaultManagementClient::send_request(http::Request request,
                                                      const Context& context) const {
  return arm_.send_request(std::move(request), context);
}

}  // namespace akv
