#include "akv/mgmt/keyvault/mhsm_private_link_resources.hpp"

namespace akv {

std::vector<MHSMPrivateLinkResource> MHSMPrivateLinkResourcesOperations::list_by_mhsm_resource(
    std::string_view resource_group_name, std::string_view name, const CallOptions& options) const {
  constexpr const char* operation = "MHSMPrivateLinkResources.list_by_mhsm_resource";
  return pager<MHSMPrivateLinkResource>(operation,
                                        managed_hsm_path(operation, resource_group_name, name)
                                            .text("/privateLinkResources")
                                            .str(),
                                        {}, options)
      .to_vector();
}

}  // namespace akv
