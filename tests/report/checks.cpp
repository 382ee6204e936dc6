#include "akv/provision/checks/rules.hpp"
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/layout.hpp"
#include "report/check_scenarios.hpp"
#include "support/golden.hpp"
#include "support/section.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace {

using namespace akv;
using json::Document;
using report::CheckFormat;
using test::check_golden;
using test::check_scenario;
using test::CheckScenario;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Document sarif(const std::string& name) {
  return Document::parse(report::check_sarif(check_scenario(name)));
}

const Document& run_of(const Document& log) { return log["runs"].as_array().at(0); }

bool is_text(const Document& value) { return value.is_string() && !value.as_string().empty(); }

/// What SARIF 2.1.0 demands of the parts that are used here.
void check_structure(const Document& log) {
  BOOST_TEST(log["version"].string_or() == "2.1.0");
  BOOST_TEST(log["$schema"].string_or().ends_with("sarif-2.1.0.json"));
  const Document& run = run_of(log);
  const Document& driver = run["tool"]["driver"];
  BOOST_TEST(is_text(driver["name"]));
  for (const Document& rule : driver["rules"].as_array()) {
    BOOST_TEST(is_text(rule["id"]));
    for (const char* words : {"shortDescription", "fullDescription", "help"})
      BOOST_TEST(is_text(rule[words]["text"]));
  }
  for (const Document& invocation : run["invocations"].as_array())
    BOOST_TEST(invocation["executionSuccessful"].is_bool());
  for (const Document& result : run["results"].as_array()) {
    const std::string_view level = result["level"].string_or();
    BOOST_TEST((level == "error" || level == "warning" || level == "note"));
    BOOST_TEST(is_text(result["message"]["text"]));
    const auto index = static_cast<std::size_t>(result["ruleIndex"].int_or(-1));
    BOOST_REQUIRE(index < driver["rules"].size());
    BOOST_TEST(driver["rules"].as_array()[index]["id"].string_or() == result["ruleId"].string_or());
    BOOST_TEST(is_text(result["partialFingerprints"]["akv/v1"]));
    for (const Document& location : result["locations"].as_array()) {
      const Document& physical = location["physicalLocation"];
      const std::string_view uri = physical["artifactLocation"]["uri"].string_or();
      BOOST_TEST(!uri.empty());
      BOOST_TEST(uri.find_first_of(" <>\"\\^`{|}") == std::string_view::npos);
      BOOST_TEST(physical["region"]["startLine"].int_or(0) >= 1);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(every_check_is_its_golden_file_in_every_form) {
  for (const CheckScenario& s : test::check_scenarios()) {
    check_golden("report/" + s.name + ".txt", report::check(s.report, CheckFormat::text, {}));
    check_golden("report/" + s.name + ".md", report::check(s.report, CheckFormat::markdown, {}));
    check_golden("report/" + s.name + ".sarif", report::check(s.report, CheckFormat::sarif, {}));
    check_golden("report/" + s.name + ".xml", report::check(s.report, CheckFormat::junit, {}));
    // A name that is no UTF-8 cannot come out of a parsed answer.
    if (s.name != "check_hostile")
      check_golden("report/" + s.name + ".json", report::check(s.report, CheckFormat::json, {}));
  }
}

BOOST_AUTO_TEST_CASE(verbose_lists_all_and_quiet_nothing_where_nothing_is_found) {
  report::Style verbose, quiet;
  verbose.verbose = true;
  quiet.quiet = true;
  check_golden("report/check_standing_verbose.txt",
               report::check_text(check_scenario("check_standing"), verbose));
  BOOST_TEST(report::check_text(check_scenario("check_many"), verbose).find("kv-159") !=
             std::string::npos);
  BOOST_TEST(report::check_text(check_scenario("check_clean"), quiet).empty());
  BOOST_TEST(report::check_text(check_scenario("check_mixed"), quiet).find("kv-pay") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_the_terminal) {
  for (const std::size_t width : {60U, 78U, 100U, 120U}) {
    report::Style style;
    style.width = width;
    style.verbose = true;
    for (const CheckScenario& s : test::check_scenarios())
      for (const std::string& line : lines_of(report::check_text(s.report, style)))
        BOOST_TEST(report::columns(line) <= width, s.name << " at " << width << ": " << line);
  }
}

BOOST_AUTO_TEST_CASE(colour_changes_nothing_but_colour) {
  report::Style colour;
  colour.color = true;
  for (const CheckScenario& s : test::check_scenarios()) {
    const std::string plain = report::check_text(s.report, {});
    std::string painted = report::check_text(s.report, colour);
    BOOST_TEST(plain.find('\x1b') == std::string::npos);
    if (!s.report.findings.empty()) BOOST_TEST(painted.find("\x1b[") != std::string::npos);
    for (std::size_t at = painted.find('\x1b'); at != std::string::npos; at = painted.find('\x1b'))
      painted.erase(at, painted.find('m', at) - at + 1);
    BOOST_TEST(painted == plain);
  }
}

BOOST_AUTO_TEST_CASE(sarif_has_the_structure_that_its_schema_demands) {
  for (const CheckScenario& s : test::check_scenarios())
    check_structure(Document::parse(report::check_sarif(s.report)));
}

BOOST_AUTO_TEST_CASE(sarif_suppresses_what_is_ignored_or_known) {
  const Document log = sarif("check_standing");
  const Document& results = run_of(log)["results"];
  const Document& ignored = results.as_array()[0];
  BOOST_TEST(ignored["suppressions"].dump() ==
             R"([{"kind":"inSource","justification":"a sandbox, see ticket 12"}])");
  BOOST_TEST(!results.as_array()[1].find("suppressions"));
  BOOST_TEST(results.as_array()[1]["baselineState"].string_or() == "new");
  const Document& known = results.as_array()[2];
  BOOST_TEST(known["suppressions"].as_array()[0]["kind"].string_or() == "external");
  BOOST_TEST(known["baselineState"].string_or() == "unchanged");
}

BOOST_AUTO_TEST_CASE(sarif_says_when_something_could_not_be_read) {
  const Document log = sarif("check_partly_read");
  const Document& invocation = run_of(log)["invocations"].as_array()[0];
  BOOST_TEST(!invocation["executionSuccessful"].bool_or(true));
  BOOST_TEST(invocation["toolExecutionNotifications"].size() == 1U);
  // It has no place in the manifest, but code scanning wants one.
  const Document& location = run_of(log)["results"].as_array()[0]["locations"].as_array()[0];
  BOOST_TEST(location["physicalLocation"].dump() ==
             R"({"artifactLocation":{"uri":"estate.yaml"},"region":{"startLine":1}})");
}

BOOST_AUTO_TEST_CASE(junit_fails_from_the_threshold_on_and_skips_what_does_not_count) {
  const std::string high = report::check_junit(check_scenario("check_mixed"));
  BOOST_TEST(high.find("tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"0\"") !=
             std::string::npos);
  const std::string standing = report::check_junit(check_scenario("check_standing"));
  BOOST_TEST(standing.find("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\"") !=
             std::string::npos);
  const std::string unread = report::check_junit(check_scenario("check_partly_read"));
  BOOST_TEST(unread.find("tests=\"4\" failures=\"0\" errors=\"1\" skipped=\"0\"") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(junit_holds_no_character_that_xml_forbids) {
  const std::string xml = report::check_junit(check_scenario("check_hostile"));
  for (const char c : xml) BOOST_REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  BOOST_TEST(xml.find("\xEF\xBF\xBF") == std::string::npos);
  BOOST_TEST(xml.find("]]>") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(markdown_of_many_findings_stays_under_the_limit) {
  report::CheckReport report = check_scenario("check_many");
  const engine::Finding finding = report.findings[0];
  for (int i = 0; i < 5000; ++i) {
    report.findings.push_back(finding);
  }
  BOOST_TEST(report::check_markdown(report).size() <= report::max_markdown);
  BOOST_TEST(report::check_markdown(report).find("and 5010 more") != std::string::npos);
  report.unreadable.assign(
      2000, {"vault", "rg/kv", "id", "AuthorizationFailed", std::string(100, 'x'), "", ""});
  const std::string text = report::check_markdown(report);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.find("to stay short; the text and JSON reports have all") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_check_fails_from_its_threshold_on) {
  report::CheckReport report = check_scenario("check_mixed");
  report.findings.erase(report.findings.begin(), report.findings.begin() + 2);
  BOOST_TEST(!report.fails());
  report.fail_on = engine::Severity::medium;
  BOOST_TEST(report.fails());
  report.findings.front().standing = engine::Finding::Standing::known;
  BOOST_TEST(!report.fails());
  report.fail_on = engine::Severity::low;
  BOOST_TEST(report.fails());
}

BOOST_AUTO_TEST_CASE(the_documentation_lists_every_rule) {
  std::vector<engine::RuleInfo> infos;
  for (const akv::checks::Rule& rule : akv::checks::rules()) infos.push_back(rule.info);
  test::check_section("docs/checks.md", "rules", report::rules_markdown(infos));
  for (const std::string& line : lines_of(report::rules_text(infos)))
    BOOST_TEST(report::columns(line) <= 100U, line);
}

BOOST_AUTO_TEST_SUITE_END()
