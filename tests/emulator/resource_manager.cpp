#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

std::set<std::string> values_of(const Answer& list, const char* member) {
  std::set<std::string> all;
  const Document body = list.json();
  for (const Document& item : body["value"].as_array())
    all.insert(std::string(item[member].string_or()));
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resource_manager)

BOOST_FIXTURE_TEST_CASE(providers_are_shown_to_the_tenant_without_a_registration, EmulatorClient) {
  BOOST_TEST(values_of(get("/providers"), "namespace").contains("Microsoft.KeyVault"));
  const Answer one = get("/providers/microsoft.keyvault", "2021-04-01");
  BOOST_TEST(one.json()["id"].string_or() == "/providers/Microsoft.KeyVault");
  BOOST_TEST((one.json().find("registrationState") == nullptr));
  BOOST_TEST(get("/providers/Microsoft.None").code() == "InvalidResourceNamespace");
}

BOOST_FIXTURE_TEST_CASE(providers_tell_their_types_and_permissions, EmulatorClient) {
  const std::string provider = subscription() + "/providers/Microsoft.KeyVault";
  BOOST_TEST(
      values_of(get(provider + "/resourceTypes", "2021-04-01"), "resourceType").contains("vaults"));
  const Document listed = get(provider, "2021-04-01").json();
  for (const Document& type : listed["resourceTypes"].as_array()) {
    const std::string name(type["resourceType"].string_or());
    const bool regional = name == "managedHSMs" || name == "vaults/keys" ||
                          name == "locations/deletedVaults" || name == "vaults";
    if (regional) BOOST_TEST(type["locations"].as_array()[0].string_or() == "East US", name);
    if (name == "operations" || name == "deletedVaults" || name == "locations")
      BOOST_TEST(type["locations"].size() == 0U, name);
  }
  BOOST_TEST(get(provider + "/providerPermissions", "2021-04-01").body == R"({"value":[]})");
  BOOST_TEST(get(subscription() + "/providers/No.Such/providerPermissions").code() ==
             "InvalidResourceNamespace");
}

BOOST_FIXTURE_TEST_CASE(nobody_registers_a_provider_in_a_management_group, EmulatorClient) {
  const Answer refused = post(
      "/providers/Microsoft.Management/managementGroups/m/providers/Microsoft.KeyVault/register",
      "", "2021-04-01");
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.message().find("'Microsoft.KeyVault/register/action' over scope "
                                    "'/providers/Microsoft.Management/managementGroups/m'") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_subscription_has_locations_and_zones, EmulatorClient) {
  const Answer locations = get(subscription() + "/locations");
  BOOST_TEST(values_of(locations, "name").contains("northcentralus"));
  BOOST_TEST(values_of(locations, "displayName").contains("North Central US"));
  const std::string path =
      subscription() + "/providers/Microsoft.Resources/checkZonePeers/?api-version=2021-01-01";
  const Answer peers = post(path, R"({"location":"East US","subscriptionIds":["s"]})");
  BOOST_TEST(peers.status == 200, peers.body);
  BOOST_TEST(peers.json()["location"].string_or() == "eastus");
  BOOST_TEST(peers.json()["availabilityZonePeers"].as_array()[2].dump() ==
             R"({"availabilityZone":"3","peers":[{"subscriptionId":"s","availabilityZone":"3"}]})");
  BOOST_TEST(post(path, R"({"location":"nowhere"})").status == 400);
}

BOOST_FIXTURE_TEST_CASE(operations_of_the_other_providers_are_listed, EmulatorClient) {
  BOOST_TEST(values_of(get("/providers/Microsoft.Resources/operations"), "name")
                 .contains("Microsoft.Resources/tags/write"));
  BOOST_TEST(values_of(get("/providers/Microsoft.Authorization/operations", "2016-09-01"), "name")
                 .contains("Microsoft.Authorization/locks/write"));
}

