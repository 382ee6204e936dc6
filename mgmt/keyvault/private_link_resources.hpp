/// The operation on what private endpoints can connect to at a vault.
///
/// It throws as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/operation_group.hpp"
#include "akv/mgmt/keyvault/private_link_resource.hpp"

#include <string_view>
#include <vector>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class PrivateLinkResourcesOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// The whole list; it is short.
  std::vector<PrivateLinkResource> list_by_vault(std::string_view resource_group_name,
                                                 std::string_view vault_name,
                                                 const CallOptions& options = {}) const;
};

}  // namespace akv
