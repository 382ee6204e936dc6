// The tables of the models against the published definitions: no member forgotten, none invented.
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/resource_group.hpp"
#include "support/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

using Fields = std::span<const json::FieldInfo> (*)();
using Names = std::set<std::string>;

struct Model {
  const char* definition;
  Fields fields;
  Names ours_read_only{};  ///< Called writable in the description, but never sent by us.
  Names elsewhere{};       ///< Described in another file.
};

const Model vault_models[] = {
    {"Vault", Vault::json_fields},
    {"VaultProperties", VaultProperties::json_fields, {"vaultUri", "provisioningState"}},
    {"VaultCreateOrUpdateParameters", VaultCreateOrUpdateParameters::json_fields},
    {"VaultPatchProperties", VaultPatchProperties::json_fields},
    {"VaultPatchParameters", VaultPatchParameters::json_fields},
    {"Sku", Sku::json_fields},
    {"AccessPolicyEntry", AccessPolicyEntry::json_fields},
    {"Permissions", Permissions::json_fields},
    {"VaultAccessPolicyParameters", VaultAccessPolicyParameters::json_fields},
    {"VaultAccessPolicyProperties", VaultAccessPolicyProperties::json_fields},
    {"NetworkRuleSet", NetworkRuleSet::json_fields},
    {"IPRule", IPRule::json_fields},
    {"VirtualNetworkRule", VirtualNetworkRule::json_fields},
    {"DeletedVault", DeletedVault::json_fields},
    {"DeletedVaultProperties", DeletedVaultProperties::json_fields},
    {"VaultCheckNameAvailabilityParameters", VaultCheckNameAvailabilityParameters::json_fields},
    {"CheckNameAvailabilityResult", CheckNameAvailabilityResult::json_fields},
    {"PrivateEndpointConnectionItem", PrivateEndpointConnectionItem::json_fields},
    {"PrivateEndpointConnectionProperties", PrivateEndpointConnectionProperties::json_fields},
    {"PrivateEndpoint", PrivateEndpoint::json_fields},
    {"PrivateLinkServiceConnectionState", PrivateLinkServiceConnectionState::json_fields},
    {"SystemData", SystemData::json_fields},
    {"Resource", TrackedResource::json_fields},
};

const Model child_models[] = {
    {"KeyAttributes", KeyAttributes::json_fields},
    {"Trigger", RotationTrigger::json_fields},
    {"Action", RotationAction::json_fields},
    {"LifetimeAction", LifetimeAction::json_fields},
    {"KeyRotationPolicyAttributes", KeyRotationPolicyAttributes::json_fields},
    {"RotationPolicy", RotationPolicy::json_fields},
    {"KeyReleasePolicy", KeyReleasePolicy::json_fields},
    {"KeyProperties", KeyProperties::json_fields},
    {"Key", Key::json_fields},
    {"KeyCreateParameters", KeyCreateParameters::json_fields},
    {"Attributes", SecretAttributes::json_fields},
    {"SecretAttributes", SecretAttributes::json_fields},
    {"SecretProperties", SecretProperties::json_fields},
    {"Secret", Secret::json_fields},
    {"SecretCreateOrUpdateParameters", SecretCreateOrUpdateParameters::json_fields},
    {"SecretPatchProperties", SecretPatchProperties::json_fields},
    {"SecretPatchParameters", SecretPatchParameters::json_fields},
    {"PrivateEndpointConnection", PrivateEndpointConnection::json_fields},
    {"PrivateLinkResource", PrivateLinkResource::json_fields},
    {"PrivateLinkResourceProperties", PrivateLinkResourceProperties::json_fields},
    {"Operation", KeyVaultOperation::json_fields},
    {"OperationProperties", KeyVaultOperationProperties::json_fields},
    {"ServiceSpecification", ServiceSpecification::json_fields},
    {"LogSpecification", LogSpecification::json_fields},
    {"MetricSpecification", MetricSpecification::json_fields},
    {"DimensionProperties", DimensionProperties::json_fields},
};

