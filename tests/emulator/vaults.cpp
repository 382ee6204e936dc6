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
  const Answer made = put(vault("KV1"), R"({"location":"West US","properties":{"tenantId":")" +
                                            emulator->identity().tenant_id +
                                            R"(","sku":{"family":"A","name":"Premium"}}})");
  BOOST_TEST(made.property("vaultUri").string_or() == "https://KV1.vault.azure.net");
  clock.advance(1s);
  const std::string app = emulator->identity().client_id;
  const std::string when = R"("createdAt":"2026-11-22T10:00:00Z")";
  BOOST_TEST(
      get(vault("kv1")).body ==
      R"({"id":")" + vault("KV1") +
          R"(","name":"KV1","type":"Microsoft.KeyVault/vaults","location":"West US","tags":{},)"
          R"("systemData":{"createdBy":")" +
          app + R"(","createdByType":"Application",)" + when + R"(,"lastModifiedBy":")" + app +
          R"(","lastModifiedByType":"Application","lastModifiedAt":"2026-11-22T10:00:00Z"},)"
          R"("properties":{"sku":{"family":"A","name":"premium"},"tenantId":")" +
          emulator->identity().tenant_id +
          R"(","accessPolicies":[],"enabledForDeployment":false,"enableSoftDelete":true,)"
          R"("vaultUri":"https://kv1.vault.azure.net/","provisioningState":"Succeeded",)"
          R"("publicNetworkAccess":"Enabled"}})");
}

BOOST_FIXTURE_TEST_CASE(its_times_end_with_the_last_digit_of_the_millisecond, GroupFixture) {
  const auto made_after = [&](const std::string& name, std::chrono::microseconds wait) {
    clock.advance(wait);
    make_vault(name);
    return std::string(get(vault(name)).json()["systemData"]["createdAt"].string_or());
  };
  BOOST_TEST(made_after("kv1", 720ms) == "2026-11-22T10:00:00.72Z");
  BOOST_TEST(made_after("kv2", 1999us) == "2026-11-22T10:00:00.721Z");
  const Document listed = get(group() + "/resources?$expand=createdTime").json();
  BOOST_TEST(listed["value"].as_array()[0]["createdTime"].string_or() ==
             "2026-11-22T10:00:00.7200000Z");
}

