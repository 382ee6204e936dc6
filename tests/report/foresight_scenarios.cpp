// What rules and a preflight say of plans.
#include "report/scenario_parts.hpp"

namespace akv::test {

using engine::Action;
using engine::Change;
using engine::Plan;
using json::Document;

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

}  // namespace akv::test
