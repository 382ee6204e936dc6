/// The operations on role assignments.
///
/// Named as in Python's azure-mgmt-authorization. A scope is an ARM id, with or without its first
/// slash: `/subscriptions/…`, `/providers/Microsoft.Management/managementGroups/…`, or `/`, the
/// tenant. All throw TransportError, AuthenticationError, CancelledError, and the member of the
/// AzureError family that fits an error answer; FormatError for an answer that cannot be read;
/// AzureError with the code `InvalidArgument`, and nothing sent, for a name that is empty or dots,
/// half an id as a scope, and the id of anything but a role assignment.
#pragma once
#include "akv/mgmt/authorization/operation_group.hpp"
#include "akv/mgmt/authorization/role_assignment.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv {

/// Which role assignments a list shall hold; empty members are not sent.
struct RoleAssignmentsFilter {
  /// `atScope()`: those at the scope and above. `principalId eq 'GUID'`: those of a principal at,
  /// above and below the scope. `assignedTo('GUID')`: those of its groups too.
  std::string filter{};
  std::string tenant_id{};   ///< For a request across tenants.
  std::string skip_token{};  ///< Where to go on; of list_for_scope only.
};

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it. `tenant_id` is for requests across tenants; empty is not sent.
class RoleAssignmentsOperations : public AuthorizationOperationGroup {
 public:
  using AuthorizationOperationGroup::AuthorizationOperationGroup;

  /// Assigns the role, or changes description and condition of the assignment of that name.
  /// `role_assignment_name` is a GUID: akv::role_assignment_name makes one that is the same in
  /// every run. Throws ConflictError (`RoleAssignmentExists`) where the principal has the role at
  /// that scope by another name.
  RoleAssignment create(std::string_view scope, std::string_view role_assignment_name,
                        const RoleAssignmentCreateParameters& parameters,
                        const CallOptions& options = {}) const;
  /// Throws NotFoundError when there is none.
  RoleAssignment get(std::string_view scope, std::string_view role_assignment_name,
                     std::string_view tenant_id = {}, const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<RoleAssignment> find(std::string_view scope, std::string_view role_assignment_name,
                                     std::string_view tenant_id = {},
                                     const CallOptions& options = {}) const;
  /// Takes the role away (Python's `delete`); returns what there was, nullopt for nothing, and also
  /// where an earlier attempt took it whose answer was lost.
  std::optional<RoleAssignment> remove(std::string_view scope,
                                       std::string_view role_assignment_name,
                                       std::string_view tenant_id = {},
                                       const CallOptions& options = {}) const;

  // The same by the assignment's own id: `…/roleAssignments/GUID`.

  RoleAssignment create_by_id(std::string_view role_assignment_id,
                              const RoleAssignmentCreateParameters& parameters,
                              const CallOptions& options = {}) const;
  RoleAssignment get_by_id(std::string_view role_assignment_id, std::string_view tenant_id = {},
                           const CallOptions& options = {}) const;
  std::optional<RoleAssignment> delete_by_id(std::string_view role_assignment_id,
                                             std::string_view tenant_id = {},
                                             const CallOptions& options = {}) const;

  // Lists: those at the scope, above it and below it, unless the filter narrows them.

  Pager<RoleAssignment> list_for_subscription(const RoleAssignmentsFilter& filter = {},
                                              const CallOptions& options = {}) const;
  Pager<RoleAssignment> list_for_resource_group(std::string_view resource_group_name,
                                                const RoleAssignmentsFilter& filter = {},
                                                const CallOptions& options = {}) const;
  Pager<RoleAssignment> list_for_resource(const ResourceAddress& resource,
                                          const RoleAssignmentsFilter& filter = {},
                                          const CallOptions& options = {}) const;
  Pager<RoleAssignment> list_for_scope(std::string_view scope,
                                       const RoleAssignmentsFilter& filter = {},
                                       const CallOptions& options = {}) const;

 private:
  std::string path(std::string_view operation, std::string_view scope, std::string_view name) const;
};

}  // namespace akv
