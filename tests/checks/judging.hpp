/// A manifest, what is live, and what the rules find in the two.
#pragma once
#include "akv/provision/checks/checker.hpp"
#include "akv/provision/checks/rules.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::test {

inline constexpr const char* judged_subscription = "9c0d0000-0000-4000-8000-000000000003";
inline constexpr const char* judged_tenant = "72f90000-0000-4000-8000-000000000004";

/// In which only access-legacy is found.
inline std::string good_manifest() {
  return R"(apiVersion: akv/v1
deployment: payments
subscription: 9c0d0000-0000-4000-8000-000000000003
tenant: 72f90000-0000-4000-8000-000000000004
principals:
  app: 1b2c0000-0000-4000-8000-000000000001
  admins: {objectId: 1b2c0000-0000-4000-8000-000000000002, type: Group}
resourceGroups:
  - name: rg-pay
    location: westeurope
    tags: {owner: payments}
    vaults:
      - name: kv-pay
        sku: standard
        enableRbacAuthorization: false
        enablePurgeProtection: true
        softDeleteRetentionInDays: 90
        publicNetworkAccess: Disabled
        networkAcls: {bypass: None, defaultAction: Deny}
        accessPolicies:
          - {principal: app, permissions: {secrets: [get, list]}}
          - {principal: admins, permissions: {secrets: [get, list, set, delete]}}
)";
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, "the manifest has no " << from);
  return text.replace(at, from.size(), to);
}

inline engine::Live live_vault(json::Document properties, json::Document tags = {}) {
  const std::string id = std::string("/subscriptions/") + judged_subscription +
                         "/resourceGroups/rg-pay/providers/Microsoft.KeyVault/vaults/kv-pay";
  if (tags.is_null()) tags = json::Document::object({{"akv-deployment", "payments"}});
  properties.set("tenantId", judged_tenant);
  properties.set("sku", json::Document::object({{"family", "A"}, {"name", "standard"}}));
  return {"vault", id, "rg-pay/kv-pay",
          json::Document::object({{"id", id},
                                  {"name", "kv-pay"},
                                  {"location", "westeurope"},
                                  {"tags", std::move(tags)},
                                  {"properties", std::move(properties)}})};
}

/// The role assignments at kv-pay, or at rg-pay, as ARM lists them: principal and role by GUIDs.
inline engine::Live live_roles(bool at_vault,
                               const std::vector<std::pair<std::string, std::string>>& given) {
  std::string scope =
      std::string("/subscriptions/") + judged_subscription + "/resourceGroups/rg-pay";
  if (at_vault) scope += "/providers/Microsoft.KeyVault/vaults/kv-pay";
  json::Document::Array entries;
  for (const auto& [principal, role] : given)
    entries.push_back(json::Document::object(
        {{"properties", json::Document::object(
                            {{"principalId", principal},
                             {"roleDefinitionId",
                              "/providers/Microsoft.Authorization/roleDefinitions/" + role}})}}));
  const kinds::CompanionList& list = kinds::role_assignment_list();
  return {"roleAssignment", scope + std::string(list.collection),
          at_vault ? "rg-pay/kv-pay" : "rg-pay",
          kinds::companion_document(list, "payments", std::move(entries), {})};
}

struct Judging {
  engine::Deployment deployment;
  checks::Checked checked;

  explicit Judging(const std::string& manifest, const std::vector<engine::Live>& live = {},
                   checks::Over over = checks::Over::estate,
                   const std::vector<std::string>& exclude = {}) {
    const std::vector<manifest::Input> inputs{{"estate.yaml", manifest}};
    manifest::LoadOptions options;
    options.rules = checks::rule_ids();
    manifest::Loaded loaded = manifest::load(inputs, kinds::vocabulary(), options);
    for (const manifest::Diagnostic& diagnostic : loaded.diagnostics)
      if (diagnostic.severity == manifest::Severity::error)
        BOOST_FAIL(manifest::to_string(diagnostic));
    deployment = std::move(loaded.deployment);
    const engine::Registry registry = kinds::make_registry();
    checks::Checker checker(deployment);
    engine::PlanOptions plan;
    plan.exclude = exclude;
    plan.outlook = [&checker](const engine::Outlook& outlook) { checker.look(outlook); };
    plan.outlook_of_all = over == checks::Over::estate;
    engine::Environment environment{.deployment = deployment.name};
    environment.tenants[judged_subscription] = judged_tenant;
    engine::Planner planner(deployment, registry, environment, plan);
    for (const engine::Live& object : live) planner.observe(object);
    planner.finish();
    checked = checker.finish(over);
  }

  std::multiset<std::string> rules() const {
    std::multiset<std::string> found;
    for (const engine::Finding& finding : checked.findings) found.insert(finding.rule);
    return found;
  }
  const engine::Finding& of(std::string_view rule) const {
    for (const engine::Finding& finding : checked.findings)
      if (finding.rule == rule) return finding;
    BOOST_FAIL("nothing is found by " << rule);
    throw std::logic_error("unreachable");
  }
  std::string place(std::string_view rule) const {
    return deployment.places.file_and_line(of(rule).origin);
  }
};

inline std::string joined(const std::multiset<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace akv::test
