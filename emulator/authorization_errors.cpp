#include "akv/emulator/authorization_errors.hpp"

#include <utility>

namespace akv::emulator::errors {
namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

Refusal gateway(int status, const char* code, std::string message) {
  return {Refusal::By::gateway, status, code, std::move(message)};
}
Refusal provider(int status, const char* code, std::string message) {
  return {Refusal::By::provider, status, code, std::move(message)};
}

}  // namespace

Refusal authorization_failed(std::string_view client, std::string_view object_id,
                             std::string_view action, std::string_view scope) {
  return gateway(403, "AuthorizationFailed",
                 "The client " + quoted(client) + " with object id " + quoted(object_id) +
                     " does not have authorization to perform action " + quoted(action) +
                     " over scope " + quoted(scope) +
                     " or the scope is invalid. If access was recently granted, please refresh "
                     "your credentials.");
}
Refusal scope_locked(std::string_view scope, std::string_view operation, std::string_view locked) {
  return gateway(409, "ScopeLocked",
                 "The scope " + quoted(scope) + " cannot perform " + std::string(operation) +
                     " operation because following scope(s) are locked: " + quoted(locked) +
                     ". Please remove the lock and try again.");
}
Refusal permission_model_stays(std::string_view object_id, std::string_view vault) {
  return provider(400, "InsufficientPermissions",
                  "Caller is not allowed to change permission model. For more information on how "
                  "to change the permissions model follow this link: "
                  "https://go.microsoft.com/fwlink/?linkid=2155160. Details: oid=" +
                      std::string(object_id) +
                      "; action=Microsoft.Authorization/roleAssignments/write; resource=" +
                      std::string(vault) + "; decision=NotAllowed;");
}

Refusal assignment_id_no_guid(std::string_view name) {
  return provider(400, "InvalidRoleAssignmentId",
                  "The role assignment ID " + quoted(name) +
                      " is not valid. The role assignment ID must be a GUID.");
}
Refusal principal_id_no_guid(std::string_view id) {
  return provider(400, "InvalidPrincipalId",
                  "The Principal ID " + quoted(id) + " is not valid. Principal ID must be a GUID.");
}
Refusal role_id_malformed(std::string_view id) {
  return provider(400, "InvalidRoleDefinitionId",
                  "The role definition ID " + quoted(id) +
                      " is not valid. It must be the id of a role definition.");
}
Refusal role_not_found(std::string_view id) {
  return provider(404, "RoleDefinitionDoesNotExist",
                  "The specified role definition with ID " + quoted(id) + " does not exist.");
}
Refusal assignment_exists() {
  return provider(409, "RoleAssignmentExists", "The role assignment already exists.");
}
Refusal assignment_fixed() {
  return provider(
      400, "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
}
Refusal assignment_not_found(std::string_view name) {
  return provider(404, "RoleAssignmentNotFound",
                  "The role assignment " + quoted(name) + " is not found.");
}
Refusal too_many_assignments(std::size_t limit) {
  return provider(400, "RoleAssignmentLimitExceeded",
                  "The number of role assignments exceeded " + std::to_string(limit) +
                      " limit for the current subscription.");
}
Refusal role_name_taken(std::string_view name) {
  return provider(409, "RoleDefinitionWithSameNameExists",
                  "A custom role with the same name already exists in this directory. Use a "
                  "different name: " +
                      quoted(name) + ".");
}
Refusal role_in_use() {
  return provider(400, "RoleDefinitionHasAssignments",
                  "There are existing role assignments referencing role. Delete the role "
                  "assignments first.");
}
Refusal role_is_built_in() {
  return provider(403, "RoleDefinitionUpdateNotPermitted",
                  "Built-in role definitions are not allowed to be changed or deleted.");
}
Refusal bad_role(std::string_view problem) {
  return provider(400, "RoleDefinitionInvalid",
                  "The role definition is not valid. " + std::string(problem));
}

Refusal lock_not_found(std::string_view name) {
  return gateway(404, "LockNotFound", "The lock " + quoted(name) + " could not be found.");
}
Refusal bad_lock(std::string_view problem) {
  return gateway(400, "InvalidLock", "The lock is not valid. " + std::string(problem));
}

Refusal diagnostics_not_supported(std::string_view type) {
  return provider(400, "ResourceTypeNotSupported",
                  "The resource type " + quoted(type) + " does not support diagnostic settings.");
}
Refusal diagnostic_setting_not_found(std::string_view name) {
  return provider(404, "ResourceNotFound",
                  "The diagnostic setting " + quoted(name) + " doesn't exist.");
}
Refusal bad_diagnostic_setting(std::string_view problem) {
  return provider(400, "BadRequest", std::string(problem));
}
Refusal sink_in_use(std::string_view sink, std::string_view setting, std::string_view category) {
  return provider(409, "Conflict",
                  "Data sink " + quoted(sink) + " is already used in diagnostic setting " +
                      quoted(setting) + " for category " + quoted(category) +
                      ". Data sinks can't be reused in different settings on the same category for "
                      "the same resource.");
}

}  // namespace akv::emulator::errors