BOOST_FIXTURE_TEST_CASE(a_group_is_exported_as_a_template, OthersFixture) {
  put(vault("kv-2"), vault_body("", R"({"a":"b"})"));
  const Answer all = post(group() + "/exportTemplate",
                          R"({"resources":["*"],"options":"IncludeParameterDefaultValue"})");
  BOOST_TEST(all.status == 200, all.body);
  const Document exported = all.json()["template"];
  BOOST_TEST(exported["contentVersion"].string_or() == "1.0.0.0");
  BOOST_TEST(exported["parameters"].dump() ==
             R"({"vaults_kv_2_name":{"type":"String","defaultValue":"kv-2"},)"
             R"("vaults_kv1_name":{"type":"String","defaultValue":"kv1"}})");
  const Document& first = exported["resources"].as_array()[0];
  BOOST_TEST(first["type"].string_or() == "Microsoft.KeyVault/vaults");
  BOOST_TEST(first["name"].string_or() == "[parameters('vaults_kv_2_name')]");
  BOOST_TEST(first["tags"].dump() == R"({"a":"b"})");
  BOOST_TEST(first["properties"]["sku"]["name"].string_or() == "standard");

  const Document literal =
      post(group() + "/exportTemplate",
           R"({"resources":[")" + vault() + R"("],"options":"SkipResourceNameParameterization"})")
          .json()["template"];
  BOOST_TEST(literal["parameters"].dump() == "{}");
  BOOST_TEST(literal["resources"].size() == 1u);
  BOOST_TEST(literal["resources"].as_array()[0]["name"].string_or() == "kv1");
  BOOST_TEST(post(group("none") + "/exportTemplate", "{}").code() == "ResourceGroupNotFound");
}

BOOST_FIXTURE_TEST_CASE(what_is_there_is_told_by_its_head, OthersFixture) {
  const Answer there = send(http::Method::head, vault());
  BOOST_TEST(there.status == 204);
  BOOST_TEST(there.body == "");
  BOOST_TEST(send(http::Method::head, vault("none")).status == 404);
  BOOST_TEST(send(http::Method::head, group() + "/resources").status == 405);
  as(emulator->add_principal({.name = "stranger"}));
  BOOST_TEST(send(http::Method::head, vault()).status == 403);
}

BOOST_FIXTURE_TEST_CASE(blank_segments_and_encoded_slashes_are_passed_over, OthersFixture) {
  const std::string with_blank = group() + "/providers/Microsoft.KeyVault//vaults/kv1";
  BOOST_TEST(get(with_blank).body == get(vault()).body);
  BOOST_TEST(get("/" + vault()).body == get(vault()).body);
  std::string encoded = vault();
  for (auto at = encoded.find('/'); at != encoded.npos; at = encoded.find('/', at))
    encoded.replace(at, 1, "%2F");
  BOOST_TEST(get("/" + encoded).body == get(vault()).body);
  BOOST_TEST(
      put("/" + lock(vault()), R"({"properties":{"level":"ReadOnly"}})", locks_version).status ==
      201);
  BOOST_TEST(del(with_blank).code() == "ScopeLocked");
}

BOOST_FIXTURE_TEST_CASE(two_names_that_look_alike_have_a_parameter_each, VaultFixture) {
  const std::string things = group() + "/providers/Microsoft.Other/things/";
  for (const char* name : {"a-b", "a_b", "a.b"}) emulator->seed(things + name, Document::object());
  const Document shown =
      post(group() + "/exportTemplate", R"({"resources":["*"]})").json()["template"];
  BOOST_TEST(shown["parameters"].size() == 4u);  // the vault's too
  std::string names;
  for (const Document& resource : shown["resources"].as_array())
    names += std::string(resource["name"].string_or()) + " ";
  for (const json::Member& parameter : shown["parameters"].as_object())
    BOOST_TEST(names.find("[parameters('" + parameter.name + "')]") != names.npos, names);
}

BOOST_AUTO_TEST_SUITE_END()
