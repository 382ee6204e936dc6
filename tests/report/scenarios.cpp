#include "report/scenarios.hpp"

#include "report/scenario_parts.hpp"

#include <stdexcept>

namespace akv::test {

using engine::Action;
using engine::Change;
using engine::FieldChange;
using engine::Plan;
using json::Document;
using report::Command;

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

namespace {

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

/// Roles under conditions, and plain ones.
Plan roles() {
  Plan plan = base("payments-dev", "estate.yaml");
  plan.planned_writes = 5;
  plan.unchanged = 2;
  Change list = change(plan, Action::update, "rg-payments-dev/kv-pay-dev", 25);
  list.kind = "roleAssignment";
  const auto assigned = [&plan](const std::string& who, const std::string& role, std::uint32_t at) {
    FieldChange out = entry("roleAssignments", who + "/" + role, {}, {});
    out.key = Document::object({{"objectId", app}, {"role", role}});
    out.origin = line(plan, at);
    return out;
  };
  const auto part = [](FieldChange whole, const std::string& leaf, const char* before,
                       const char* after) {
    whole.leaf = leaf;
    whole.path += "." + leaf;
    whole.before = before;
    whole.after = after;
    return whole;
  };
  FieldChange come = assigned("app", "Key Vault Crypto User", 33);
  come.after = Document::object({{"objectId", app}, {"role", "Key Vault Crypto User"}});
  const FieldChange reader = assigned("app", "Key Vault Reader", 31);
  const FieldChange secrets = assigned("app", "Key Vault Secrets User", 32);
  FieldChange gone = assigned("ops", "Key Vault Administrator", 0);
  gone.before = come.after;
  FieldChange other = assigned("ops", "Reader", 35);
  other.after = come.after;
  list.fields = {
      come,
      part(reader, "condition", "@Resource[a] StringEquals 'b'", "@Resource[a] StringEquals 'c'"),
      part(reader, "description", "one", "two"),
      part(secrets, "condition", "@Resource[a] StringEquals 'b'", "@Resource[a] StringEquals 'c'"),
      part(secrets, "description", "one", "two"),
      gone,
      other};
  for (const FieldChange* field : {&list.fields[1], &list.fields[3]})
    list.effects.emplace_back(field->path, "app has the role under another condition now");
  plan.changes = {list};
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
          {"roles", roles()},
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

}  // namespace akv::test