BOOST_FIXTURE_TEST_CASE(a_put_over_a_vault_replaces_it_at_once, VaultFixture) {
  put(vault(),
      vault_body(R"(,"enabledForDiskEncryption":true,"networkAcls":{"defaultAction":"Deny"})",
                 R"({"a":"1"})"));
  const Answer before = get(vault());
  clock.advance(10s);
  const Answer after = put(vault("KV1", "G"), vault_body("", R"({"b":"2"})"));
  BOOST_TEST(after.status == 200);
  BOOST_TEST(after.property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(after.json()["tags"].dump() == R"({"b":"2"})");
  BOOST_TEST(after.property("enabledForDiskEncryption").is_null());
  BOOST_TEST(after.property("networkAcls").is_null());
  BOOST_TEST(after.json()["id"].string_or() == vault());  // the first spelling stays
  const Document data = after.json()["systemData"];
  BOOST_TEST(data["createdAt"].string_or() == before.json()["systemData"]["createdAt"].string_or());
  BOOST_TEST(data["lastModifiedAt"].string_or() == "2026-11-22T10:00:12Z");
}

BOOST_FIXTURE_TEST_CASE(a_put_cannot_take_back_what_was_set_for_good, VaultFixture) {
  put(vault(), vault_body(R"(,"softDeleteRetentionInDays":7,"enablePurgeProtection":true,)"
                          R"("enableRbacAuthorization":true)"));
  const Answer after = put(vault(), vault_body());
  BOOST_TEST(after.property("softDeleteRetentionInDays").int_or(0) == 7);
  BOOST_TEST(after.property("enablePurgeProtection").bool_or(false));
  BOOST_TEST(after.property("enableRbacAuthorization").bool_or(false));

  const Answer retention = put(vault(), vault_body(R"(,"softDeleteRetentionInDays":8)"));
  BOOST_TEST(retention.status == 400);
  BOOST_TEST(retention.code() == "BadRequest");
  BOOST_TEST(retention.message() ==
             "The property \"softDeleteRetentionInDays\" has been set already and it can't be "
             "modified.");
  BOOST_TEST(put(vault(), vault_body(R"(,"softDeleteRetentionInDays":7)")).status == 200);

  for (const std::string& name : {vault(), vault("kv2")}) {
    const Answer protection = put(name, vault_body(R"(,"enablePurgeProtection":false)"));
    BOOST_TEST(protection.status == 400);
    BOOST_TEST(protection.message() ==
               "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge "
               "protection for a vault is an irreversible action.");
  }
  const Answer soft_delete = put(vault(), vault_body(R"(,"enableSoftDelete":false)"));
  BOOST_TEST(soft_delete.status == 400);
  BOOST_TEST(soft_delete.message().find("enableSoftDelete") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_retention_must_lie_between_7_and_90_days, GroupFixture) {
  for (int days : {6, 91})
    BOOST_TEST(
        make_vault("kv1", R"(,"softDeleteRetentionInDays":)" + std::to_string(days)).message() ==
        "An invalid value was provided for 'softDeleteRetentionInDays'.");
  for (int days : {7, 90})
    BOOST_TEST(make_vault("kv" + std::to_string(days),
                          R"(,"softDeleteRetentionInDays":)" + std::to_string(days))
                   .status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_patch_changes_what_it_names_and_replaces_tags_and_rules_whole,
                        VaultFixture) {
  put(vault(),
      vault_body(R"(,"enabledForTemplateDeployment":true,"publicNetworkAccess":"disabled",)"
                 R"("networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"1.2.3.4"}]})",
                 R"({"a":"1","b":"2"})"));
  const Answer tags = patch(vault(), R"({"tags":{"b":"3"}})");
  BOOST_TEST(tags.status == 200);
  BOOST_TEST(tags.json()["tags"].dump() == R"({"b":"3"})");
  BOOST_TEST(tags.property("enabledForTemplateDeployment").bool_or(false));
  BOOST_TEST(tags.property("publicNetworkAccess").string_or() == "Disabled");

  const Answer acls = patch(vault(), R"({"properties":{"networkAcls":{"bypass":"None"}}})");
  BOOST_TEST(acls.property("networkAcls").dump() ==
             R"({"bypass":"None","defaultAction":"Allow","ipRules":[],"virtualNetworkRules":[]})");
  BOOST_TEST(acls.json()["tags"].dump() == R"({"b":"3"})");

  const Answer sku = patch(
      vault(),
      R"({"properties":{"sku":{"family":"A","name":"premium"},"enablePurgeProtection":true}})");
  BOOST_TEST(sku.property("sku")["name"].string_or() == "premium");
  BOOST_TEST(sku.property("enablePurgeProtection").bool_or(false));
  BOOST_TEST(patch(vault(), R"({"properties":{"enablePurgeProtection":false}})").status == 400);
  BOOST_TEST(patch(vault(), "{}").body == sku.body);
  BOOST_TEST(patch(vault("kv9"), "{}").code() == "ResourceNotFound");
}

BOOST_FIXTURE_TEST_CASE(network_rules_come_back_as_the_service_writes_them, GroupFixture) {
  const std::string subnet =
      "/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/vnets/V";
  const Answer created = make_vault(
      "kv1", R"(,"networkAcls":{"bypass":"azureservices","defaultAction":"deny","ipRules":)"
             R"([{"value":"1.2.3.4"},{"value":"10.0.0.0/24"}],"virtualNetworkRules":[{"id":")" +
                 subnet + R"(","ignoreMissingVnetServiceEndpoint":true}]})");
  BOOST_TEST(
      created.property("networkAcls").dump() ==
      R"({"bypass":"AzureServices","defaultAction":"Deny","ipRules":[{"value":"1.2.3.4/32"},)"
      R"({"value":"10.0.0.0/24"}],"virtualNetworkRules":[{"id":")" +
          subnet + R"(","ignoreMissingVnetServiceEndpoint":true}]})");
  const Answer usual = make_vault(
      "kv2",
      R"(,"networkAcls":{"bypass":"AzureServices","defaultAction":"Allow","ipRules":[],"virtualNetworkRules":[]})");
  BOOST_TEST(usual.property("networkAcls").is_null());
}

