/// A role: what whoever is assigned to it may do.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of RoleDefinitionProperties::role_type.
namespace role_type {
inline constexpr const char* built_in = "BuiltInRole";
inline constexpr const char* custom = "CustomRole";
}  // namespace role_type

/// Actions may hold `*`: `Microsoft.KeyVault/vaults/*`. What is left after the `not_…` lists is
/// allowed.
struct Permission {
  Strings actions = absent;
  Strings not_actions = absent;
  Strings data_actions = absent;
  Strings not_data_actions = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct RoleDefinitionProperties {
  Field<std::string> role_name{};  ///< `Key Vault Reader`; unique in a tenant.
  Field<std::string> description{};
  Field<std::string> role_type{};  ///< role_type::…; on the wire it is called `type`.
  List<Permission> permissions = absent;
  Strings assignable_scopes = absent;

  // Of answers; never sent. Times are RFC 3339.
  Field<std::string> created_on{};
  Field<std::string> updated_on{};
  Field<std::string> created_by{};
  Field<std::string> updated_by{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Both what create_or_update takes and what the service shows: members that the service sets are
/// not sent.
struct RoleDefinition {
  Field<RoleDefinitionProperties> properties{};
  // Of answers; never sent.
  std::string id{};
  std::string name{};  ///< A GUID; the name that people know is `properties->role_name`.
  std::string type{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
