// The operations on managed HSMs and their regions.
#include "akv/mgmt/keyvault/managed_hsms.hpp"

#include "akv/mgmt/keyvault/mhsm_regions.hpp"
#include "keyvault/keyvault_fixture.hpp"

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

const std::string job =
    arm_origin + provider + "/locations/westus/managedHsmOperationResults/1?api-version=2026-02-01";
const std::string deleted_path = provider + "/locations/westus/deletedManagedHSMs/hsm-1";

// All that an HSM can have.
std::string hsm_body(std::string_view state = "Succeeded",
                     std::string_view uri = R"("https://hsm-1.managedhsm.azure.net")") {
  return R"({"id":")" + hsm_path + R"(","name":"hsm-1","type":"Microsoft.KeyVault/managedHSMs",
      "location":"westus","sku":{"family":"B","name":"Standard_B1"},"tags":{"a":"b"},
      "systemData":{"createdAt":"2026-01-01T12:00:00.0000000Z"},
      "identity":{"type":"UserAssigned","principalId":"p","tenantId":"t",
        "userAssignedIdentities":{"/id":{"principalId":"p","clientId":"c"},"/gone":null}},
      "properties":{"tenantId":")" +
         tenant + R"(","initialAdminObjectIds":[")" + object + R"("],"hsmUri":)" +
         std::string(uri) + R"(,
        "enableSoftDelete":true,"softDeleteRetentionInDays":90,"enablePurgeProtection":true,
        "statusMessage":"Fine.","provisioningState":")" +
         std::string(state) + R"(",
        "networkAcls":{"bypass":"AzureServices","defaultAction":"Deny",
          "ipRules":[{"value":"1.2.3.4/32"}],"virtualNetworkRules":[{"id":"/subnet"}],
          "serviceTags":[{"tag":"AzureCloud"}]},
        "regions":[{"name":"westus","isPrimary":true,"provisioningState":"Succeeded"}],
        "privateEndpointConnections":[{"id":"/c","etag":"e","properties":{
          "provisioningState":"Succeeded"}}],
        "publicNetworkAccess":"Enabled","scheduledPurgeDate":"2026-04-01T00:00:59Z",
        "securityDomainProperties":{"activationStatus":"Active","activationStatusMessage":"Ok"}}})";
}

const std::string parameters_body =
    R"({"location":"westus","sku":{"family":"B","name":"Standard_B1"},"tags":{"a":"b"},
        "identity":{"type":"UserAssigned","userAssignedIdentities":{"/id":{}}},
        "properties":{"tenantId":")" +
    tenant + R"(","initialAdminObjectIds":[")" + object +
    R"("],"softDeleteRetentionInDays":7,"enablePurgeProtection":true,
        "networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"1.2.3.4"}],
          "serviceTags":[{"tag":"AzureCloud"}]},
        "regions":[{"name":"eastus"}]}})";

struct HsmFixture : KeyVaultFixture {
  ManagedHsmsOperations hsms() { return client().managed_hsms(); }

