/// The management client of Azure Key Vault.
///
///     auto credential = akv::identity::make_default_credential();
///     akv::KeyVaultManagementClient client(credential, subscription_id);
///     for (const akv::Vault& vault : client.vaults().list_by_subscription())
///       std::cout << vault.name << '\n';
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/keyvault/vaults.hpp"

#include <memory>
#include <string>

namespace akv {

// Each in a header of its name, for whom uses it: `managed_hsms.hpp` has ManagedHsmsOperations. All
// in this one would make it take half as long again to compile for those who use vaults only.
class KeysOperations;
class SecretsOperations;
class PrivateEndpointConnectionsOperations;
class PrivateLinkResourcesOperations;
class ManagedHsmsOperations;
class ManagedHsmKeysOperations;
class MHSMPrivateEndpointConnectionsOperations;
class MHSMPrivateLinkResourcesOperations;
class MHSMRegionsOperations;
class NetworkSecurityPerimeterConfigurationsOperations;
class KeyVaultOperations;  ///< In `provider_operations.hpp`.

/// Sent unless ClientOptions or CallOptions name another; `2023-07-01` works as well.
inline constexpr const char* key_vault_api_version = "2026-02-01";

/// Immutable after construction: safe to share between threads; copies share the same core.
class KeyVaultManagementClient {
 public:
  /// Sends nothing yet. `subscription_id` is a GUID. Throws FormatError when the cloud's resource
  /// manager is not an https URL, AzureError for an empty subscription.
  KeyVaultManagementClient(std::shared_ptr<identity::TokenCredential> credential,
                           std::string subscription_id, const arm::ClientOptions& options = {});

  // The operation groups. Each is cheap to make, and may outlive the client. To use another than
  // that of vaults include its header, such as `keyvault/secrets.hpp`.

  VaultsOperations vaults() const;
  KeysOperations keys() const;
  SecretsOperations secrets() const;
  PrivateEndpointConnectionsOperations private_endpoint_connections() const;
  PrivateLinkResourcesOperations private_link_resources() const;
  ManagedHsmsOperations managed_hsms() const;
  ManagedHsmKeysOperations managed_hsm_keys() const;
  MHSMPrivateEndpointConnectionsOperations mhsm_private_endpoint_connections() const;
  MHSMPrivateLinkResourcesOperations mhsm_private_link_resources() const;
  MHSMRegionsOperations mhsm_regions() const;
  KeyVaultOperations operations() const;
  /// In preview.
  NetworkSecurityPerimeterConfigurationsOperations network_security_perimeter_configurations()
      const;

  /// The raw way out, through the same pipeline, for what has no operation here. The URL is a path
  /// that starts with `/`, or absolute and on the client's own origin (else FormatError); nothing
  /// is added to it, so it needs its `api-version`. Any status is an answer.
  http::Response send_request(http::Request request, const Context& context = {}) const;

  const std::string& subscription_id() const { return subscription_id_; }
  const arm::ArmClient& arm() const { return arm_; }

 private:
  template <class Group>
  Group group() const {
    return Group(arm_, subscription_id_, api_version_);
  }

  arm::ArmClient arm_;
  std::string subscription_id_;
  std::string api_version_;
};

}  // namespace akv
