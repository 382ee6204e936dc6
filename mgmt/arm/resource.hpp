/// What all ARM resources have in common.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of SystemData::created_by_type and last_modified_by_type.
namespace created_by_type {
inline constexpr const char* user = "User";
inline constexpr const char* application = "Application";
inline constexpr const char* managed_identity = "ManagedIdentity";
inline constexpr const char* key = "Key";
}  // namespace created_by_type

/// Who made and last changed a resource, and when. The service sets it all; times are RFC 3339
/// texts with up to seven fractional digits (akv::time::parse_rfc3339).
struct SystemData {
  Field<std::string> created_by{};
  Field<std::string> created_by_type{};  ///< created_by_type::…
  Field<std::string> created_at{};
  Field<std::string> last_modified_by{};
  Field<std::string> last_modified_by_type{};
  Field<std::string> last_modified_at{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A resource as the lists of `/resources` show it: no properties.
struct TrackedResource {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Tags tags{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// One that a resource was given, by its id in a map. The service sets both members; send an empty
/// one.
struct UserAssignedIdentity {
  Field<std::string> principal_id{};
  Field<std::string> client_id{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
