// Each operation on vaults against a sample of its request and answer.
#include "akv/mgmt/keyvault/vaults.hpp"

#include "keyvault/keyvault_fixture.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;
namespace data = boost::unit_test::data;

namespace {

std::string vault_body(std::string_view state = "Succeeded") {
  return R"({"id":")" + vault_path +
         R"(","name":"kv-1","type":"Microsoft.KeyVault/vaults","location":"westeurope","tags":{},
         "properties":{"sku":{"family":"A","name":"standard"},"tenantId":")" +
         tenant + R"(","accessPolicies":[],"vaultUri":"https://kv-1.vault.azure.net/",
         "provisioningState":")" +
         std::string(state) + R"("}})";
}

struct VaultsFixture : KeyVaultFixture {
  VaultsOperations vaults() { return client().vaults(); }

  VaultCreateOrUpdateParameters parameters() const {
    return {
        .location = "westeurope",
        .properties = {
            .tenant_id = tenant, .sku = {.name = sku_name::standard}, .access_policies = absent}};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(vaults, VaultsFixture)

BOOST_AUTO_TEST_CASE(create_sends_what_was_named_and_nothing_else) {
  transport->reply(200, {}, vault_body());
  const Vault vault =
      vaults()
          .begin_create_or_update(
              "rg", "kv-1",
              {.location = "westeurope",
               .tags = {{{"team", "payments"}}},
               .properties = {.tenant_id = tenant,
                              .sku = {.name = sku_name::premium},
                              .access_policies = {{.tenant_id = tenant,
                                                   .object_id = object,
                                                   .permissions = {.keys = {"get"},
                                                                   .secrets = {"get", "list"}}}},
                              .network_acls = NetworkRuleSet{.default_action = "Deny",
                                                             .ip_rules = {{.value = "1.2.3.4"}}},
                              .soft_delete_retention_in_days = 7,
                              .enable_rbac_authorization = false}})
          .result();
  check(0, "PUT", vault_path, {{"api-version", "2026-02-01"}},
        R"({"location":"westeurope","tags":{"team":"payments"},"properties":{
            "tenantId":")" +
            tenant + R"(","sku":{"family":"A","name":"premium"},
            "accessPolicies":[{"tenantId":")" +
            tenant + R"(","objectId":")" + object +
            R"(","permissions":{"keys":["get"],"secrets":["get","list"]}}],
            "networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"1.2.3.4"}]},
            "softDeleteRetentionInDays":7,"enableRbacAuthorization":false}})");
  BOOST_TEST(vault.name == "kv-1");
  BOOST_TEST(vault.properties.vault_uri.value_or("") == "https://kv-1.vault.azure.net/");
}

BOOST_AUTO_TEST_CASE(a_new_vault_is_polled_every_five_seconds_until_its_dns_is_there) {
  transport->reply(200, {}, vault_body("RegisteringDns"))
      .reply(200, {}, vault_body("RegisteringDns"))
      .reply(200, {}, vault_body());
  auto poller = vaults().begin_create_or_update("rg", "kv-1", parameters());
  BOOST_TEST(!poller.done());
  BOOST_TEST(poller.result().properties.provisioning_state.value_or("") == "Succeeded");
  BOOST_TEST((clock.slept() == 10s));
  check(2, "GET", vault_path);
}

BOOST_AUTO_TEST_CASE(a_creation_is_resumed_from_its_token) {
  transport->reply(200, {}, vault_body("RegisteringDns"));
  const std::string token =
      vaults()
          .begin_create_or_update("rg", "kv-1", parameters(), {.api_version = "2023-07-01"})
          .resume_token();
  transport->reply(200, {}, vault_body());
  BOOST_TEST(vaults().resume_create_or_update(token).result().name == "kv-1");
  check(1, "GET", vault_path, {{"api-version", "2023-07-01"}});
}

BOOST_AUTO_TEST_CASE(a_taken_name_is_a_conflict) {
  transport->reply(409, {{"x-ms-request-id", "r"}},
                   R"({"error":{"code":"VaultAlreadyExists","message":"In use."}})");
  BOOST_CHECK_EXCEPTION(vaults().begin_create_or_update("rg", "kv-1", parameters()), ConflictError,
                        [](const ConflictError& error) {
                          return std::string(error.what()) ==
                                 "Vaults.begin_create_or_update: VaultAlreadyExists: In use. (HTTP "
                                 "409, " +
                                     vault_path + ", request id r)";
                        });
}

