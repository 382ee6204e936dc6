/// Entries with our mark that left the lists beside groups and vaults: kept and named, or taken
/// away where that is asked for.
#pragma once
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <string>
#include <vector>

namespace akv::kinds {

struct LeftEntry {
  std::string id;        ///< Of its list.
  std::string name;      ///< Of the group or vault: `GROUP`, `GROUP/VAULT`.
  std::string property;  ///< `locks`
  json::Document entry;  ///< Canonical.
};

/// Adds to `left` what of `live` carries the deployment's mark and is not named by `desired`.
/// Nothing where the list is exact: it takes them away by itself.
void find_left_entries(const engine::Desired& desired, const CompanionList& list,
                       const json::Document::Array& live, const engine::Registry& registry,
                       const engine::Environment& environment, std::vector<LeftEntry>& left);

/// Writes into the list that the entry shall not be there.
void ask_for_absence(engine::Desired& desired, const CompanionList& list, const LeftEntry& left);

/// The deployment in which all of them shall be absent, so that they go as written removals do:
/// shown, judged by the guards, and read again before they are written. Considers what stands
/// beside the groups and vaults of `deployment`, whether it names a list there or not. Reads one
/// list for each kind and subscription; what may not be read is warned of.
engine::Deployment without_left_entries(const engine::Deployment& deployment,
                                        const engine::Registry& registry,
                                        const Connection& connection,
                                        const engine::Environment& environment,
                                        const Context& context, std::vector<LeftEntry>& left,
                                        std::vector<std::string>& warnings);

/// Names those that stay in Plan::kept; they are not entries of others.
void name_kept(const std::vector<LeftEntry>& left, engine::Plan& plan);
/// Gives the changes that take them away engine::pruned_risk, and says why they go.
void name_pruned(const std::vector<LeftEntry>& left, engine::Plan& plan);

}  // namespace akv::kinds
