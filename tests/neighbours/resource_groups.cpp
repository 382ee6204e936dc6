// Each operation on resource groups and subscriptions against a sample of its request and answer.
#include "neighbours/fixture.hpp"

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

const std::string group_path = scope + "/resourcegroups/rg";
const char* const group_body =
    R"({"id":"/g","name":"rg","type":"Microsoft.Resources/resourceGroups","location":"westeurope",
        "tags":{"a":"b"},"properties":{"provisioningState":"Succeeded"}})";

struct GroupsFixture : NeighbourFixture {
  ResourceManagementClient client() { return resource_client(); }
  ResourceGroupsOperations groups() { return client().resource_groups(); }

  void check(std::size_t index, std::string_view method, const std::string& path,
             const std::map<std::string, std::string>& query = {{"api-version", "2024-03-01"}},
             std::string_view body = {}) const {
    NeighbourFixture::check(index, method, path, query, body);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(resource_groups, GroupsFixture)

BOOST_AUTO_TEST_CASE(create_or_update_sends_location_and_tags) {
  transport->reply(201, {}, group_body);
  const ResourceGroup group =
      groups().create_or_update("rg", {.location = "westeurope", .tags = {{{"a", "b"}}}});
  check(0, "PUT", group_path, {{"api-version", "2024-03-01"}},
        R"({"location":"westeurope","tags":{"a":"b"}})");
  BOOST_TEST(group.name == "rg");
  BOOST_TEST(group.properties->provisioning_state.value_or("") == "Succeeded");
}

BOOST_AUTO_TEST_CASE(another_location_is_a_conflict) {
  transport->reply(409, {}, R"({"error":{"code":"InvalidResourceGroupLocation","message":"No."}})");
  BOOST_CHECK_THROW(groups().create_or_update("rg", {.location = "eastus"}), ConflictError);
}

BOOST_AUTO_TEST_CASE(get_find_and_check_existence_tell_absence_in_their_own_way) {
  const char* none = R"({"error":{"code":"ResourceGroupNotFound","message":"Not found."}})";
  transport->reply(200, {}, group_body).reply(404, {}, none).reply(404, {}, none).reply(404);
  BOOST_TEST(groups().get("rg").location == "westeurope");
  BOOST_CHECK_THROW(groups().get("rg"), NotFoundError);
  BOOST_TEST(!groups().find("rg"));
  BOOST_TEST(!groups().check_existence("rg"));
  transport->reply(204).reply(200, {}, group_body).reply(403);
  BOOST_TEST(groups().check_existence("rg"));
  BOOST_TEST(groups().find("rg")->name == "rg");
  BOOST_CHECK_THROW(groups().check_existence("rg"), ForbiddenError);
  check(0, "GET", group_path);
  check(3, "HEAD", group_path);
}

BOOST_AUTO_TEST_CASE(update_sends_only_what_changes) {
  transport->reply(200, {}, group_body);
  groups().update("rg", {.tags = {{{"x", "y"}}}});
  check(0, "PATCH", group_path, {{"api-version", "2024-03-01"}}, R"({"tags":{"x":"y"}})");
}

BOOST_AUTO_TEST_CASE(deletion_is_followed_to_its_end) {
  const std::string job = arm_origin + scope + "/operationresults/j?api-version=2024-03-01";
  transport->reply(202, {{"Location", job}, {"Retry-After", "15"}})
      .reply(202, {{"Location", job}, {"Retry-After", "15"}})
      .reply(200);
  groups().begin_delete("rg").result();
  check(0, "DELETE", group_path);
  BOOST_TEST(sent(2).url == job);
  BOOST_TEST((clock.slept() == 30s));
}

BOOST_AUTO_TEST_CASE(a_deletion_that_fails_at_its_end_throws) {
  transport->reply(202, {{"Location", arm_origin + "/j"}})
      .reply(409, {}, R"({"error":{"code":"ResourceGroupDeletionBlocked","message":"Held."}})");
  BOOST_CHECK_EXCEPTION(groups().begin_delete("rg").result(), ConflictError,
                        [](const ConflictError& error) {
                          return error.info().code == "ResourceGroupDeletionBlocked" &&
                                 error.info().target == group_path;
                        });
}

BOOST_AUTO_TEST_CASE(deleting_what_is_not_there_throws_at_once) {
  transport->reply(404, {}, R"({"error":{"code":"ResourceGroupNotFound","message":"None."}})");
  BOOST_CHECK_THROW(groups().begin_delete("rg"), NotFoundError);
}

BOOST_AUTO_TEST_CASE(a_deletion_may_be_forced_and_resumed) {
  transport->reply(202, {{"Location", arm_origin + "/j"}}).reply(200);
  const std::string token =
      groups().begin_delete("rg", "Microsoft.Compute/virtualMachines").resume_token();
  groups().resume_delete(token).result();
  check(
      0, "DELETE", group_path,
      {{"api-version", "2024-03-01"}, {"forceDeletionTypes", "Microsoft.Compute/virtualMachines"}});
  BOOST_TEST(sent(1).url == arm_origin + "/j");
}

BOOST_AUTO_TEST_CASE(the_list_may_be_filtered) {
  transport->reply(200, {}, std::string(R"({"value":[)") + group_body + "]}");
  BOOST_TEST(groups().list({.filter = "tagName eq 'a'", .top = 5}).to_vector().at(0).name == "rg");
  check(0, "GET", scope + "/resourcegroups",
        {{"api-version", "2024-03-01"}, {"$filter", "tagName eq 'a'"}, {"$top", "5"}});
}

BOOST_AUTO_TEST_CASE(an_update_may_carry_name_and_properties_of_the_group) {
  transport->reply(200, {}, group_body);
  groups().update("rg", {.managed_by = "/r", .name = "rg"});
  check(0, "PATCH", group_path, {{"api-version", "2024-03-01"}},
        R"({"managedBy":"/r","name":"rg"})");
}

BOOST_AUTO_TEST_CASE(a_template_is_exported_at_once_or_after_a_while) {
  const char* result = R"({"template":{"resources":[{"a":null}]},
      "error":{"code":"ExportTemplateCompletedWithErrors","message":"Some are missing.",
               "details":[{"code":"ExportTemplateProviderError","message":"No.","target":"/r"}],
               "additionalInfo":[{"type":"x","info":{"y":1}}]}})";
  const std::string job = arm_origin + scope + "/operationresults/j?api-version=1";
  transport->reply(200, {}, result)
      .reply(202, {{"Location", job}})
      .reply(202, {{"Location", job}})
      .reply(200, {}, R"({"output":"resource x"})");
  const ResourceGroupExportResult exported =
      groups().begin_export_template("rg", {.resources = {"*"}}).result();
  check(0, "POST", group_path + "/exportTemplate", {{"api-version", "2024-03-01"}},
        R"({"resources":["*"]})");
  BOOST_TEST(exported.template_json->text == R"({"resources":[{"a":null}]})");
  BOOST_TEST(exported.error->details[0].target.value_or("") == "/r");
  BOOST_TEST(exported.error->additional_info[0].info->text == R"({"y":1})");

