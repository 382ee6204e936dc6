/// Built-in roles that are of use around Key Vault. Their ids are the same in every tenant.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace akv {

/// GUIDs of built-in roles; role_definition_id() makes the id that a role assignment wants.
namespace role_id {
// Of the content of vaults; only where a vault uses Azure RBAC.
inline constexpr const char* key_vault_administrator = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
inline constexpr const char* key_vault_reader = "21090545-7ca7-4776-b22c-e363652d74d2";
inline constexpr const char* key_vault_secrets_officer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
inline constexpr const char* key_vault_secrets_user = "4633458b-17de-408a-b874-0445c86b69e6";
inline constexpr const char* key_vault_crypto_officer = "14b46e9e-c2b7-41b4-b07b-48a6ebf60603";
inline constexpr const char* key_vault_crypto_user = "12338af0-0e69-4776-bea7-57ae8d297424";
inline constexpr const char* key_vault_crypto_service_encryption_user =
    "e147488a-f6f5-4113-8e2d-b22465e65bf6";
inline constexpr const char* key_vault_crypto_service_release_user =
    "08bbd89e-9f13-488c-ac41-acfcb10c90ab";
inline constexpr const char* key_vault_certificates_officer =
    "a4417e6f-fecd-4de8-b567-7b0420556985";
inline constexpr const char* key_vault_certificate_user = "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba";
// Of vaults themselves.
inline constexpr const char* key_vault_contributor = "f25e0fa2-a7c8-4377-a976-54943a77a395";
inline constexpr const char* key_vault_purge_operator = "a68e7c17-0ab2-4c09-9a58-125dae29748c";
inline constexpr const char* key_vault_data_access_administrator =
    "8b54135c-b56d-4d72-a534-26097cfdc8d8";
// Of everything.
inline constexpr const char* owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
inline constexpr const char* contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
inline constexpr const char* reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
inline constexpr const char* user_access_administrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
inline constexpr const char* role_based_access_control_administrator =
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
}  // namespace role_id

struct WellKnownRole {
  std::string_view name;  ///< As people know it: `Key Vault Secrets User`.
  std::string_view id;    ///< role_id::…
};

/// All of the above, sorted by name.
std::span<const WellKnownRole> well_known_roles();
/// By its name, without case; nullptr for one that is not in the list: ask
/// RoleDefinitionsOperations::list with the filter `roleName eq '…'` then.
const WellKnownRole* find_role_by_name(std::string_view role_name);
/// By its GUID, or by a role definition id that ends with it; nullptr likewise.
const WellKnownRole* find_role_by_id(std::string_view role_id);

/// `/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}`: what
/// RoleAssignmentProperties::role_definition_id is to be. Without a subscription the id at the
/// tenant, which the service accepts for built-in roles at any scope.
std::string role_definition_id(std::string_view role_id, std::string_view subscription_id = {});

}  // namespace akv
