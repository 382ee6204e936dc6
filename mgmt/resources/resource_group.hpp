/// A resource group, and what changing it takes.
#pragma once
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
  Field<std::string> name{};  ///< That of the group, or absent: a group keeps its name.
  Field<ResourceGroupProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
