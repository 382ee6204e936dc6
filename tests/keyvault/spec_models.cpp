// The tables of the models against the published definitions: no member forgotten, none invented.
#include "support/spec_models.hpp"

#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/keyvault/keys.hpp"
#include "akv/mgmt/keyvault/managed_hsm_keys.hpp"
#include "akv/mgmt/keyvault/managed_hsms.hpp"
#include "akv/mgmt/keyvault/mhsm_private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/mhsm_private_link_resources.hpp"
#include "akv/mgmt/keyvault/mhsm_regions.hpp"
#include "akv/mgmt/keyvault/network_security_perimeter_configurations.hpp"
#include "akv/mgmt/keyvault/private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/private_link_resources.hpp"
#include "akv/mgmt/keyvault/provider_operations.hpp"
#include "akv/mgmt/keyvault/secrets.hpp"
#include "support/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace akv;
using namespace akv::test;

namespace {

const DescribedModel key_vault_models[] = {
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

const DescribedModel identity_models[] = {
    {"ManagedServiceIdentity", ManagedServiceIdentity::json_fields},
    {"UserAssignedIdentity", UserAssignedIdentity::json_fields},
};

// Its base is described in the file beside it.
const DescribedModel perimeter_resource[] = {
    {"NetworkSecurityPerimeterConfiguration", NetworkSecurityPerimeterConfiguration::json_fields},
};

const DescribedModel perimeter_models[] = {
    {"NetworkSecurityPerimeterConfigurationProperties",
     NetworkSecurityPerimeterConfigurationProperties::json_fields},
    {"NetworkSecurityPerimeter", NetworkSecurityPerimeter::json_fields},
    {"NetworkSecurityProfile", NetworkSecurityProfile::json_fields},
    {"ResourceAssociation", ResourceAssociation::json_fields},
    {"ProvisioningIssue", ProvisioningIssue::json_fields},
    {"ProvisioningIssueProperties", ProvisioningIssueProperties::json_fields},
    {"AccessRule", AccessRule::json_fields},
    {"AccessRuleProperties", AccessRuleProperties::json_fields},
};

// Pages and errors have one reader each for all; a base's members are those of what is based on it.
const std::set<std::string> no_models = {"CloudError",
                                         "CloudErrorBody",
                                         "Error",
                                         "ManagedHsmError",
                                         "ManagedHsmResource",
                                         "ProxyResourceWithoutSystemData",
                                         "DeletedManagedHsmListResult",
                                         "DeletedVaultListResult",
                                         "KeyListResult",
                                         "MHSMPrivateEndpointConnectionsListResult",
                                         "MHSMPrivateLinkResourceListResult",
                                         "MHSMRegionsListResult",
                                         "ManagedHsmKeyListResult",
                                         "ManagedHsmListResult",
                                         "OperationListResult",
                                         "PrivateEndpointConnectionListResult",
                                         "PrivateLinkResourceListResult",
                                         "ResourceListResult",
                                         "SecretListResult",
                                         "VaultListResult"};

constexpr const char* newest = "Microsoft.KeyVault/2026-02-01-derived/openapi.derived.json";

void check_older(const std::string& folder) {
  for (const char* file : {"common.json", "keys.json", "keysManagedHsm.json", "keyvault.json",
                           "managedHsm.json", "providers.json", "secrets.json"})
    compare_models((folder + file).c_str(), key_vault_models, Likeness::holds_all);
}

// The words of every enumeration in the description, by the enumeration's name.
std::map<std::string, std::set<std::string>> enumerations(const json::Document& description) {
  std::map<std::string, std::set<std::string>> found;
  std::vector<const json::Document*> waiting{&description};
  while (!waiting.empty()) {
    const json::Document& at = *waiting.back();
    waiting.pop_back();
    if (at.is_array())
      for (const json::Document& item : at.as_array()) waiting.push_back(&item);
    if (!at.is_object()) continue;
    for (const json::Member& member : at.as_object()) waiting.push_back(&member.value);
    if (at["enum"].is_array())
      for (const json::Document& word : at["enum"].as_array())
        found[std::string(at["x-ms-enum"]["name"].string_or("unnamed"))].insert(
            std::string(word.string_or()));
  }
  return found;
}

std::string public_headers() {
  std::string text;
  for (const char* layer : {"arm", "keyvault"})
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(AKV_SOURCE_DIR "/mgmt/") + layer))
      if (entry.path().extension() == ".hpp") {
        std::ifstream in(entry.path());
        text.append(std::istreambuf_iterator<char>(in), {});
      }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_models)

BOOST_AUTO_TEST_CASE(every_word_of_an_enumeration_has_a_constant) {
  const auto folder = spec_folder();
  if (!folder) return;
  const std::string headers = public_headers();
  for (const auto& [name, words] : enumerations(read_json(*folder / newest))) {
    // No choice of the caller's: sent by the one list that needs them.
    if (name == "ResourceManagerApiVersions" || name == "VaultListFilterTypes") continue;
    for (const std::string& word : words)
      BOOST_TEST((headers.find(" = \"" + word + "\"") != std::string::npos),
                 name << " has " << word);
  }
}

BOOST_AUTO_TEST_CASE(models_are_those_of_2026_02_01) {
  compare_models(newest, key_vault_models, Likeness::same);
  check_all_are_modelled(newest, key_vault_models, no_models);
}

BOOST_AUTO_TEST_CASE(models_hold_all_of_2023_07_01) {
  check_older("Microsoft.KeyVault/2023-07-01/");
}

BOOST_AUTO_TEST_CASE(models_hold_all_of_2024_04_01_preview) {
  check_older("Microsoft.KeyVault/2024-04-01-preview/");
}

BOOST_AUTO_TEST_CASE(models_of_the_common_types_are_complete) {
  constexpr const char* identity = "common-types/resource-management/v5/managedidentity.json";
  constexpr const char* perimeter =
      "common-types/resource-management/v5/networksecurityperimeter.json";
  compare_models(identity, identity_models, Likeness::same);
  compare_models(perimeter, perimeter_models, Likeness::same);
  compare_models(perimeter, perimeter_resource, Likeness::holds_all);
  check_all_are_modelled(
      perimeter, perimeter_models,
      {"NetworkSecurityPerimeterConfiguration", "NetworkSecurityPerimeterConfigurationListResult"});
}

BOOST_AUTO_TEST_SUITE_END()