BOOST_FIXTURE_TEST_CASE(a_rule_that_is_no_address_is_refused, GroupFixture) {
  for (const char* value :
       {"1.2.3", "1.2.3.256", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4.5", "::1", ""}) {
    const Answer refused = make_vault(
        "kv1", std::string(R"(,"networkAcls":{"ipRules":[{"value":")") + value + "\"}]}");
    BOOST_TEST(refused.message() == "An invalid value was provided for 'networkAcls.ipRules'.");
  }
  BOOST_TEST(
      make_vault("kv1", R"(,"networkAcls":{"virtualNetworkRules":[{"id":"subnet"}]})").message() ==
      "An invalid value was provided for 'networkAcls.virtualNetworkRules'.");
  BOOST_TEST(make_vault("kv1", R"(,"networkAcls":{"bypass":"All"})").message() ==
             "An invalid value was provided for 'networkAcls.bypass'.");
}

BOOST_FIXTURE_TEST_CASE(network_rules_have_caps, GroupFixture) {
  auto body = [](const char* list, std::size_t count, const std::string& rule) {
    std::string text = std::string(R"(,"networkAcls":{")") + list + "\":[";
    for (std::size_t i = 0; i < count; ++i) text += (i ? "," : "") + rule;
    return text + "]}";
  };
  const std::string ip = R"({"value":"1.2.3.4"})", subnet = R"({"id":"/s"})";
  BOOST_TEST(make_vault("kv-ip", body("ipRules", 1000, ip)).status == 200);
  BOOST_TEST(make_vault("kv-net", body("virtualNetworkRules", 200, subnet)).status == 200);
  BOOST_TEST(make_vault("kv-ip2", body("ipRules", 1001, ip)).message() ==
             "An invalid value was provided for 'networkAcls.ipRules': 1001 entries are more than "
             "the maximum of 1000.");
  BOOST_TEST(make_vault("kv-net2", body("virtualNetworkRules", 201, subnet)).status == 400);
}

BOOST_FIXTURE_TEST_CASE(a_vault_takes_fifty_tags, GroupFixture) {
  auto tags = [](int count) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += (i ? ",\"t" : "\"t") + std::to_string(i) + "\":\"\"";
    return text + "}";
  };
  BOOST_TEST(put(vault(), vault_body("", tags(50))).status == 200);
  const Answer refused = put(vault(), vault_body("", tags(51)));
  BOOST_TEST(refused.code() == "TooManyTags");
  BOOST_TEST(refused.message() == "The resource has 51 tags, more than the maximum of 50.");
}

BOOST_FIXTURE_TEST_CASE(names_must_follow_the_rules, GroupFixture) {
  for (const char* name :
       {"kv", "kv--1", "1kv", "kv-", "a12345678901234567890123x", "k_v", "kv%C3%A9"}) {
    const Answer refused = make_vault(name);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code() == "VaultNameNotValid");
  }
  BOOST_TEST(make_vault("kv--1").message().starts_with(
      "The vault name 'kv--1' is invalid. A vault's name must be between 3-24 alphanumeric "
      "characters."));
  for (const char* name : {"kv1", "a12345678901234567890123", "K-v"})
    BOOST_TEST(make_vault(name).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_name_belongs_to_one_vault_in_the_world, VaultFixture) {
  make_group("other");
  const Answer twin = put(vault("KV1", "other"), vault_body());
  BOOST_TEST(twin.status == 409);
  BOOST_TEST(twin.code() == "VaultAlreadyExists");
  BOOST_TEST(twin.message().starts_with(
      "The vault name 'KV1' is already in use. Vault names are globaly unique so"));

  const std::string stranger = "00000000-0000-4000-8000-000000000009";
  emulator->add_subscription(stranger);
  emulator->seed(vault_id(stranger, "far", "taken"), Document::object({{"location", "westus"}}));
  BOOST_TEST(make_vault("taken").code() == "VaultAlreadyExists");
}

