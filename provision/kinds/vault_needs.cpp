#include "akv/provision/kinds/vault_needs.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/vault_documents.hpp"

#include <string>
#include <string_view>

namespace akv::kinds {
namespace {

using engine::Action;
using engine::Change;
using engine::FieldChange;
using engine::ListMode;
using engine::Need;

constexpr std::string_view contributor = "Key Vault Contributor";

Need vault_right(const Change& change, std::string_view what) {
  std::string action = "Microsoft.KeyVault/vaults/";
  action.append(what);
  return {.action = std::move(action), .scope = change.id, .role = contributor};
}

/// Whoever lets a subnet in must be allowed to join it, too.
void add_subnets(const Change& change, std::vector<Need>& needs) {
  for (const FieldChange& field : change.fields)
    if (ascii::starts_with(field.path, "networkAcls.virtualNetworkRules[") && field.leaf.empty() &&
        !field.after.is_null())
      needs.push_back(
          {.action = "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
           .scope = std::string(field.key["id"].string_or()),
           .role = "Network Contributor",
           .only_looked_up = true});
}

std::vector<Need> needs_of_update(const Change& change) {
  std::vector<Need> needs;
  const ListMode mode = policies_mode(change);
  if (!patch_body(change, mode, "x").is_null()) needs.push_back(vault_right(change, "write"));
  if (mode == ListMode::merge &&
      (!policies_to_add(change).is_null() || !policies_to_remove(change).is_null()))
    needs.push_back(vault_right(change, "accessPolicies/write"));
  // Who may give rights may also say how they are given, and nobody else.
  if (change.impact.access_model)
    needs.push_back({.action = "Microsoft.Authorization/roleAssignments/write",
                     .scope = change.id,
                     .role = "Role Based Access Control Administrator",
                     .unconditional = true});
  add_subnets(change, needs);
  return needs;
}

}  // namespace

std::vector<Need> vault_needs(const Change& change) {
  switch (change.action) {
    case Action::del:
      return {vault_right(change, "delete")};
    case Action::purge:
      return {{.action = "Microsoft.KeyVault/locations/deletedVaults/purge/action",
               .scope = "/subscriptions/" + change.subscription,
               .role = "Key Vault Purge Operator"}};
    case Action::create:
    case Action::recover: {
      std::vector<Need> needs{vault_right(change, "write")};
      add_subnets(change, needs);
      return needs;
    }
    case Action::update:
    case Action::adopt:
      break;
  }
  return needs_of_update(change);
}

}  // namespace akv::kinds
