#include "akv/mgmt/keyvault/private_link_resources.hpp"

namespace akv {

std::vector<PrivateLinkResource> PrivateLinkResourcesOperations::list_by_vault(
    std::string_view resource_group_name, std::string_view vault_name,
    const CallOptions& options) const {
  constexpr const char* operation = "PrivateLinkResources.list_by_vault";
  return pager<PrivateLinkResource>(operation,
                                    vault_path(operation, resource_group_name, vault_name)
                                        .text("/privateLinkResources")
                                        .str(),
                                    {}, options)
      .to_vector();
}

}  // namespace akv