  const std::string token =
      groups()
          .begin_export_template("rg", {.resources = {"*"},
                                        .options = "IncludeComments",
                                        .output_format = export_template_output_format::bicep})
          .resume_token();
  check(1, "POST", group_path + "/exportTemplate", {{"api-version", "2024-03-01"}},
        R"({"resources":["*"],"options":"IncludeComments","outputFormat":"Bicep"})");
  BOOST_TEST(groups().resume_export_template(token).result().output.value_or("") == "resource x");
  BOOST_TEST(sent(3).url == job);
}

BOOST_AUTO_TEST_CASE(a_group_without_a_name_is_never_deleted) {
  for (const char* name : {"", ".", ".."})
    BOOST_CHECK_EXCEPTION(groups().begin_delete(name), AzureError, [](const AzureError& error) {
      return error.info().code == "InvalidArgument";
    });
  BOOST_CHECK_THROW(ResourceManagementClient(credential(), "", options()), AzureError);
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_subscription_shows_its_tenant) {
  transport
      ->reply(200, {},
              R"({"id":"/subscriptions/s","subscriptionId":"s","tenantId":"t",
                       "displayName":"Pay","state":"Enabled"})")
      .reply(404, {}, R"({"error":{"code":"SubscriptionNotFound","message":"None."}})");
  const Subscription found = client().subscriptions().get(subscription);
  check(0, "GET", scope, {{"api-version", "2022-12-01"}});
  BOOST_TEST(found.tenant_id.value_or("") == "t");
  BOOST_TEST(found.display_name.value_or("") == "Pay");
  BOOST_CHECK_THROW(client().subscriptions().get(subscription), NotFoundError);
}

BOOST_AUTO_TEST_CASE(the_version_is_the_clients_or_the_calls) {
  arm::ClientOptions newer = options();
  newer.api_version = "2025-04-01";
  const ResourceManagementClient client(credential(), subscription, newer);
  transport->reply(204).reply(204).reply(200, {}, "{}");
  client.resource_groups().check_existence("rg");
  client.resource_groups().check_existence("rg", {.api_version = "2021-04-01"});
  client.subscriptions().get("s");
  check(0, "HEAD", group_path, {{"api-version", "2025-04-01"}});
  check(1, "HEAD", group_path, {{"api-version", "2021-04-01"}});
  check(2, "GET", "/subscriptions/s", {{"api-version", "2022-12-01"}});
}

BOOST_AUTO_TEST_CASE(send_request_is_the_raw_way_out) {
  transport->reply(200, {}, "raw");
  BOOST_TEST(client().send_request({.url = "/providers?api-version=1"}).body == "raw");
}

BOOST_AUTO_TEST_CASE(a_delete_that_an_earlier_attempt_did_is_done) {
  transport->fail(true).reply(404, {}, R"({"error":{"code":"ResourceGroupNotFound"}})");
  groups().begin_delete("rg").result();
  BOOST_TEST(transport->requests().size() == 2u);
}

// An attempt that was refused did nothing: the group was not there to begin with.
BOOST_AUTO_TEST_CASE(a_delete_that_no_attempt_did_finds_nothing) {
  for (const int refused : {429, 503}) {
    transport->reply(refused).reply(404, {}, R"({"error":{"code":"ResourceGroupNotFound"}})");
    BOOST_CHECK_THROW(groups().begin_delete("rg"), NotFoundError);
  }
}

BOOST_AUTO_TEST_SUITE_END()
