#include "akv/provision/kinds/vault_words.hpp"

#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/manifest/checks.hpp"

namespace akv::kinds {
namespace {

using manifest::FieldType;
using manifest::Word;

constexpr std::string_view modes[] = {"exact", "merge"};
constexpr std::string_view skus[] = {"standard", "premium"};
constexpr std::string_view switches[] = {"Enabled", "Disabled"};
constexpr std::string_view bypasses[] = {"AzureServices", "None"};
constexpr std::string_view actions[] = {"Allow", "Deny"};
constexpr std::string_view states[] = {"absent"};
constexpr std::string_view on_soft_deleted[] = {"fail", "recover", "purge"};

std::string check_soft_delete(std::string_view text) {
  if (text != "false") return {};
  return "soft delete cannot be switched off; Azure has it on for every vault, remove the key";
}

constexpr Word manage_members[] = {
    {.name = "accessPolicies",
     .type = FieldType::word,
     .doc = "exact (default): remove entries that the manifest does not name; merge: leave them.",
     .words = modes},
    {.name = "networkAcls",
     .type = FieldType::word,
     .doc = "The same for IP and subnet rules; the default is exact.",
     .words = modes},
    {.name = "tags",
     .type = FieldType::word,
     .doc = "The same for tags; the default is merge.",
     .words = modes},
};

std::span<const Word> subnet_members() {
  static const Word words[] = {
      {.name = "id",
       .doc = "ARM id of the subnet.",
       .required = true,
       .check = manifest::check_subnet_id},
      {.name = "ignoreMissingVnetServiceEndpoint",
       .type = FieldType::boolean,
       .doc = "Accept a subnet without the Microsoft.KeyVault service endpoint."},
  };
  return words;
}

std::span<const Word> network_members() {
  static const Word words[] = {
      {.name = "bypass",
       .type = FieldType::word,
       .doc = "Whether trusted Azure services pass the firewall.",
       .words = bypasses},
      {.name = "defaultAction",
       .type = FieldType::word,
       .doc = "What happens to callers that no rule names.",
       .words = actions},
      {.name = "ipRules",
       .type = FieldType::text_list,
       .doc = "Public IPv4 addresses and ranges that are let in.",
       .max_items = 1000,
       .check = manifest::check_public_range,
       .identity = manifest::canonical_range},
      {.name = "virtualNetworkRules",
       .type = FieldType::object_list,
       .doc = "Subnets that are let in.",
       .members = subnet_members(),
       .max_items = 200},
  };
  return words;
}

std::span<const Word> permission_members() {
  static const Word words[] = {
      {.name = "keys",
       .type = FieldType::word_list,
       .doc = "Permissions on keys.",
       .words = permission_words("keys")},
      {.name = "secrets",
       .type = FieldType::word_list,
       .doc = "Permissions on secrets.",
       .words = permission_words("secrets")},
      {.name = "certificates",
       .type = FieldType::word_list,
       .doc = "Permissions on certificates.",
       .words = permission_words("certificates")},
      {.name = "storage",
       .type = FieldType::word_list,
       .doc = "Permissions on managed storage accounts.",
       .words = permission_words("storage")},
  };
  return words;
}

std::span<const Word> policy_members() {
  static const Word words[] = {
      {.name = "principal", .doc = "Whom the entry is for: a name declared under principals."},
      {.name = "objectId",
       .doc = "Whom the entry is for, by object id.",
       .check = manifest::check_guid},
      {.name = "tenant",
       .doc = "Tenant id of the entry; else that of the vault.",
       .check = manifest::check_guid,
       .writes = "tenantId"},
      {.name = "tenantId", .doc = "The same as tenant.", .check = manifest::check_guid},
      {.name = "applicationId",
       .doc = "Application through which alone the principal has these permissions.",
       .check = manifest::check_guid},
      {.name = "permissions",
       .type = FieldType::permissions,
       .doc = "A permission set, a list of sets, or permissions by category; a category that is "
              "not named has none.",
       .members = permission_members()},
      {.name = "state",
       .type = FieldType::word,
       .doc = "absent removes the entry, where access policies are merged.",
       .words = states},
  };
  return words;
}

}  // namespace

std::span<const Word> vault_words() {
  static const Word words[] = {
      {.name = "name",
       .doc = "3 to 24 letters, digits and single hyphens; no other vault in Azure may have it.",
       .required = true,
       .check = manifest::check_vault_name,
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
      {.name = "sku", .type = FieldType::word, .doc = "Pricing tier.", .words = skus},
      {.name = "location",
       .doc = "Azure region; else that of the resource group. It cannot be changed later.",
       .check = manifest::check_location},
      {.name = "tags",
       .type = FieldType::text_map,
       .doc = "Tags: names and values.",
       .max_items = 50,
       .check = manifest::check_tag_value,
       .check_name = manifest::check_tag_name,
       .managed_list = true},
      {.name = "tenant",
       .doc = "Tenant id; else that of the manifest, else that of the subscription.",
       .check = manifest::check_guid,
       .writes = "tenantId"},
      {.name = "tenantId", .doc = "The same as tenant.", .check = manifest::check_guid},
      {.name = "softDeleteRetentionInDays",
       .type = FieldType::integer,
       .doc = "Days that a deleted vault can be recovered. It cannot be changed once set.",
       .minimum = 7,
       .maximum = 90},
      {.name = "enablePurgeProtection",
       .type = FieldType::boolean,
       .doc = "Nobody can purge the vault before its retention ends. It cannot be switched off; "
              "false sends nothing."},
      {.name = "enableSoftDelete",
       .type = FieldType::boolean,
       .doc = "Always true in Azure.",
       .check = check_soft_delete},
      {.name = "enableRbacAuthorization",
       .type = FieldType::boolean,
       .doc = "Access by Azure roles (true) or by access policies (false)."},
      {.name = "enabledForDeployment",
       .type = FieldType::boolean,
       .doc = "Virtual machines may fetch certificates that are secrets."},
      {.name = "enabledForDiskEncryption",
       .type = FieldType::boolean,
       .doc = "Azure Disk Encryption may fetch secrets and unwrap keys."},
      {.name = "enabledForTemplateDeployment",
       .type = FieldType::boolean,
       .doc = "Azure Resource Manager may fetch secrets for template deployments."},
      {.name = "publicNetworkAccess",
       .type = FieldType::word,
       .doc = "Whether the vault can be reached other than through private endpoints.",
       .words = switches},
      {.name = "networkAcls",
       .type = FieldType::object,
       .doc = "The firewall. Members that are left out are not managed.",
       .members = network_members(),
       .managed_list = true},
      {.name = "accessPolicies",
       .type = FieldType::access_policies,
       .doc = "Who may do what with keys, secrets and certificates.",
       .members = policy_members(),
       .max_items = 1024,
       .managed_list = true,
       .of_existing = true},
      {.name = "onSoftDeleted",
       .type = FieldType::word,
       .doc = "What to do where a deleted vault still holds the name; the default is fail.",
       .words = on_soft_deleted,
       .of_engine = true},
      {.name = "protect",
       .type = FieldType::boolean,
       .doc = "The vault is not deleted while its live tag akv-protect stands."},
      {.name = "manage",
       .type = FieldType::object,
       .doc = "Whether a list is owned whole or only in the entries named.",
       .members = manage_members,
       .of_engine = true,
       .of_existing = true},
      {.name = "existing",
       .type = FieldType::boolean,
       .doc = "The vault must exist; only its access policies, roles and locks are managed, always "
              "merged.",
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
      {.name = "adopt",
       .type = FieldType::boolean,
       .doc = "Take over a vault that exists without a mark.",
       .of_engine = true,
       .in_defaults = false},
      {.name = "unmanaged",
       .type = FieldType::text_list,
       .doc = "Inherited properties to leave alone, such as sku or networkAcls.bypass.",
       .of_engine = true,
       .in_defaults = false,
       .of_existing = true},
  };
  return words;
}

}  // namespace akv::kinds
