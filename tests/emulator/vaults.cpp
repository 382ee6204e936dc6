#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct GroupFixture : EmulatorClient {
  GroupFixture() { make_group(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(vaults)

BOOST_FIXTURE_TEST_CASE(a_new_vault_registers_its_name_before_it_succeeds, GroupFixture) {
  const Answer created = make_vault();
  BOOST_TEST(created.status == 200);
  BOOST_TEST(created.property("provisioningState").string_or() == "RegisteringDns");
  BOOST_TEST(created.property("vaultUri").string_or() == "https://kv1.vault.azure.net");
  for (const char* name : {"Location", "Azure-AsyncOperation", "Retry-After"})
    BOOST_TEST(!created.headers.has(name));

  Answer read = get(vault());
  BOOST_TEST(read.property("provisioningState").string_or() == "RegisteringDns");
  BOOST_TEST(read.property("vaultUri").string_or() == "https://kv1.vault.azure.net/");
  clock.advance(999ms);
  BOOST_TEST(get(vault()).property("provisioningState").string_or() == "RegisteringDns");
  clock.advance(1ms);
  read = get(vault());
  BOOST_TEST(read.property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(read.property("vaultUri").string_or() == "https://kv1.vault.azure.net/");
}

BOOST_FIXTURE_TEST_CASE(a_vault_comes_back_in_the_recorded_shape_with_its_defaults, GroupFixture) {
  put(vault("KV1"), R"({"location":"West US","properties":{"tenantId":")" +
                        emulator->identity().tenant_id +
                        R"(","sku":{"family":"A","name":"Premium"}}})");
  clock.advance(1s);
  const std::string app = emulator->identity().client_id;
  const std::string when = R"("createdAt":"2026-11-22T10:00:00.0000000Z")";
  BOOST_TEST(
      get(vault("kv1")).body ==
      R"({"id":")" + vault("KV1") +
          R"(","name":"KV1","type":"Microsoft.KeyVault/vaults","location":"West US","tags":{},)"
          R"("systemData":{"createdBy":")" +
          app + R"(","createdByType":"Application",)" + when + R"(,"lastModifiedBy":")" + app +
          R"(","lastModifiedByType":"Application","lastModifiedAt":"2026-11-22T10:00:00.0000000Z"},)"
          R"("properties":{"sku":{"family":"A","name":"premium"},"tenantId":")" +
          emulator->identity().tenant_id +
          R"(","accessPolicies":[],"enabledForDeployment":false,"enableSoftDelete":true,)"
          R"("vaultUri":"https://kv1.vault.azure.net/","provisioningState":"Succeeded",)"
          R"("publicNetworkAccess":"Enabled"}})");
}

BOOST_AUTO_TEST_SUITE_END()
