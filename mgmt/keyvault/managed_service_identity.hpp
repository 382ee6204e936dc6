/// The identities that a resource has to act with.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <map>
#include <span>
#include <string>

namespace akv {

/// Known values of ManagedServiceIdentity::type.
namespace managed_service_identity_type {
inline constexpr const char* none = "None";
inline constexpr const char* system_assigned = "SystemAssigned";
inline constexpr const char* user_assigned = "UserAssigned";
inline constexpr const char* system_and_user_assigned = "SystemAssigned,UserAssigned";
}  // namespace managed_service_identity_type

struct ManagedServiceIdentity {
  Required<std::string> type;  ///< managed_service_identity_type::…
  /// By resource id: `.user_assigned_identities = {{{id, UserAssignedIdentity{}}}}`; a null takes
  /// one away in a PATCH.
  Field<std::map<std::string, Field<UserAssignedIdentity>>> user_assigned_identities{};

  // Of answers, of the system-assigned identity; never sent.
  Field<std::string> principal_id{};
  Field<std::string> tenant_id{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The same without what the service sets by itself.
ManagedServiceIdentity to_parameters(const ManagedServiceIdentity& identity);

}  // namespace akv