  ManagedHsm parameters() const {
    return {
        .location = "westus",
        .sku = ManagedHsmSku{.name = managed_hsm_sku_name::standard_b1},
        .tags = {{{"a", "b"}}},
        .identity =
            ManagedServiceIdentity{.type = managed_service_identity_type::user_assigned,
                                   .user_assigned_identities = {{{"/id", UserAssignedIdentity{}}}}},
        .properties = ManagedHsmProperties{
            .tenant_id = tenant,
            .initial_admin_object_ids = {object},
            .soft_delete_retention_in_days = 7,
            .enable_purge_protection = true,
            .network_acls = MHSMNetworkRuleSet{.default_action = network_rule_action::deny,
                                               .ip_rules = {{.value = "1.2.3.4"}},
                                               .service_tags = {{.tag = "AzureCloud"}}},
            .regions = {{.name = "eastus"}}}};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(managed_hsms, HsmFixture)

BOOST_AUTO_TEST_CASE(create_sends_all_that_was_named_and_is_followed_to_the_hsm) {
  transport->reply(202, {{"Location", job}}, hsm_body("Provisioning", "null"))
      .reply(202, {{"Location", job}, {"Retry-After", "10"}}, hsm_body("Provisioning", "null"))
      .reply(200, {}, hsm_body());
  auto poller = hsms().begin_create_or_update("rg", "hsm-1", parameters());
  BOOST_TEST(!poller.done());
  check_kept(poller.result(), hsm_body());
  check_put(0, hsm_path, parameters_body);
  BOOST_TEST(sent(1).url == job);
  BOOST_TEST((clock.slept() == 40s));
}

BOOST_AUTO_TEST_CASE(a_job_that_shows_nothing_leaves_the_result_to_the_hsm_itself) {
  transport->reply(202, {{"Location", job}}).reply(200).reply(200, {}, hsm_body());
  const auto all = hsms();
  const std::string token = all.begin_create_or_update("rg", "hsm-1", parameters()).resume_token();
  check_kept(all.resume_create_or_update(token).result(), hsm_body());
  check(2, "GET", hsm_path);
}

BOOST_AUTO_TEST_CASE(an_hsm_that_is_in_use_is_ready) {
  for (const char* state : {managed_hsm_provisioning_state::activated,
                            managed_hsm_provisioning_state::security_domain_restore,
                            managed_hsm_provisioning_state::succeeded}) {
    transport->reply(200, {}, hsm_body(state));
    check_kept(hsms().begin_create_or_update("rg", "hsm-1", parameters()).result(),
               hsm_body(state));
  }
  BOOST_TEST(count() == 3u);
}

BOOST_AUTO_TEST_CASE(a_uri_that_is_null_is_neither_absent_nor_empty) {
  transport->reply(200, {}, hsm_body("Provisioning", "null"));
  const ManagedHsm hsm = hsms().get("rg", "hsm-1");
  BOOST_TEST(hsm.properties->hsm_uri.is_null());
  check_kept(hsm, hsm_body("Provisioning", "null"));
}

BOOST_AUTO_TEST_CASE(a_failure_of_the_job_is_thrown_and_an_error_within_errors_is_read) {
  transport->reply(202, {{"Location", job}})
      .reply(400, {}, R"({"error":{"code":"BadRequest","message":"Refused.","innererror":{
          "code":"QuotaExceeded","message":"Too many.","innererror":{"code":"Deep"}}}})")
      .reply(409, {}, R"({"error":{"code":"","message":"","innererror":{"code":"","message":"",
          "innererror":{"code":"NameInUse","message":"Taken."}}}})");
  BOOST_CHECK_EXCEPTION(hsms().begin_create_or_update("rg", "hsm-1", parameters()).result(),
                        AzureError, [](const AzureError& error) {
                          return error.info().code == "BadRequest" &&
                                 error.info().operation == "ManagedHsms.begin_create_or_update";
                        });
  BOOST_CHECK_THROW(hsms().begin_create_or_update("rg", "hsm-1", parameters()), ConflictError);
}

BOOST_AUTO_TEST_CASE(update_sends_only_what_changes) {
  transport->reply(202, {{"Location", job}}, hsm_body("Updating"))
      .reply(200, {}, hsm_body())
      .reply(200, {}, hsm_body("Updating"))
      .reply(200, {}, hsm_body());
  const auto all = hsms();
  const ManagedHsm change{
      .tags = {{{"a", "c"}}},
      .identity = ManagedServiceIdentity{.type = "UserAssigned",
                                         .user_assigned_identities = {{{"/gone", nullptr}}}}};
  check_kept(all.begin_update("rg", "hsm-1", change).result(), hsm_body());
  check(0, "PATCH", hsm_path, {{"api-version", "2026-02-01"}},
        R"({"tags":{"a":"c"},"identity":{"type":"UserAssigned",
            "userAssignedIdentities":{"/gone":null}}})");
  BOOST_TEST(sent(1).url == job);
  const std::string token = all.begin_update("rg", "hsm-1", change).resume_token();
  check_kept(all.resume_update(token).result(), hsm_body());
  check(3, "GET", hsm_path);
}

BOOST_AUTO_TEST_CASE(an_answer_without_content_means_that_there_is_none) {
  transport->reply(204).reply(204).reply(404).reply(200, {}, hsm_body());
  const auto all = hsms();
  BOOST_CHECK_THROW(all.get("rg", "hsm-1"), NotFoundError);
  BOOST_TEST(!all.find("rg", "hsm-1"));
  BOOST_TEST(!all.find("rg", "hsm-1"));
  BOOST_TEST(all.find("rg", "hsm-1")->name == "hsm-1");
  check(3, "GET", hsm_path);
}

BOOST_AUTO_TEST_CASE(a_deletion_is_followed_to_its_end) {
  transport->reply(200)
      .reply(204)
      .reply(202, {{"Location", job}})
      .reply(202, {{"Location", job}})
      .reply(200)
      .reply(202, {{"Location", job}})
      .reply(204);
  const auto all = hsms();
  all.begin_delete("rg", "hsm-1").result();
  all.begin_delete("rg", "hsm-1").result();
  BOOST_TEST(count() == 2u);
  all.begin_delete("rg", "hsm-1").result();
  all.resume_delete(all.begin_delete("rg", "hsm-1").resume_token()).result();
  check(0, "DELETE", hsm_path);
  BOOST_TEST(sent(6).url == job);
}

BOOST_AUTO_TEST_CASE(the_lists_ask_their_own_paths) {
  transport->reply(200, {}, page_of(hsm_body()))
      .reply(200, {}, R"({"value":[],"nextLink":""})")
      .reply(200, {}, R"({"value":[]})");
  const auto all = hsms();
  const auto listed = all.list_by_resource_group("rg", 10).to_vector();
  BOOST_REQUIRE(listed.size() == 1u);
  check_kept(listed[0], hsm_body());
  all.list_by_subscription().to_vector();
  all.list_by_subscription(3).to_vector();
  check(0, "GET", group_scope + "/managedHSMs", {{"api-version", "2026-02-01"}, {"$top", "10"}});
  check(1, "GET", provider + "/managedHSMs");
  check(2, "GET", provider + "/managedHSMs", {{"api-version", "2026-02-01"}, {"$top", "3"}});
}

