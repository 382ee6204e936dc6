// Every published example of Microsoft.KeyVault, and the table in mgmt/README.md of what they
// cover.
#include "support/spec_examples.hpp"

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
#include "support/section.hpp"

using namespace akv;
using namespace akv::test;

namespace {

using Arm = arm::ArmClient;

template <class Group>
Group group(const Example& e, const Arm& arm) {
  return Group(arm, e.text("subscriptionId"), e.text("api-version"));
}

constexpr auto vaults = group<VaultsOperations>;
constexpr auto keys = group<KeysOperations>;
constexpr auto secrets = group<SecretsOperations>;
constexpr auto connections = group<PrivateEndpointConnectionsOperations>;
constexpr auto hsms = group<ManagedHsmsOperations>;
constexpr auto hsm_keys = group<ManagedHsmKeysOperations>;
constexpr auto hsm_connections = group<MHSMPrivateEndpointConnectionsOperations>;
constexpr auto perimeters = group<NetworkSecurityPerimeterConfigurationsOperations>;

std::string rg(const Example& e) { return e.text("resourceGroupName"); }
std::string vault(const Example& e) { return e.text("vaultName"); }
std::string hsm(const Example& e) { return e.text("name"); }
std::string key(const Example& e) { return e.text("keyName"); }
std::string secret(const Example& e) { return e.text("secretName"); }
std::string connection(const Example& e) { return e.text("privateEndpointConnectionName"); }

// The preview calls the configuration an association, by a parameter that its examples misname.
std::string configuration(const Example& e) {
  const std::string name = e.text("networkSecurityPerimeterConfigurationName");
  return name.empty() ? e.text("associationProxy") : name;
}

const ClientCalls vault_calls = {
    {"Vaults_CreateOrUpdate",
     {"vaults().begin_create_or_update",
      [](const Example& e, const Arm& arm) {
        return kept(e, vaults(e, arm).begin_create_or_update(
                           rg(e), vault(e), e.body<VaultCreateOrUpdateParameters>()));
      }}},
    {"Vaults_Update",
     {"vaults().update",
      [](const Example& e, const Arm& arm) {
        return kept(vaults(e, arm).update(rg(e), vault(e), e.body<VaultPatchParameters>()));
      }}},
    {"Vaults_Get",
     {"vaults().get",
      [](const Example& e, const Arm& arm) { return kept(vaults(e, arm).get(rg(e), vault(e))); }}},
    {"Vaults_Delete",
     {"vaults().remove",
      [](const Example& e, const Arm& arm) {
        BOOST_TEST(vaults(e, arm).remove(rg(e), vault(e)) == (e.answer.status == 200));
        return Models();
      }}},
    {"Vaults_UpdateAccessPolicy",
     {"vaults().update_access_policy",
      [](const Example& e, const Arm& arm) {
        return kept(vaults(e, arm).update_access_policy(rg(e), vault(e), e.text("operationKind"),
                                                        e.body<VaultAccessPolicyParameters>()));
      }}},
    {"Vaults_ListByResourceGroup",
     {"vaults().list_by_resource_group",
      [](const Example& e, const Arm& arm) {
        return kept(e, vaults(e, arm).list_by_resource_group(rg(e), e.top()));
      }}},
    {"Vaults_ListBySubscription",
     {"vaults().list_by_subscription",
      [](const Example& e, const Arm& arm) {
        return kept(e, vaults(e, arm).list_by_subscription(e.top()));
      }}},
    {"Vaults_List",
     {"vaults().list",
      [](const Example& e, const Arm& arm) { return kept(e, vaults(e, arm).list(e.top())); }}},
    {"Vaults_ListDeleted",
     {"vaults().list_deleted",
      [](const Example& e, const Arm& arm) { return kept(e, vaults(e, arm).list_deleted()); }}},
    {"Vaults_GetDeleted",
     {"vaults().get_deleted",
      [](const Example& e, const Arm& arm) {
        return kept(vaults(e, arm).get_deleted(vault(e), e.text("location")));
      }}},
    {"Vaults_PurgeDeleted",
     {"vaults().begin_purge_deleted",
      [](const Example& e, const Arm& arm) {
        return kept(e, vaults(e, arm).begin_purge_deleted(vault(e), e.text("location")));
      }}},
    {"Vaults_CheckNameAvailability",
     {"vaults().check_name_availability",
      [](const Example& e, const Arm& arm) {
        return kept(
            vaults(e, arm).check_name_availability(e.body<VaultCheckNameAvailabilityParameters>()));
      }}},
};

const ClientCalls child_calls = {
    {"Keys_CreateIfNotExist",
     {"keys().create_if_not_exist",
      [](const Example& e, const Arm& arm) {
        return kept(keys(e, arm).create_if_not_exist(rg(e), vault(e), key(e),
                                                     e.body<KeyCreateParameters>()));
      }}},
    {"Keys_Get",
     {"keys().get",
      [](const Example& e, const Arm& arm) {
        return kept(keys(e, arm).get(rg(e), vault(e), key(e)));
      }}},
    {"Keys_GetVersion",
     {"keys().get_version",
      [](const Example& e, const Arm& arm) {
        return kept(keys(e, arm).get_version(rg(e), vault(e), key(e), e.text("keyVersion")));
      }}},
    {"Keys_List",
     {"keys().list", [](const Example& e,
                        const Arm& arm) { return kept(e, keys(e, arm).list(rg(e), vault(e))); }}},
    {"Keys_ListVersions",
     {"keys().list_versions",
      [](const Example& e, const Arm& arm) {
        return kept(e, keys(e, arm).list_versions(rg(e), vault(e), key(e)));
      }}},
    {"Secrets_CreateOrUpdate",
     {"secrets().create_or_update",
      [](const Example& e, const Arm& arm) {
        return kept(secrets(e, arm).create_or_update(rg(e), vault(e), secret(e),
                                                     e.body<SecretCreateOrUpdateParameters>()));
      }}},
    {"Secrets_Update",
     {"secrets().update",
      [](const Example& e, const Arm& arm) {
        return kept(
            secrets(e, arm).update(rg(e), vault(e), secret(e), e.body<SecretPatchParameters>()));
      }}},
    {"Secrets_Get",
     {"secrets().get",
      [](const Example& e, const Arm& arm) {
        return kept(secrets(e, arm).get(rg(e), vault(e), secret(e)));
      }}},
    {"Secrets_List",
     {"secrets().list",
      [](const Example& e, const Arm& arm) {
        return kept(e, secrets(e, arm).list(rg(e), vault(e), e.top()));
      }}},
    {"PrivateEndpointConnections_Get",
     {"private_endpoint_connections().get",
      [](const Example& e, const Arm& arm) {
        return kept_unless_missing(
            e, [&] { return connections(e, arm).get(rg(e), vault(e), connection(e)); });
      }}},
    {"PrivateEndpointConnections_Put",
     {"private_endpoint_connections().put",
      [](const Example& e, const Arm& arm) {
        return kept(connections(e, arm).put(rg(e), vault(e), connection(e),
                                            e.body<PrivateEndpointConnection>()));
      }}},
    {"PrivateEndpointConnections_Delete",
     {"private_endpoint_connections().begin_delete",
      [](const Example& e, const Arm& arm) {
        return kept(e, connections(e, arm).begin_delete(rg(e), vault(e), connection(e)));
      }}},
    {"PrivateEndpointConnections_ListByResource",
     {"private_endpoint_connections().list_by_resource",
      [](const Example& e, const Arm& arm) {
        return kept(e, connections(e, arm).list_by_resource(rg(e), vault(e)));
      }}},
    {"PrivateLinkResources_ListByVault",
     {"private_link_resources().list_by_vault",
      [](const Example& e, const Arm& arm) {
        return kept(group<PrivateLinkResourcesOperations>(e, arm).list_by_vault(rg(e), vault(e)));
      }}},
    {"NetworkSecurityPerimeterConfigurations_ListConfigurations",
     {"network_security_perimeter_configurations().list_configurations",
      [](const Example& e, const Arm& arm) {
        return kept(e, perimeters(e, arm).list_configurations(rg(e), vault(e)));
      }}},
    {"NetworkSecurityPerimeterConfigurations_GetConfiguration",
     {"network_security_perimeter_configurations().get_configuration",
      [](const Example& e, const Arm& arm) {
        return kept(perimeters(e, arm).get_configuration(rg(e), vault(e), configuration(e)));
      }}},
    {"NetworkSecurityPerimeterConfigurations_ReconcileConfiguration",
     {"network_security_perimeter_configurations().reconcile_configuration",
      [](const Example& e, const Arm& arm) {
        perimeters(e, arm).reconcile_configuration(rg(e), vault(e), configuration(e));
        return Models();
      }}},
    {"Operations_List",
     {"operations().list",
      [](const Example& e, const Arm& arm) {
        return kept(e, group<KeyVaultOperations>(e, arm).list());
      }}},
};

const ClientCalls hsm_calls = {
    {"ManagedHsms_CreateOrUpdate",
     {"managed_hsms().begin_create_or_update",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsms(e, arm).begin_create_or_update(rg(e), hsm(e), e.body<ManagedHsm>()));
      }}},
    {"ManagedHsms_Update",
     {"managed_hsms().begin_update",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsms(e, arm).begin_update(rg(e), hsm(e), e.body<ManagedHsm>()));
      }}},
    {"ManagedHsms_Get",
     {"managed_hsms().get",
      [](const Example& e, const Arm& arm) {
        return kept_unless_missing(e, [&] { return hsms(e, arm).get(rg(e), hsm(e)); });
      }}},
    {"ManagedHsms_Delete",
     {"managed_hsms().begin_delete",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsms(e, arm).begin_delete(rg(e), hsm(e)));
      }}},
    {"ManagedHsms_ListByResourceGroup",
     {"managed_hsms().list_by_resource_group",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsms(e, arm).list_by_resource_group(rg(e), e.top()));
      }}},
    {"ManagedHsms_ListBySubscription",
     {"managed_hsms().list_by_subscription",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsms(e, arm).list_by_subscription(e.top()));
      }}},
    {"ManagedHsms_ListDeleted",
     {"managed_hsms().list_deleted",
      [](const Example& e, const Arm& arm) { return kept(e, hsms(e, arm).list_deleted()); }}},
    {"ManagedHsms_GetDeleted",
     {"managed_hsms().get_deleted",
      [](const Example& e, const Arm& arm) {
        return kept(hsms(e, arm).get_deleted(hsm(e), e.text("location")));
      }}},
    {"ManagedHsms_PurgeDeleted",
     {"managed_hsms().begin_purge_deleted",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsms(e, arm).begin_purge_deleted(hsm(e), e.text("location")));
      }}},
    {"ManagedHsms_CheckMhsmNameAvailability",
     {"managed_hsms().check_mhsm_name_availability",
      [](const Example& e, const Arm& arm) {
        return kept(hsms(e, arm).check_mhsm_name_availability(
            e.body<CheckMhsmNameAvailabilityParameters>()));
      }}},
    {"MHSMRegions_ListByResource",
     {"mhsm_regions().list_by_resource",
      [](const Example& e, const Arm& arm) {
        return kept(e, group<MHSMRegionsOperations>(e, arm).list_by_resource(rg(e), hsm(e)));
      }}},
    {"MHSMPrivateLinkResources_ListByMHSMResource",
     {"mhsm_private_link_resources().list_by_mhsm_resource",
      [](const Example& e, const Arm& arm) {
        return kept(
            group<MHSMPrivateLinkResourcesOperations>(e, arm).list_by_mhsm_resource(rg(e), hsm(e)));
      }}},
    {"MHSMPrivateEndpointConnections_Get",
     {"mhsm_private_endpoint_connections().get",
      [](const Example& e, const Arm& arm) {
        return kept(hsm_connections(e, arm).get(rg(e), hsm(e), connection(e)));
      }}},
    {"MHSMPrivateEndpointConnections_Put",
     {"mhsm_private_endpoint_connections().put",
      [](const Example& e, const Arm& arm) {
        return kept(hsm_connections(e, arm).put(rg(e), hsm(e), connection(e),
                                                e.body<MHSMPrivateEndpointConnection>()));
      }}},
    {"MHSMPrivateEndpointConnections_Delete",
     {"mhsm_private_endpoint_connections().begin_delete",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsm_connections(e, arm).begin_delete(rg(e), hsm(e), connection(e)));
      }}},
    {"MHSMPrivateEndpointConnections_ListByResource",
     {"mhsm_private_endpoint_connections().list_by_resource",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsm_connections(e, arm).list_by_resource(rg(e), hsm(e)));
      }}},
    {"ManagedHsmKeys_CreateIfNotExist",
     {"managed_hsm_keys().create_if_not_exist",
      [](const Example& e, const Arm& arm) {
        return kept(hsm_keys(e, arm).create_if_not_exist(rg(e), hsm(e), key(e),
                                                         e.body<ManagedHsmKeyCreateParameters>()));
      }}},
    {"ManagedHsmKeys_Get",
     {"managed_hsm_keys().get",
      [](const Example& e, const Arm& arm) {
        return kept(hsm_keys(e, arm).get(rg(e), hsm(e), key(e)));
      }}},
    {"ManagedHsmKeys_GetVersion",
     {"managed_hsm_keys().get_version",
      [](const Example& e, const Arm& arm) {
        return kept(hsm_keys(e, arm).get_version(rg(e), hsm(e), key(e), e.text("keyVersion")));
      }}},
    {"ManagedHsmKeys_List",
     {"managed_hsm_keys().list",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsm_keys(e, arm).list(rg(e), hsm(e)));
      }}},
    {"ManagedHsmKeys_ListVersions",
     {"managed_hsm_keys().list_versions",
      [](const Example& e, const Arm& arm) {
        return kept(e, hsm_keys(e, arm).list_versions(rg(e), hsm(e), key(e)));
      }}},
};

