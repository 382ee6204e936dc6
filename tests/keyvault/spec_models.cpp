// The tables of the models against the published definitions: no member forgotten, none invented.
#include "support/spec_models.hpp"

#include "akv/mgmt/keyvault/deleted_vault.hpp"
#include "akv/mgmt/keyvault/name_availability.hpp"
#include "akv/mgmt/keyvault/vault.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;

namespace {

const DescribedModel vault_models[] = {
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

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_models)

BOOST_AUTO_TEST_CASE(vault_models_are_those_of_2026_02_01) {
  compare_models("Microsoft.KeyVault/2026-02-01-derived/openapi.derived.json", vault_models,
                 Likeness::same);
}

BOOST_AUTO_TEST_CASE(vault_models_hold_all_of_2023_07_01) {
  compare_models("Microsoft.KeyVault/2023-07-01/keyvault.json", vault_models, Likeness::holds_all);
}

BOOST_AUTO_TEST_CASE(vault_models_hold_all_of_2024_04_01_preview) {
  compare_models("Microsoft.KeyVault/2024-04-01-preview/keyvault.json", vault_models,
                 Likeness::holds_all);
}

BOOST_AUTO_TEST_SUITE_END()
