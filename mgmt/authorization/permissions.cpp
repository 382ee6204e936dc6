#include "akv/mgmt/authorization/permissions.hpp"

namespace akv {
namespace {

constexpr std::string_view collection = "permissions";

}  // namespace

Pager<Permission> PermissionsOperations::list_for_resource_group(
    std::string_view resource_group_name, const CallOptions& options) const {
  constexpr const char* operation = "Permissions.list_for_resource_group";
  return pager<Permission>(
      operation, at_group(operation, resource_group_name, collection, lower_case_groups).str(), {},
      options);
}

Pager<Permission> PermissionsOperations::list_for_resource(const ResourceAddress& resource,
                                                           const CallOptions& options) const {
  constexpr const char* operation = "Permissions.list_for_resource";
  return pager<Permission>(operation,
                           at_resource(operation, resource, collection, lower_case_groups).str(),
                           {}, options);
}

}  // namespace akv
