#include "akv/emulator/built_in_roles.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <string>

namespace akv::emulator {
namespace {

using json::Document;
using Actions = std::span<const std::string_view>;

constexpr std::string_view everything[] = {"*"};
constexpr std::string_view all_reads[] = {"*/read"};

constexpr std::string_view contributor_not[] = {
    "Microsoft.Authorization/*/Delete",
    "Microsoft.Authorization/*/Write",
    "Microsoft.Authorization/elevateAccess/Action",
    "Microsoft.Blueprint/blueprintAssignments/write",
    "Microsoft.Blueprint/blueprintAssignments/delete",
    "Microsoft.Compute/galleries/share/action",
    "Microsoft.Purview/consents/write",
    "Microsoft.Purview/consents/delete",
    "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
    "Microsoft.Subscription/cancel/action",
    "Microsoft.Subscription/enable/action"};

constexpr std::string_view access_administrator[] = {"*/read", "Microsoft.Authorization/*",
                                                     "Microsoft.Support/*"};
constexpr std::string_view rbac_administrator[] = {"Microsoft.Authorization/roleAssignments/write",
                                                   "Microsoft.Authorization/roleAssignments/delete",
                                                   "*/read", "Microsoft.Support/*"};

constexpr std::string_view vault_contributor[] = {
    "Microsoft.Authorization/*/read",
    "Microsoft.Insights/alertRules/*",
    "Microsoft.KeyVault/*",
    "Microsoft.Resources/deployments/*",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Support/*"};
constexpr std::string_view vault_contributor_not[] = {
    "Microsoft.KeyVault/locations/deletedVaults/purge/action", "Microsoft.KeyVault/hsmPools/*",
    "Microsoft.KeyVault/managedHsms/*"};

// What those who work inside vaults may see of them from outside.
constexpr std::string_view vault_metadata[] = {
    "Microsoft.Authorization/*/read",
    "Microsoft.Insights/alertRules/*",
    "Microsoft.Resources/deployments/*",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Support/*",
    "Microsoft.KeyVault/checkNameAvailability/read",
    "Microsoft.KeyVault/deletedVaults/read",
    "Microsoft.KeyVault/locations/*/read",
    "Microsoft.KeyVault/vaults/*/read",
    "Microsoft.KeyVault/operations/read"};

constexpr std::string_view purge_operator[] = {
    "Microsoft.KeyVault/locations/deletedVaults/read",
    "Microsoft.KeyVault/locations/deletedVaults/purge/action",
    "Microsoft.KeyVault/locations/operationResults/read"};

constexpr std::string_view event_subscriptions[] = {
    "Microsoft.EventGrid/eventSubscriptions/write", "Microsoft.EventGrid/eventSubscriptions/read",
    "Microsoft.EventGrid/eventSubscriptions/delete"};

constexpr std::string_view data_access_administrator[] = {
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleAssignments/delete",
    "Microsoft.Authorization/*/read",
    "Microsoft.Resources/deployments/*",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Resources/subscriptions/read",
    "Microsoft.Management/managementGroups/read",
    "Microsoft.Resources/deployments/*",
    "Microsoft.Support/*",
    "Microsoft.KeyVault/vaults/*/read"};
constexpr std::string_view data_roles_only =
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR "
    "(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] "
    "ForAnyOfAnyValues:GuidEquals{00482a5a-887f-4fb3-b363-3b7fe8e74483, "
    "a4417e6f-fecd-4de8-b567-7b0420556985, 14b46e9e-c2b7-41b4-b07b-48a6ebf60603, "
    "e147488a-f6f5-4113-8e2d-b22465e65bf6, 12338af0-0e69-4776-bea7-57ae8d297424, "
    "21090545-7ca7-4776-b22c-e363652d74d2, b86a8fe4-44ce-4948-aee5-eccb2c155cd7, "
    "4633458b-17de-408a-b874-0445c86b69e6})) AND "
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR "
    "(@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] "
    "ForAnyOfAnyValues:GuidEquals{00482a5a-887f-4fb3-b363-3b7fe8e74483, "
    "a4417e6f-fecd-4de8-b567-7b0420556985, 14b46e9e-c2b7-41b4-b07b-48a6ebf60603, "
    "e147488a-f6f5-4113-8e2d-b22465e65bf6, 12338af0-0e69-4776-bea7-57ae8d297424, "
    "21090545-7ca7-4776-b22c-e363652d74d2, b86a8fe4-44ce-4948-aee5-eccb2c155cd7, "
    "4633458b-17de-408a-b874-0445c86b69e6}))";

constexpr std::string_view hsm_contributor[] = {
    "Microsoft.KeyVault/managedHSMs/*", "Microsoft.KeyVault/deletedManagedHsms/read",
    "Microsoft.KeyVault/locations/deletedManagedHsms/read",
    "Microsoft.KeyVault/locations/deletedManagedHsms/purge/action",
    "Microsoft.KeyVault/locations/managedHsmOperationResults/read"};

constexpr std::string_view whole_vault[] = {"Microsoft.KeyVault/vaults/*"};
constexpr std::string_view certificate_user[] = {
    "Microsoft.KeyVault/vaults/certificates/read",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    "Microsoft.KeyVault/vaults/secrets/readMetadata/action", "Microsoft.KeyVault/vaults/keys/read"};
constexpr std::string_view certificates[] = {"Microsoft.KeyVault/vaults/certificatecas/*",
                                             "Microsoft.KeyVault/vaults/certificates/*",
                                             "Microsoft.KeyVault/vaults/certificatecontacts/write"};
constexpr std::string_view keys[] = {"Microsoft.KeyVault/vaults/keys/*",
                                     "Microsoft.KeyVault/vaults/keyrotationpolicies/*"};
constexpr std::string_view releasing[] = {"Microsoft.KeyVault/vaults/keys/release/action"};
constexpr std::string_view wrapping[] = {"Microsoft.KeyVault/vaults/keys/read",
                                         "Microsoft.KeyVault/vaults/keys/wrap/action",
                                         "Microsoft.KeyVault/vaults/keys/unwrap/action"};
constexpr std::string_view crypto_user[] = {"Microsoft.KeyVault/vaults/keys/read",
                                            "Microsoft.KeyVault/vaults/keys/update/action",
                                            "Microsoft.KeyVault/vaults/keys/backup/action",
                                            "Microsoft.KeyVault/vaults/keys/encrypt/action",
                                            "Microsoft.KeyVault/vaults/keys/decrypt/action",
                                            "Microsoft.KeyVault/vaults/keys/wrap/action",
                                            "Microsoft.KeyVault/vaults/keys/unwrap/action",
                                            "Microsoft.KeyVault/vaults/keys/sign/action",
                                            "Microsoft.KeyVault/vaults/keys/verify/action"};
constexpr std::string_view vault_reader[] = {
    "Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/secrets/readMetadata/action"};
constexpr std::string_view secrets[] = {"Microsoft.KeyVault/vaults/secrets/*"};
constexpr std::string_view secrets_user[] = {
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    "Microsoft.KeyVault/vaults/secrets/readMetadata/action"};

constexpr BuiltInRole roles[] = {
    {.id = "b24988ac-6180-42a0-ab88-20f7382dd24c",
     .name = "Contributor",
     .description = "Grants full access to manage all resources, but does not allow you to assign "
                    "roles in Azure RBAC, manage assignments in Azure Blueprints, or share image "
                    "galleries.",
     .actions = everything,
     .not_actions = contributor_not},
    {.id = "00482a5a-887f-4fb3-b363-3b7fe8e74483",
     .name = "Key Vault Administrator",
     .description = "Perform all data plane operations on a key vault and all objects in it, "
                    "including certificates, keys, and secrets. Cannot manage key vault resources "
                    "or manage role assignments. Only works for key vaults that use the 'Azure "
                    "role-based access control' permission model.",
     .actions = vault_metadata,
     .data_actions = whole_vault},
    {.id = "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
     .name = "Key Vault Certificate User",
     .description = "Read certificate contents. Only works for key vaults that use the 'Azure "
                    "role-based access control' permission model.",
     .data_actions = certificate_user},
    {.id = "a4417e6f-fecd-4de8-b567-7b0420556985",
     .name = "Key Vault Certificates Officer",
     .description = "Perform any action on the certificates of a key vault, except manage "
                    "permissions. Only works for key vaults that use the 'Azure role-based access "
                    "control' permission model.",
     .actions = vault_metadata,
     .data_actions = certificates},
    {.id = "f25e0fa2-a7c8-4377-a976-54943a77a395",
     .name = "Key Vault Contributor",
     .description = "Lets you manage key vaults, but not access to them.",
     .actions = vault_contributor,
     .not_actions = vault_contributor_not},
    {.id = "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
     .name = "Key Vault Crypto Officer",
     .description = "Perform any action on the keys of a key vault, except manage permissions. "
                    "Only works for key vaults that use the 'Azure role-based access control' "
                    "permission model.",
     .actions = vault_metadata,
     .data_actions = keys},
    {.id = "e147488a-f6f5-4113-8e2d-b22465e65bf6",
     .name = "Key Vault Crypto Service Encryption User",
     .description = "Read metadata of keys and perform wrap/unwrap operations. Only works for key "
                    "vaults that use the 'Azure role-based access control' permission model.",
     .actions = event_subscriptions,
     .data_actions = wrapping},
    {.id = "08bbd89e-9f13-488c-ac41-acfcb10c90ab",
     .name = "Key Vault Crypto Service Release User",
     .description = "Release keys. Only works for key vaults that use the 'Azure role-based access "
                    "control' permission model.",
     .data_actions = releasing},
    {.id = "12338af0-0e69-4776-bea7-57ae8d297424",
     .name = "Key Vault Crypto User",
     .description = "Perform cryptographic operations using keys. Only works for key vaults that "
                    "use the 'Azure role-based access control' permission model.",
     .data_actions = crypto_user},
    {.id = "8b54135c-b56d-4d72-a534-26097cfdc8d8",
     .name = "Key Vault Data Access Administrator",
     .description = "Manage access to Azure Key Vault by adding or removing role assignments for "
                    "the Key Vault Administrator, Key Vault Certificates Officer, Key Vault Crypto "
                    "Officer, Key Vault Crypto Service Encryption User, Key Vault Crypto User, Key "
                    "Vault Reader, Key Vault Secrets Officer, or Key Vault Secrets User roles. "
                    "Includes an ABAC condition to constrain role assignments.",
     .actions = data_access_administrator,
     .condition = data_roles_only},
    {.id = "a68e7c17-0ab2-4c09-9a58-125dae29748c",
     .name = "Key Vault Purge Operator",
     .description = "Allows permanent deletion of soft-deleted vaults.",
     .actions = purge_operator},
    {.id = "21090545-7ca7-4776-b22c-e363652d74d2",
     .name = "Key Vault Reader",
     .description = "Read metadata of key vaults and its certificates, keys, and secrets. Cannot "
                    "read sensitive values such as secret contents or key material. Only works for "
                    "key vaults that use the 'Azure role-based access control' permission model.",
     .actions = vault_metadata,
     .data_actions = vault_reader},
    {.id = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
     .name = "Key Vault Secrets Officer",
     .description = "Perform any action on the secrets of a key vault, except manage permissions. "
                    "Only works for key vaults that use the 'Azure role-based access control' "
                    "permission model.",
     .actions = vault_metadata,
     .data_actions = secrets},
    {.id = "4633458b-17de-408a-b874-0445c86b69e6",
     .name = "Key Vault Secrets User",
     .description = "Read secret contents. Only works for key vaults that use the 'Azure "
                    "role-based access control' permission model.",
     .data_actions = secrets_user},
    {.id = "18500a29-7fe2-46b2-a342-b16a415e101d",
     .name = "Managed HSM contributor",
     .description = "Lets you manage managed HSM pools, but not access to them.",
     .actions = hsm_contributor},
    {.id = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
     .name = "Owner",
     .description = "Grants full access to manage all resources, including the ability to assign "
                    "roles in Azure RBAC.",
     .actions = everything},
    {.id = "acdd72a7-3385-48ef-bd42-f606fba81ae7",
     .name = "Reader",
     .description = "View all resources, but does not allow you to make any changes.",
     .actions = all_reads},
    {.id = "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
     .name = "Role Based Access Control Administrator",
     .description = "Manage access to Azure resources by assigning roles using Azure RBAC. This "
                    "role does not allow you to manage access using other ways, such as Azure "
                    "Policy.",
     .actions = rbac_administrator},
    {.id = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
     .name = "User Access Administrator",
     .description = "Lets you manage user access to Azure resources.",
     .actions = access_administrator}};

Document texts(Actions actions) {
  Document list = Document::array();
  for (std::string_view action : actions) list.push_back(action);
  return list;
}

}  // namespace

std::span<const BuiltInRole> built_in_roles() { return roles; }

const BuiltInRole* find_built_in_role(std::string_view id_or_name) {
  for (const BuiltInRole& role : roles)
    if (ascii::equal(role.id, id_or_name) || ascii::equal(role.name, id_or_name)) return &role;
  return nullptr;
}

Document shown_role(const BuiltInRole& role) {
  Document permission = Document::object({{"actions", texts(role.actions)},
                                          {"notActions", texts(role.not_actions)},
                                          {"dataActions", texts(role.data_actions)},
                                          {"notDataActions", Document::array()}});
  if (!role.condition.empty()) {
    permission.set("condition", role.condition);
    permission.set("conditionVersion", "2.0");
  }
  return Document::object(
      {{"properties", Document::object({{"roleName", role.name},
                                        {"type", "BuiltInRole"},
                                        {"description", role.description},
                                        {"assignableScopes", Document::array({"/"})},
                                        {"permissions", Document::array({std::move(permission)})},
                                        {"createdOn", "2015-02-02T21:55:09.8806423Z"},
                                        {"updatedOn", "2021-11-11T20:13:28.6061853Z"},
                                        {"createdBy", nullptr},
                                        {"updatedBy", nullptr}})},
       {"id", "/providers/Microsoft.Authorization/roleDefinitions/" + std::string(role.id)},
       {"type", "Microsoft.Authorization/roleDefinitions"},
       {"name", role.id}});
}

}  // namespace akv::emulator
