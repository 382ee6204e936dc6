#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct AtOnce : HsmClient {
  AtOnce() : HsmClient({.job_delay = 0ms}) {}
};

std::string regions_of(const Answer& answer) {
  std::string text;
  const Document body = answer.json();
  const Document& value = body.find("value") ? body["value"] : body["properties"]["regions"];
  for (const Document& region : value.as_array())
    text += std::string(region["name"].string_or()) + ":" +
            std::string(region["provisioningState"].string_or()) +
            (region["isPrimary"].bool_or(false) ? ":primary " : " ");
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(managed_hsms)

BOOST_FIXTURE_TEST_CASE(a_new_one_is_provisioning_without_an_address_and_then_functional,
                        HsmClient) {
  const Answer made = put(hsm(), hsm_body("", R"(,"tags":{"a":"1"})"));
  BOOST_TEST(made.status == 200);
  BOOST_TEST(!made.headers.has("Location"));
  const std::string app = emulator->identity().client_id;
  BOOST_TEST(
      made.body ==
      R"({"sku":{"family":"B","name":"Standard_B1"},"id":")" + hsm() +
          R"(","name":"hsm1","type":"Microsoft.KeyVault/managedHSMs","location":"westus",)"
          R"("tags":{"a":"1"},"systemData":{"createdBy":")" +
          app + R"(","createdByType":"Application","createdAt":"2026-11-22T10:00:00Z",)" +
          R"("lastModifiedBy":")" + app +
          R"(","lastModifiedByType":"Application","lastModifiedAt":"2026-11-22T10:00:00Z"},)"
          R"("properties":{"tenantId":")" +
          emulator->identity().tenant_id +
          R"(","hsmUri":null,"initialAdminObjectIds":["00000000-0000-4000-8000-000000000001"],)"
          R"("enableSoftDelete":true,"softDeleteRetentionInDays":90,"enablePurgeProtection":false,)"
          R"("provisioningState":"Provisioning","statusMessage":"Allocating hardware",)"
          R"("networkAcls":{"bypass":"AzureServices","defaultAction":"Allow","ipRules":[],)"
          R"("virtualNetworkRules":[]},"publicNetworkAccess":"Enabled","regions":[]}})");
  BOOST_TEST(get(hsm("HSM1", "G")).body == made.body);
  BOOST_TEST(emulator->peek(hsm()).dump() == made.body);
  clock.advance(1s);
  const Answer ready = get(hsm());
  BOOST_TEST(ready.property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(ready.property("hsmUri").string_or() == "https://hsm1.managedhsm.azure.net/");
  BOOST_TEST(ready.property("statusMessage").string_or() ==
             "The Managed HSM is provisioned and ready to use.");
  BOOST_TEST(
      ready.property("securityDomainProperties").dump() ==
      R"({"activationStatus":"NotActivated","activationStatusMessage":"Your HSM has been )"
      R"(provisioned, but cannot be used for cryptographic operations until it is activated. )"
      R"(To activate the HSM, download the security domain."})");
  BOOST_TEST(emulator->peek(hsm()).dump() == get(hsm(), "2026-02-01").body);
}

