#include "akv/mgmt/resources/resources.hpp"

namespace akv {

Pager<GenericResource> ResourcesOperations::list(const ListFilter& filter,
                                                 const CallOptions& options) const {
  constexpr const char* operation = "Resources.list";
  return pager<GenericResource>(operation, subscription_scope(operation).text("/resources").str(),
                                filter.query(), options);
}

Pager<GenericResource> ResourcesOperations::list_by_resource_group(
    std::string_view resource_group_name, const ListFilter& filter,
    const CallOptions& options) const {
  constexpr const char* operation = "Resources.list_by_resource_group";
  return pager<GenericResource>(
      operation, group_scope(operation, resource_group_name).text("/resources").str(),
      filter.query(), options);
}

}  // namespace akv
