/// What is left of a managed HSM after its deletion, until it is purged.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct DeletedManagedHsmProperties {
  Field<std::string> mhsm_id{};  ///< The id that the HSM had.
  Field<std::string> location{};
  Tags tags{};
  Field<std::string> deletion_date{};         ///< RFC 3339.
  Field<std::string> scheduled_purge_date{};  ///< RFC 3339.
  Field<bool> purge_protection_enabled{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct DeletedManagedHsm {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<DeletedManagedHsmProperties> properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