BOOST_FIXTURE_TEST_CASE(without_a_delay_all_is_done_at_once, AtOnce) {
  BOOST_TEST(make_hsm().property("provisioningState").string_or() == "Succeeded");
  const Answer patched = patch(hsm(), R"({"tags":{"a":"1"}})");
  BOOST_TEST(patched.status == 200);
  BOOST_TEST(patched.property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(get(del(hsm()).header("Location")).status == 200);
  BOOST_TEST(get(hsm()).status == 404);
}

BOOST_FIXTURE_TEST_CASE(an_update_is_accepted_and_its_result_is_the_hsm, HsmFixture) {
  const Answer patched = patch(hsm(), R"({"tags":{"a":"1"}})");
  const Document updating = get(hsm()).json();
  BOOST_TEST(updating["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(updating["properties"]["provisioningState"].string_or() == "Updating");
  BOOST_TEST(updating["properties"]["hsmUri"].string_or() == "https://hsm1.managedhsm.azure.net/");
  clock.advance(2s);
  const Answer replaced = put(hsm(), hsm_body());
  // A PUT shows what it works on, a PATCH does not.
  for (const auto& [answer, body] :
       {std::pair{patched, std::string()}, std::pair{replaced, get(hsm()).body}}) {
    BOOST_TEST(answer.status == 202);
    BOOST_TEST(answer.body == body);
    BOOST_TEST(answer.header("Retry-After") == "1");
    BOOST_TEST(answer.header("Location")
                   .starts_with("https://management.azure.com" + key_vault() +
                                "/locations/westus/managedHsmOperationResults/"));
  }
  const std::string location = put(hsm(), hsm_body()).header("Location");
  BOOST_TEST(location == "");  // the one before is not done
  clock.advance(2s);
  const std::string path = patch(hsm(), R"({"tags":{"b":"2"}})").header("Location");
  const Answer busy = get(path);
  BOOST_TEST(busy.status == 202);
  BOOST_TEST(busy.header("Location") == path);
  BOOST_TEST(busy.body == "");
  clock.advance(1s);
  const Answer done = get(path);
  BOOST_TEST(done.status == 200);
  BOOST_TEST(done.body == get(hsm()).body);
  BOOST_TEST(done.property("provisioningState").string_or() == "Succeeded");
}

BOOST_FIXTURE_TEST_CASE(one_change_at_a_time, HsmClient) {
  make_hsm();
  for (const Answer& answer : {put(hsm(), hsm_body()), patch(hsm(), "{}"), del(hsm())}) {
    BOOST_TEST(answer.status == 409);
    BOOST_TEST(answer.code() == "ConflictError");
    BOOST_TEST(answer.message().find("the managed HSM 'hsm1' changed") != std::string::npos);
    BOOST_TEST(answer.message().find("deleted state") == std::string::npos);
  }
  clock.advance(1s);
  BOOST_TEST(patch(hsm(), "{}").status == 202);
}

BOOST_FIXTURE_TEST_CASE(a_patch_changes_what_it_names_and_a_put_replaces, HsmFixture) {
  const std::string acls =
      R"(,"publicNetworkAccess":"disabled","networkAcls":{"defaultAction":"Deny"})";
  put(hsm(), hsm_body(acls, R"(,"tags":{"a":"1"},"identity":{"type":"None"})"));
  clock.advance(2s);
  patch(hsm(), R"({"properties":{"networkAcls":{"ipRules":[{"value":"1.2.3.4"}]}}})");
  const Answer patched = get(hsm());
  BOOST_TEST(patched.property("networkAcls").dump() ==
             R"({"bypass":"AzureServices","defaultAction":"Allow","ipRules":)"
             R"([{"value":"1.2.3.4/32"}],"virtualNetworkRules":[]})");
  BOOST_TEST(patched.property("publicNetworkAccess").string_or() == "Disabled");
  BOOST_TEST(patched.json()["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(patched.json()["identity"].dump() == R"({"type":"None"})");
  clock.advance(2s);
  const Answer replaced = put(hsm(), hsm_body());
  BOOST_TEST(replaced.property("networkAcls").dump() ==
             R"({"bypass":"AzureServices","defaultAction":"Allow","ipRules":[],)"
             R"("virtualNetworkRules":[]})");
  BOOST_TEST(replaced.property("publicNetworkAccess").string_or() == "Enabled");
  BOOST_TEST(replaced.json()["tags"].dump() == "{}");
  BOOST_TEST(!replaced.json().find("identity"));
  BOOST_TEST(replaced.property("enablePurgeProtection").is_bool());
}

BOOST_FIXTURE_TEST_CASE(what_was_read_can_be_sent_back_whole, HsmFixture) {
  const Answer before = get(hsm());
  BOOST_TEST(put(hsm(), before.body).status == 202);
  clock.advance(2s);
  BOOST_TEST(get(hsm()).json()["properties"].dump_sorted() ==
             before.json()["properties"].dump_sorted());
}

BOOST_FIXTURE_TEST_CASE(what_is_fixed_stays, HsmFixture) {
  struct Row {
    std::string more, problem;
  };
  for (const Row& row :
       {Row{R"("softDeleteRetentionInDays":7)",
            R"(The property "softDeleteRetentionInDays" has been set already)"},
        Row{R"("tenantId":"00000000-0000-4000-8000-00000000000f")",
            R"(The property "tenantId" has been set already)"},
        Row{R"("enableSoftDelete":false)", R"(The property "enableSoftDelete" cannot be set)"}}) {
    const Answer refused = patch(hsm(), R"({"properties":{)" + row.more + "}}");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.message().starts_with(row.problem));
  }
  const Answer sku = patch(hsm(), R"({"sku":{"family":"B","name":"Custom_B6"}})");
  BOOST_TEST(sku.message() ==
             R"(The property "sku" has been set already and it can't be modified.)");
  BOOST_TEST(patch(hsm(), R"({"location":"eastus"})").code() == "InvalidResourceLocation");
  // Later administrators change nothing.
  patch(hsm(), R"({"properties":{"softDeleteRetentionInDays":90,"enablePurgeProtection":true,)"
               R"("initialAdminObjectIds":["00000000-0000-4000-8000-00000000000f"]}})");
  BOOST_TEST(get(hsm()).property("initialAdminObjectIds").dump() ==
             R"(["00000000-0000-4000-8000-000000000001"])");
  clock.advance(2s);
  BOOST_TEST(patch(hsm(), R"({"properties":{"enablePurgeProtection":false}})")
                 .message()
                 .starts_with(R"(The property "enablePurgeProtection" cannot be set to false.)"));
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_a_managed_hsm_is_refused, HsmClient) {
  auto refusal = [&](const std::string& body, const std::string& version = "") {
    const Answer answer = put(hsm(), body, version);
    BOOST_TEST(answer.status == 400);
    return answer.code() + ": " + answer.message();
  };
  auto with = [&](const std::string& from, const std::string& to) {
    std::string body = hsm_body();
    return body.replace(body.find(from), from.size(), to);
  };
  const std::string invalid = "BadRequest: An invalid value was provided for ";
  BOOST_TEST(refusal(with(R"("family":"B")", R"("family":"A")")) == invalid + "'sku'.");
  BOOST_TEST(refusal(with(R"("sku":{"family":"B","name":"Standard_B1"},)", "")) ==
             invalid + "'sku'.");
  BOOST_TEST(refusal(with(R"(["00000000-0000-4000-8000-000000000001"])", "[]")) ==
             invalid + "'initialAdminObjectIds'.");
  BOOST_TEST(refusal(with(R"("00000000-0000-4000-8000-000000000001")", R"("me")")) ==
             invalid + "'initialAdminObjectIds'.");
  BOOST_TEST(put(hsm(), with(emulator->identity().tenant_id, "mine")).detail() ==
             "The value of 'tenantId' must be a GUID.");
  for (const char* days : {"6", "91"})
    BOOST_TEST(refusal(hsm_body(std::string(R"(,"softDeleteRetentionInDays":)") + days)) ==
               invalid + "'softDeleteRetentionInDays'.");
  BOOST_TEST(refusal(hsm_body(R"(,"publicNetworkAccess":"Maybe")")) ==
             invalid + "'publicNetworkAccess'.");
  BOOST_TEST(refusal(hsm_body(R"(,"createMode":"revive")")) == invalid + "'createMode'.");
  BOOST_TEST(refusal(hsm_body("", R"(,"identity":1)")) == invalid + "'identity'.");
  BOOST_TEST(put(hsm(), hsm_body(R"(,"vaultUri":"x")")).detail().find("'properties.vaultUri'") !=
             std::string::npos);
  BOOST_TEST(refusal(hsm_body(R"(,"networkAcls":{"serviceTags":[{}]})"), "2025-05-01") ==
             invalid + "'networkAcls.serviceTags'.");
  BOOST_TEST(refusal(with("westus", "atlantis"))
                 .starts_with("400: Invalid region name: atlantis passed. The valid list of region "
                              "names: eastus,"));
  BOOST_TEST(!put(hsm(), with("westus", "atlantis")).headers.has("x-ms-failure-cause"));
  BOOST_TEST(refusal(with(R"("location":"westus",)", "")).starts_with("LocationRequired"));
  for (const char* name : {"h1", "1hsm", "hsm--1", "hsm1-", "abcdefghijklmnopqrstuvwxy"})
    BOOST_TEST(put(hsm(name), hsm_body()).code() == "ManagedHsmNameNotValid");
  BOOST_TEST(patch(hsm(), "{}").code() == "ResourceNotFound");
  BOOST_TEST(
      get(hsm()).message().starts_with("The Resource 'Microsoft.KeyVault/managedHSMs/hsm1'"));
}

BOOST_FIXTURE_TEST_CASE(family_c_and_service_tags_come_with_their_versions, HsmClient) {
  std::string body = hsm_body(R"(,"networkAcls":{"serviceTags":[{"tag":"AzureCloud"}]})");
  BOOST_TEST(put(hsm(), body, "2024-11-01").detail().find("serviceTags' in api-version") !=
             std::string::npos);
  BOOST_TEST(put(hsm(), body, "2025-05-01").status == 200);
  BOOST_TEST(get(hsm(), "2025-05-01").property("networkAcls")["serviceTags"].dump() ==
             R"([{"tag":"AzureCloud"}])");
  BOOST_TEST((get(hsm(), "2024-11-01").property("networkAcls").find("serviceTags") == nullptr));
  body = hsm_body();
  body.replace(body.find(R"("B","name":"Standard_B1")"), 24, R"("C","name":"Custom_C42")");
  BOOST_TEST(put(hsm("hsm2"), body, "2023-07-01").message() ==
             "An invalid value was provided for 'sku'.");
  BOOST_TEST(put(hsm("hsm2"), body, "2024-11-01").json()["sku"].dump() ==
             R"({"family":"C","name":"Custom_C42"})");
}

BOOST_FIXTURE_TEST_CASE(older_versions_show_less, HsmFixture) {
  const Document old = get(hsm(), "2020-04-01-preview").json();
  BOOST_TEST(!old.find("systemData"));
  for (const char* name : {"publicNetworkAccess", "regions", "securityDomainProperties"}) {
    BOOST_TEST((old["properties"].find(name) == nullptr), name);
    BOOST_TEST((get(hsm(), "2022-07-01").json()["properties"].find(name) != nullptr), name);
  }
  BOOST_TEST((get(hsm(), "2021-10-01").json()["properties"].find("regions") == nullptr));
  BOOST_TEST(put(hsm(), hsm_body(R"(,"regions":[])"), "2021-10-01").status == 400);
}

BOOST_FIXTURE_TEST_CASE(regions_come_and_go_with_the_list_that_is_put, HsmFixture) {
  BOOST_TEST(regions_of(get(hsm() + "/regions")) == "westus:Succeeded:primary ");
  const Answer added = put(hsm(), hsm_body(R"(,"regions":[{"name":"East US"}])"));
  BOOST_TEST(regions_of(added) == "westus:Succeeded:primary East US:Provisioning ");
  clock.advance(2s);
  BOOST_TEST(regions_of(get(hsm() + "/regions")) == "westus:Succeeded:primary East US:Succeeded ");
  patch(hsm(),
        R"({"properties":{"regions":[{"name":"westus","isPrimary":true},{"name":"uksouth"}]}})");
  BOOST_TEST(regions_of(get(hsm() + "/regions")) ==
             "westus:Succeeded:primary uksouth:Provisioning East US:Deleting ");
  clock.advance(2s);
  BOOST_TEST(regions_of(get(hsm())) == "westus:Succeeded:primary uksouth:Succeeded ");
  put(hsm(), hsm_body());
  clock.advance(2s);
  BOOST_TEST(regions_of(get(hsm())) == "westus:Succeeded:primary uksouth:Succeeded ");
  for (const char* list :
       {R"([{"name":"uksouth"},{"name":"UK South"}])", R"([{"name":"uksouth","isPrimary":true}])",
        R"([{"name":"westus","isPrimary":false}])"})
    BOOST_TEST(put(hsm(), hsm_body(R"(,"regions":)" + std::string(list))).message() ==
               "An invalid value was provided for 'regions'.");
  BOOST_TEST(put(hsm(), hsm_body(R"(,"regions":[{"name":"atlantis"}])"))
                 .message()
                 .starts_with("Invalid region name: atlantis passed."));
}

BOOST_FIXTURE_TEST_CASE(they_are_listed_by_group_subscription_and_among_resources, HsmFixture) {
  make_group("h");
  put(hsm("hsm2", "h"), hsm_body());
  make_vault("hsm1");
  const std::string lists[] = {group() + "/providers/Microsoft.KeyVault/managedHSMs",
                               key_vault() + "/managedHSMs", group() + "/resources",
                               subscription() + "/resources"};
  const std::size_t sizes[] = {1, 2, 2, 3};
  for (std::size_t i = 0; i < 4; ++i)
    BOOST_TEST(get(lists[i]).json()["value"].size() == sizes[i], lists[i]);
  const Document page = get(lists[0]).json();
  BOOST_TEST(page["value"].as_array()[0].dump() == get(hsm()).body);
  BOOST_TEST(!page.find("nextLink"));
  const Document first = get(lists[1] + "?$top=1").json();
  BOOST_TEST(first["value"].size() == 1u);
  const Document second = get(std::string(first["nextLink"].string_or())).json();
  BOOST_TEST(second["value"].size() == 1u);
  BOOST_TEST(!second.find("nextLink"));
  const Document found =
      get(subscription() +
          "/resources?$filter=resourceType%20eq%20'Microsoft.KeyVault/managedHSMs'"
          "&$expand=provisioningState")
          .json();
  BOOST_TEST(found["value"].size() == 2u);
  BOOST_TEST(found["value"].as_array()[1].dump() ==
             R"({"id":")" + hsm("hsm2", "h") +
                 R"(","name":"hsm2","type":"Microsoft.KeyVault/managedHSMs","location":"westus",)"
                 R"("sku":{"family":"B","name":"Standard_B1"},"tags":{},)"
                 R"("provisioningState":"Provisioning"})");
}

BOOST_FIXTURE_TEST_CASE(names_are_unique_over_all_subscriptions_and_apart_from_vaults, HsmFixture) {
  const std::string other = "00000000-0000-4000-8000-000000000009";
  emulator->add_subscription(other);
  put("/subscriptions/" + other + "/resourcegroups/g", R"({"location":"westus"})");
  const std::string twin =
      resource_group_id(other, "g") + "/providers/Microsoft.KeyVault/managedHSMs/HSM1";
  const Answer taken = put(twin, hsm_body());
  BOOST_TEST(taken.status == 409);
  BOOST_TEST(taken.code() == "ManagedHsmAlreadyExists");
  BOOST_TEST(make_vault("hsm1").status == 200);

  const std::string check = key_vault() + "/checkMhsmNameAvailability";
  BOOST_TEST(post(check, R"({"name":"hsm2"})").body == R"({"nameAvailable":true})");
  BOOST_TEST(post(check, R"({"name":"HSM1"})").json()["reason"].string_or() == "AlreadyExists");
  BOOST_TEST(post(check, R"({"name":"h"})").json()["reason"].string_or() == "AccountNameInvalid");
  del(hsm());
  clock.advance(1s);
  BOOST_TEST(post(check, R"({"name":"hsm1"})").json()["message"].string_or() ==
             taken.message().replace(taken.message().find("HSM1"), 4, "hsm1"));
  BOOST_TEST(put(twin, hsm_body()).code() == "ManagedHsmAlreadyExists");
  emulator->seed(resource_group_id(other, "g") + "/providers/Microsoft.KeyVault/vaults/taken-kv",
                 Document::object({{"location", "westus"}}));
  BOOST_TEST(make_vault("taken-kv").code() == "VaultAlreadyExists");
}

BOOST_AUTO_TEST_SUITE_END()
