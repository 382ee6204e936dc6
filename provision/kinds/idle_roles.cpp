#include "akv/provision/kinds/idle_roles.hpp"

#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/vault_access.hpp"

#include <algorithm>

namespace akv::kinds {
namespace {

using engine::Desired;
using json::Document;

constexpr std::size_t named_vaults = 5;

/// What a role of Azure's own gives, which is for the content alone. One of somebody's making may
/// give more.
bool is_for_content(const engine::Grant& grant) {
  return grant.way == engine::Grant::Way::data_role &&
         ascii::starts_with(grant.what, "Key Vault ") &&
         grant.what != "Key Vault Data Access Administrator";
}

// As a write would leave it: written, else live, else as a create fills it in.
bool goes_by_policies(const Desired& vault, const LiveModels& live) {
  if (const Document* written = vault.body.find("enableRbacAuthorization"))
    return !written->bool_or(true);
  if (const auto there = live.find(vault.id); there != live.end()) return !there->second;
  return vault.body.find("accessPolicies") != nullptr;
}

}  // namespace

std::string idle_roles_warning(const engine::Deployment& deployment,
                               const engine::Registry& registry,
                               const engine::Environment& environment, const LiveModels& live) {
  std::map<std::string_view, const Desired*, ascii::Less> vaults;
  for (const Desired& object : deployment.objects)
    if (object.kind == "vault") vaults.emplace(object.id, &object);
  const CompanionList& list = role_assignment_list();
  std::vector<std::string_view> idle;
  for (const Desired& object : deployment.objects) {
    if (object.kind != list.kind) continue;
    const auto vault = vaults.find(parent_of(object.id));
    if (vault == vaults.end() || !goes_by_policies(*vault->second, live)) continue;
    const Document wanted =
        registry.at(list.kind).canonical_desired(object.body, object, environment);
    const auto grants = role_grants(wanted[list.list]);
    if (std::any_of(grants.begin(), grants.end(), is_for_content)) idle.push_back(object.name);
  }
  if (idle.empty()) return {};
  std::string names;
  for (std::size_t i = 0; i < std::min(idle.size(), named_vaults); ++i)
    names.append(i == 0 ? "" : ", ").append(idle[i]);
  if (idle.size() > named_vaults)
    names += " and " + std::to_string(idle.size() - named_vaults) + " more";
  return "roles for keys, secrets and certificates do nothing on " + names +
         ": access policies decide there, not roles (enableRbacAuthorization)";
}

}  // namespace akv::kinds
