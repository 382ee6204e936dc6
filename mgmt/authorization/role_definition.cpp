#include "akv/mgmt/authorization/role_definition.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> Permission::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Permission::actions>("actions"), field<&Permission::not_actions>("notActions"),
      field<&Permission::data_actions>("dataActions"),
      field<&Permission::not_data_actions>("notDataActions")};
  return list;
}

std::span<const json::FieldInfo> RoleDefinitionProperties::json_fields() {
  using Properties = RoleDefinitionProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::role_name>("roleName"),
      field<&Properties::description>("description"),
      field<&Properties::role_type>("type"),
      field<&Properties::permissions>("permissions"),
      field<&Properties::assignable_scopes>("assignableScopes"),
      field<&Properties::created_on>("createdOn", Flag::read_only),
      field<&Properties::updated_on>("updatedOn", Flag::read_only),
      field<&Properties::created_by>("createdBy", Flag::read_only),
      field<&Properties::updated_by>("updatedBy", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> RoleDefinition::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&RoleDefinition::id>("id", Flag::read_only),
                                             field<&RoleDefinition::name>("name", Flag::read_only),
                                             field<&RoleDefinition::type>("type", Flag::read_only),
                                             field<&RoleDefinition::properties>("properties")};
  return list;
}

}  // namespace akv
