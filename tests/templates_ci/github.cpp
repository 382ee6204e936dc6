// The workflow of GitHub Actions, run from a pull request to a night.
#include "support/console.hpp"
#include "templates_ci/workplace.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <sys/stat.h>

using namespace akv;
using test::contains;

namespace {

struct Runner : test::Workplace {
  Runner() : Workplace(test::github_actions) {
    values = {{"${{ vars.AZURE_TENANT_ID }}", "7a7a0000-0000-4000-8000-000000000001"},
              {"${{ vars.AZURE_SUBSCRIPTION_ID }}", "9c0d0000-0000-4000-8000-000000000003"},
              {"${{ vars.AKV_PLAN_CLIENT_ID }}", "3d4e0000-0000-4000-8000-000000000009"},
              {"${{ vars.AKV_APPLY_CLIENT_ID }}", "3d4e0000-0000-4000-8000-000000000008"},
              {"${{ github.token }}", "job-token"},
              {"${{ github.repository }}", "contoso/estate"},
              {"${{ github.event.pull_request.number }}", "7"}};
    variables = {{"GITHUB_OUTPUT", (folder / "output.txt").string()},
                 {"GITHUB_STEP_SUMMARY", (folder / "summary.md").string()},
                 {"GITHUB_REPOSITORY", "contoso/estate"},
                 {"ACTIONS_ID_TOKEN_REQUEST_URL", "https://token.example/?api-version=2"},
                 {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token"}};
  }

  /// What a step wrote to GITHUB_OUTPUT, and the next job gets.
  std::string output(const std::string& name) const {
    const std::string all = "\n" + read("output.txt"), key = "\n" + name + "=";
    const std::size_t at = all.find(key);
    if (at == std::string::npos) return {};
    return all.substr(at + key.size(), all.find('\n', at + 1) - at - key.size());
  }
  int plan() {
    write("output.txt", "");
    write("summary.md", "");
    return run("plan", "Plan");
  }
  int apply() {
    values["${{ needs.plan.outputs.digest }}"] = output("digest");
    write("summary.md", "");
    return run("apply", "Apply");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(github, Runner)

BOOST_AUTO_TEST_CASE(it_plans_comments_applies_and_finds_no_drift) {
  BOOST_TEST(run("plan", "Sign in") == 0, err);
  BOOST_TEST(read("tmp/azure-token") == "eyJ.federated.token\n");
  BOOST_TEST(plan() == 0, err);
  BOOST_TEST(output("changes") == "true");
  BOOST_TEST(contains(read("summary.md"), "### akv plan: quickstart"));
  BOOST_TEST(contains(read("summary.md"), "Digest: `" + output("digest") + "`"));
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(query("length", "comments.json") == "1");
  BOOST_TEST(contains(query(".[0].body", "comments.json"), "Digest: `" + output("digest") + "`"));

  BOOST_TEST(apply() == 0, err);
  BOOST_TEST(contains(read("summary.md"), "\"succeeded\": 2"), read("summary.md"));
  BOOST_TEST(query("[.results[].outcome] | unique | join(\",\")", "work/akv-run/apply.json") ==
             "succeeded");
  BOOST_TEST(run("drift", "Drift") == 0, err);
  BOOST_TEST(plan() == 0, err);
  BOOST_TEST(output("changes").empty());
}

BOOST_AUTO_TEST_CASE(the_token_is_for_its_owners_eyes) {
  BOOST_REQUIRE(run("plan", "Sign in") == 0);
  struct stat status {};
  BOOST_REQUIRE(::stat((folder / "tmp/azure-token").c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 07777U) == 0600U);
  BOOST_TEST(!contains(out + err, "eyJ"));
  BOOST_TEST(run("apply", "Sign in") == 0);
  BOOST_TEST(run("drift", "Sign in") == 0);
  variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "wrong";
  BOOST_TEST(run("plan", "Sign in") != 0);
}

BOOST_AUTO_TEST_CASE(a_second_plan_takes_the_place_of_the_first_and_touches_no_other_comment) {
  const std::string mark = "<!-- akv plan estate.yaml -->\\n";
  write("comments.json", R"([{"id": 1, "user": {"login": "mallory"}, "body": ")" + mark +
                             R"("}, {"id": 2, "user": {"login": "github-actions[bot]"}, )" +
                             R"("body": "of another workflow"}])");
  BOOST_REQUIRE(plan() == 0);
  BOOST_TEST(run("plan", "Comment") == 0, err);
  const std::string first = query(".[2].body", "comments.json");
  write("work/estate.yaml", test::small_manifest("[get]"));
  BOOST_REQUIRE(plan() == 0);
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(query("length", "comments.json") == "3");
  BOOST_TEST(query(".[2].body", "comments.json") != first);
  BOOST_TEST(contains(query(".[2].body", "comments.json"), output("digest")));
  BOOST_TEST(query(".[1].body", "comments.json") == "of another workflow");
}

BOOST_AUTO_TEST_CASE(other_changes_than_the_approved_ones_are_not_made) {
  BOOST_REQUIRE(plan() == 0);
  write("work/estate.yaml", test::small_manifest("[all]"));
  BOOST_TEST(apply() == 4);
  BOOST_TEST(contains(out, "not the ones that were approved"), out);
  BOOST_TEST(contains(out, output("digest")), out);
  BOOST_TEST(contains(read("summary.md"), "not the ones that were approved"));
  BOOST_TEST(contains(query(".error.message", "work/akv-run/apply.json"), "were approved"));
  BOOST_REQUIRE(shell("akv plan estate.yaml") == 0);
  BOOST_TEST(contains(out, "Plan: 2 to create"), out);
}

BOOST_AUTO_TEST_CASE(a_live_change_between_approval_and_apply_stops_it) {
  write("work/other.yaml", test::small_manifest("[get, list, set, delete]"));
  BOOST_REQUIRE(shell("akv apply other.yaml --yes") == 0);
  BOOST_REQUIRE(plan() == 0);
  write("work/other.yaml", test::small_manifest("[get, list, set]"));
  BOOST_REQUIRE(shell("akv apply other.yaml --yes") == 0);
  BOOST_TEST(apply() == 4);
  BOOST_REQUIRE(shell("akv drift other.yaml") == 0);
}

BOOST_AUTO_TEST_CASE(mistakes_that_apply_finds_stand_in_its_log) {
  BOOST_REQUIRE(plan() == 0);
  write("work/estate.yaml", test::small_manifest() + "        skuu: standard\n");
  BOOST_TEST(apply() == 1);
  BOOST_TEST(contains(out, "unknown key \\\"skuu\\\""), out);
}

BOOST_AUTO_TEST_CASE(without_an_approved_digest_nothing_is_applied) {
  values["${{ needs.plan.outputs.digest }}"] = "";
  BOOST_TEST(run("apply", "Apply") == 64);
  BOOST_REQUIRE(shell("akv plan estate.yaml") == 0);
  BOOST_TEST(contains(out, "Plan: 2 to create"), out);
}

BOOST_AUTO_TEST_CASE(mistakes_fail_the_check_and_the_comment_says_where_to_look) {
  write("work/estate.yaml", "deployment: [");
  BOOST_TEST(plan() == 1);
  BOOST_TEST(contains(err, "estate.yaml:1:"), err);
  BOOST_TEST(output("digest").empty());
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(contains(query(".[0].body", "comments.json"), "the log of its check says why"));
}

BOOST_AUTO_TEST_CASE(a_manifest_gives_the_runner_no_orders) {
  for (const std::string order : {"##[add-path]x", "###[add-path]x", "####[add-path]x",
                                  "::error::x", ":::error::x", "::::error::x", "x\\n::error::x"}) {
    write("work/estate.yaml", test::small_manifest() + "\"" + order + "\": 1\n");
    values["${{ needs.plan.outputs.digest }}"] = "sha256:" + std::string(64, '0');
    for (const auto& [job, step] :
         {std::pair("plan", "Plan"), std::pair("apply", "Apply"), std::pair("drift", "Drift")}) {
      BOOST_TEST(run(job, step) == 1);
      const std::string said = out + err;
      BOOST_TEST((contains(said, "add-path]x") || contains(said, "error")), said);
      BOOST_TEST(!contains(said, "##"), said);
      std::istringstream lines(said);
      for (std::string line; std::getline(lines, line);) {
        line.erase(0, line.find_first_not_of(" \t"));
        BOOST_TEST(!line.starts_with("::"), line);
        BOOST_TEST((order.front() != ':' || !contains(line, "x") || !contains(line, "\"::")), line);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_apply_would_refuse_fails_the_check_and_is_shown) {
  prepare_refusal();
  BOOST_TEST(plan() == 3);
  BOOST_TEST(run("plan", "Comment") == 0, err);
  BOOST_TEST(contains(query(".[0].body", "comments.json"), "Refused by guard"));
}

BOOST_AUTO_TEST_CASE(drift_fails_the_night_and_keeps_one_issue) {
  BOOST_REQUIRE(shell("akv apply estate.yaml --yes") == 0);
  write("work/other.yaml", test::small_manifest("[get]"));
  BOOST_REQUIRE(shell("akv apply other.yaml --yes") == 0);
  for (int night = 0; night < 2; ++night) {
    write("output.txt", "");
    BOOST_TEST(run("drift", "Drift") == 2);
    BOOST_TEST(output("code") == "2");
    BOOST_TEST(run("drift", "Issue") == 0, err);
  }
  BOOST_TEST(contains(read("summary.md"), "### akv drift: quickstart"));
  BOOST_TEST(query("length", "issues.json") == "1");
  BOOST_TEST(query(".[0].title", "issues.json") == "akv drift: estate.yaml");
  BOOST_TEST(contains(query(".[0].body", "issues.json"), "kv-quickstart"));
}

BOOST_AUTO_TEST_SUITE_END()
