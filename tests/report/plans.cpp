#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/report.hpp"
#include "report/scenarios.hpp"
#include "support/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace {

using namespace akv;
using test::check_golden;
using test::Scenario;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plans)

BOOST_AUTO_TEST_CASE(every_plan_reads_as_its_golden_text) {
  for (const Scenario& s : test::plan_scenarios())
    check_golden("report/" + s.name + ".txt", report::plan_text(s.plan, s.command, {}));
}

BOOST_AUTO_TEST_CASE(every_plan_is_its_golden_json) {
  for (const Scenario& s : test::plan_scenarios()) {
    // A body that is no UTF-8 cannot come out of a parsed answer, and is none of JSON's business.
    if (s.name == "hostile") continue;
    const std::string json = report::plan_json(s.plan);
    check_golden("report/" + s.name + ".json", json);
    BOOST_TEST(json::Document::parse(json)["formatVersion"].int_or(0) == 1);
  }
}

BOOST_AUTO_TEST_CASE(every_plan_is_its_golden_markdown) {
  for (const Scenario& s : test::plan_scenarios())
    check_golden("report/" + s.name + ".md", report::plan_markdown(s.plan, s.command));
}

BOOST_AUTO_TEST_CASE(verbose_and_quiet_say_more_and_less) {
  const Scenario s = test::scenario("shapes");
  report::Style verbose, quiet;
  verbose.verbose = true;
  quiet.quiet = true;
  check_golden("report/shapes_verbose.txt", report::plan_text(s.plan, s.command, verbose));
  check_golden("report/shapes_quiet.txt", report::plan_text(s.plan, s.command, quiet));
}

BOOST_AUTO_TEST_CASE(quiet_says_nothing_where_nothing_differs) {
  report::Style quiet;
  quiet.quiet = true;
  const Scenario s = test::scenario("nothing");
  BOOST_TEST(report::plan_text(s.plan, s.command, quiet).empty());
}

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_the_terminal) {
  for (const std::size_t width : {60U, 78U, 100U, 120U}) {
    report::Style style;
    style.width = width;
    style.verbose = true;
    for (const Scenario& s : test::plan_scenarios())
      for (const std::string& line : lines_of(report::plan_text(s.plan, s.command, style)))
        BOOST_TEST(report::columns(line) <= width, s.name << " at " << width << ": " << line);
  }
}

BOOST_AUTO_TEST_CASE(colour_changes_nothing_but_colour) {
  report::Style colour;
  colour.color = true;
  for (const Scenario& s : test::plan_scenarios()) {
    const std::string plain = report::plan_text(s.plan, s.command, {});
    std::string painted = report::plan_text(s.plan, s.command, colour);
    BOOST_TEST(plain.find('\x1b') == std::string::npos);
    if (!s.plan.changes.empty()) BOOST_TEST(painted.find("\x1b[") != std::string::npos);
    for (std::size_t at = painted.find('\x1b'); at != std::string::npos; at = painted.find('\x1b'))
      painted.erase(at, painted.find('m', at) - at + 1);
    BOOST_TEST(painted == plain);
  }
}

BOOST_AUTO_TEST_CASE(reports_of_plain_input_are_ascii) {
  for (const Scenario& s : test::plan_scenarios()) {
    if (s.name == "hostile") continue;
    for (const char c : report::plan_text(s.plan, s.command, {}))
      BOOST_REQUIRE(static_cast<unsigned char>(c) < 0x80);
  }
}

BOOST_AUTO_TEST_CASE(a_long_list_of_policies_wraps_under_itself) {
  Scenario s = test::scenario("narrower");
  json::Document all = json::Document::array();
  for (const char* word : {"get", "list", "set", "delete", "recover", "backup", "restore", "purge"})
    all.push_back(word);
  s.plan.changes[0].fields[0].before = nullptr;
  s.plan.changes[0].fields[0].after = all;
  report::Style narrow;
  narrow.width = 70;
  check_golden("report/wrapped.txt", report::plan_text(s.plan, s.command, narrow));
}

