#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace akv;
using namespace akv::test;
using json::Document;

BOOST_AUTO_TEST_SUITE(provider_reads)

BOOST_FIXTURE_TEST_CASE(the_operations_of_the_provider_need_no_subscription, EmulatorClient) {
  const Document list = get("/providers/Microsoft.KeyVault/operations", "2026-02-01").json();
  std::set<std::string> names;
  for (const Document& operation : list["value"].as_array()) {
    names.insert(std::string(operation["name"].string_or()));
    BOOST_TEST(operation["display"].size() == 4u);
    BOOST_TEST(operation["isDataAction"].is_bool());
  }
  BOOST_TEST(names.size() == list["value"].size());
  for (const char* name :
       {"Microsoft.KeyVault/vaults/write", "Microsoft.KeyVault/managedHSMs/delete",
        "Microsoft.KeyVault/locations/deletedVaults/purge/action"})
    BOOST_TEST(names.contains(name), name);
}

BOOST_FIXTURE_TEST_CASE(private_endpoints_can_be_made_for_one_thing_of_each, HsmFixture) {
  make_vault();
  BOOST_TEST(get(vault() + "/privateLinkResources").body ==
             R"({"value":[{"id":")" + vault() +
                 R"(/privateLinkResources/vault","name":"vault",)"
                 R"("type":"Microsoft.KeyVault/vaults/privateLinkResources","properties":)"
                 R"({"groupId":"vault","requiredMembers":["default"],)"
                 R"("requiredZoneNames":["privatelink.vaultcore.azure.net"]}}]})");
  const Document of_hsm = get(hsm() + "/privateLinkResources").json();
  BOOST_TEST(of_hsm["value"].as_array()[0]["properties"]["groupId"].string_or() == "managedhsm");
  BOOST_TEST(get(vault("kv9") + "/privateLinkResources").status == 404);
}

BOOST_FIXTURE_TEST_CASE(perimeter_configurations_are_seeded_read_and_reconciled, VaultFixture) {
  const std::string all = vault() + "/networkSecurityPerimeterConfigurations";
  const std::string one = all + "/guid.association";
  BOOST_TEST(get(all).body == R"({"value":[]})");
  BOOST_TEST(get(one).code() == "ResourceNotFound");
  BOOST_TEST(post(one + "/reconcile").code() == "ResourceNotFound");
  emulator->seed(
      one,
      Document::object({{"properties", Document::object({{"provisioningState", "Succeeded"}})}}));
  const Answer found = get(one);
  BOOST_TEST(found.json()["type"].string_or() ==
             "Microsoft.KeyVault/vaults/networkSecurityPerimeterConfigurations");
  BOOST_TEST(found.property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(get(all).json()["value"].as_array()[0].dump() == found.body);
  BOOST_TEST(post(one + "/reconcile").status == 204);
}

BOOST_AUTO_TEST_SUITE_END()
