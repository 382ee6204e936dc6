/// Resource groups, and the resources that they hold.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct ResourceGroupProperties {
  Field<std::string> provisioning_state{};  ///< `Succeeded`, `Deleting`, …; never sent.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Both what create_or_update takes and what the service shows.
struct ResourceGroup {
  Required<std::string> location;  ///< Fixed once the group exists.
  Tags tags{};
  Field<std::string> managed_by{};  ///< The id of the resource that manages this group.
  // Of answers; never sent.
  std::string id{};
  std::string name{};
  std::string type{};
  Field<ResourceGroupProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What update may change: what is left out stays.
struct ResourceGroupPatchable {
  Tags tags{};  ///< Replaced whole.
  Field<std::string> managed_by{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Any resource in a list. Members that depend on its type (properties, sku, identity, …) are
/// among the unknown ones, as JSON.
struct GenericResource {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Tags tags{};
  Field<std::string> kind{};
  Field<std::string> managed_by{};
  Field<std::string> created_time{};        ///< RFC 3339, only if asked for with `expand`.
  Field<std::string> changed_time{};        ///< Likewise.
  Field<std::string> provisioning_state{};  ///< Likewise.
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
