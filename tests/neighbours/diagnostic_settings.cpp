// Diagnostic settings and categories: samples of requests and answers.
#include "neighbours/fixture.hpp"

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

const std::string collection = vault_scope + "/providers/Microsoft.Insights/diagnosticSettings";
const std::string categories = collection + "Categories";
const std::map<std::string, std::string> usual_query{{"api-version", "2021-05-01-preview"}};
const char* const setting = R"({"id":"/d","name":"audit","type":null,
    "systemData":{"createdBy":"me"},"properties":{"storageAccountId":"/sa","serviceBusRuleId":null,
      "eventHubAuthorizationRuleId":"/eh","eventHubName":"h","workspaceId":"",
      "marketplacePartnerId":"/mp","logAnalyticsDestinationType":null,
      "metrics":[{"timeGrain":null,"category":"AllMetrics","enabled":false,
                  "retentionPolicy":{"enabled":false,"days":0}}],
      "logs":[{"category":null,"categoryGroup":"allLogs","enabled":true,
               "retentionPolicy":{"enabled":true,"days":7}}],"new":{}}})";
const char* const category = R"({"id":"/c","name":"AuditEvent","type":"t","systemData":{},
    "properties":{"categoryType":"Logs","categoryGroups":["allLogs","audit"]}})";

struct MonitorFixture : NeighbourFixture {
  MonitorManagementClient monitor() { return MonitorManagementClient(credential(), options()); }
  DiagnosticSettingsOperations settings() { return monitor().diagnostic_settings(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(diagnostic_settings, MonitorFixture)

BOOST_AUTO_TEST_CASE(create_or_update_says_of_each_category_that_it_is_on) {
  reply_times(1, setting);
  DiagnosticSettingsResource parameters;
  parameters.properties = DiagnosticSettings{
      .workspace_id = "/w",
      .metrics = {{.category = vault_diagnostics::all_metrics}},
      .logs = {{.category_group = vault_diagnostics::audit_group}},
      .log_analytics_destination_type = log_analytics_destination_type::dedicated};
  settings().create_or_update(vault_scope, "audit", parameters);
  check(0, "PUT", collection + "/audit", usual_query,
        R"({"properties":{"workspaceId":"/w","metrics":[{"category":"AllMetrics","enabled":true}],
            "logs":[{"categoryGroup":"audit","enabled":true}],
            "logAnalyticsDestinationType":"Dedicated"}})");
}

BOOST_AUTO_TEST_CASE(get_find_list_and_remove_ask_their_own_paths) {
  transport->reply(200, {}, setting)
      .reply(200, {}, setting)
      .reply(404, {}, R"({"code":"ResourceNotFound","message":"None."})")
      .reply(404, {}, R"({"code":"ResourceNotFound","message":"None."})")
      .reply(200, {}, std::string(R"({"value":[)") + setting + "]}")
      .reply(200)
      .reply(204);
  BOOST_TEST(settings().get(vault_scope, "audit").properties->logs[0].retention_policy->days == 7);
  BOOST_TEST(settings().find(vault_scope.substr(1), "audit")->name == "audit");
  BOOST_TEST(!settings().find(vault_scope, "audit"));
  BOOST_CHECK_EXCEPTION(
      settings().get(vault_scope, "audit"), NotFoundError,
      [](const NotFoundError& error) { return error.info().code == "ResourceNotFound"; });
  BOOST_TEST(settings().list(vault_scope).to_vector().at(0).name == "audit");
  BOOST_TEST(settings().remove(vault_scope, "audit"));
  BOOST_TEST(!settings().remove(vault_scope, "audit"));
  check(0, "GET", collection + "/audit", usual_query);
  check(1, "GET", collection + "/audit", usual_query);
  check(4, "GET", collection, usual_query);
  check(5, "DELETE", collection + "/audit", usual_query);
}

BOOST_AUTO_TEST_CASE(the_categories_of_a_resource_are_read) {
  transport->reply(200, {}, category)
      .reply(200, {}, std::string(R"({"value":[)") + category + "]}");
  const auto all = monitor().diagnostic_settings_category();
  const DiagnosticSettingsCategoryResource one = all.get(vault_scope, "AuditEvent");
  BOOST_TEST(one.properties->category_type.value_or("") == category_type::logs);
  BOOST_TEST(all.list(vault_scope).to_vector().at(0).properties->category_groups.size() == 2u);
  check(0, "GET", categories + "/AuditEvent", usual_query);
  check(1, "GET", categories, usual_query);
  const std::string again = json::encode(one, {.keep_read_only = true});
  BOOST_TEST((Document::parse(again) == Document::parse(category)), again);
}

BOOST_AUTO_TEST_CASE(a_setting_is_written_back_as_it_is_but_for_what_the_service_sets) {
  const auto read = json::decode<DiagnosticSettingsResource>(setting);
  const std::string again = json::encode(read, {.keep_read_only = true});
  BOOST_TEST((Document::parse(again) == Document::parse(setting)), again);
  DiagnosticSettingsResource changed = json::decode<DiagnosticSettingsResource>(
      R"({"id":"/d","name":"audit","location":null,"kind": null,"new":1,"properties":{"x":null}})");
  changed = to_parameters(changed);
  const std::string parameters = json::encode(changed, {.keep_read_only = true});
  BOOST_TEST(
      (Document::parse(parameters) == Document::parse(R"({"properties":{"x":null},"new":1})")),
      parameters);

  Document expected = Document::object();
  expected.set("properties", Document::parse(setting)["properties"]);
  BOOST_TEST((Document::parse(json::encode(read)) == expected), json::encode(read));
}

BOOST_AUTO_TEST_CASE(a_setting_without_a_name_or_resource_is_never_deleted) {
  for (const char* name : {"", ".", ".."})
    BOOST_TEST(!refusal([&] { settings().remove(vault_scope, name); }).empty());
  BOOST_TEST(refusal([&] { settings().remove("", "audit"); }) == "the resource URI is empty");
  BOOST_TEST(
      !refusal([&] { monitor().diagnostic_settings_category().get(vault_scope, ""); }).empty());
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(the_version_is_the_clients_or_the_calls) {
  arm::ClientOptions newer = options();
  newer.api_version = "2030-01-01";
  const MonitorManagementClient client(credential(), newer);
  reply_times(2, R"({"value":[]})");
  client.diagnostic_settings().list(vault_scope).to_vector();
  client.diagnostic_settings().list(vault_scope, {.api_version = "2017-05-01-preview"}).to_vector();
  BOOST_TEST(wire(sent(0)).query.at("api-version") == "2030-01-01");
  BOOST_TEST(wire(sent(1)).query.at("api-version") == "2017-05-01-preview");
  reply_times(1, "raw");
  BOOST_TEST(client.send_request({.url = "/providers?api-version=1"}).body == "raw");
}

BOOST_AUTO_TEST_SUITE_END()
