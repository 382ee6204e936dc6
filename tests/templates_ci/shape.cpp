// What a platform engineer checks before copying a pipeline: rights, pins, gates, secrets, order.
#include "templates_ci/blocks.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

using namespace akv;
using test::pipeline;
using test::pipeline_text;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::set<std::string> matches(const std::string& text, const std::string& pattern) {
  std::set<std::string> out;
  const std::regex regex(pattern);
  for (auto it = std::sregex_iterator(text.begin(), text.end(), regex);
       it != std::sregex_iterator(); ++it)
    out.insert((*it)[1]);
  return out;
}

/// `a: read, b: write`
std::string flat(const YAML::Node& map) {
  std::string text;
  for (const auto& entry : map)
    text += (text.empty() ? "" : ", ") + entry.first.as<std::string>() + ": " +
            entry.second.as<std::string>();
  return text;
}

YAML::Node job(const std::string& name) { return pipeline(test::github_actions)["jobs"][name]; }

}  // namespace

BOOST_AUTO_TEST_SUITE(shape)

BOOST_AUTO_TEST_CASE(each_file_is_one_yaml_document_with_shell_in_it) {
  for (const char* file : test::all_pipelines) {
    BOOST_TEST(YAML::LoadAll(pipeline_text(file)).size() == 1U, file);
    BOOST_TEST(test::blocks(file).size() >= 3U, file);
  }
}

BOOST_AUTO_TEST_CASE(a_job_token_can_do_what_its_job_needs_and_no_more) {
  const YAML::Node unsaid = pipeline(test::github_actions)["permissions"];
  BOOST_TEST((unsaid.IsMap() && unsaid.size() == 0U));
  const std::string common = "contents: read, packages: read, id-token: write";
  BOOST_TEST(flat(job("plan")["permissions"]) == common + ", pull-requests: write");
  BOOST_TEST(flat(job("apply")["permissions"]) == common);
  BOOST_TEST(flat(job("drift")["permissions"]) == common + ", issues: write");
  BOOST_TEST(pipeline(test::github_actions)["jobs"].size() == 3U);
  for (const YAML::Node& step : job("plan")["steps"])
    if (step["uses"]) BOOST_TEST(step["with"]["persist-credentials"].as<std::string>() == "false");
}

BOOST_AUTO_TEST_CASE(actions_are_githubs_own_and_pinned_to_a_commit) {
  for (const std::string& line : lines_of(pipeline_text(test::github_actions)))
    if (line.find("uses:") != std::string::npos)
      BOOST_TEST(std::regex_search(
                     line, std::regex(R"(uses: actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$)")),
                 line);
}