BOOST_DATA_TEST_CASE_F(VaultsFixture, a_good_name_is_sent,
                       data::make({"abc", "a-1", "kv-with-24-characters-xx", "A1b"}), name) {
  transport->reply(200, {}, vault_body());
  vaults().begin_create_or_update("rg", name, parameters());
  BOOST_TEST(count() == 1u);
}

BOOST_DATA_TEST_CASE_F(VaultsFixture, a_bad_name_is_refused_on_create_before_anything_is_sent,
                       data::make({"", "ab", "kv-with-25-characters-xxx", "1abc", "-abc", "abc-",
                                   "a--b", "a_b", "a.b", "k\xc3\xb6ln", "a/b"}),
                       name) {
  BOOST_CHECK_EXCEPTION(vaults().begin_create_or_update("rg", name, parameters()), AzureError,
                        [](const AzureError& error) {
                          return error.info().code == "VaultNameNotValid" &&
                                 std::string(error.what()).find("3 to 24") != std::string::npos;
                        });
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(other_operations_take_any_name_and_encode_it) {
  transport->reply(204);
  vaults().remove("r g/1", "x--y\xc3\xa4");
  check(0, "DELETE",
        scope + "/resourceGroups/r%20g%2F1/providers/Microsoft.KeyVault/vaults/x--y%C3%A4");
}

BOOST_DATA_TEST_CASE_F(VaultsFixture, a_name_that_would_address_something_else_is_never_sent,
                       data::make({"", ".", ".."}), name) {
  const auto is_invalid = [](const AzureError& error) {
    return error.info().code == "InvalidArgument" && !error.info().operation.empty();
  };
  BOOST_CHECK_EXCEPTION(vaults().remove("rg", name), AzureError, is_invalid);
  BOOST_CHECK_EXCEPTION(vaults().remove(name, "kv-1"), AzureError, is_invalid);
  BOOST_CHECK_EXCEPTION(vaults().begin_purge_deleted("kv-1", name), AzureError, is_invalid);
  BOOST_CHECK_EXCEPTION(vaults().update_access_policy("rg", "kv-1", name, {}), AzureError,
                        is_invalid);
  BOOST_CHECK_EXCEPTION(KeyVaultManagementClient(credential(), name, options()), AzureError,
                        is_invalid);
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(update_sends_only_what_changes) {
  transport->reply(201, {}, vault_body());
  const Vault vault = vaults().update(
      "rg", "kv-1",
      {.properties = VaultPatchProperties{
           .sku = Sku{.name = "premium"}, .access_policies = {}, .network_acls = nullptr}});
  check(0, "PATCH", vault_path, {{"api-version", "2026-02-01"}},
        R"({"properties":{"sku":{"family":"A","name":"premium"},"accessPolicies":[],
            "networkAcls":null}})");
  BOOST_TEST(vault.name == "kv-1");
}

BOOST_AUTO_TEST_CASE(get_reads_a_vault) {
  transport->reply(200, {}, vault_body());
  const Vault vault = vaults().get("rg", "kv-1");
  check(0, "GET", vault_path);
  BOOST_TEST(vault.location == "westeurope");
  BOOST_TEST(vault.properties.sku.name == "standard");
  BOOST_TEST(!vault.properties.access_policies.is_absent());
}

BOOST_AUTO_TEST_CASE(get_of_nothing_throws_and_find_gives_nothing) {
  const char* body = R"({"error":{"code":"ResourceNotFound","message":"Not found."}})";
  transport->reply(404, {}, body).reply(404, {}, body).reply(204).reply(204);
  BOOST_CHECK_EXCEPTION(vaults().get("rg", "kv-1"), NotFoundError, [](const NotFoundError& error) {
    return error.info().code == "ResourceNotFound";
  });
  BOOST_TEST(!vaults().find("rg", "kv-1"));
  BOOST_CHECK_THROW(vaults().get("rg", "kv-1"), NotFoundError);
  BOOST_TEST(!vaults().find("rg", "kv-1"));
  transport->reply(200, {}, vault_body());
  BOOST_TEST(vaults().find("rg", "kv-1")->name == "kv-1");
  check(4, "GET", vault_path);
}

