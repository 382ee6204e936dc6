#include "akv/provision/kinds/vault.hpp"

#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/vault_documents.hpp"
#include "akv/provision/kinds/vault_impact.hpp"
#include "akv/provision/kinds/vault_needs.hpp"

#include <array>
#include <string>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::Desired;
using engine::Environment;
using engine::ListMode;
using engine::Refusal;
using engine::Rule;
using engine::Shape;

constexpr std::array<std::string_view, 3> policy_key{"tenantId", "objectId", "applicationId"};
constexpr std::array<std::string_view, 1> subnet_key{"id"};
constexpr std::string_view move_way_out =
    "a vault cannot move: give it another name, or keep the location it has";

constexpr std::array<Rule, 22> rules_table{{
    {.path = "location", .immutable = true, .way_out = move_way_out},
    {.path = "sku"},
    {.path = "tenantId"},
    {.path = "enabledForDeployment"},
    {.path = "enabledForDiskEncryption"},
    {.path = "enabledForTemplateDeployment"},
    {.path = "enableSoftDelete"},
    {.path = "softDeleteRetentionInDays"},
    {.path = "enableRbacAuthorization"},
    {.path = "enablePurgeProtection"},
    {.path = "publicNetworkAccess"},
    {.path = "networkAcls", .shape = Shape::object},
    {.path = "networkAcls.ipRules", .shape = Shape::keyed},
    {.path = "networkAcls.virtualNetworkRules", .shape = Shape::keyed, .key = subnet_key},
    {.path = "protect"},
    {.path = "tags", .shape = Shape::map},
    {.path = "accessPolicies", .shape = Shape::keyed, .key = policy_key},
    {.path = "accessPolicies[].permissions", .shape = Shape::object},
    {.path = "accessPolicies[].permissions.keys", .shape = Shape::set},
    {.path = "accessPolicies[].permissions.secrets", .shape = Shape::set},
    {.path = "accessPolicies[].permissions.certificates", .shape = Shape::set},
    {.path = "accessPolicies[].permissions.storage", .shape = Shape::set},
}};

class VaultKind final : public engine::Kind {
 public:
  std::string_view name() const override { return "vault"; }
  engine::Rules rules() const override { return rules_table; }
  bool unique_name() const override { return true; }
  // A switch to roles: who has access by policies must have it by a role before.
  bool follows_companions(const Change& change) const override {
    return change.action == engine::Action::update && change.impact.access_model &&
           change.desired["enableRbacAuthorization"].bool_or(false);
  }
  ListMode default_mode(std::string_view property) const override {
    return property == "tags" ? ListMode::merge : ListMode::exact;
  }

  Document canonical_live(const Document& live) const override { return canonical_vault(live); }
  Document canonical_desired(const Document& body, const Desired& desired,
                             const Environment& environment) const override {
    const auto tenant = environment.tenants.find(desired.subscription);
    return canonical_vault_body(
        body, tenant != environment.tenants.end() ? std::string_view(tenant->second) : "");
  }

  void complete_create(Document& canonical, const Desired& desired, const Environment& environment,
                       std::vector<std::string>& notes) const override;

  void assess(Change& change, const Document& before, const Document& after) const override {
    assess_vault(change, before, after);
  }

  std::optional<Refusal> refuse(const Document& desired, const Document& live,
                                const Desired& source) const override;

  std::string owner(const Document& live) const override { return deployment_of(live); }
  bool is_protected(const Document& live) const override { return protect_stands(live); }
  std::size_t writes(const Change& change) const override;
  std::vector<engine::Need> needs(const Change& change) const override {
    return vault_needs(change);
  }
};

void VaultKind::complete_create(Document& canonical, const Desired& desired,
                                const Environment& environment,
                                std::vector<std::string>& notes) const {
  if (!canonical.find("location")) {
    const auto group = environment.locations.find("/subscriptions/" + desired.subscription +
                                                  "/resourceGroups/" + desired.group);
    if (group != environment.locations.end()) canonical.set("location", group->second);
  }
  if (!canonical.find("sku")) {
    canonical.set("sku", "standard");
    notes.emplace_back("sku: standard, because the manifest names none");
  }
  if (!canonical.find("tenantId")) {
    const auto tenant = environment.tenants.find(desired.subscription);
    if (tenant != environment.tenants.end()) canonical.set("tenantId", tenant->second);
  }
  // The service's own default depends on the api-version, so it is always said.
  if (!canonical.find("enableRbacAuthorization")) {
    const bool has_policies = canonical.find("accessPolicies") != nullptr;
    canonical.set("enableRbacAuthorization", !has_policies);
    notes.emplace_back(has_policies
                           ? "enableRbacAuthorization: false, because accessPolicies are given"
                           : "enableRbacAuthorization: true, because no accessPolicies are given");
  }
}

std::optional<Refusal> VaultKind::refuse(const Document& desired, const Document& live,
                                         const Desired& source) const {
  Refusal refusal{.kind = "vault",
                  .name = source.name,
                  .id = source.id,
                  .code = "immutable",
                  .stops_run = false};
  const auto add = [&refusal](std::uint32_t origin, const std::string& message,
                              const std::string& remedy) {
    if (refusal.origin == 0) refusal.origin = origin;
    refusal.message += (refusal.message.empty() ? "" : "; ") + message;
    refusal.remedy += (refusal.remedy.empty() ? "" : "; ") + remedy;
  };
  const Document* protection = desired.find("enablePurgeProtection");
  if (protection && !protection->bool_or(true) && live["enablePurgeProtection"].bool_or(false))
    add(protection->origin(), "purge protection is on, and Azure never lets it be switched off",
        "take enablePurgeProtection: false out, or set it to true");
  const Document* days = desired.find("softDeleteRetentionInDays");
  if (days && live["retentionIsSet"].bool_or(false) &&
      !(*days == live["softDeleteRetentionInDays"])) {
    const std::string& now = live["softDeleteRetentionInDays"].as_number().text;
    add(days->origin(),
        "softDeleteRetentionInDays is " + now + ", and Azure never changes it once it is set",
        "write " + now + ", or leave softDeleteRetentionInDays out");
  }
  if (refusal.message.empty()) return std::nullopt;
  return refusal;
}

std::size_t VaultKind::writes(const Change& change) const {
  if (change.action == engine::Action::recover) return 2;
  if (change.action != engine::Action::update && change.action != engine::Action::adopt) return 1;
  const bool merge = policies_mode(change) == ListMode::merge;
  return (patch_body(change, policies_mode(change), "x").is_null() ? 0u : 1u) +
         (merge && !policies_to_add(change).is_null() ? 1u : 0u) +
         (merge && !policies_to_remove(change).is_null() ? 1u : 0u);
}

}  // namespace

std::unique_ptr<engine::Kind> make_vault_kind() { return std::make_unique<VaultKind>(); }

}  // namespace akv::kinds
