// Teardowns, and what comes of plans.
#include "report/scenario_parts.hpp"

namespace akv::test {

using engine::Action;
using engine::Change;
using engine::Plan;
using json::Document;

Plan teardown() {
  Plan plan = base("quickstart", "templates/quickstart.yaml");
  plan.where = "on the emulator in .akv/emulator.db";
  plan.who = "its administrator";
  plan.teardown = true;
  plan.planned_writes = 2;
  Change vault = change(plan, Action::del, "rg-quickstart/kv-quickstart", 0);
  vault.summary = "in the manifest, can be recovered for 90 days";
  Change group = change(plan, Action::del, "rg-quickstart", 0);
  group.live = Document::object({{"location", "eastus"}});
  group.waits_for = {0};
  plan.changes = {vault, group};
  plan.inventory = {{"rg-quickstart", id_of("rg-quickstart/kv-quickstart"),
                     "Microsoft.KeyVault/vaults", "kv-quickstart", "eastus", true, true, false,
                     false, "quickstart", "in the manifest, can be recovered for 90 days"}};
  return plan;
}

Plan teardown_with_strangers() {
  Plan plan = teardown();
  plan.deployment.clear();
  plan.changes.erase(plan.changes.begin() + 1);
  plan.planned_writes = 2;
  plan.inventory.push_back(
      {"rg-quickstart",
       id_of("rg-quickstart") + "/providers/Microsoft.Storage/storageAccounts/stlogs",
       "Microsoft.Storage/storageAccounts", "stlogs", "eastus", false, false, true, false, "", ""});
  plan.inventory.push_back({"rg-quickstart", id_of("rg-quickstart/kv-theirs"),
                            "Microsoft.KeyVault/vaults", "kv-theirs", "eastus", false, true, true,
                            false, "other", ""});
  plan.inventory.push_back({"rg-quickstart", id_of("rg-quickstart/kv-precious"),
                            "Microsoft.KeyVault/vaults", "kv-precious", "eastus", true, true, false,
                            true, "quickstart", ""});
  Change purge = change(plan, Action::purge, "rg-quickstart/kv-gone", 0);
  plan.changes.push_back(purge);
  Change elsewhere = change(plan, Action::del, "rg-second/kv-b", 0);
  elsewhere.summary = "can be recovered for 7 days";
  plan.changes.push_back(elsewhere);
  plan.soft_deleted = {
      {"kv-gone", id_of("rg-quickstart/kv-gone"), "eastus", "2026-11-01", "2027-01-30", false},
      {"kv-held", id_of("rg-quickstart/kv-held"), "eastus", "2026-11-01", "2027-01-30", true},
      {"kv-old", id_of("rg-quickstart/kv-old"), "", "2026-11-01", "2027-01-30", false}};
  plan.guards = {{"strangers",
                  "rg-quickstart holds 2 objects that are not of this teardown",
                  {"rg-quickstart"},
                  "Move them out",
                  "--allow strangers"}};
  return plan;
}

namespace {

engine::ChangeResult ended(engine::Outcome outcome) {
  engine::ChangeResult result;
  result.outcome = outcome;
  return result;
}

engine::ChangeResult failed(int status, std::string code, std::string message,
                            std::string remedy = {}) {
  engine::ChangeResult result = ended(engine::Outcome::failed);
  result.error.status = status;
  result.error.code = std::move(code);
  result.error.message = std::move(message);
  result.error.request_id = "6f1f0000-0000-4000-8000-00000000000b";
  result.remedy = std::move(remedy);
  return result;
}

}  // namespace

std::vector<RunScenario> run_scenarios() {
  using engine::Outcome;
  using std::chrono::milliseconds;

  RunScenario done{"run_done", first_plan(), {}, {3, 2, 0, 0}, {}};
  done.result.changes = {ended(Outcome::succeeded), ended(Outcome::succeeded)};
  done.result.took = milliseconds(1040);

  RunScenario torn{"run_torn_down", teardown(), {}, {5, 2, 0, 0}, {}};
  torn.result.changes = {ended(Outcome::succeeded), ended(Outcome::succeeded)};
  torn.result.took = milliseconds(300);
  torn.soft_deleted = {
      {"kv-quickstart", id_of("rg-quickstart/kv-quickstart"), "eastus", "2026-11-22", "2027-02-20",
       false},
      {"kv-held", id_of("rg-quickstart/kv-held"), "eastus", "2026-11-22", "2027-02-20", true}};

  RunScenario part{"run_part", recovering(), {}, {9, 12, 1, 61250}, {}};
  part.result.changes = {failed(403, "RequestDisallowedByPolicy",
                                "Resource 'rg-payments-test' was disallowed by policy.",
                                "location: westeurope at estate.yaml:23"),
                         ended(Outcome::skipped), failed(0, "", "the connection was refused"),
                         ended(Outcome::succeeded)};
  part.result.changes[1].because = "rg-payments-test";
  part.result.changes[3].rewritten = {value("publicNetworkAccess", "Disabled", "Enabled")};
  part.result.took = milliseconds(3'725'000);

  RunScenario stopped{"run_interrupted", recovering(), {}, {9, 12, 0, 0}, {}};
  stopped.result.changes = {ended(Outcome::succeeded), ended(Outcome::unknown),
                            ended(Outcome::not_started), ended(Outcome::not_started)};
  stopped.result.interrupted = true;
  stopped.result.took = milliseconds(61'000);
  return {done, torn, part, stopped};
}

}  // namespace akv::test
