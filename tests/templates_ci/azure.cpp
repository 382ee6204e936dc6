// The pipeline of Azure Pipelines, run from a pull request to a night.
#include "support/console.hpp"
#include "templates_ci/workplace.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using test::contains;

namespace {

struct Agent : test::Workplace {
  Agent() : Workplace(test::azure_pipelines) {
    values = {{"$(System.AccessToken)", "job-token"}};
    variables = {{"AGENT_TEMPDIRECTORY", (folder / "tmp").string()},
                 {"SYSTEM_COLLECTIONURI", "https://dev.azure.com/contoso/"},
                 {"SYSTEM_TEAMPROJECTID", "project"},
                 {"BUILD_REPOSITORY_ID", "repository"},
                 {"SYSTEM_PULLREQUEST_PULLREQUESTID", "7"}};
  }

  /// What the last script told the agent to set.
  std::string output(const std::string& name) const {
    const std::string order = "##vso[task.setvariable variable=" + name + ";isOutput=true]";
    const std::size_t at = out.find(order);
    if (at == std::string::npos) return {};
    return out.substr(at + order.size(), out.find('\n', at) - at - order.size());
  }
  int plan() {
    const int code = run("plan", "Plan");
    digest = output("digest");
    values["$[ stageDependencies.plan.plan.outputs['plan.digest'] ]"] = digest;
    return code;
  }
  std::string digest;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(azure, Agent)

BOOST_AUTO_TEST_CASE(it_plans_comments_applies_and_finds_no_drift) {
  BOOST_TEST(plan() == 0, err);
  BOOST_TEST(output("changes") == "true");
  BOOST_TEST(contains(out, "##vso[task.uploadsummary]" + (folder / "tmp/plan.md").string()), out);
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(contains(query(".[0].body", "comments.json"), "Digest: `" + digest + "`"));

  BOOST_TEST(run("apply", "Apply") == 0, err);
  BOOST_TEST(contains(out, "##vso[task.uploadsummary]" + (folder / "tmp/apply.md").string()), out);
  BOOST_TEST(contains(read("tmp/apply.md"), "\"succeeded\": 2"), read("tmp/apply.md"));
  BOOST_TEST(query("[.results[].outcome] | unique | join(\",\")", "work/akv-run/apply.json") ==
             "succeeded");
  BOOST_TEST(run("drift", "Drift") == 0, err);
  BOOST_TEST(plan() == 0, err);
  BOOST_TEST(output("changes").empty());
}

BOOST_AUTO_TEST_CASE(a_second_plan_takes_the_place_of_the_first_and_touches_no_other_comment) {
  write("comments.json", R"([{"id": 1, "body": "looks good"}, {"id": 2, "body": null}])");
  BOOST_REQUIRE(plan() == 0);
  BOOST_TEST(run("plan", "Comment") == 0, err);
  const std::string first = digest;
  write("work/estate.yaml", test::small_manifest("[get]"));
  BOOST_REQUIRE(plan() == 0);
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(query("length", "comments.json") == "3");
  BOOST_TEST(contains(query(".[2].body", "comments.json"), digest));
  BOOST_TEST(!contains(query(".[2].body", "comments.json"), first));
  BOOST_TEST(query(".[0].body", "comments.json") == "looks good");
}

BOOST_AUTO_TEST_CASE(other_changes_than_the_approved_ones_are_not_made) {
  BOOST_REQUIRE(plan() == 0);
  write("work/estate.yaml", test::small_manifest("[all]"));
  BOOST_TEST(run("apply", "Apply") == 4);
  BOOST_TEST(contains(out, "not the ones that were approved"), out);
  BOOST_TEST(contains(query(".error.message", "work/akv-run/apply.json"), "were approved"));
  BOOST_REQUIRE(shell("akv plan estate.yaml") == 0);
  BOOST_TEST(contains(out, "Plan: 2 to create"), out);
}

BOOST_AUTO_TEST_CASE(mistakes_that_apply_finds_stand_in_its_log) {
  BOOST_REQUIRE(plan() == 0);
  write("work/estate.yaml", test::small_manifest() + "        skuu: standard\n");
  BOOST_TEST(run("apply", "Apply") == 1);
  BOOST_TEST(contains(out, "unknown key \\\"skuu\\\""), out);
}

BOOST_AUTO_TEST_CASE(without_an_approved_digest_nothing_is_applied) {
  values["$[ stageDependencies.plan.plan.outputs['plan.digest'] ]"] = "";
  BOOST_TEST(run("apply", "Apply") == 64);
}

BOOST_AUTO_TEST_CASE(a_manifest_gives_the_agent_no_orders) {
  for (const std::string signs : {"##", "###", "####", "#####"}) {
    write("work/estate.yaml", test::small_manifest() + "\"" + signs +
                                  "vso[task.setvariable variable=digest;isOutput=true]x\": 1\n");
    BOOST_TEST(plan() == 1);
    BOOST_TEST(contains(err, "# # vso[task.setvariable"), err);
    BOOST_TEST(!contains(err, "##"), err);
    BOOST_TEST(digest.empty());
    BOOST_TEST(run("drift", "Drift") == 1);
    BOOST_TEST(!contains(err, "##"), err);
    values["$[ stageDependencies.plan.plan.outputs['plan.digest'] ]"] =
        "sha256:" + std::string(64, '0');
    BOOST_TEST(run("apply", "Apply") == 1);
    BOOST_TEST(!contains(out + err, "##vso[task.setvariable"), out + err);
    BOOST_TEST(!contains(out + err, "###"), out + err);
  }
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(contains(query(".[0].body", "comments.json"), "the log of its build says why"));
}

BOOST_AUTO_TEST_CASE(drift_fails_the_night) {
  BOOST_REQUIRE(shell("akv apply estate.yaml --yes") == 0);
  write("work/estate.yaml", test::small_manifest("[get]"));
  BOOST_TEST(run("drift", "Drift") == 2);
  BOOST_TEST(contains(read("tmp/drift.md"), "kv-quickstart"));
  BOOST_TEST(contains(out, "##vso[task.uploadsummary]"), out);
}

BOOST_AUTO_TEST_SUITE_END()
