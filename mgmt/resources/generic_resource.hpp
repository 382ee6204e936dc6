/// Any resource, as the lists of Azure Resource Manager show it.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/raw.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <map>
#include <span>
#include <string>

namespace akv {

/// Known values of ResourceIdentity::type.
namespace resource_identity_type {
inline constexpr const char* system_assigned = "SystemAssigned";
inline constexpr const char* user_assigned = "UserAssigned";
inline constexpr const char* both = "SystemAssigned, UserAssigned";
inline constexpr const char* none = "None";
}  // namespace resource_identity_type

/// Where a resource is placed beside its region.
struct ExtendedLocation {
  Field<std::string> type{};  ///< `EdgeZone`
  Field<std::string> name{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What a resource from the marketplace was bought as.
struct ResourcePlan {
  Field<std::string> name{};
  Field<std::string> publisher{};
  Field<std::string> product{};
  Field<std::string> promotion_code{};
  Field<std::string> version{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The SKU of any resource; Sku is that of a vault.
struct ResourceSku {
  Field<std::string> name{};
  Field<std::string> tier{};
  Field<std::string> size{};
  Field<std::string> family{};
  Field<std::string> model{};
  Field<int> capacity{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The managed identity of a resource.
struct ResourceIdentity {
  Field<std::string> principal_id{};
  Field<std::string> tenant_id{};
  Field<std::string> type{};  ///< resource_identity_type::…
  Field<std::map<std::string, Field<UserAssignedIdentity>>>
      user_assigned_identities{};  ///< By ARM id.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct GenericResource {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Field<ExtendedLocation> extended_location{};
  Tags tags{};
  Field<ResourcePlan> plan{};
  Field<json::Raw> properties{};  ///< Of the resource's own type; lists leave them out.
  Field<std::string> kind{};
  Field<std::string> managed_by{};
  Field<ResourceSku> sku{};
  Field<ResourceIdentity> identity{};
  Field<std::string> created_time{};        ///< RFC 3339, only if asked for with `expand`.
  Field<std::string> changed_time{};        ///< Likewise.
  Field<std::string> provisioning_state{};  ///< Likewise.
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