BOOST_AUTO_TEST_CASE(guards_have_their_own_text_for_the_error_stream) {
  check_golden("report/guards.txt",
               report::guards_text(test::scenario("guarded").plan, report::Command::apply, {}));
  BOOST_TEST(report::guards_text(test::scenario("first").plan, report::Command::apply, {}).empty());
  // A writing command says it on its error stream, hence not twice.
  const Scenario s = test::scenario("guarded");
  BOOST_TEST(report::plan_text(s.plan, report::Command::apply, {}).find("refused by a guard") ==
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(
    each_subscription_that_something_is_in_has_its_heading_where_there_are_several) {
  Scenario s = test::scenario("narrower");
  const std::string main = s.plan.changes[0].subscription;
  const std::string other = "9c0d0000-0000-4000-8000-00000000000b";
  const auto elsewhere = [&](std::string id) { return id.replace(id.find(main), 36, other); };
  engine::Change there = s.plan.changes[0];
  there.subscription = other;
  there.id = elsewhere(there.id);
  s.plan.changes.insert(s.plan.changes.begin(), there);
  s.plan.refused = {{.kind = "vault", .name = "rg-pay/kv-no", .id = there.id, .message = "no"}};
  s.plan.unreadable = {{.kind = "subscription", .name = "third", .id = "/subscriptions/third"}};
  s.plan.findings = {{.rule = "can-purge",
                      .severity = engine::Severity::high,
                      .name = "rg-pay/kv",
                      .id = there.id,
                      .message = "ana"}};
  const std::string alone = report::plan_text(s.plan, s.command, {});
  BOOST_TEST(alone.find("Subscription ") == std::string::npos, alone);
  BOOST_TEST(alone.find(other) == std::string::npos, alone);

  s.plan.subscriptions = {main, other, "9c0d0000-0000-4000-8000-00000000000c"};
  check_golden("report/subscriptions.txt", report::plan_text(s.plan, s.command, {}));
  const std::string markdown = report::plan_markdown(s.plan, s.command);
  for (const char* line :
       {"~ update vault <code>rg-quickstart/kv-quickstart</code> in subscription ",
        "~ update vault <code>rg-quickstart/kv-quickstart</code> (access",
        "! refused vault <code>rg-pay/kv-no</code> in subscription ",
        "? unread subscription <code>third</code> in subscription third"})
    BOOST_TEST(markdown.find(line) != std::string::npos, line << markdown);

  engine::RunResult result;
  result.changes.resize(2);
  for (engine::ChangeResult& change : result.changes) change.outcome = engine::Outcome::failed;
  const std::string run = report::run_text(s.plan, result, {}, {}, {});
  BOOST_TEST(run.find("kv-quickstart in subscription " + other + ": ") != std::string::npos, run);
  BOOST_TEST(run.find("kv-quickstart: ") != std::string::npos, run);
}

BOOST_AUTO_TEST_CASE(entries_of_one_list_that_stay_are_one_line_with_their_count_and_names) {
  Scenario s = test::scenario("shapes");
  s.plan.left_alone.insert(s.plan.left_alone.begin() + 1, s.plan.left_alone.front());
  s.plan.left_alone[1].second.entry = "ops";
  s.plan.kept = {"rg-pay locks[keep]", "rg-pay/kv roleAssignments[app/Key Vault Reader]",
                 "rg-pay/kv roleAssignments[ops/Key Vault Reader]", "rg-pay/kv-old"};
  const std::string text = report::plan_text(s.plan, s.command, {});
  BOOST_TEST(text.find("\n  rg-payments-dev/kv-other  2 accessPolicies: audit, ops\n"
                       "  rg-payments-dev/kv-other  tags owner  maria\n") != std::string::npos,
             text);
  BOOST_TEST(text.find("left the manifest:\n  rg-pay locks[keep]\n"
                       "  rg-pay/kv  2 roleAssignments: app/Key Vault Reader, ops/Key Vault "
                       "Reader\n  rg-pay/kv-old\n") != std::string::npos,
             text);
  report::Style verbose;
  verbose.verbose = true;
  const std::string all = report::plan_text(s.plan, s.command, verbose);
  BOOST_TEST(all.find("accessPolicies ops  keys: get\n") != std::string::npos, all);
  BOOST_TEST(all.find("  rg-pay/kv roleAssignments[ops/Key Vault Reader]\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_role_is_named_once_before_what_changes_of_its_assignment) {
  Scenario s = test::scenario("narrower");
  const auto part = [](const std::string& role, const std::string& leaf, const char* after) {
    engine::FieldChange field;
    field.property = "roleAssignments";
    field.entry = "app/" + role;
    field.path = "roleAssignments[" + field.entry + "]." + leaf;
    field.leaf = leaf;
    field.key = json::Document::object({{"principal", "app"}, {"role", role}});
    field.after = after;
    return field;
  };
  s.plan.changes[0].fields = {part("Key Vault Reader", "condition", "((1 EQ 1))"),
                              part("Key Vault Reader", "conditionVersion", "2.0"),
                              part("Key Vault Administrator", "condition", "((2 EQ 2))")};
  const std::string text = report::plan_text(s.plan, s.command, {});
  BOOST_TEST(text.find("app                    Key Vault Reader  condition: ((1 EQ 1))  "
                       "conditionVersion: 2.0") != std::string::npos,
             text);
  BOOST_TEST(text.find("Vault Administrator  condition: ((2 EQ 2))") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(the_worst_that_rules_find_is_shown_and_the_rest_counted) {
  Scenario s = test::scenario("judged");
  const auto text = [&s](const report::Style& style) {
    return report::plan_text(s.plan, s.command, style);
  };
  for (int i = 0; i < 9; ++i) s.plan.findings.push_back(s.plan.findings[0]);
  BOOST_TEST(text({}).find("Rules on what changes: 11 high, 1 medium, 0 low.") !=
             std::string::npos);
  BOOST_TEST(text({}).find("\n  and 1 more\n") != std::string::npos);
  report::Style quiet;
  quiet.quiet = true;
  BOOST_TEST(text(quiet).find("Rules on what changes") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plan_that_was_stopped_says_why_in_its_json) {
  const std::string json = report::run_json(
      test::scenario("guarded").plan,
      {"refused-by-guard", "refused by a guard", "--allow access-removed", ""}, {.reads = 4});
  const json::Document document = json::Document::parse(json);
  BOOST_TEST(document["error"]["code"].string_or() == "refused-by-guard");
  BOOST_TEST(document["guards"].size() == 2U);
  // The members of every other run, so that scripts need not ask which it was.
  BOOST_TEST(document["results"].size() == document["changes"].size());
  for (const json::Document& result : document["results"].as_array())
    BOOST_TEST(result["outcome"].string_or() == "notStarted");
  BOOST_TEST(document["requests"]["writes"].int_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(markdown_names_what_changes_beside_a_change_that_is_too_large_to_show) {
  Scenario s = test::scenario("narrower");
  const engine::Change small = s.plan.changes[0];
  engine::Change large = small;
  large.name = "rg-pay/kv-large";
  for (int i = 0; i < 1000; ++i) {
    large.fields.push_back(small.fields[0]);
    large.fields.back().entry = "principal-" + std::to_string(i);
  }
  engine::Change wide = small;
  wide.name = "rg-pay/kv-wide-open";
  wide.effects.emplace_back(wide.fields[0].path, "everybody may purge everything");
  s.plan.changes = {large, wide};
  s.plan.warnings = {"a word at the end"};
  const std::string text = report::plan_markdown(s.plan, s.command);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.find("<code>rg-pay/kv-large</code> (access-removed)") != std::string::npos);
  BOOST_TEST(text.find("principal-1 ") != std::string::npos);
  BOOST_TEST(text.find("\nand 9") != std::string::npos);
  BOOST_TEST(text.find(" more lines\n```") != std::string::npos);
  BOOST_TEST(text.find("<code>rg-pay/kv-wide-open</code> (access-removed)") != std::string::npos);
  BOOST_TEST(text.find("everybody may purge everything") != std::string::npos);
  BOOST_TEST(text.find("Warning: a word at the end") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(markdown_of_a_large_estate_has_each_change_by_name_and_says_what_it_cut) {
  Scenario s = test::scenario("narrower");
  const engine::Change one = s.plan.changes[0];
  s.plan.changes.assign(600, one);
  for (std::size_t i = 0; i < 600; ++i)
    s.plan.changes[i].name = "rg-pay/kv-" + std::to_string(i + 1000);
  s.plan.warnings.assign(12, "a word at the end");
  const std::string text = report::plan_markdown(s.plan, s.command);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.size() > report::max_markdown * 9 / 10);
  BOOST_TEST(text.find("<code>rg-pay/kv-1000</code>") != std::string::npos);
  BOOST_TEST(text.find("By name only, to stay short") != std::string::npos);
  for (const engine::Change& change : s.plan.changes)
    BOOST_TEST(text.find(change.name) != std::string::npos, change.name);
  BOOST_TEST(text.find("\n~ update vault rg-pay/kv-1599 (access-removed)\n") != std::string::npos);
  BOOST_TEST(text.find("2 more warnings.") != std::string::npos);
  BOOST_TEST(text.find("Left out") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(markdown_of_a_huge_estate_names_what_is_risky_and_counts_the_rest) {
  Scenario s = test::scenario("narrower");
  engine::Change plain = s.plan.changes[0];
  plain.risks.clear();
  engine::Change gone = plain;
  gone.action = engine::Action::del;
  gone.name = "rg-pay/kv-gone";
  engine::Refusal refusal{.kind = "vault", .name = "rg-pay/kv-no", .message = "no"};
  s.plan.changes.assign(5000, plain);
  s.plan.changes.push_back(gone);
  s.plan.refused = {refusal};
  const std::string text = report::plan_markdown(s.plan, s.command);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.size() > report::max_markdown * 9 / 10);
  BOOST_TEST(text.find("Plan: 0 to create, 5000 to update, 1 to delete") != std::string::npos);
  BOOST_TEST(text.find("\n! refused vault rg-pay/kv-no\n") != std::string::npos);
  BOOST_TEST(text.find("\n- delete vault rg-pay/kv-gone\n") != std::string::npos);
  BOOST_TEST(text.find("Left out to stay short: ") != std::string::npos);
  BOOST_TEST(text.find(" update; the text and JSON reports have all.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(markdown_stays_under_the_limit_at_each_number_and_length_of_changes) {
  Scenario s = test::scenario("narrower");
  engine::Change one = s.plan.changes[0];
  for (const std::size_t length : {10U, 90U, 400U}) {
    one.name = "rg/" + std::string(length, '`');
    for (const std::size_t count : {50U, 100U, 150U, 200U, 300U, 500U, 700U, 900U}) {
      s.plan.changes.assign(count, one);
      const std::string text = report::plan_markdown(s.plan, s.command);
      BOOST_TEST(text.size() <= report::max_markdown, count << " of " << length);
    }
  }
}

BOOST_AUTO_TEST_CASE(markdown_of_a_large_teardown_stays_under_the_limit) {
  Scenario s = test::scenario("teardown");
  for (int i = 0; i < 2000; ++i) s.plan.inventory.push_back(s.plan.inventory[0]);
  const std::string text = report::plan_markdown(s.plan, s.command);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.find(" more lines\n```") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_json_of_a_change_is_what_the_contract_shows) {
  const json::Document plan =
      json::Document::parse(report::plan_json(test::scenario("narrower").plan));
  const json::Document& field = plan["changes"].as_array()[0]["fields"].as_array()[0];
  BOOST_TEST(field["path"].string_or() == "accessPolicies[app].permissions.secrets");
  BOOST_TEST(field["before"].dump() == R"(["all"])");
  BOOST_TEST(field["after"].dump() == R"(["get","list"])");
  BOOST_TEST(field["source"].dump() == R"({"file":"narrower.yaml","line":16})");
  BOOST_TEST(plan["changes"].as_array()[0]["risks"].dump() == R"(["access-removed"])");
  BOOST_TEST(plan["summary"].dump() ==
             R"({"create":0,"update":1,"delete":0,"recover":0,"purge":0,"adopt":0,)"
             R"("refused":0,"unchanged":1,"unreadable":0})");
  BOOST_TEST(plan["requests"].dump() == R"({"reads":4,"plannedWrites":1})");
}

BOOST_AUTO_TEST_SUITE_END()
