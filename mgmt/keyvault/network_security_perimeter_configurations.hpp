/// The operations on what network security perimeters mean for a vault.
///
/// In preview: no released SDK has them, and the service may change them. They are published under
/// `2026-02-01` and, but for reconcile_configuration, `2024-04-01-preview`.
///
/// They throw as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/network_security_perimeter.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"

#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class NetworkSecurityPerimeterConfigurationsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  Pager<NetworkSecurityPerimeterConfiguration> list_configurations(
      std::string_view resource_group_name, std::string_view vault_name,
      const CallOptions& options = {}) const;
  /// Throws NotFoundError when there is none.
  NetworkSecurityPerimeterConfiguration get_configuration(std::string_view resource_group_name,
                                                          std::string_view vault_name,
                                                          std::string_view configuration_name,
                                                          const CallOptions& options = {}) const;
  /// Asks the service to apply the configuration anew. It has no result.
  void reconcile_configuration(std::string_view resource_group_name, std::string_view vault_name,
                               std::string_view configuration_name,
                               const CallOptions& options = {}) const;

 private:
  arm::Path configuration_path(std::string_view operation, std::string_view resource_group_name,
                               std::string_view vault_name,
                               std::string_view configuration_name) const;
};

}  // namespace akv
