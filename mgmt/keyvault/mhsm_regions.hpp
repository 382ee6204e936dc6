/// The operation on the regions of a managed HSM.
///
/// It throws as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/managed_hsm.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"

#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class MHSMRegionsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  Pager<MHSMGeoReplicatedRegion> list_by_resource(std::string_view resource_group_name,
                                                  std::string_view name,
                                                  const CallOptions& options = {}) const;
};

}  // namespace akv
