#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* version = "2021-05-01-preview";

struct DiagnosticFixture : OthersFixture {
  std::string settings(const std::string& resource) const {
    return resource + "/providers/Microsoft.Insights/diagnosticSettings";
  }
  std::string setting(const std::string& name = "audit") const {
    return settings(vault()) + "/" + name;
  }
  static std::string body(const std::string& sink = "/subscriptions/s/workspaces/w",
                          const std::string& logs = R"({"categoryGroup":"audit","enabled":true})",
                          const std::string& metrics = {}) {
    return R"({"properties":{"workspaceId":")" + sink + R"(","logs":[)" + logs +
           R"(],"metrics":[)" + metrics + "]}}";
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(diagnostic_settings)

BOOST_FIXTURE_TEST_CASE(a_setting_comes_back_with_a_null_for_what_it_has_not, DiagnosticFixture) {
  const Answer made = put(setting(), body(), version);
  BOOST_TEST(made.status == 200, made.body);
  BOOST_TEST(made.json()["id"].string_or() ==
             vault() + "/providers/microsoft.insights/diagnosticSettings/audit");
  BOOST_TEST(made.json()["type"].string_or() == "Microsoft.Insights/diagnosticSettings");
  BOOST_TEST(made.property("workspaceId").string_or() == "/subscriptions/s/workspaces/w");
  BOOST_TEST((made.json()["properties"].find("storageAccountId") != nullptr));
  BOOST_TEST(made.property("logs").dump() == R"([{"categoryGroup":"audit","enabled":true}])");
  BOOST_TEST(get(setting("AUDIT"), version).body == made.body);
  BOOST_TEST(names(settings(vault()), version) == "audit ");
  BOOST_TEST(put(setting(), body("/w2"), version).property("workspaceId").string_or() == "/w2");
  BOOST_TEST(del(setting(), version).status == 200);
  BOOST_TEST(del(setting(), version).status == 204);
  BOOST_TEST(get(setting(), version).message() == "The diagnostic setting 'audit' doesn't exist.");
  BOOST_TEST(get(settings(vault()), version).body == R"({"value":[]})");
}

BOOST_FIXTURE_TEST_CASE(what_was_shown_is_taken_back, DiagnosticFixture) {
  const Answer made = put(setting(), body(), version);
  for (const char* name : {"location", "kind", "tags", "identity"})
    BOOST_TEST((made.json().find(name) != nullptr), name);
  const Answer back = put(setting(), made.body, version);
  BOOST_TEST(back.status == 200, back.body);
  BOOST_TEST(back.body == made.body);
  Document other = made.json();
  other.set("location", "westus");
  other.set("tags", Document::object({{"a", "b"}}));
  BOOST_TEST(put(setting(), other.dump(), version).body == made.body);
}

BOOST_FIXTURE_TEST_CASE(a_vault_has_its_categories, DiagnosticFixture) {
  const std::string all = vault() + "/providers/Microsoft.Insights/diagnosticSettingsCategories";
  BOOST_TEST(names(all, version) == "AuditEvent AzurePolicyEvaluationDetails AllMetrics ");
  const Answer one = get(all + "/auditevent", version);
  BOOST_TEST(one.property("categoryType").string_or() == "Logs");
  BOOST_TEST(one.property("categoryGroups").dump() == R"(["audit","allLogs"])");
  BOOST_TEST(get(all + "/AllMetrics", version).property("categoryType").string_or() == "Metrics");
  BOOST_TEST(get(all + "/Nothing", version).status == 400);
}

BOOST_FIXTURE_TEST_CASE(bad_settings_are_refused_with_the_reason, DiagnosticFixture) {
  auto message = [&](const std::string& sent) { return put(setting(), sent, version).message(); };
  BOOST_TEST(message(R"({"properties":{}})") == "At least one data sink needs to be specified.");
  BOOST_TEST(message(body("/w", R"({"category":"Nothing","enabled":true})")) ==
             "Category 'Nothing' is not supported.");
  BOOST_TEST(message(body("/w", R"({"categoryGroup":"none","enabled":true})")) ==
             "Category 'none' is not supported.");
  // A metric is no log.
  BOOST_TEST(message(body("/w", R"({"category":"AllMetrics","enabled":true})")) ==
             "Category 'AllMetrics' is not supported.");
  BOOST_TEST(message(body("/w", {}, R"({"category":"AllMetrics","enabled":true})")) == "");
  BOOST_TEST(message(body("/w", R"({"enabled":true})")) ==
             "Each entry needs either a category or a category group, not both.");
  BOOST_TEST(put(settings(group()) + "/a", body(), version).message() ==
             "The resource type 'Microsoft.Resources/resourceGroups' does not support diagnostic "
             "settings.");
  BOOST_TEST(put(settings(vault("kv9")) + "/a", body(), version).code() == "ResourceNotFound");
  BOOST_TEST(put(setting(), body(), "2020-01-01").code() == "NoRegisteredProviderFound");
}

BOOST_FIXTURE_TEST_CASE(a_sink_takes_a_category_once, DiagnosticFixture) {
  put(setting(), body(), version);
  const Answer twice = put(setting("second"), body(), version);
  BOOST_TEST(twice.status == 409);
  BOOST_TEST(twice.message().starts_with(
      "Data sink '/subscriptions/s/workspaces/w' is already used in diagnostic setting 'audit' for "
      "category 'audit'."));
  BOOST_TEST(put(setting("second"), body("/other"), version).status == 200);
  BOOST_TEST(
      put(setting("third"),
          body("/subscriptions/s/workspaces/w", R"({"category":"AuditEvent","enabled":true})"),
          version)
          .status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_resource_has_five_settings, DiagnosticFixture) {
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(
        put(setting("s" + std::to_string(i)), body("/w" + std::to_string(i)), version).status ==
        200);
  BOOST_TEST(put(setting("s5"), body("/w5"), version).message() ==
             "A resource has at most 5 diagnostic settings.");
  BOOST_TEST(put(setting("s4"), body("/w5"), version).status == 200);
  del(setting("s4"), version);
  BOOST_TEST(put(setting(std::string(260, 'x')), body("/w6"), version).status == 200);
  BOOST_TEST(put(setting(std::string(261, 'x')), body("/w7"), version).message() ==
             "The name of a diagnostic setting has at most 260 characters.");
}

BOOST_FIXTURE_TEST_CASE(settings_ask_for_rights_of_their_own, DiagnosticFixture) {
  as(add("Key Vault Contributor"));
  BOOST_TEST(put(setting(), body(), version)
                 .message()
                 .find("'Microsoft.Insights/diagnosticSettings/write'") != std::string::npos);
  as(add("Reader"));
  BOOST_TEST(get(settings(vault()), version).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