ClientCalls all_calls() {
  ClientCalls all = vault_calls;
  all.insert(child_calls.begin(), child_calls.end());
  all.insert(hsm_calls.begin(), hsm_calls.end());
  // The preview has two of the perimeter's operations under names of its own.
  all["NetworkSecurityPerimeter_ListConfiguration"] =
      all.at("NetworkSecurityPerimeterConfigurations_ListConfigurations");
  all["NetworkSecurityPerimeter_GetConfiguration"] =
      all.at("NetworkSecurityPerimeterConfigurations_GetConfiguration");
  return all;
}

constexpr const char* files[] = {"keyvault.json",   "keys.json",           "secrets.json",
                                 "managedHsm.json", "keysManagedHsm.json", "providers.json"};

Examined run_2023_07_01() {
  return run_examples(all_calls(), "2023-07-01", "Microsoft.KeyVault/2023-07-01", files);
}
Examined run_2024_04_01_preview() {
  return run_examples(all_calls(), "2024-04-01-preview", "Microsoft.KeyVault/2024-04-01-preview",
                      files);
}
Examined run_2026_02_01() {
  constexpr const char* derived[] = {"openapi.derived.json"};
  return run_examples(all_calls(), "2026-02-01", "Microsoft.KeyVault/2026-02-01-derived", derived);
}

void check_counts(const Examined& examined, std::size_t operations, std::size_t examples) {
  if (!spec_folder()) return;
  BOOST_TEST(examined.operations.size() == operations);
  BOOST_TEST(examined.count == examples);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spec_examples)

BOOST_AUTO_TEST_CASE(all_of_2023_07_01) { check_counts(run_2023_07_01(), 48, 49); }

BOOST_AUTO_TEST_CASE(all_of_2024_04_01_preview) { check_counts(run_2024_04_01_preview(), 50, 51); }

BOOST_AUTO_TEST_CASE(all_of_2026_02_01) { check_counts(run_2026_02_01(), 51, 49); }

BOOST_AUTO_TEST_CASE(the_readme_lists_what_they_cover) {
  if (!spec_folder()) return;
  const std::vector<Examined> versions = {run_2023_07_01(), run_2024_04_01_preview(),
                                          run_2026_02_01()};
  check_all_are_described(all_calls(), versions);
  check_section("mgmt/README.md", "operations of Microsoft.KeyVault",
                coverage_table(all_calls(), versions));
}

BOOST_AUTO_TEST_SUITE_END()