const Model hsm_models[] = {
    {"ManagedHsm", ManagedHsm::json_fields},
    {"ManagedHsmProperties", ManagedHsmProperties::json_fields},
    {"ManagedHsmSku", ManagedHsmSku::json_fields},
    {"ManagedHSMSecurityDomainProperties", ManagedHSMSecurityDomainProperties::json_fields},
    {"MHSMGeoReplicatedRegion", MHSMGeoReplicatedRegion::json_fields},
    {"MHSMNetworkRuleSet", MHSMNetworkRuleSet::json_fields},
    {"MHSMIPRule", MHSMIPRule::json_fields},
    {"MHSMVirtualNetworkRule", MHSMVirtualNetworkRule::json_fields},
    {"MHSMServiceTagRule", MHSMServiceTagRule::json_fields},
    {"DeletedManagedHsm", DeletedManagedHsm::json_fields},
    {"DeletedManagedHsmProperties", DeletedManagedHsmProperties::json_fields},
    {"CheckMhsmNameAvailabilityParameters", CheckMhsmNameAvailabilityParameters::json_fields},
    {"CheckMhsmNameAvailabilityResult", CheckMhsmNameAvailabilityResult::json_fields},
    {"MHSMPrivateEndpoint", MHSMPrivateEndpoint::json_fields},
    {"MHSMPrivateLinkServiceConnectionState", MHSMPrivateLinkServiceConnectionState::json_fields},
    {"MHSMPrivateEndpointConnectionProperties",
     MHSMPrivateEndpointConnectionProperties::json_fields},
    {"MHSMPrivateEndpointConnectionItem", MHSMPrivateEndpointConnectionItem::json_fields},
    {"MHSMPrivateEndpointConnection", MHSMPrivateEndpointConnection::json_fields},
    {"MHSMPrivateLinkResourceProperties", MHSMPrivateLinkResourceProperties::json_fields},
    {"MHSMPrivateLinkResource", MHSMPrivateLinkResource::json_fields},
    {"ManagedHsmKeyAttributes", ManagedHsmKeyAttributes::json_fields},
    {"ManagedHsmTrigger", ManagedHsmTrigger::json_fields},
    {"ManagedHsmAction", ManagedHsmAction::json_fields},
    {"ManagedHsmLifetimeAction", ManagedHsmLifetimeAction::json_fields},
    {"ManagedHsmKeyRotationPolicyAttributes", ManagedHsmKeyRotationPolicyAttributes::json_fields},
    {"ManagedHsmRotationPolicy", ManagedHsmRotationPolicy::json_fields},
    {"ManagedHsmKeyReleasePolicy", ManagedHsmKeyReleasePolicy::json_fields},
    {"ManagedHsmKeyProperties", ManagedHsmKeyProperties::json_fields},
    {"ManagedHsmKey", ManagedHsmKey::json_fields},
    {"ManagedHsmKeyCreateParameters", ManagedHsmKeyCreateParameters::json_fields},
};

const Model identity_models[] = {
    {"ManagedServiceIdentity", ManagedServiceIdentity::json_fields},
    {"UserAssignedIdentity", UserAssignedIdentity::json_fields},
};

const Model perimeter_models[] = {
    // Its base is ARM's proxy resource, in another file.
    {"NetworkSecurityPerimeterConfiguration",
     NetworkSecurityPerimeterConfiguration::json_fields,
     {"id", "name", "type", "systemData"},
     {"id", "name", "type", "systemData"}},
    {"NetworkSecurityPerimeterConfigurationProperties",
     NetworkSecurityPerimeterConfigurationProperties::json_fields},
    {"NetworkSecurityPerimeter", NetworkSecurityPerimeter::json_fields},
    {"NetworkSecurityProfile", NetworkSecurityProfile::json_fields},
    {"ResourceAssociation", ResourceAssociation::json_fields},
    {"ProvisioningIssue", ProvisioningIssue::json_fields, {"properties"}},
    {"ProvisioningIssueProperties", ProvisioningIssueProperties::json_fields},
    {"AccessRule", AccessRule::json_fields},
    {"AccessRuleProperties", AccessRuleProperties::json_fields},
};

// Definitions that need no model of their own: bases, envelopes of lists and errors (each read by
// one tolerant reader), and names of strings.
const Names not_models = {
    "CloudError",      "CloudErrorBody",     "Error",
    "ManagedHsmError", "ManagedHsmResource", "ProxyResourceWithoutSystemData"};

const Model group_models[] = {
    {"ResourceGroup", ResourceGroup::json_fields, {"properties"}},
    {"ResourceGroupProperties", ResourceGroupProperties::json_fields},
};

bool is_read_only(const Document& spec, const Document& property) {
  if (property["readOnly"].bool_or(false)) return true;
  const std::string_view reference = property["$ref"].string_or();
  constexpr std::string_view local = "#/definitions/";
  return reference.starts_with(local) &&
         spec["definitions"][reference.substr(local.size())]["readOnly"].bool_or(false);
}

