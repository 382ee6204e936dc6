/// Paths of Microsoft.KeyVault, for its operation groups.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"

#include <string_view>

namespace akv {

class KeyVaultOperationGroup : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

 protected:
  /// `/subscriptions/{subscription}/providers/Microsoft.KeyVault`
  arm::Path provider_path(std::string_view operation) const;
  /// `…/resourceGroups/{group}/providers/Microsoft.KeyVault`
  arm::Path group_path(std::string_view operation, std::string_view resource_group_name) const;
  /// `…/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{vault}`
  arm::Path vault_path(std::string_view operation, std::string_view resource_group_name,
                       std::string_view vault_name) const;
  /// `…/resourceGroups/{group}/providers/Microsoft.KeyVault/managedHSMs/{name}`
  arm::Path managed_hsm_path(std::string_view operation, std::string_view resource_group_name,
                             std::string_view name) const;

  // The contract's default of a minute is far more than Key Vault needs, and it names an interval
  // only for purges.
  static constexpr std::chrono::seconds interval{5};
};

}  // namespace akv
