/// A lock: what it covers cannot be deleted, or not be changed either.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of ManagementLockProperties::level.
namespace lock_level {
inline constexpr const char* not_specified = "NotSpecified";
inline constexpr const char* can_not_delete = "CanNotDelete";
inline constexpr const char* read_only = "ReadOnly";
}  // namespace lock_level

struct ManagementLockOwner {
  Field<std::string> application_id{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ManagementLockProperties {
  Required<std::string> level;  ///< lock_level::…
  Field<std::string> notes{};   ///< Up to 512 characters.
  List<ManagementLockOwner> owners = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Both what create_or_update_… takes and what the service shows: members that the service sets
/// are not sent.
struct ManagementLockObject {
  ManagementLockProperties properties;
  // Of answers; never sent.
  std::string id{};
  std::string name{};
  std::string type{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
