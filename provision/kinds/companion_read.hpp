/// What is live of the lists beside groups and vaults that a deployment names.
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/left_entries.hpp"
#include "akv/provision/kinds/outside_lists.hpp"
#include "akv/provision/kinds/standing_locks.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace akv::kinds {

/// What is live of one list in a subscription.
struct CompanionScan {
  std::map<std::string, json::Document::Array, ascii::Less> entries{};  ///< By parent.
  std::map<std::string, engine::Unreadable, ascii::Less> unread{};      ///< By id of a group.
};
/// Reads with one list, of the group where there is one only; where that is not allowed, those of
/// the `needed` groups one by one. `wanted` chooses among the parents.
CompanionScan scan_companions(const CompanionList& list, const std::string& subscription,
                              const std::set<std::string, ascii::Less>& groups,
                              const std::set<std::string, ascii::Less>& needed,
                              const std::function<bool(const std::string& parent)>& wanted,
                              const Connection& connection, const Context& context);

/// Also finds what carries our mark beside groups and vaults that are not ours to delete, where the
/// deployment names no such list: each list of a subscription shows all that is there. Used by one
/// thread; what it is given outlives it.
class CompanionReader {
 public:
  /// `everywhere`: also where the deployment names no list at all, which spares two reads of each
  /// subscription.
  CompanionReader(const engine::Deployment& deployment, const engine::Registry& registry,
                  const Connection& connection, const Context& context, bool everywhere);

  /// Whether the deployment names a list beside it.
  bool knows(const std::string& id) const;
  /// A group or vault that is there, named by the deployment or not, with its mark.
  void note_parent(const std::string& id, const std::string& owner);
  /// Hands what is live beside the noted parents to `planner`.
  void read(engine::Planner& planner, const engine::Environment& environment);
  /// What was read and left the manifest.
  const std::vector<LeftEntry>& left() const { return left_; }
  /// What the deployment does not name.
  const std::vector<OutsideList>& outside() const { return outside_; }
  /// The locks at groups and vaults of the deployment, where their lists were read.
  const std::vector<engine::Lock>& locks() const { return locks_; }

 private:
  struct Wanted {
    const engine::Desired* desired;
    const CompanionList* list;
  };
  struct Parent {
    std::optional<std::string> owner{};  // Where it is there.
    std::vector<Wanted> lists{};
  };

  void read_list(const CompanionList& list, const std::string& subscription,
                 engine::Planner& planner, const engine::Environment& environment);
  void keep_outside(const CompanionList& list, CompanionScan&& scan);

  const engine::Deployment& deployment_;
  const engine::Registry& registry_;
  const LockBook book_;
  const Connection& connection_;
  const Context& context_;
  bool wanted_;                                         // Some list is named, or all are asked for.
  std::map<std::string, Parent, ascii::Less> parents_;  // All of the deployment, by id.
  std::set<std::string, ascii::Less> leaving_;          // Ids of ours that left the manifest.
  std::vector<LeftEntry> left_;
  std::vector<OutsideList> outside_;
  std::vector<engine::Lock> locks_;
};

}  // namespace akv::kinds
