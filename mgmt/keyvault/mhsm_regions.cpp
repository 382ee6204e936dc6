#include "akv/mgmt/keyvault/mhsm_regions.hpp"

namespace akv {

Pager<MHSMGeoReplicatedRegion> MHSMRegionsOperations::list_by_resource(
    std::string_view resource_group_name, std::string_view name, const CallOptions& options) const {
  constexpr const char* operation = "MHSMRegions.list_by_resource";
  return pager<MHSMGeoReplicatedRegion>(
      operation, managed_hsm_path(operation, resource_group_name, name).text("/regions").str(), {},
      options);
}

}  // namespace akv
