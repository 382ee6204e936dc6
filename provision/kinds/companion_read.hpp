/// What is live of the lists beside groups and vaults that a deployment names.
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/left_entries.hpp"

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
/// Reads with one list, of the group where there is one only; group by group where that is not
/// allowed. `wanted` chooses among the parents.
CompanionScan scan_companions(const CompanionList& list, const std::string& subscription,
                              const std::set<std::string, ascii::Less>& groups,
                              const std::function<bool(const std::string& parent)>& wanted,
                              const Connection& connection, const Context& context);

/// Used by one thread; what it is given outlives it.
class CompanionReader {
 public:
  CompanionReader(const engine::Deployment& deployment, const engine::Registry& registry,
                  const Connection& connection, const Context& context);

  /// Whether the deployment names a list beside it.
  bool knows(const std::string& id) const { return parents_.contains(id); }
  /// A group or vault that is there, with its mark.
  void note_parent(const std::string& id, const std::string& owner);
  /// Hands what is live beside the noted parents to `planner`.
  void read(engine::Planner& planner, const engine::Environment& environment);
  /// What was read and left the manifest.
  const std::vector<LeftEntry>& left() const { return left_; }

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

  const engine::Deployment& deployment_;
  const engine::Registry& registry_;
  const Connection& connection_;
  const Context& context_;
  std::map<std::string, Parent, ascii::Less> parents_;  // By id.
  std::vector<LeftEntry> left_;
};

}  // namespace akv::kinds
