#include "akv/mgmt/authorization/role_assignment.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> RoleAssignmentProperties::json_fields() {
  using Properties = RoleAssignmentProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::scope>("scope", Flag::read_only),
      field<&Properties::role_definition_id>("roleDefinitionId"),
      field<&Properties::principal_id>("principalId"),
      field<&Properties::principal_type>("principalType", Flag::open_enum),
      field<&Properties::description>("description"),
      field<&Properties::condition>("condition"),
      field<&Properties::condition_version>("conditionVersion"),
      field<&Properties::created_on>("createdOn", Flag::read_only),
      field<&Properties::updated_on>("updatedOn", Flag::read_only),
      field<&Properties::created_by>("createdBy", Flag::read_only),
      field<&Properties::updated_by>("updatedBy", Flag::read_only),
      field<&Properties::delegated_managed_identity_resource_id>(
          "delegatedManagedIdentityResourceId")};
  return list;
}

std::span<const json::FieldInfo> RoleAssignment::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&RoleAssignment::id>("id", Flag::read_only),
                                             field<&RoleAssignment::name>("name", Flag::read_only),
                                             field<&RoleAssignment::type>("type", Flag::read_only),
                                             field<&RoleAssignment::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> RoleAssignmentCreateParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&RoleAssignmentCreateParameters::properties>("properties")};
  return list;
}

RoleAssignmentCreateParameters to_parameters(const RoleAssignment& assignment) {
  RoleAssignmentCreateParameters parameters;
  if (assignment.properties) parameters.properties = *assignment.properties;
  parameters.unknown = assignment.unknown;
  RoleAssignmentProperties& properties = parameters.properties;
  for (auto* field : {&properties.scope, &properties.created_on, &properties.updated_on,
                      &properties.created_by, &properties.updated_by})
    field->reset();
  return parameters;
}

}  // namespace akv
