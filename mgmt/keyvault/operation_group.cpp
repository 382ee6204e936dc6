#include "akv/mgmt/keyvault/operation_group.hpp"

namespace akv {
namespace {

constexpr std::string_view provider = "/providers/Microsoft.KeyVault";

}  // namespace

arm::Path KeyVaultOperationGroup::provider_path(std::string_view operation) const {
  return subscription_scope(operation).text(provider);
}

arm::Path KeyVaultOperationGroup::group_path(std::string_view operation,
                                             std::string_view resource_group_name) const {
  return group_scope(operation, resource_group_name).text(provider);
}

arm::Path KeyVaultOperationGroup::vault_path(std::string_view operation,
                                             std::string_view resource_group_name,
                                             std::string_view vault_name) const {
  return group_path(operation, resource_group_name).text("/vaults/").name("vault name", vault_name);
}

arm::Path KeyVaultOperationGroup::managed_hsm_path(std::string_view operation,
                                                   std::string_view resource_group_name,
                                                   std::string_view name) const {
  return group_path(operation, resource_group_name)
      .text("/managedHSMs/")
      .name("managed HSM name", name);
}

}  // namespace akv
