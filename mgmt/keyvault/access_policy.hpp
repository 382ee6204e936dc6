/// Access policies: who may do what with the content of a vault (unless it uses Azure RBAC).
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// What one principal may do. The words are an open set, and the service compares them without
/// case; `all` is one word, which stands for every permission of its list, purge included.
/// A list that is absent or empty gives nothing.
struct Permissions {
  /// all, encrypt, decrypt, wrapKey, unwrapKey, sign, verify, get, list, create, update, import,
  /// delete, backup, restore, recover, purge, release, rotate, getrotationpolicy, setrotationpolicy
  Strings keys = absent;
  /// all, get, list, set, delete, backup, restore, recover, purge
  Strings secrets = absent;
  /// all, get, list, delete, create, import, update, managecontacts, getissuers, listissuers,
  /// setissuers, deleteissuers, manageissuers, recover, purge, backup, restore
  Strings certificates = absent;
  /// all, get, list, delete, set, update, regeneratekey, recover, purge, backup, restore, setsas,
  /// listsas, getsas, deletesas
  Strings storage = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// One entry. Tenant, object and application id together are its identity within a vault.
struct AccessPolicyEntry {
  Required<std::string> tenant_id;
  Required<std::string> object_id;      ///< User, group or service principal.
  Field<std::string> application_id{};  ///< Only when that principal acts through this application.
  Permissions permissions{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Known values for VaultsOperations::update_access_policy.
namespace access_policy_update_kind {
inline constexpr const char* add = "add";          ///< Union with what the principal has.
inline constexpr const char* replace = "replace";  ///< The whole list.
inline constexpr const char* remove = "remove";    ///< Takes the named permissions away.
}  // namespace access_policy_update_kind

struct VaultAccessPolicyProperties {
  List<AccessPolicyEntry> access_policies = {};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Request and answer of update_access_policy. The answer holds the vault's whole list.
struct VaultAccessPolicyParameters {
  VaultAccessPolicyProperties properties{};
  Field<std::string> id{}, name{}, type{}, location{};  ///< Of the answer; never sent.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
