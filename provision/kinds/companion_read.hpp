/// What is live of the lists beside groups and vaults that a deployment names.
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace akv::kinds {

/// Used by one thread; what it is given outlives it.
class CompanionReader {
 public:
  CompanionReader(const engine::Deployment& deployment, const Connection& connection,
                  const Context& context);

  /// A group or vault that is there, with its mark.
  void note_parent(const std::string& id, const std::string& owner);
  /// Reads with one list for each kind and subscription, of a group where no other is named; group
  /// by group where that is not allowed. Hands what is live beside the noted parents to `planner`.
  void read(engine::Planner& planner, const engine::Environment& environment) const;

 private:
  struct Wanted {
    const engine::Desired* desired;
    const CompanionList* list;
  };
  struct Parent {
    std::optional<std::string> owner{};  // Where it is there.
    std::vector<Wanted> lists{};
  };
  using Entries = std::map<std::string, json::Document::Array, ascii::Less>;  // By parent.

  void read_list(const CompanionList& list, const std::string& subscription,
                 engine::Planner& planner, const engine::Environment& environment) const;
  /// False where it is forbidden, with `why`.
  bool read_scope(const CompanionList& list, const std::string& scope, Entries& entries,
                  engine::Unreadable& why) const;

  const engine::Deployment& deployment_;
  const Connection& connection_;
  const Context& context_;
  std::map<std::string, Parent, ascii::Less> parents_;  // By id.
};

}  // namespace akv::kinds
