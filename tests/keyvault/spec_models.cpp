// The tables of the models against the published definitions: no member forgotten, none invented.
#include "akv/mgmt/keyvault/deleted_vault.hpp"
#include "akv/mgmt/keyvault/name_availability.hpp"
#include "akv/mgmt/keyvault/vault.hpp"
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

void compare(const Document& spec, const Model& model, bool same_version) {
  const Document& definition = spec["definitions"][model.definition];
  BOOST_TEST_CONTEXT(model.definition) {
    BOOST_REQUIRE(definition["properties"].is_object());
    Names published, published_read_only, ours, ours_read_only, ours_required, published_required;
    for (const json::Member& property : definition["properties"].as_object()) {
      published.insert(property.name);
      if (is_read_only(spec, property.value)) published_read_only.insert(property.name);
    }
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
      BOOST_TEST(published.contains(name), "the model invents " << name);
    for (const std::string& name : published_read_only)
      BOOST_TEST(ours_read_only.contains(name), name << " is read-only");
    for (const std::string& name : ours_read_only)
      BOOST_TEST(published_read_only.contains(name), name << " is not read-only");
  }
}

void compare_all(const char* file, std::span<const Model> models, bool same_version) {
  const auto folder = spec_folder();
  if (!folder) return;
  const Document spec = read_json(*folder / file);
  for (const Model& model : models)
    if (spec["definitions"].find(model.definition)) compare(spec, model, same_version);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_models)

BOOST_AUTO_TEST_CASE(vault_models_are_those_of_2026_02_01) {
  compare_all("Microsoft.KeyVault/2026-02-01-derived/openapi.derived.json", vault_models, true);
}

BOOST_AUTO_TEST_CASE(vault_models_hold_all_of_2023_07_01) {
  compare_all("Microsoft.KeyVault/2023-07-01/keyvault.json", vault_models, false);
}

BOOST_AUTO_TEST_CASE(vault_models_hold_all_of_2024_04_01_preview) {
  compare_all("Microsoft.KeyVault/2024-04-01-preview/keyvault.json", vault_models, false);
}

BOOST_AUTO_TEST_CASE(group_models_are_those_of_2024_03_01) {
  compare_all("Microsoft.Resources/2024-03-01/resources.cut.json", group_models, true);
}

BOOST_AUTO_TEST_SUITE_END()
