// The JSON reports against the schemas that the repository ships.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/doctor_report.hpp"
#include "report/check_scenarios.hpp"
#include "report/scenarios.hpp"
#include "support/published_schema.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace akv;
using json::Document;

using Schema = test::PublishedSchema;

}  // namespace

BOOST_AUTO_TEST_SUITE(schemas)

BOOST_AUTO_TEST_CASE(every_plan_fits_the_schema_and_every_member_of_it_is_described) {
  const Schema schema("plan.schema.json");
  for (const test::Scenario& s : test::plan_scenarios())
    if (s.name != "hostile")
      BOOST_TEST(schema.misfit(report::plan_json(s.plan)).empty(),
                 s.name << ": " << schema.misfit(report::plan_json(s.plan)));
  const std::string stopped =
      report::run_json(test::scenario("guarded").plan, {"a", "b", "c", ""}, {});
  BOOST_TEST(schema.misfit(stopped) == "");
  const report::Aside aside{
      {{manifest::Severity::warning, "a.yaml", 3, 7, "idle-access-policies", "no effect", "none"}},
      {"rg/kv"},
      report::Trouble{"a", "b", "c", ""}};
  const Document told = Document::parse(
      report::run_json(test::scenario("teardown").plan, engine::RunResult{}, {}, {}, aside));
  BOOST_TEST(schema.misfit(told.dump()) == "");
  BOOST_TEST(told["diagnostics"].as_array()[0]["line"].int_or(0) == 3);
  BOOST_TEST(told["alreadyDone"].as_array()[0].string_or() == "rg/kv");
  BOOST_TEST(told["softDeletedError"]["message"].string_or() == "b");
}

BOOST_AUTO_TEST_CASE(every_run_fits_the_same_schema) {
  const Schema schema("plan.schema.json");
  for (const test::RunScenario& s : test::run_scenarios())
    BOOST_TEST(schema.misfit(report::run_json(s.plan, s.result, s.requests, s.soft_deleted)) == "");
}

BOOST_AUTO_TEST_CASE(every_check_fits_its_schema) {
  const Schema schema("check.schema.json");
  for (const test::CheckScenario& s : test::check_scenarios())
    if (s.name != "check_hostile") BOOST_TEST(schema.misfit(report::check_json(s.report)) == "");
}

BOOST_AUTO_TEST_CASE(every_error_fits_its_schema) {
  const Schema schema("error.schema.json");
  BOOST_TEST(schema.misfit(report::trouble_json({"usage", "unknown option", "akv help", ""})) ==
             "");
  BOOST_TEST(schema.misfit(report::trouble_json(report::explain(ErrorInfo{
                 .status = 403, .code = "AuthorizationFailed", .request_id = "6f1f"}))) == "");
  const report::Aside aside{
      {{manifest::Severity::warning, "a.yaml", 3, 7, "idle-access-policies", "no effect", "none"}},
      {},
      {}};
  BOOST_TEST(schema.misfit(report::trouble_json({"usage", "a", "b", ""}, aside)) == "");
  BOOST_TEST(schema.misfit(R"({"formatVersion":1})") != "");
}

BOOST_AUTO_TEST_CASE(mistakes_in_a_manifest_fit_their_schema) {
  const Schema schema("diagnostics.schema.json");
  BOOST_TEST(schema.misfit(report::diagnostics_json({})) == "");
  BOOST_TEST(schema.misfit(report::diagnostics_json(
                 {{manifest::Severity::error, "a.yaml", 3, 7, "unknown", "no such key", "sku?"},
                  {.file = "b.yaml", .code = "unreadable-file", .message = "cannot be read"}})) ==
             "");
}

BOOST_AUTO_TEST_CASE(every_examination_fits_its_schema) {
  const Schema schema("doctor.schema.json");
  doctor::Examination examination;
  BOOST_TEST(schema.misfit(report::doctor_json(examination)) == "");
  examination.steps = {{"clock", "7 min behind the service's", false}};
  examination.findings = {{.rule = &doctor::rule("null-access-model"),
                           .object = "rg/kv",
                           .message = "2 access policies decide",
                           .due = "2027-02-27",
                           .commands = {"az keyvault update"}},
                          {.rule = &doctor::rule("duplicate-policy"), .object = "rg/kv"},
                          {.rule = &doctor::rule("orphaned-deleted-vault"), .object = "rg/kv"}};
  examination.unreadable = {
      {"vault", "rg/kv", "id", "AuthorizationFailed", "no", "a role", "6f1f"}};
  BOOST_TEST(schema.misfit(report::doctor_json(examination)) == "");
  Document more = Document::parse(report::doctor_json(examination));
  more.set("findings").as_array()[0].set("more", 1);
  BOOST_TEST(schema.misfit(more.dump()).find("$.findings[0]") == 0U);
}

BOOST_AUTO_TEST_CASE(a_member_that_is_not_described_is_found) {
  Document plan = Document::parse(report::plan_json(test::scenario("first").plan));
  const Schema schema("plan.schema.json");
  BOOST_TEST(schema.misfit(plan.dump()) == "");
  plan.set("changes").as_array()[0].set("more", 1);
  BOOST_TEST(schema.misfit(plan.dump()).find("$.changes[0]") == 0U);
  plan.set("changes").as_array()[0].erase("more");
  plan.erase("kept");
  BOOST_TEST(schema.misfit(plan.dump()) != "");
}

BOOST_AUTO_TEST_SUITE_END()