/// The definition's own properties and those of its bases, as far as they are in this file.
void collect(const Document& spec, const Document& definition, Names& all, Names& read_only) {
  if (definition["properties"].is_object())
    for (const json::Member& property : definition["properties"].as_object()) {
      all.insert(property.name);
      if (is_read_only(spec, property.value)) read_only.insert(property.name);
    }
  if (!definition["allOf"].is_array()) return;
  for (const Document& base : definition["allOf"].as_array()) {
    const std::string_view reference = base["$ref"].string_or();
    constexpr std::string_view local = "#/definitions/";
    if (reference.starts_with(local))
      collect(spec, spec["definitions"][reference.substr(local.size())], all, read_only);
  }
}

void compare(const Document& spec, const Model& model, bool same_version) {
  BOOST_TEST_CONTEXT(model.definition) {
    Names published, published_read_only, ours, ours_read_only;
    collect(spec, spec["definitions"][model.definition], published, published_read_only);
    BOOST_REQUIRE(!published.empty());
    for (const json::FieldInfo& field : model.fields()) {
      ours.insert(std::string(field.wire));
      if (json::has(field.flags, json::Flag::read_only) &&
          !model.ours_read_only.contains(std::string(field.wire)))
        ours_read_only.insert(std::string(field.wire));
    }
    for (const std::string& name : published)
      BOOST_TEST(ours.contains(name), "the model lacks " << name);
    if (!same_version) return;
    for (const std::string& name : ours)
      BOOST_TEST((published.contains(name) || model.elsewhere.contains(name)),
                 "the model invents " << name);
    for (const std::string& name : published_read_only)
      BOOST_TEST((ours_read_only.contains(name) || model.ours_read_only.contains(name)),
                 name << " is read-only");
    for (const std::string& name : ours_read_only)
      BOOST_TEST(published_read_only.contains(name), name << " is not read-only");
  }
}

const std::span<const Model> key_vault_models[] = {vault_models, child_models, hsm_models};
constexpr const char* older_files[] = {"keyvault.json",   "keys.json",           "secrets.json",
                                       "managedHsm.json", "keysManagedHsm.json", "providers.json",
                                       "common.json"};

void compare_all(const std::string& file, std::span<const Model> models, bool same_version) {
  const auto folder = spec_folder();
  if (!folder) return;
  const Document spec = read_json(*folder / file);
  for (const Model& model : models)
    if (spec["definitions"].find(model.definition)) compare(spec, model, same_version);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_models)

BOOST_AUTO_TEST_CASE(models_are_those_of_2026_02_01) {
  constexpr const char* file = "Microsoft.KeyVault/2026-02-01-derived/openapi.derived.json";
  for (const auto models : key_vault_models) compare_all(file, models, true);
}

BOOST_AUTO_TEST_CASE(models_hold_all_of_2023_07_01) {
  for (const char* file : older_files)
    for (const auto models : key_vault_models)
      compare_all("Microsoft.KeyVault/2023-07-01/" + std::string(file), models, false);
}

BOOST_AUTO_TEST_CASE(models_hold_all_of_2024_04_01_preview) {
  for (const char* file : older_files)
    for (const auto models : key_vault_models)
      compare_all("Microsoft.KeyVault/2024-04-01-preview/" + std::string(file), models, false);
}

BOOST_AUTO_TEST_CASE(models_of_the_common_types_are_complete) {
  compare_all("common-types/resource-management/v5/managedidentity.json", identity_models, true);
  compare_all("common-types/resource-management/v5/networksecurityperimeter.json", perimeter_models,
              true);
}

BOOST_AUTO_TEST_CASE(every_definition_of_2026_02_01_has_a_model) {
  const auto folder = spec_folder();
  if (!folder) return;
  const Document spec =
      read_json(*folder / "Microsoft.KeyVault/2026-02-01-derived/openapi.derived.json");
  Names modelled = not_models;
  for (const auto models : key_vault_models)
    for (const Model& model : models) modelled.insert(model.definition);
  for (const json::Member& definition : spec["definitions"].as_object()) {
    const bool is_list = definition.name.ends_with("ListResult");
    const bool is_word = definition.value["enum"].is_array();
    BOOST_TEST((is_list || is_word || modelled.contains(definition.name)),
               "no model of " << definition.name);
  }
}

BOOST_AUTO_TEST_CASE(group_models_are_those_of_2024_03_01) {
  compare_all("Microsoft.Resources/2024-03-01/resources.cut.json", group_models, true);
}

BOOST_AUTO_TEST_SUITE_END()
