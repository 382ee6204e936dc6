// `# akv:ignore RULE reason`: what it suppresses, and what is said of it.
#include "checks/judging.hpp"

using namespace akv;
using engine::Finding;
using test::good_manifest;
using test::joined;
using test::Judging;
using test::replaced;

namespace {

std::string ignored(const Judging& judging) {
  std::multiset<std::string> rules;
  for (const Finding& finding : judging.checked.findings)
    if (finding.standing == Finding::Standing::ignored) rules.insert(finding.rule);
  return joined(rules);
}

std::string idle(const Judging& judging) {
  std::string text;
  for (const manifest::Diagnostic& diagnostic : judging.checked.idle_remarks)
    text += manifest::to_string(diagnostic) + "\n";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(remarks)

BOOST_AUTO_TEST_CASE(a_remark_on_the_line_of_the_property_suppresses_its_finding) {
  const Judging judging(
      replaced(good_manifest(), "enableRbacAuthorization: false",
               "enableRbacAuthorization: false  # akv:ignore access-legacy old app"));
  BOOST_TEST(ignored(judging) == "access-legacy");
  BOOST_TEST(judging.of("access-legacy").because == "old app");
  BOOST_TEST(idle(judging).empty());
  BOOST_TEST(checks::counting(judging.checked.findings).empty());
}

BOOST_AUTO_TEST_CASE(a_remark_above_the_line_does_too_and_several_may_stand_there) {
  const std::string open =
      replaced(good_manifest(), "enablePurgeProtection: true", "enablePurgeProtection: false");
  const Judging judging(replaced(open, "        enablePurgeProtection",
                                 "        # akv:ignore purge-protection-off a sandbox\n"
                                 "        # and a word on something else\n"
                                 "        enablePurgeProtection"));
  BOOST_TEST(ignored(judging) == "purge-protection-off");
  const Judging both(replaced(open, "      - name: kv-pay",
                              "      # akv:ignore purge-protection-off a sandbox\n"
                              "      # akv:ignore access-legacy as well\n"
                              "      - name: kv-pay"));
  BOOST_TEST(ignored(both) == "access-legacy purge-protection-off");
  BOOST_TEST(idle(both).empty());
}

BOOST_AUTO_TEST_CASE(a_remark_on_an_entry_holds_when_the_entry_is_live_too) {
  const std::string text = replaced(
      replaced(good_manifest(), "enablePurgeProtection: true", "enablePurgeProtection: false"),
      "permissions: {secrets: [get, list]}}",
      "permissions: {secrets: [get, purge]}}  # akv:ignore can-purge it empties");
  const Judging planned(text);
  BOOST_TEST(ignored(planned) == "can-purge");
  const Judging live(text,
                     {test::live_vault(json::Document::parse(
                         R"({"accessPolicies":[{"tenantId":")" + std::string(test::judged_tenant) +
                         R"(","objectId":"1b2c0000-0000-4000-8000-000000000001",)"
                         R"("permissions":{"secrets":["get","purge"]}}]})"))});
  BOOST_TEST(ignored(live) == "can-purge");
  BOOST_TEST(idle(live).empty());
}

BOOST_AUTO_TEST_CASE(a_remark_at_the_name_speaks_for_the_whole_object) {
  const Judging judging(
      replaced(good_manifest(), "name: kv-pay", "name: kv-pay # akv:ignore access-legacy old app"));
  BOOST_TEST(ignored(judging) == "access-legacy");
}

BOOST_AUTO_TEST_CASE(a_remark_on_a_default_speaks_for_all_who_inherit_it) {
  std::string manifest = replaced(good_manifest(), "        enableRbacAuthorization: false\n", "");
  manifest = replaced(manifest, "resourceGroups:",
                      "defaults:\n"
                      "  vault: {enableRbacAuthorization: false} # akv:ignore access-legacy old\n"
                      "resourceGroups:");
  BOOST_TEST(ignored(Judging(manifest)) == "access-legacy");
}

BOOST_AUTO_TEST_CASE(a_remark_elsewhere_or_for_another_rule_suppresses_nothing_and_that_is_said) {
  const Judging judging(replaced(
      replaced(good_manifest(), "sku: standard", "sku: standard # akv:ignore access-legacy here?"),
      "name: kv-pay", "name: kv-pay # akv:ignore network-open why"));
  BOOST_TEST(ignored(judging).empty());
  BOOST_TEST(idle(judging) ==
             "estate.yaml:13:22: warning: akv:ignore network-open suppresses nothing; take it out, "
             "or move it above what it is about\n"
             "estate.yaml:14:23: warning: akv:ignore access-legacy suppresses nothing; take it "
             "out, or move it above what it is about\n");
}

BOOST_AUTO_TEST_CASE(findings_on_the_estate_can_be_ignored_where_their_principal_is_declared) {
  const Judging judging(
      replaced(good_manifest(), "principals:\n",
               "principals:\n  gone: 1b2c0000-0000-4000-8000-000000000009 # akv:ignore "
               "principal-unused comes next week\n"));
  BOOST_TEST(ignored(judging) == "principal-unused");
}

BOOST_AUTO_TEST_SUITE_END()