BOOST_AUTO_TEST_CASE(find_does_not_take_a_refusal_for_absence) {
  transport->reply(403);
  BOOST_CHECK_THROW(vaults().find("rg", "kv-1"), ForbiddenError);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_vault_says_so_with_its_request_id) {
  transport->reply(200, {{"x-ms-request-id", "r5"}}, "<html>Sign in</html>");
  BOOST_CHECK_EXCEPTION(vaults().get("rg", "kv-1"), FormatError, [](const FormatError& error) {
    return error.info().request_id == "r5" && error.info().operation == "Vaults.get" &&
           error.info().code == "UnreadableAnswer";
  });
}

BOOST_AUTO_TEST_CASE(remove_tells_whether_there_was_a_vault) {
  transport->reply(200).reply(204);
  BOOST_TEST(vaults().remove("rg", "kv-1"));
  BOOST_TEST(!vaults().remove("rg", "kv-1"));
  // The answer to the first attempt was lost: it did what the second one found done.
  for (const int status : {204, 404}) {
    transport->fail(true).reply(status);
    BOOST_TEST(vaults().remove("rg", "kv-1"), status);
  }
  check(0, "DELETE", vault_path);
}

BOOST_AUTO_TEST_CASE(update_access_policy_puts_the_kind_into_the_path) {
  transport->reply(201, {},
                   R"({"id":"/v/accessPolicies/","type":"Microsoft.KeyVault/vaults/accessPolicies",
                       "properties":{"accessPolicies":[
                         {"tenantId":"t","objectId":"o","permissions":{"keys":["get"]}},
                         {"tenantId":"t","objectId":"p","permissions":{}}]}})");
  const auto answer = vaults().update_access_policy(
      "rg", "kv-1", access_policy_update_kind::add,
      {.properties = {.access_policies = {{.tenant_id = "t",
                                           .object_id = "o",
                                           .application_id = "a",
                                           .permissions = {.keys = {"get"}}}}}});
  check(0, "PUT", vault_path + "/accessPolicies/add", {{"api-version", "2026-02-01"}},
        R"({"properties":{"accessPolicies":[{"tenantId":"t","objectId":"o","applicationId":"a",
            "permissions":{"keys":["get"]}}]}})");
  BOOST_TEST(answer.properties.access_policies.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_lists_ask_their_own_paths) {
  for (int i = 0; i < 4; ++i) transport->reply(200, {}, R"({"value":[]})");
  const auto all = vaults();
  all.list_by_resource_group("rg", 10).to_vector();
  all.list_by_subscription().to_vector();
  all.list_deleted().to_vector();
  all.list(3, {.api_version = "2023-07-01"}).to_vector();
  check(0, "GET", scope + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults",
        {{"api-version", "2026-02-01"}, {"$top", "10"}});
  check(1, "GET", provider + "/vaults");
  check(2, "GET", provider + "/deletedVaults");
  check(3, "GET", scope + "/resources",
        {{"api-version", "2015-11-01"},
         {"$top", "3"},
         {"$filter", "resourceType eq 'Microsoft.KeyVault/vaults'"}});
}

BOOST_AUTO_TEST_CASE(a_list_gives_its_vaults) {
  transport->reply(200, {}, R"({"value":[)" + vault_body() + "]}");
  std::string names;
  for (const Vault& vault : vaults().list_by_subscription()) names += vault.name;
  BOOST_TEST(names == "kv-1");
}

BOOST_AUTO_TEST_CASE(get_deleted_reads_what_is_left_of_a_vault) {
  transport->reply(200, {},
                   R"({"id":"/d","name":"kv-1","type":"Microsoft.KeyVault/deletedVaults",
                       "properties":{"vaultId":"/v","location":"westeurope","tags":{},
                         "deletionDate":"2026-01-01T00:00:59Z",
                         "scheduledPurgeDate":"2026-04-01T00:00:59Z",
                         "purgeProtectionEnabled":true}})");
  const DeletedVault deleted = vaults().get_deleted("kv-1", "westeurope");
  check(0, "GET", provider + "/locations/westeurope/deletedVaults/kv-1");
  BOOST_TEST(deleted.properties->vault_id.value_or("") == "/v");
  BOOST_TEST(deleted.properties->scheduled_purge_date.value_or("") == "2026-04-01T00:00:59Z");
  BOOST_TEST(deleted.properties->purge_protection_enabled.value_or(false));
}

