/// A role assignment: who may do what, and where.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of RoleAssignmentProperties::principal_type.
namespace principal_type {
inline constexpr const char* user = "User";
inline constexpr const char* group = "Group";
inline constexpr const char* service_principal = "ServicePrincipal";
inline constexpr const char* foreign_group = "ForeignGroup";
inline constexpr const char* device = "Device";
}  // namespace principal_type

struct RoleAssignmentProperties {
  Required<std::string> role_definition_id;  ///< The whole id: role_definition_id(…).
  Required<std::string> principal_id;        ///< The object id in Microsoft Entra ID.
  /// principal_type::…; say it for a principal that is new: without it the service looks the
  /// principal up, and answers 400 `PrincipalNotFound` until its directory has caught up.
  Field<std::string> principal_type{};
  Field<std::string> description{};
  Field<std::string> condition{};          ///< Narrows what the role allows.
  Field<std::string> condition_version{};  ///< `2.0`
  Field<std::string> delegated_managed_identity_resource_id{};

  // Of answers; never sent. Times are RFC 3339.
  Field<std::string> scope{};
  Field<std::string> created_on{};
  Field<std::string> updated_on{};
  Field<std::string> created_by{};
  Field<std::string> updated_by{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct RoleAssignment {
  std::string id{};
  std::string name{};  ///< A GUID.
  std::string type{};
  Field<RoleAssignmentProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct RoleAssignmentCreateParameters {
  RoleAssignmentProperties properties;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The parameters that would write `assignment` as it is, unknown members included. Only
/// description and condition can be changed; for all else there is another assignment.
RoleAssignmentCreateParameters to_parameters(const RoleAssignment& assignment);

}  // namespace akv
