#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/report.hpp"
#include "report/scenarios.hpp"
#include "support/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace {

using namespace akv;
using test::check_golden;

engine::Event event(std::size_t change, std::string text, bool final) {
  engine::Event out;
  out.change = change;
  out.at = Clock::SystemTime{std::chrono::seconds{1795342442}};  // 2026-11-22 10:14:02 UTC
  out.text = std::move(text);
  out.final = final;
  if (final) out.outcome = engine::Outcome::succeeded;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(runs)

BOOST_AUTO_TEST_CASE(every_run_reads_as_its_golden_text) {
  for (const test::RunScenario& s : test::run_scenarios())
    check_golden("report/" + s.name + ".txt",
                 report::run_text(s.plan, s.result, s.requests, s.soft_deleted, {}));
}

BOOST_AUTO_TEST_CASE(every_run_is_its_golden_json) {
  for (const test::RunScenario& s : test::run_scenarios()) {
    const std::string json = report::run_json(s.plan, s.result, s.requests, s.soft_deleted);
    check_golden("report/" + s.name + ".json", json);
    const json::Document document = json::Document::parse(json);
    BOOST_TEST(document["results"].size() == s.plan.changes.size());
    for (const char* member : {"succeeded", "failed", "skipped"})
      BOOST_TEST(document["summary"][member].is_number(), member);
    for (const char* member : {"reads", "writes", "retries", "throttledSeconds"})
      BOOST_TEST(document["requests"][member].is_number(), member);
  }
}

BOOST_AUTO_TEST_CASE(every_run_is_its_golden_markdown) {
  for (const test::RunScenario& s : test::run_scenarios())
    check_golden("report/" + s.name + ".md",
                 report::run_markdown(s.plan, s.result, s.requests, s.soft_deleted));
}

BOOST_AUTO_TEST_CASE(markdown_of_a_run_with_many_failures_stays_under_the_limit) {
  test::RunScenario s = test::run_scenarios()[2];
  const engine::Change change = s.plan.changes[0];
  const engine::ChangeResult failure = s.result.changes[0];
  for (int i = 0; i < 2000; ++i) {
    s.plan.changes.push_back(change);
    s.result.changes.push_back(failure);
  }
  const std::string text = report::run_markdown(s.plan, s.result, s.requests, s.soft_deleted);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.find("Done in part: 1 succeeded, 2002 failed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_names_of_an_interrupted_run_are_counted) {
  test::RunScenario s = test::run_scenarios()[3];
  const engine::Change change = s.plan.changes[3];
  for (int i = 0; i < 100; ++i) {
    s.plan.changes.push_back(change);
    s.result.changes.emplace_back();
  }
  const std::string text = report::run_text(s.plan, s.result, s.requests, {}, {});
  BOOST_TEST(text.find("and 82 more") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_long_run_says_how_long_azure_makes_it) {
  engine::Plan plan;
  const auto add = [&plan](std::size_t count, engine::Action action, const char* subscription) {
    engine::Change change;
    change.action = action;
    change.subscription = subscription;
    plan.changes.insert(plan.changes.end(), count, change);
    plan.planned_writes += count;
  };
  add(200, engine::Action::create, "one");
  BOOST_TEST(report::pace_text(plan).empty());
  // Another subscription has a bucket of its own, and so have deletes.
  add(200, engine::Action::update, "two");
  add(200, engine::Action::del, "one");
  BOOST_TEST(report::pace_text(plan).empty());
  add(1000, engine::Action::update, "one");
  BOOST_TEST(report::pace_text(plan) ==
             "At Azure's pace of 10 writes a second this takes about 1 min 42 s.\n");
  add(1300, engine::Action::del, "two");
  BOOST_TEST(report::pace_text(plan) ==
             "At Azure's pace of 10 deletes a second this takes about 1 min 52 s.\n");
}

BOOST_AUTO_TEST_CASE(a_vault_that_takes_two_writes_counts_twice) {
  engine::Plan plan;
  plan.changes.resize(150);
  plan.planned_writes = 300;
  BOOST_TEST(report::pace_text(plan) ==
             "At Azure's pace of 10 writes a second this takes about 12 s.\n");
}

BOOST_AUTO_TEST_CASE(progress_lines_are_aligned) {
  const engine::Plan plan = test::scenario("first").plan;
  const std::size_t width = report::progress_width(plan);
  BOOST_TEST(report::progress_line(plan, event(0, "created", true), width) ==
             "10:14:02  rg-quickstart                created\n");
  BOOST_TEST(report::progress_line(plan, event(1, "written, Azure is registering", false), width) ==
             "10:14:02  rg-quickstart/kv-quickstart  written, Azure is registering\n");
}

BOOST_AUTO_TEST_CASE(progress_for_many_is_a_count) {
  const auto at = event(0, "", false).at;
  BOOST_TEST(report::progress_count(at, 16, 1200) == "10:14:02    16 of 1200\n");
  BOOST_TEST(report::progress_count(at, 1200, 1200) == "10:14:02  1200 of 1200\n");
}

BOOST_AUTO_TEST_CASE(progress_for_programs_is_one_json_object_a_line) {
  const engine::Plan plan = test::scenario("first").plan;
  const std::string line = report::progress_json(plan, event(1, "created", true));
  BOOST_TEST(line.back() == '\n');
  const json::Document document = json::Document::parse(line);
  BOOST_TEST(document["at"].string_or() == "2026-11-22T10:14:02Z");
  BOOST_TEST(document["name"].string_or() == "rg-quickstart/kv-quickstart");
  BOOST_TEST(document["outcome"].string_or() == "succeeded");
  BOOST_TEST(json::Document::parse(report::progress_json(plan, event(1, "x", false)))["outcome"]
                 .is_null());
}

BOOST_AUTO_TEST_CASE(mistakes_are_counted_and_have_their_places) {
  using manifest::Severity;
  const std::vector<manifest::Diagnostic> list = {
      {Severity::error, "hello.yaml", 13, 9, "unknown-key", "unknown key \"skuu\"",
       "did you mean \"sku\"?"},
      {Severity::warning, "hello.yaml", 16, 1, "no-effect", "this has no effect", ""}};
  check_golden("report/diagnostics.txt", report::diagnostics_text(list, 1));
  check_golden("report/diagnostics.json", report::diagnostics_json(list));
  BOOST_TEST(report::diagnostics_text({}, 2) == "No mistakes in 2 files. Nothing was sent.\n");
}

BOOST_AUTO_TEST_SUITE_END()