BOOST_AUTO_TEST_CASE(what_is_left_of_deleted_hsms_is_listed_and_read) {
  const std::string body = R"({"id":"/d","name":"hsm-1",
      "type":"Microsoft.KeyVault/deletedManagedHSMs","systemData":{"createdBy":"me"},
      "properties":{"mhsmId":"/h","location":"westus","deletionDate":"2026-01-01T00:00:59Z",
        "scheduledPurgeDate":"2026-04-01T00:00:59Z","purgeProtectionEnabled":true,
        "tags":{"a":"b"}}})";
  transport->reply(200, {}, page_of(body)).reply(200, {}, body);
  const auto all = hsms();
  const auto listed = all.list_deleted().to_vector();
  BOOST_REQUIRE(listed.size() == 1u);
  check_kept(listed[0], body);
  check_kept(all.get_deleted("hsm-1", "westus"), body);
  check(0, "GET", provider + "/deletedManagedHSMs");
  check(1, "GET", deleted_path);
}

BOOST_AUTO_TEST_CASE(a_purge_is_followed_to_its_end_and_not_repeated) {
  transport->reply(202, {{"Location", job}, {"Retry-After", "5"}})
      .reply(202, {{"Location", job}})
      .reply(200)
      .reply(202, {{"Location", job}})
      .reply(204)
      .fail(true);
  const auto all = hsms();
  all.begin_purge_deleted("hsm-1", "westus").result();
  check(0, "POST", deleted_path + "/purge");
  BOOST_TEST((clock.slept() == 35s));
  all.resume_purge_deleted(all.begin_purge_deleted("hsm-1", "westus").resume_token()).result();
  BOOST_TEST(count() == 5u);
  BOOST_CHECK_THROW(all.begin_purge_deleted("hsm-1", "westus"), TransportError);
  BOOST_TEST(count() == 6u);
}

BOOST_AUTO_TEST_CASE(check_name_availability_asks_and_may_be_repeated) {
  const std::string body = R"({"nameAvailable":false,"reason":"AlreadyExists","message":"Taken."})";
  transport->fail(true).reply(200, {}, body);
  check_kept(hsms().check_mhsm_name_availability({.name = "hsm-1"}), body);
  check(1, "POST", provider + "/checkMhsmNameAvailability", {{"api-version", "2026-02-01"}},
        R"({"name":"hsm-1"})");
}

BOOST_AUTO_TEST_CASE(regions_are_listed) {
  const std::string region =
      R"({"name":"eastus","isPrimary":false,"provisioningState":"Provisioning"})";
  transport->reply(200, {}, page_of(region));
  const auto regions = client().mhsm_regions().list_by_resource("rg", "hsm-1").to_vector();
  BOOST_REQUIRE(regions.size() == 1u);
  check_kept(regions[0], region);
  check(0, "GET", hsm_path + "/regions");
}

BOOST_AUTO_TEST_CASE(an_hsm_is_read_changed_and_put) {
  std::string body = hsm_body();
  body.insert(1, R"("zones":["1"],)");
  body.insert(body.find(R"("hsmUri")"), R"("newSwitch":true,)");
  transport->reply(200, {}, body);
  ManagedHsm parameters = to_parameters(hsms().get("rg", "hsm-1"));
  BOOST_TEST(parameters.id.empty());
  BOOST_TEST(parameters.properties->hsm_uri.is_absent());
  BOOST_TEST(parameters.properties->private_endpoint_connections.is_absent());
  BOOST_TEST(parameters.identity->principal_id.is_absent());
  parameters.properties->network_acls->ip_rules = {};
  check_sends(parameters, R"({"location":"westus","sku":{"family":"B","name":"Standard_B1"},
      "tags":{"a":"b"},"zones":["1"],
      "identity":{"type":"UserAssigned","userAssignedIdentities":{"/id":{},"/gone":null}},
      "properties":{"tenantId":")" +
                              tenant + R"(","initialAdminObjectIds":[")" + object + R"("],
        "newSwitch":true,"enableSoftDelete":true,"softDeleteRetentionInDays":90,
        "enablePurgeProtection":true,"publicNetworkAccess":"Enabled",
        "networkAcls":{"bypass":"AzureServices","defaultAction":"Deny","ipRules":[],
          "virtualNetworkRules":[{"id":"/subnet"}],"serviceTags":[{"tag":"AzureCloud"}]},
        "regions":[{"name":"westus","isPrimary":true}]}})");
  BOOST_TEST(json::encode(parameters, {.keep_read_only = true}) == json::encode(parameters));
}

BOOST_AUTO_TEST_SUITE_END()