BOOST_FIXTURE_TEST_CASE(a_vault_cannot_move, VaultFixture) {
  std::string body = vault_body();
  body.replace(body.find("westus"), 6, "East US");
  const Answer moved = put(vault(), body);
  BOOST_TEST(moved.status == 409);
  BOOST_TEST(moved.code() == "InvalidResourceLocation");
  BOOST_TEST(patch(vault(), R"({"location":"eastus"})").code() == "InvalidResourceLocation");
  BOOST_TEST(patch(vault(), R"({"location":"West US"})").status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_vault_needs_a_region_a_sku_and_a_tenant, GroupFixture) {
  const std::string tenant = emulator->identity().tenant_id;
  BOOST_TEST(put(vault(), R"({"properties":{}})").code() == "LocationRequired");
  const Answer region = put(vault(), R"({"location":"atlantis","properties":{}})");
  BOOST_TEST(region.status == 400);
  BOOST_TEST(region.code() == "LocationNotAvailableForResourceType");
  BOOST_TEST(region.header("x-ms-failure-cause") == "gateway");
  BOOST_TEST(region.message().starts_with(
      "The provided location 'atlantis' is not available for resource type "
      "'Microsoft.KeyVault/vaults'. List of available regions for the resource type is 'eastus,"));
  BOOST_TEST(put(vault(), R"({"location":"westus","properties":{}})").message() ==
             "An invalid value was provided for 'sku'.");
  BOOST_TEST(
      put(vault(), R"({"location":"westus","properties":{"sku":{"family":"B","name":"standard"}}})")
          .message() == "An invalid value was provided for 'sku'.");
  BOOST_TEST(
      put(vault(), R"({"location":"westus","properties":{"sku":{"family":"A","name":"standard"}}})")
          .message() == "An invalid value was provided for 'tenantId'.");
  const Answer tenant_refused = put(
      vault(),
      R"({"location":"westus","properties":{"sku":{"family":"A","name":"standard"},"tenantId":"x"}})");
  BOOST_TEST(tenant_refused.code() == "BadRequest");
  BOOST_TEST(tenant_refused.message() == "Bad JSON content found in the request.");
}

BOOST_FIXTURE_TEST_CASE(a_public_network_access_is_one_of_three, GroupFixture) {
  BOOST_TEST(make_vault("kv1", R"(,"publicNetworkAccess":"enabled")")
                 .property("publicNetworkAccess")
                 .string_or() == "Enabled");
  BOOST_TEST(make_vault("kv2", R"(,"publicNetworkAccess":"never")").message() ==
             "An invalid value was provided for 'publicNetworkAccess'.");
}

BOOST_FIXTURE_TEST_CASE(create_mode_is_default_or_recover_and_is_not_echoed, GroupFixture) {
  const Answer created =
      make_vault("kv1", R"(,"createMode":"Default","vaultUri":"https://elsewhere/")");
  BOOST_TEST(created.status == 200);
  BOOST_TEST(created.property("createMode").is_null());
  BOOST_TEST(created.property("vaultUri").string_or() == "https://kv1.vault.azure.net");
  BOOST_TEST(make_vault("kv1", R"(,"createMode":"mend")").message() ==
             "An invalid value was provided for 'createMode'.");
}

BOOST_FIXTURE_TEST_CASE(a_delete_is_silent_and_a_second_one_finds_nothing, VaultFixture) {
  const Answer gone = del(vault());
  BOOST_TEST(gone.status == 200);
  BOOST_TEST(gone.body == "");
  BOOST_TEST(!gone.headers.has("Content-Type"));
  BOOST_TEST(del(vault()).status == 204);
  const Answer absent = get(vault());
  BOOST_TEST(absent.status == 404);
  BOOST_TEST(absent.code() == "ResourceNotFound");
  BOOST_TEST(absent.message() ==
             "The Resource 'Microsoft.KeyVault/vaults/kv1' under resource group 'g' was not found. "
             "For more details please go to https://aka.ms/ARMResourceNotFoundFix");
  BOOST_TEST(absent.header("x-ms-failure-cause") == "gateway");
}

BOOST_FIXTURE_TEST_CASE(without_its_group_nothing_is_found, EmulatorClient) {
  for (const Answer& answer : {get(vault()), make_vault(), patch(vault(), "{}"), del(vault()),
                               get(group() + "/providers/Microsoft.KeyVault/vaults")}) {
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(answer.code() == "ResourceGroupNotFound");
    BOOST_TEST(answer.message() == "Resource group 'g' could not be found.");
  }
}

BOOST_FIXTURE_TEST_CASE(names_of_free_taken_deleted_and_bad_vaults_are_told_apart, VaultFixture) {
  auto check = [&](const std::string& name) {
    return post(key_vault() + "/checkNameAvailability",
                R"({"name":")" + name + R"(","type":"Microsoft.KeyVault/vaults"})");
  };
  BOOST_TEST(check("kv2").body == R"({"nameAvailable":true})");
  BOOST_TEST(check("KV1").json()["reason"].string_or() == "AlreadyExists");
  BOOST_TEST(!check("KV1").json()["nameAvailable"].bool_or(true));
  del(vault());
  BOOST_TEST(check("kv1").json()["reason"].string_or() == "AlreadyExists");
  BOOST_TEST(check("k").json()["reason"].string_or() == "AccountNameInvalid");
  BOOST_TEST(check("kv2").header("x-ms-ratelimit-remaining-subscription-reads") != "");
  BOOST_TEST(post(key_vault() + "/checkNameAvailability", R"({"name":"kv2"})").message() ==
             "An invalid value was provided for 'type'.");
}

BOOST_AUTO_TEST_SUITE_END()
