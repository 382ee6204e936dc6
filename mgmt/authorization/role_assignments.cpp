#include "akv/mgmt/authorization/role_assignments.hpp"

namespace akv {
namespace {

constexpr std::string_view collection = "roleAssignments";

std::string id_path(std::string_view operation, std::string_view id) {
  return arm::Path(operation)
      .extension("role assignment id", "Microsoft.Authorization/roleAssignments", id)
      .str();
}

arm::Query of_tenant(std::string_view tenant_id) {
  return arm::given({{"tenantId", std::string(tenant_id)}});
}

arm::Query query_of(const RoleAssignmentsFilter& filter) {
  return arm::given({{"$filter", filter.filter},
                     {"tenantId", filter.tenant_id},
                     {"$skipToken", filter.skip_token}});
}

}  // namespace

RoleAssignment RoleAssignmentsOperations::create(std::string_view scope,
                                                 std::string_view role_assignment_name,
                                                 const RoleAssignmentCreateParameters& parameters,
                                                 const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.create";
  return send_put<RoleAssignment>(operation, path(operation, scope, role_assignment_name),
                                  parameters, options);
}

RoleAssignment RoleAssignmentsOperations::get(std::string_view scope,
                                              std::string_view role_assignment_name,
                                              std::string_view tenant_id,
                                              const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.get";
  return send_get<RoleAssignment>(operation, path(operation, scope, role_assignment_name), options,
                                  of_tenant(tenant_id));
}

std::optional<RoleAssignment> RoleAssignmentsOperations::find(std::string_view scope,
                                                              std::string_view role_assignment_name,
                                                              std::string_view tenant_id,
                                                              const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.find";
  return send_find<RoleAssignment>(operation, path(operation, scope, role_assignment_name), options,
                                   of_tenant(tenant_id));
}

std::optional<RoleAssignment> RoleAssignmentsOperations::remove(
    std::string_view scope, std::string_view role_assignment_name, std::string_view tenant_id,
    const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.remove";
  return send_remove<RoleAssignment>(operation, path(operation, scope, role_assignment_name),
                                     options, of_tenant(tenant_id));
}

RoleAssignment RoleAssignmentsOperations::create_by_id(
    std::string_view role_assignment_id, const RoleAssignmentCreateParameters& parameters,
    const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.create_by_id";
  return send_put<RoleAssignment>(operation, id_path(operation, role_assignment_id), parameters,
                                  options);
}

RoleAssignment RoleAssignmentsOperations::get_by_id(std::string_view role_assignment_id,
                                                    std::string_view tenant_id,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.get_by_id";
  return send_get<RoleAssignment>(operation, id_path(operation, role_assignment_id), options,
                                  of_tenant(tenant_id));
}

std::optional<RoleAssignment> RoleAssignmentsOperations::delete_by_id(
    std::string_view role_assignment_id, std::string_view tenant_id,
    const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.delete_by_id";
  return send_remove<RoleAssignment>(operation, id_path(operation, role_assignment_id), options,
                                     of_tenant(tenant_id));
}

Pager<RoleAssignment> RoleAssignmentsOperations::list_for_subscription(
    const RoleAssignmentsFilter& filter, const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.list_for_subscription";
  return pager<RoleAssignment>(operation, at_subscription(operation, collection).str(),
                               query_of(filter), options);
}

Pager<RoleAssignment> RoleAssignmentsOperations::list_for_resource_group(
    std::string_view resource_group_name, const RoleAssignmentsFilter& filter,
    const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.list_for_resource_group";
  return pager<RoleAssignment>(operation,
                               at_group(operation, resource_group_name, collection).str(),
                               query_of(filter), options);
}

Pager<RoleAssignment> RoleAssignmentsOperations::list_for_resource(
    const ResourceAddress& resource, const RoleAssignmentsFilter& filter,
    const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.list_for_resource";
  return pager<RoleAssignment>(operation, at_resource(operation, resource, collection).str(),
                               query_of(filter), options);
}

Pager<RoleAssignment> RoleAssignmentsOperations::list_for_scope(std::string_view scope,
                                                                const RoleAssignmentsFilter& filter,
                                                                const CallOptions& options) const {
  constexpr const char* operation = "RoleAssignments.list_for_scope";
  return pager<RoleAssignment>(operation, at_scope(operation, scope, collection).str(),
                               query_of(filter), options);
}

std::string RoleAssignmentsOperations::path(std::string_view operation, std::string_view scope,
                                            std::string_view name) const {
  return at_scope(operation, scope, collection).text("/").name("role assignment name", name).str();
}

}  // namespace akv