BOOST_AUTO_TEST_CASE(purge_is_followed_to_its_end) {
  const std::string job = arm_origin + provider + "/locations/westeurope/operationResults/t?x=1";
  transport->reply(202, {{"Location", job}, {"Retry-After", "5"}})
      .reply(202, {{"Location", job}, {"Retry-After", "5"}},
             R"({"createdDateTime":"2022-03-14 07:34:13Z","status":"NotStarted"})")
      .reply(200, {}, R"({"createdDateTime":"2022-03-14 07:34:13Z","status":"Succeeded"})");
  vaults().begin_purge_deleted("kv-1", "westeurope").result();
  check(0, "POST", provider + "/locations/westeurope/deletedVaults/kv-1/purge");
  BOOST_TEST(sent(1).url == job);
  BOOST_TEST((clock.slept() == 10s));
}

BOOST_AUTO_TEST_CASE(a_purge_is_resumed_from_its_token) {
  const std::string job = arm_origin + "/job";
  transport->reply(202, {{"Location", job}}).reply(200);
  const std::string token = vaults().begin_purge_deleted("kv-1", "westeurope").resume_token();
  vaults().resume_purge_deleted(token).result();
  BOOST_TEST(sent(1).url == job);
}

BOOST_AUTO_TEST_CASE(a_purge_is_not_repeated_when_its_answer_was_lost) {
  transport->fail(true);
  BOOST_CHECK_THROW(vaults().begin_purge_deleted("kv-1", "westeurope"), TransportError);
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_protected_vault_is_not_purged) {
  transport->reply(405, {},
                   R"({"error":{"code":"MethodNotAllowed",
                       "message":"Operation 'DeletedVaultPurge' is not allowed."}})");
  BOOST_CHECK_EXCEPTION(
      vaults().begin_purge_deleted("kv-1", "westeurope"), AzureError,
      [](const AzureError& error) { return error.info().code == "MethodNotAllowed"; });
}

BOOST_AUTO_TEST_CASE(check_name_availability_asks_and_may_be_repeated) {
  transport->fail(true).reply(
      200, {}, R"({"nameAvailable":false,"reason":"AlreadyExists","message":"Taken."})");
  const auto result = vaults().check_name_availability({.name = "kv-1"});
  check(1, "POST", provider + "/checkNameAvailability", {{"api-version", "2026-02-01"}},
        R"({"name":"kv-1","type":"Microsoft.KeyVault/vaults"})");
  BOOST_TEST(!result.name_available.value_or(true));
  BOOST_TEST(result.reason.value_or("") == name_unavailable_reason::already_exists);
}

BOOST_AUTO_TEST_CASE(the_version_is_the_clients_or_the_calls) {
  arm::ClientOptions older = options();
  older.api_version = "2023-07-01";
  const KeyVaultManagementClient client(credential(), subscription, older);
  transport->reply(200, {}, vault_body()).reply(200, {}, vault_body());
  client.vaults().get("rg", "kv-1");
  client.vaults().get("rg", "kv-1", {.api_version = "2024-11-01"});
  check(0, "GET", vault_path, {{"api-version", "2023-07-01"}});
  check(1, "GET", vault_path, {{"api-version", "2024-11-01"}});
}

BOOST_AUTO_TEST_CASE(groups_pagers_and_pollers_outlive_their_client) {
  transport->reply(200, {}, vault_body("RegisteringDns"))
      .reply(200, {}, vault_body())
      .reply(200, {}, R"({"value":[]})");
  auto [poller, pager] = [&] {
    const auto short_lived =
        std::make_unique<KeyVaultManagementClient>(credential(), subscription, options());
    return std::pair(short_lived->vaults().begin_create_or_update("rg", "kv-1", parameters()),
                     short_lived->vaults().list_by_subscription());
  }();
  BOOST_TEST(poller.result().name == "kv-1");
  BOOST_TEST(pager.to_vector().empty());
}

BOOST_AUTO_TEST_CASE(send_request_is_the_raw_way_out) {
  transport->reply(404, {}, "as it is");
  const http::Response response =
      client().send_request({.url = provider + "/operations?api-version=1"});
  BOOST_TEST(response.body == "as it is");
  check(0, "GET", provider + "/operations", {{"api-version", "1"}});
}

BOOST_AUTO_TEST_SUITE_END()