BOOST_AUTO_TEST_CASE(images_are_named_by_their_digest) {
  const std::string digest = "@sha256:";
  BOOST_TEST(
      pipeline_text(test::github_actions).find("AKV_IMAGE            ghcr.io/OWNER/akv@sha256:") !=
      std::string::npos);
  BOOST_TEST(
      pipeline(test::azure_pipelines)["resources"]["containers"][0]["image"].as<std::string>().find(
          digest) != std::string::npos);
  BOOST_TEST(pipeline(test::gitlab_ci)["variables"]["AKV_IMAGE"].as<std::string>().find(digest) !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_image_is_built_from_the_source_and_nothing_beside_it) {
  const std::string text = pipeline_text("Containerfile");
  BOOST_TEST((matches(text, R"(\nCOPY ([a-zA-Z./]+) )") ==
              std::set<std::string>{"CMakeLists.txt", "emulator", "mgmt", "provision",
                                    "scripts/cmake", "scripts/packages"}));
}

BOOST_AUTO_TEST_CASE(the_code_of_a_pull_request_never_runs_with_the_rights_of_main) {
  const YAML::Node on = pipeline(test::github_actions)["on"];
  std::set<std::string> events;
  for (const auto& event : on) events.insert(event.first.as<std::string>());
  BOOST_TEST((events == std::set<std::string>{"pull_request", "push", "schedule"}));
  BOOST_TEST(job("apply")["if"].as<std::string>().find("github.event_name == 'push'") == 0U);
}

BOOST_AUTO_TEST_CASE(no_expression_is_pasted_into_shell) {
  for (const char* file : test::all_pipelines)
    for (const test::Block& block : test::blocks(file)) {
      BOOST_TEST(block.text.find("${{") == std::string::npos, file << " " << block.name);
      // $(NAME) is a macro to Azure Pipelines, which pastes its value.
      BOOST_TEST(!std::regex_search(block.text, std::regex(R"(\$\([A-Za-z0-9_.]+\))")),
                 file << " " << block.name);
    }
}

BOOST_AUTO_TEST_CASE(no_secret_is_named) {
  using Names = std::set<std::string>;
  const std::string github = pipeline_text(test::github_actions);
  BOOST_TEST(
      (matches(github, R"(\$\{\{ ([^}]*) \}\})") ==
       Names{"github.actor", "github.event.pull_request.number", "github.ref", "github.repository",
             "github.run_attempt", "github.token", "needs.plan.outputs.digest",
             "steps.plan.outputs.changes", "steps.plan.outputs.digest", "vars.AKV_APPLY_CLIENT_ID",
             "vars.AKV_IMAGE", "vars.AKV_PLAN_CLIENT_ID", "vars.AZURE_SUBSCRIPTION_ID",
             "vars.AZURE_TENANT_ID"}));
  const std::string azure = pipeline_text(test::azure_pipelines);
  BOOST_TEST((matches(azure, R"(\$\(([A-Za-z0-9_.]+)\))") ==
              Names{"System.AccessToken", "System.JobAttempt"}));
  const std::string gitlab = pipeline_text(test::gitlab_ci);
  BOOST_TEST((matches(gitlab, R"(\$([A-Z][A-Z0-9_]+))") ==
              Names{"AKV_IMAGE", "APPLY_CLIENT_ID", "APPROVED", "AZURE_FEDERATED_TOKEN_FILE",
                    "AZURE_ID_TOKEN", "CI_COMMIT_BRANCH", "CI_CONFIG_PATH", "CI_DEFAULT_BRANCH",
                    "CI_PIPELINE_SOURCE", "MANIFEST", "PLAN_CLIENT_ID"}));
  for (const char* file : test::all_pipelines)
    for (const test::Block& block : test::blocks(file))
      for (const auto& [name, value] : block.environment)
        BOOST_TEST(!std::regex_search(name, std::regex("SECRET|PASSWORD|CERTIFICATE|KEY")), name);
}

BOOST_AUTO_TEST_CASE(only_one_credential_is_tried) {
  const auto wanted = [](const char* file) {
    for (const test::Block& block : test::blocks(file))
      if (block.text.find("akv ") != std::string::npos)
        return block.environment.at("AZURE_TOKEN_CREDENTIALS");
    return std::string();
  };
  BOOST_TEST(wanted(test::github_actions) == "WorkloadIdentityCredential");
  BOOST_TEST(wanted(test::azure_pipelines) == "AzureCliCredential");
  BOOST_TEST(wanted(test::gitlab_ci) == "WorkloadIdentityCredential");
}

BOOST_AUTO_TEST_CASE(one_apply_runs_at_a_time_behind_an_approval_and_is_not_cancelled) {
  BOOST_TEST(job("apply")["environment"].as<std::string>() == "production");
  BOOST_TEST(flat(job("apply")["concurrency"]) == "group: akv-apply, cancel-in-progress: false");

  const YAML::Node azure = pipeline(test::azure_pipelines);
  BOOST_TEST(azure["lockBehavior"].as<std::string>() == "sequential");
  BOOST_TEST(azure["stages"][1]["jobs"][0]["deployment"].as<std::string>() == "apply");
  BOOST_TEST(azure["stages"][1]["jobs"][0]["environment"].as<std::string>() == "production");

  const YAML::Node gitlab = pipeline(test::gitlab_ci)["apply"];
  BOOST_TEST(gitlab["resource_group"].as<std::string>() == "akv");
  BOOST_TEST(gitlab["interruptible"].as<std::string>() == "false");
  BOOST_TEST(gitlab["environment"].as<std::string>() == "production");
  BOOST_TEST(gitlab["rules"].size() == 1U);
  BOOST_TEST(gitlab["rules"][0]["when"].as<std::string>() == "manual");
}

BOOST_AUTO_TEST_CASE(apply_signs_in_as_another_than_plan) {
  const auto who = [](const char* file, const char* name) {
    for (const test::Block& block : test::blocks(file))
      if (block.job == name && block.text.find("akv " + std::string(name)) != std::string::npos)
        return block.environment.at("AZURE_CLIENT_ID");
    return std::string();
  };
  for (const char* file : {test::github_actions, test::gitlab_ci}) {
    BOOST_TEST(!who(file, "apply").empty());
    BOOST_TEST(who(file, "apply") != who(file, "plan"));
    BOOST_TEST(who(file, "drift") == who(file, "plan"));
  }
  const std::string azure = pipeline_text(test::azure_pipelines);
  const std::string connection = "azureSubscription: ${{ variables.";
  const std::size_t apply = azure.find("- stage: apply"), drift = azure.find("- stage: drift");
  BOOST_TEST(azure.rfind(connection + "applyConnection", drift) > apply);
  BOOST_TEST(azure.rfind(connection + "planConnection", drift) < apply);
  BOOST_TEST(azure.find(connection + "planConnection", drift) != std::string::npos);
}

// That a failed apply leaves it there: github, azure, gitlab.
BOOST_AUTO_TEST_CASE(the_report_is_kept_even_after_a_failure) {
  const YAML::Node steps = job("apply")["steps"], last = steps[steps.size() - 1];
  BOOST_TEST(last["if"].as<std::string>() == "always() && steps.apply.outcome != 'skipped'");
  BOOST_TEST(last["with"]["path"].as<std::string>() == "akv-run");
  BOOST_TEST(last["with"]["if-no-files-found"].as<std::string>() == "error");

  const YAML::Node azure = pipeline(
      test::azure_pipelines)["stages"][1]["jobs"][0]["strategy"]["runOnce"]["deploy"]["steps"][2];
  BOOST_TEST(azure["publish"].as<std::string>() == "akv-run");
  BOOST_TEST(azure["condition"].as<std::string>() == "always()");

  const YAML::Node gitlab = pipeline(test::gitlab_ci)["apply"]["artifacts"];
  BOOST_TEST(gitlab["when"].as<std::string>() == "always");
  BOOST_TEST(gitlab["paths"][0].as<std::string>() == "akv-run/");
}

BOOST_AUTO_TEST_CASE(a_token_that_cannot_be_renewed_outlasts_its_job) {
  // Azure's token lasts an hour, GitHub's own some minutes; GitLab's lasts as long as its job may.
  BOOST_TEST(job("apply")["timeout-minutes"].as<int>() < 60);
  BOOST_TEST(pipeline(test::gitlab_ci)["apply"]["timeout"].as<std::string>() == "3 hours");
  BOOST_TEST(
      pipeline_text(test::azure_pipelines).find("keepAzSessionActive: true   # a token lasts") !=
      std::string::npos);
}

BOOST_AUTO_TEST_CASE(whoever_applies_in_gitlab_is_told_apart_by_the_protected_environment) {
  const std::string text = pipeline_text(test::gitlab_ci);
  BOOST_TEST(text.find("apply   project_path:GROUP/NAME:ref_type:branch:ref:main:"
                       "environment_protected:true:deployment_tier:production;") !=
             std::string::npos);
  for (const char* part :
       {"project_path", "ref_type", "ref", "environment_protected", "deployment_tier"})
    BOOST_TEST(text.find("ci_id_token_sub_claim_components[]=" + std::string(part) + "\"") !=
                   std::string::npos,
               part);
}

BOOST_AUTO_TEST_CASE(gitlab_offers_apply_only_where_the_plan_of_main_found_changes) {
  const YAML::Node gitlab = pipeline(test::gitlab_ci), next = gitlab["next"];
  BOOST_TEST(next["trigger"]["include"][0]["artifact"].as<std::string>() == "next.yml");
  BOOST_TEST(next["trigger"]["include"][0]["job"].as<std::string>() == "plan");
  BOOST_TEST(next["trigger"]["strategy"].as<std::string>() == "depend");
  BOOST_TEST(gitlab["plan"]["artifacts"]["paths"][1].as<std::string>() == "next.yml");
  const std::string child = "$CI_PIPELINE_SOURCE == \"parent_pipeline\"";
  const std::string no_child = "$CI_PIPELINE_SOURCE != \"parent_pipeline\"";
  const auto rule = [&](const char* name) {
    return gitlab[name]["rules"][0]["if"].as<std::string>();
  };
  BOOST_TEST(rule("apply").find(child) != std::string::npos);
  BOOST_TEST(rule("plan").find(no_child) != std::string::npos);
  BOOST_TEST(rule("next").find(no_child) != std::string::npos);
  for (const char* name : {"apply", "next"})
    BOOST_TEST(rule(name).find("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH") == 0U);
}

BOOST_AUTO_TEST_CASE(what_must_be_changed_is_marked_and_stands_at_the_top) {
  const std::regex placeholder(
      "estate\\.yaml|example\\.com|00000000|\\[main\\]|heads/main$|heads/main |cron: ");
  for (const char* file : test::all_pipelines) {
    bool top = true;
    for (const std::string& line : lines_of(pipeline_text(file))) {
      const bool comment = line.find_first_not_of(' ') == line.find('#');
      top = top && line != "jobs:" && line != "stages:" && line != "workflow:";
      const bool marked = !comment && line.find("# change") != std::string::npos;
      if (!comment && std::regex_search(line, placeholder))
        BOOST_TEST(marked, file << ": " << line);
      BOOST_TEST((!marked || top), file << ": " << line);
    }
    BOOST_TEST(!top, file);
  }
}

BOOST_AUTO_TEST_SUITE_END()
