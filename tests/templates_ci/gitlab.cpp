// The pipeline of GitLab, run from a merge request to a night.
#include "support/console.hpp"
#include "templates_ci/workplace.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

using namespace akv;
using test::contains;

namespace {

struct Job : test::Workplace {
  Job() : Workplace(test::gitlab_ci) {
    values = {{"$PLAN_CLIENT_ID", "3d4e0000-0000-4000-8000-000000000009"},
              {"$APPLY_CLIENT_ID", "3d4e0000-0000-4000-8000-000000000008"}};
    variables = {{"AZURE_ID_TOKEN", "eyJ.federated.token"}, {"CI_CONFIG_PATH", ".gitlab-ci.yml"}};
  }

  int plan() {
    const int code = run("plan", "plan");
    if (code != 0) return code;
    // The pipeline that comes next, with its variables.
    next = YAML::Load(read("work/next.yml"));
    if (const YAML::Node approved = next["variables"]["APPROVED"])
      variables["APPROVED"] = approved.as<std::string>();
    return code;
  }
  YAML::Node next;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(gitlab, Job)

BOOST_AUTO_TEST_CASE(it_plans_applies_and_finds_no_drift) {
  BOOST_TEST(plan() == 0, err);
  BOOST_TEST(contains(out, "Digest: `" + variables["APPROVED"] + "`"), out);
  BOOST_TEST(contains(read("work/plan.md"), "### akv plan: quickstart"));
  BOOST_TEST(query("[.create, .update, .delete] | tostring", "work/counts.json") == "[2,0,0]");
  BOOST_TEST(next["include"].as<std::string>() == "/.gitlab-ci.yml");
  BOOST_TEST(next.size() == 2U);
  BOOST_TEST(run("apply", "apply") == 0, err);
  BOOST_TEST(contains(out, "\"succeeded\": 2"), out);
  BOOST_TEST(query("[.results[].outcome] | unique | join(\",\")", "work/akv-run/apply.json") ==
             "succeeded");
  BOOST_TEST(run("drift", "drift") == 0, err);
  BOOST_TEST(plan() == 0, err);
  BOOST_TEST(query("[.create, .update, .delete] | tostring", "work/counts.json") == "[0,0,0]");
  // Nothing to approve: a job that says so.
  BOOST_TEST(next.size() == 1U);
  BOOST_TEST(next["no changes"]["script"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_token_is_for_its_owners_eyes) {
  BOOST_REQUIRE(plan() == 0);
  BOOST_TEST(read("tmp/azure-token") == "eyJ.federated.token");
  struct stat status {};
  BOOST_REQUIRE(::stat((folder / "tmp/azure-token").c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 07777U) == 0600U);
  BOOST_TEST(!contains(out + err, "eyJ"));
}

BOOST_AUTO_TEST_CASE(other_changes_than_the_approved_ones_are_not_made) {
  BOOST_REQUIRE(plan() == 0);
  write("work/estate.yaml", test::small_manifest("[all]"));
  BOOST_TEST(run("apply", "apply") == 4);
  BOOST_TEST(contains(out, "not the ones that were approved"), out);
  BOOST_TEST(contains(query(".error.message", "work/akv-run/apply.json"), "were approved"));
  BOOST_REQUIRE(shell("akv plan estate.yaml") == 0);
  BOOST_TEST(contains(out, "Plan: 2 to create"), out);
}

BOOST_AUTO_TEST_CASE(mistakes_that_apply_finds_stand_in_its_log) {
  BOOST_REQUIRE(plan() == 0);
  write("work/estate.yaml", test::small_manifest() + "        skuu: standard\n");
  BOOST_TEST(run("apply", "apply") == 1);
  BOOST_TEST(contains(out, "unknown key \\\"skuu\\\""), out);
}

BOOST_AUTO_TEST_CASE(without_an_approved_digest_nothing_is_applied) {
  variables["APPROVED"] = "";
  BOOST_TEST(run("apply", "apply") == 64);
}

BOOST_AUTO_TEST_CASE(mistakes_and_refusals_fail_the_job) {
  prepare_refusal();
  BOOST_TEST(plan() == 3);
  BOOST_TEST(contains(read("work/plan.md"), "Refused by guard"));
  write("work/estate.yaml", "deployment: [");
  BOOST_TEST(plan() == 1);
}

BOOST_AUTO_TEST_CASE(drift_fails_the_night) {
  BOOST_REQUIRE(shell("akv apply estate.yaml --yes") == 0);
  write("work/estate.yaml", test::small_manifest("[get]"));
  BOOST_TEST(run("drift", "drift") == 2);
  BOOST_TEST(contains(out, "kv-quickstart"), out);
}

BOOST_AUTO_TEST_SUITE_END()
