/// What the caller may do at a place.
///
/// Named as in Python's azure-mgmt-authorization. Errors are those of role_assignments.
#pragma once
#include "akv/mgmt/authorization/operation_group.hpp"
#include "akv/mgmt/authorization/role_definition.hpp"

#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class PermissionsOperations : public AuthorizationOperationGroup {
 public:
  using AuthorizationOperationGroup::AuthorizationOperationGroup;

  /// One for each role that the caller has there, inherited ones included: an action is allowed
  /// when any of them allows it.
  Pager<Permission> list_for_resource_group(std::string_view resource_group_name,
                                            const CallOptions& options = {}) const;
  Pager<Permission> list_for_resource(const ResourceAddress& resource,
                                      const CallOptions& options = {}) const;
};

}  // namespace akv
