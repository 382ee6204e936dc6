/// Entries with our mark in lists that the manifest does not name: beside its own groups and vaults
/// after the whole list left it, and beside those of others that it once used (`existing: true`).
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/left_entries.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::kinds {

/// One list as ARM shows it, with at least one entry of ours.
struct OutsideList {
  const CompanionList* list;
  std::string parent;  ///< Id of the group or vault that it stands beside.
  json::Document::Array entries;
};

/// Whether lists of ours may stand beside it.
bool is_group_or_vault(std::string_view id);

/// What the functions below plan with. All of it is borrowed.
struct Surroundings {
  const engine::Deployment& deployment;
  const engine::Registry& registry;
  const engine::Environment& environment;
  const engine::PlanOptions& options;
};

/// Puts our entries in `list` into Plan::kept, where the command is about the parent.
void name_outside(const OutsideList& list, const Surroundings& around, engine::Plan& plan);

/// Adds the changes that take our entries away; Plan::guards are the caller's to judge again.
/// Reads the parents. Throws AzureError, as planning does.
void prune_outside(const std::vector<const OutsideList*>& lists, const Surroundings& around,
                   const Connection& connection, const Context& context,
                   std::vector<LeftEntry>& left, engine::Plan& plan);

}  // namespace akv::kinds
