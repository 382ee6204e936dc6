#include "report/scenarios.hpp"

#include <stdexcept>

namespace akv::test {
namespace {

using engine::Action;
using engine::Change;
using engine::FieldChange;
using engine::Plan;
using json::Document;
using report::Command;

constexpr const char* subscription = "9c0d0000-0000-4000-8000-000000000003";
constexpr const char* app = "1b2c0000-0000-4000-8000-000000000001";

std::string id_of(const std::string& name) {
  const std::size_t slash = name.find('/');
  std::string id =
      "/subscriptions/" + std::string(subscription) + "/resourceGroups/" + name.substr(0, slash);
  if (slash != std::string::npos)
    id += "/providers/Microsoft.KeyVault/vaults/" + name.substr(slash + 1);
  return id;
}

Plan base(const std::string& deployment, const std::string& file) {
  Plan plan;
  plan.deployment = deployment;
  plan.api_version = "2026-02-01";
  plan.where = "in AzureCloud, subscription " + std::string(subscription);
  plan.who = "ana";
  plan.places.files = {file};
  plan.reads = 4;
  return plan;
}

std::uint32_t line(Plan& plan, std::uint32_t number) { return plan.places.add({0, number, 9}); }

Change change(Plan& plan, Action action, const std::string& name, std::uint32_t at) {
  Change out;
  out.action = action;
  out.kind = name.find('/') == std::string::npos ? "resourceGroup" : "vault";
  out.name = name;
  out.id = id_of(name);
  out.subscription = subscription;
  out.group = name.substr(0, name.find('/'));
  if (at != 0) out.origin = line(plan, at);
  return out;
}

FieldChange value(const std::string& path, Document before, Document after) {
  FieldChange out;
  out.path = path;
  out.property = path.substr(0, path.find('.'));
  out.before = std::move(before);
  out.after = std::move(after);
  return out;
}

Document words(std::initializer_list<const char*> list) {
  Document out = Document::array();
  for (const char* word : list) out.push_back(word);
  return out;
}

FieldChange policy(const std::string& who, const std::string& category, Document before,
                   Document after) {
  FieldChange out;
  out.property = "accessPolicies";
  out.entry = who;
  out.leaf = "permissions." + category;
  out.path = "accessPolicies[" + who + "]." + out.leaf;
  out.before = std::move(before);
  out.after = std::move(after);
  out.key = Document::object({{"objectId", app}});
  return out;
}

FieldChange entry(const std::string& list, const std::string& name, Document before,
                  Document after) {
  FieldChange out;
  out.path = list + "[" + name + "]";
  out.property = list.substr(0, list.find('.'));
  out.entry = name;
  out.before = std::move(before);
  out.after = std::move(after);
  return out;
}

Plan first_plan() {
  Plan plan = base("quickstart", "templates/quickstart.yaml");
  plan.where = "on the emulator in .akv/emulator.db";
  plan.who = "its administrator";
  plan.reads = 3;
  plan.planned_writes = 2;
  Change group = change(plan, Action::create, "rg-quickstart", 9);
  // The planner may list the mark as a tag, or leave it to the report.
  group.fields = {value("location", {}, "eastus"),
                  entry("tags", "akv-deployment", {}, "quickstart")};
  Change vault = change(plan, Action::create, "rg-quickstart/kv-quickstart", 12);
  vault.fields = {value("location", {}, "eastus"), value("sku", {}, "standard"),
                  value("enableRbacAuthorization", {}, false),
                  policy("app", "keys", {}, words({"all"})),
                  policy("app", "secrets", {}, words({"all"}))};
  vault.risks = {"access-added"};
  vault.notes = {"location: that of its resource group"};
  vault.waits_for = {0};
  plan.changes = {group, vault};
  return plan;
}

Plan nothing_to_do() {
  Plan plan = base("quickstart", "templates/quickstart.yaml");
  plan.unchanged = 2;
  return plan;
}

Plan narrower() {
  Plan plan = base("quickstart", "narrower.yaml");
  plan.unchanged = 1;
  plan.planned_writes = 1;
  Change vault = change(plan, Action::update, "rg-quickstart/kv-quickstart", 12);
  FieldChange secrets = policy("app", "secrets", words({"all"}), words({"get", "list"}));
  secrets.origin = line(plan, 16);
  vault.fields = {secrets};
  vault.effects = {{"accessPolicies[app].permissions.secrets",
                    "app can still read secrets, and can no longer change or delete them"}};
  vault.risks = {"access-removed"};
  plan.changes = {vault};
  return plan;
}

Plan drifted() {
  Plan plan = base("hello", "hello.yaml");
  plan.who = "hello-ci";
  plan.unchanged = 1;
  plan.planned_writes = 1;
  Change vault = change(plan, Action::update, "rg-hello/kv-hello-7f3a", 12);
  FieldChange secrets =
      policy("app", "secrets", words({"get", "list", "purge"}), words({"get", "list"}));
  secrets.origin = line(plan, 16);
  vault.fields = {secrets};
  vault.last_written = "2026-11-22 10:40 UTC by maria@contoso.example";
  plan.changes = {vault};
  return plan;
}

/// Every shape of a field in one vault.
Plan all_shapes() {
  Plan plan = base("payments-dev", "estate.yaml");
  plan.unchanged = 40;
  plan.planned_writes = 3;
  Change vault = change(plan, Action::update, "rg-payments-dev/kv-pay-dev-3f9a1c", 25);
  vault.adopts = true;
  vault.fields = {
      value("sku", "standard", "premium"),
      value("softDeleteRetentionInDays", {}, 90),
      value("publicNetworkAccess", "Enabled", "Disabled"),
      value("networkAcls.bypass", "AzureServices", "None"),
      entry("networkAcls.ipRules", "203.0.113.0/24", {}, "203.0.113.0/24"),
      entry("networkAcls.ipRules", "198.51.100.7/32", "198.51.100.7/32", {}),
      entry("networkAcls.virtualNetworkRules",
            id_of("rg-net") + "/providers/Microsoft.Network/virtualNetworks/vnet/subnets/apps", {},
            Document::object({{"id", "x"}, {"ignoreMissingVnetServiceEndpoint", false}})),
      entry("tags", "team", "payments", "platform"),
      entry("tags", "cost-centre", {}, ""),
      policy("app", "secrets", words({"get"}), words({"get", "list"})),
      entry("accessPolicies", "9f3e0000-0000-4000-8000-000000000007",
            Document::object({{"objectId", "9f3e0000-0000-4000-8000-000000000007"},
                              {"permissions", Document::object({{"secrets", words({"get"})},
                                                                {"keys", words({"sign"})}})}}),
            {}),
  };
  vault.fields.back().key = Document::object({{"objectId", "9f3e"}});
  vault.fields.back().origin = line(plan, 31);
  vault.effects = {{"publicNetworkAccess", "only private endpoints can reach it, and it has none"},
                   {"accessPolicies[9f3e0000-0000-4000-8000-000000000007]",
                    "this principal can no longer enter"},
                   {"accessPolicies", "2 principals remain"}};
  vault.risks = {"access-added", "access-removed", "network-closed"};
  vault.left_alone = {policy("reporting", "secrets", words({"get", "list"}), {}),
                      entry("tags", "owner", "maria", {})};
  vault.notes = {"marked as ours, for --adopt was given; nothing is removed by this run"};
  plan.changes = {vault};
  plan.left_alone = {
      {"rg-payments-dev/kv-other",
       entry("accessPolicies", "audit",
             Document::object({{"permissions", Document::object({{"keys", words({"get"})}})}}),
             {})},
      {"rg-payments-dev/kv-other", entry("tags", "owner", "maria", {})}};
  plan.kept = {"vault rg-payments-dev/kv-pay-old"};
  plan.warnings = {
      "rg-payments-dev/kv-other: access policies have no effect while "
      "enableRbacAuthorization is true"};
  return plan;
}

Plan guarded() {
  Plan plan = base("platform", "platform.yaml");
  plan.unchanged = 842;
  plan.planned_writes = 1;
  Change vault = change(plan, Action::update, "rg-07/kv-0713", 412);
  vault.fields = {policy("reporting", "secrets", words({"get"}), {})};
  vault.risks = {"access-removed"};
  plan.changes = {vault};
  plan.guards = {{"access-removed",
                  "398 of 1200 vaults would lose access, 33 %; the limit is 30 %",
                  {"rg-07/kv-0713"},
                  "All are of principal reporting, which left platform.yaml",
                  "--allow access-removed"},
                 {"protect",
                  "rg-07/kv-0713 carries akv-protect",
                  {"rg-07/kv-0713"},
                  "Set protect: false and apply first",
                  ""}};
  return plan;
}

Plan refused() {
  Plan plan = base("quickstart", "templates/quickstart.yaml");
  Change group = change(plan, Action::create, "rg-quickstart", 9);
  group.fields = {value("location", {}, "eastus")};
  plan.changes = {group};
  plan.planned_writes = 1;
  plan.refused = {{"vault", "rg-quickstart/kv-quickstart", id_of("rg-quickstart/kv-quickstart"),
                   line(plan, 12), "soft-deleted",
                   "deleted on 2026-11-22; Azure keeps its name and contents until 2027-02-20",
                   "onSoftDeleted: recover brings it back, purge ends it for ever, another name "
                   "avoids it",
                   true}};
  return plan;
}

Plan recovering() {
  Plan plan = base("payments-test", "estate.yaml");
  plan.reads = 5;
  plan.planned_writes = 6;
  Change group = change(plan, Action::create, "rg-payments-test", 23);
  group.fields = {value("location", {}, "westeurope")};
  Change vault = change(plan, Action::recover, "rg-payments-test/kv-payments-test", 25);
  vault.notes = {"deleted 2026-10-30 in westeurope, gone on 2027-01-28, purge protection on",
                 "1 recover    as it was; Azure shows the properties of a deleted vault only "
                 "afterwards",
                 "2 update     to what the manifest says; entries it lacks go, and are listed; "
                 "guards run again"};
  Change purge = change(plan, Action::purge, "rg-payments-test/kv-payments-old", 40);
  purge.summary = "deleted 2026-10-30 in westeurope; purged, its contents are gone for ever";
  Change adopt = change(plan, Action::adopt, "rg-payments-test/kv-payments-live", 44);
  adopt.adopts = true;
  plan.changes = {group, vault, purge, adopt};
  return plan;
}

/// Two that cannot be read or changed do not stop the others.
Plan partly_readable() {
  Plan plan = base("platform", "platform.yaml");
  plan.unchanged = 10;
  plan.unreadable = {{"resourceGroup", "rg-40", id_of("rg-40"), "AuthorizationFailed",
                      "ci lacks Microsoft.KeyVault/vaults/read on rg-40",
                      "a role with that action, such as Reader, on rg-40",
                      "6f1f0000-0000-4000-8000-00000000000d"}};
  plan.refused = {{"vault", "rg-12/kv-1207", id_of("rg-12/kv-1207"), line(plan, 88), "immutable",
                   "its location is westeurope, the manifest says northeurope",
                   "a vault cannot move: write westeurope, or use another name", false}};
  return plan;
}

/// A change that the rules of akv check speak of.
Plan judged() {
  Plan plan = base("payments-dev", "estate.yaml");
  plan.planned_writes = 1;
  Change vault = change(plan, Action::create, "rg-payments-dev/kv-pay-dev-3f9a1c", 25);
  vault.fields = {value("location", {}, "westeurope"), value("sku", {}, "standard"),
                  policy("app", "secrets", {}, words({"all"}))};
  vault.risks = {"access-added"};
  plan.changes = {vault};
  const auto found = [&](const char* rule, engine::Severity severity, const char* subject,
                         const char* message, std::uint32_t at) {
    engine::Finding finding;
    finding.rule = rule;
    finding.severity = severity;
    finding.kind = "vault";
    finding.name = vault.name;
    finding.id = vault.id;
    finding.subject = subject;
    finding.message = message;
    finding.origin = line(plan, at);
    plan.findings.push_back(std::move(finding));
  };
  found("purge-protection-off", engine::Severity::high, "enablePurgeProtection",
        "its content can be purged", 25);
  found("network-open", engine::Severity::high, "networkAcls.defaultAction",
        "publicNetworkAccess is Enabled and networkAcls.defaultAction is Allow", 29);
  found("permissions-all", engine::Severity::medium,
        "accessPolicies[1b2c0000-0000-4000-8000-000000000001].permissions.secrets",
        "app has all on secrets", 31);
  return plan;
}

/// A firewall that closes around a live vault, and one that opens.
Plan network() {
  Plan plan = base("payments-dev", "estate.yaml");
  plan.planned_writes = 2;
  Change closing = change(plan, Action::update, "rg-payments-dev/kv-closing", 25);
  closing.fields = {value("publicNetworkAccess", "Enabled", "Disabled"),
                    value("networkAcls.defaultAction", "Allow", "Deny"),
                    entry("networkAcls.ipRules", "198.51.100.7/32", "198.51.100.7/32", {})};
  closing.effects = {
      {"publicNetworkAccess", "only private endpoints can reach it, and it has none"}};
  closing.impact.after.reach.door = engine::Reach::Door::closed;
  closing.impact.after.reach.azure_services = false;
  closing.effects.emplace_back("network", "network: all networks -> nobody");
  closing.risks = {"network-closed"};
  Change opening = change(plan, Action::update, "rg-payments-dev/kv-opening", 40);
  opening.fields = {value("networkAcls.defaultAction", "Deny", "Allow"),
                    entry("networkAcls.ipRules", "203.0.113.0/24", {}, "203.0.113.0/24")};
  opening.risks = {"network-opened"};
  plan.changes = {closing, opening};
  plan.guards = {{"network-closed",
                  "kv-closing would be reachable from nowhere",
                  {"rg-payments-dev/kv-closing"},
                  "Approve a private endpoint first",
                  "--allow network-closed=rg-payments-dev/kv-closing"}};
  return plan;
}

/// Live objects without a mark, and those of another deployment.
Plan adopting() {
  Plan plan = base("payments-dev", "estate.yaml");
  plan.planned_writes = 1;
  Change alone = change(plan, Action::adopt, "rg-payments-dev", 12);
  alone.adopts = true;
  Change vault = change(plan, Action::update, "rg-payments-dev/kv-live", 25);
  vault.adopts = true;
  vault.fields = {value("sku", "standard", "premium")};
  vault.notes = {"adopting removes nothing; the next run removes accessPolicies[audit]"};
  plan.changes = {alone, vault};
  plan.refused = {{"vault", "rg-payments-dev/kv-theirs", id_of("rg-payments-dev/kv-theirs"),
                   line(plan, 40), "other-deployment", "it belongs to deployment other",
                   "take it out of one of the two manifests, or take it over: "
                   "--adopt=rg-payments-dev/kv-theirs --allow takeover=rg-payments-dev/kv-theirs",
                   true}};
  return plan;
}

/// What a stranger's names and values can hold must not reach a terminal or a page as commands.
Plan hostile() {
  Plan plan = base("evil", "evil\x1b[31m.yaml");
  Change vault = change(plan, Action::update, "rg/kv", 3);
  vault.fields = {
      entry("tags", "a`b|c<d>@team\x1b]0;x\x07", "old", "</details><script>\xE2\x80\xAE```\xff"),
      entry("tags", "b", {}, "l\xC3\xA4nge\nzwei")};
  plan.changes = {vault};
  return plan;
}

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

/// Everything that a preflight can find.
Plan looked_ahead() {
  Plan plan = first_plan();
  const auto scope = "/subscriptions/" + std::string(subscription);
  engine::Preflight& found = plan.preflight.emplace();
  found.rights = 6;
  found.scopes = 4;
  found.locks = found.names = 1;
  found.providers = 2;
  const auto add = [&found](engine::PreflightFinding finding) {
    finding.objects = {"rg-quickstart/kv-quickstart"};
    found.findings.push_back(std::move(finding));
  };
  add({.code = "right-missing",
       .what = "Microsoft.KeyVault/vaults/write",
       .scope = id_of("rg-quickstart"),
       .where = "rg-quickstart",
       .message = "no role of yours has it there",
       .remedy = "a role with it, such as Key Vault Contributor, on rg-quickstart",
       .stops_run = true});
  add({.code = "right-conditional",
       .what = "Microsoft.Authorization/roleAssignments/write",
       .scope = id_of("rg-quickstart/kv-quickstart"),
       .where = "rg-quickstart/kv-quickstart",
       .message = "you have it there under a condition, which only Azure can judge",
       .remedy = "a role with it, such as Role Based Access Control Administrator, on "
                 "rg-quickstart/kv-quickstart"});
  add({.code = "right-unknown",
       .what = "Microsoft.KeyVault/locations/deletedVaults/purge/action",
       .scope = scope,
       .where = "subscription " + std::string(subscription),
       .message = "your rights there could not be read: AuthorizationFailed, you may not | look",
       .remedy = "a role with read access there, such as Reader"});
  add({.code = "provider-not-registered",
       .what = "Microsoft.KeyVault",
       .scope = scope,
       .where = "subscription " + std::string(subscription),
       .message = "the subscription is not registered to use it (NotRegistered)",
       .remedy = "az provider register --namespace Microsoft.KeyVault, and wait some minutes",
       .stops_run = true});
  add({.code = "provider-unknown",
       .what = "Microsoft.Insights",
       .scope = scope,
       .where = "subscription " + std::string(subscription),
       .message = "whether it is registered could not be read: AuthorizationFailed, no",
       .remedy = "a role with read access there, such as Reader"});
  add({.code = "locks-unknown",
       .what = "locks",
       .scope = id_of("rg-quickstart"),
       .where = "rg-quickstart",
       .message = "the locks there could not be read: AuthorizationFailed, no",
       .remedy = "a role with read access on rg-quickstart, such as Reader"});
  add({.code = "locked",
       .what = "lock freeze (ReadOnly)",
       .scope = id_of("rg-quickstart"),
       .where = "rg-quickstart",
       .message = "it forbids to change what it locks",
       .remedy = "ask its owner to take it away; akv lifts only locks that the manifest names",
       .stops_run = true});
  for (const char* name : {"rg/a", "rg/b", "rg/c"}) found.findings[0].objects.emplace_back(name);
  return plan;
}

/// Where all is well.
Plan looked_at() {
  Plan plan = first_plan();
  engine::Preflight& found = plan.preflight.emplace();
  found.rights = 2;
  found.scopes = found.providers = found.names = 1;
  return plan;
}

}  // namespace

std::vector<Scenario> plan_scenarios() {
  return {{"first", first_plan()},
          {"nothing", nothing_to_do()},
          {"narrower", narrower()},
          {"drift", drifted(), Command::drift},
          {"no_drift", nothing_to_do(), Command::drift},
          {"shapes", all_shapes()},
          {"judged", judged()},
          {"network", network()},
          {"adopting", adopting()},
          {"guarded", guarded()},
          {"preflight", looked_ahead()},
          {"preflight_clear", looked_at()},
          {"refused", refused()},
          {"recover", recovering()},
          {"partly_readable", partly_readable()},
          {"partly_readable_drift", partly_readable(), Command::drift},
          {"hostile", hostile()},
          {"teardown", teardown(), Command::teardown},
          {"teardown_strangers", teardown_with_strangers(), Command::teardown}};
}

Scenario scenario(const std::string& name) {
  for (Scenario& found : plan_scenarios())
    if (found.name == name) return found;
  throw std::logic_error("no scenario is called " + name);
}

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
