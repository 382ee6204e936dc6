/// The operation on what private endpoints can connect to at a managed HSM.
///
/// It throws as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/mhsm_private_endpoint.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"

#include <string_view>
#include <vector>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class MHSMPrivateLinkResourcesOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// The whole list; it is short.
  std::vector<MHSMPrivateLinkResource> list_by_mhsm_resource(std::string_view resource_group_name,
                                                             std::string_view name,
                                                             const CallOptions& options = {}) const;
};

}  // namespace akv
