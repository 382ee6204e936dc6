#include "akv/provision/checks/checker.hpp"

#include "checks/judging.hpp"

using namespace akv;
using json::Document;
using test::good_manifest;
using test::joined;
using test::Judging;
using test::live_vault;
using test::replaced;

BOOST_AUTO_TEST_SUITE(checker)

BOOST_AUTO_TEST_CASE(a_plan_judges_only_what_changes) {
  const Document as_wanted = Document::parse(R"({
    "enablePurgeProtection": true, "softDeleteRetentionInDays": 90, "enableRbacAuthorization": false,
    "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"},
    "accessPolicies": [
      {"tenantId": "72f90000-0000-4000-8000-000000000004",
       "objectId": "1b2c0000-0000-4000-8000-000000000001", "permissions": {"secrets": ["get", "list"]}},
      {"tenantId": "72f90000-0000-4000-8000-000000000004",
       "objectId": "1b2c0000-0000-4000-8000-000000000002",
       "permissions": {"secrets": ["get", "list", "set", "delete"]}}]})");
  const auto rules = [&](const std::string& manifest) {
    return joined(Judging(manifest, {live_vault(as_wanted)}, checks::Over::objects).rules());
  };
  BOOST_TEST(rules(good_manifest()).empty());
  BOOST_TEST(rules(replaced(good_manifest(), "bypass: None", "bypass: AzureServices")) ==
             "access-legacy trusted-services");
  // Principals that nothing uses are no matter of what changes.
  BOOST_TEST(rules(replaced(good_manifest(), "principals:\n",
                            "principals:\n  gone: 1b2c0000-0000-4000-8000-000000000009\n"))
                 .empty());
}

BOOST_AUTO_TEST_CASE(a_managed_identity_is_known_by_the_id_that_the_plan_found) {
  engine::Deployment manifest;
  const std::string identity = "/subscriptions/9c0d/resourceGroups/rg/providers/x/y/id";
  manifest.principals = {{.name = "job",
                          .object_id = engine::identity_placeholder(identity),
                          .type = "ServicePrincipal",
                          .managed_identity = identity}};
  engine::Desired vault;
  vault.kind = "vault";
  vault.name = "rg-pay/kv-pay";
  vault.id = "/vault";
  vault.body = Document::parse(R"({"accessPolicies": [{"objectId": ")" +
                               manifest.principals[0].object_id + R"("}]})");
  manifest.objects = {vault};
  engine::Deployment planned = manifest;
  planned.principals[0].object_id = "1b2c0000-0000-4000-8000-000000000007";
  const Document before, after = Document::parse(R"({"accessPolicies": [{
    "objectId": "1B2C0000-0000-4000-8000-000000000007", "permissions": {"secrets": ["all"]}}]})");
  checks::Checker checker(manifest);
  checker.look(
      {.deployment = planned, .desired = planned.objects[0], .before = before, .after = after});
  std::multiset<std::string> rules;
  for (const engine::Finding& finding : checker.finish(checks::Over::estate).findings) {
    rules.insert(finding.rule);
    if (finding.rule == "can-purge") BOOST_TEST(finding.message == "job may purge secrets");
  }
  BOOST_TEST(rules.count("can-purge") == 1U);
  BOOST_TEST(rules.count("principal-unnamed") == 0U);
  BOOST_TEST(rules.count("principal-unused") == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_left_out_is_not_judged) {
  const Judging judging(good_manifest(), {}, checks::Over::estate, {"rg-pay/*"});
  BOOST_TEST(judging.rules().empty());
  BOOST_TEST(judging.checked.objects == 1U);
}

BOOST_AUTO_TEST_CASE(a_refused_change_is_judged_as_if_it_were_made) {
  const Judging judging(replaced(good_manifest(), "bypass: None", "bypass: AzureServices"),
                        {live_vault(Document::object({{"softDeleteRetentionInDays", 7}}))},
                        checks::Over::objects);
  BOOST_TEST(joined(judging.rules()) == "access-legacy trusted-services");
}

BOOST_AUTO_TEST_CASE(the_most_severe_come_first_then_the_order_of_the_manifest) {
  std::string manifest =
      replaced(good_manifest(), "enablePurgeProtection: true", "enablePurgeProtection: false");
  const std::string vault = manifest.substr(manifest.find("      - name: kv-pay\n"));
  manifest += replaced(vault, "kv-pay", "kv-aaa");
  // Live objects come in an order of their own.
  engine::Live second = live_vault(Document::object());
  second.id.replace(second.id.rfind("kv-pay"), 6, "kv-aaa");
  second.raw.set("id", second.id);
  const Judging judging(manifest, {second, live_vault(Document::object())});
  std::vector<std::string> found;
  for (const engine::Finding& finding : judging.checked.findings)
    found.push_back(finding.rule + " " + finding.name);
  const std::vector<std::string> expected{
      "purge-protection-off rg-pay/kv-pay", "purge-protection-off rg-pay/kv-aaa",
      "access-legacy rg-pay/kv-pay", "access-legacy rg-pay/kv-aaa"};
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_fingerprint_stays_when_lines_names_and_case_move) {
  const Judging before(replaced(good_manifest(), "secrets: [get, list]", "secrets: [all]"));
  std::string moved = replaced(good_manifest(), "secrets: [get, list]", "secrets: [all]");
  moved = replaced(moved, "  app: 1b2c", "  # a comment\n  application: 1B2C");
  moved = replaced(moved, "principal: app,", "principal: application,");
  moved = replaced(moved, "name: rg-pay", "name: RG-Pay");
  const Judging after(moved);
  for (const char* rule : {"permissions-all", "purge-idle", "access-legacy"})
    BOOST_TEST(fingerprint(before.of(rule)) == fingerprint(after.of(rule)));
  BOOST_TEST(before.of("permissions-all").message != after.of("permissions-all").message);
}

BOOST_AUTO_TEST_SUITE_END()
