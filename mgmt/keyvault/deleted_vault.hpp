/// A vault that was deleted and can still be recovered.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Times are RFC 3339 texts (akv::time::parse_rfc3339).
struct DeletedVaultProperties {
  Field<std::string> vault_id{};  ///< The id that it had, and has again when recovered.
  Field<std::string> location{};
  Tags tags{};
  Field<std::string> deletion_date{};
  Field<std::string> scheduled_purge_date{};  ///< When it vanishes and its name is free.
  Field<bool> purge_protection_enabled{};     ///< Absent means false.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct DeletedVault {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<DeletedVaultProperties> properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
