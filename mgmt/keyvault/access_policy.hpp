/// Access policies: who may do what with the content of a vault (unless it uses Azure RBAC).
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// The words of Permissions that are known today, as the service's documents write them. The set is
/// open; an unknown word is the service's to refuse.
namespace key_permission {
inline constexpr const char* all = "all";  ///< Every one of them, `purge` included.
inline constexpr const char* encrypt = "encrypt";
inline constexpr const char* decrypt = "decrypt";
inline constexpr const char* wrap_key = "wrapKey";
inline constexpr const char* unwrap_key = "unwrapKey";
inline constexpr const char* sign = "sign";
inline constexpr const char* verify = "verify";
inline constexpr const char* get = "get";
inline constexpr const char* list = "list";
inline constexpr const char* create = "create";
inline constexpr const char* update = "update";
inline constexpr const char* import = "import";
inline constexpr const char* delete_ = "delete";
inline constexpr const char* backup = "backup";
inline constexpr const char* restore = "restore";
inline constexpr const char* recover = "recover";
inline constexpr const char* purge = "purge";
inline constexpr const char* release = "release";
inline constexpr const char* rotate = "rotate";
inline constexpr const char* get_rotation_policy = "getrotationpolicy";
inline constexpr const char* set_rotation_policy = "setrotationpolicy";
}  // namespace key_permission
namespace secret_permission {
inline constexpr const char* all = "all";  ///< Every one of them, `purge` included.
inline constexpr const char* get = "get";
inline constexpr const char* list = "list";
inline constexpr const char* set = "set";
inline constexpr const char* delete_ = "delete";
inline constexpr const char* backup = "backup";
inline constexpr const char* restore = "restore";
inline constexpr const char* recover = "recover";
inline constexpr const char* purge = "purge";
}  // namespace secret_permission
namespace certificate_permission {
inline constexpr const char* all = "all";  ///< Every one of them, `purge` included.
inline constexpr const char* get = "get";
inline constexpr const char* list = "list";
inline constexpr const char* delete_ = "delete";
inline constexpr const char* create = "create";
inline constexpr const char* import = "import";
inline constexpr const char* update = "update";
inline constexpr const char* manage_contacts = "managecontacts";
inline constexpr const char* get_issuers = "getissuers";
inline constexpr const char* list_issuers = "listissuers";
inline constexpr const char* set_issuers = "setissuers";
inline constexpr const char* delete_issuers = "deleteissuers";
inline constexpr const char* manage_issuers = "manageissuers";
inline constexpr const char* recover = "recover";
inline constexpr const char* purge = "purge";
inline constexpr const char* backup = "backup";
inline constexpr const char* restore = "restore";
}  // namespace certificate_permission
namespace storage_permission {
inline constexpr const char* all = "all";  ///< Every one of them, `purge` included.
inline constexpr const char* get = "get";
inline constexpr const char* list = "list";
inline constexpr const char* delete_ = "delete";
inline constexpr const char* set = "set";
inline constexpr const char* update = "update";
inline constexpr const char* regenerate_key = "regeneratekey";
inline constexpr const char* recover = "recover";
inline constexpr const char* purge = "purge";
inline constexpr const char* backup = "backup";
inline constexpr const char* restore = "restore";
inline constexpr const char* set_sas = "setsas";
inline constexpr const char* list_sas = "listsas";
inline constexpr const char* get_sas = "getsas";
inline constexpr const char* delete_sas = "deletesas";
}  // namespace storage_permission

/// What one principal may do. The words are an open set, and the service compares them without
/// case; `all` is one word, which stands for every permission of its list, purge included.
/// A list that is absent or empty gives nothing.
struct Permissions {
  Strings keys = absent;          ///< key_permission::…
  Strings secrets = absent;       ///< secret_permission::…
  Strings certificates = absent;  ///< certificate_permission::…
  Strings storage = absent;       ///< storage_permission::…
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
