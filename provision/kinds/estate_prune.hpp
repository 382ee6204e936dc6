/// Deleting what carries our mark and left the manifest.
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/standing_locks.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace akv::kinds {

/// Beside one planning. Considers the groups that the manifest names, and whole subscriptions where
/// asked to. A group that left the manifest is deleted by the teardown's rules: only in those
/// subscriptions, and only if all that is in it is of this deployment. What is protected or locked
/// is refused; a vault waits for a lock that the plan itself takes away.
class Pruning {
 public:
  /// All are borrowed, and outlive this.
  Pruning(const engine::Deployment& deployment, const engine::Registry& registry,
          const Connection& connection, const engine::PlanOptions& options, const Context& context);

  /// The options for the planner, with which this sees what the planner sees.
  engine::PlanOptions watch(engine::PlanOptions options);
  /// Whether what left the manifest may be deleted there: --prune is given, and takes in the group
  /// or vault of that id.
  bool covers(const std::string& id) const;
  /// Adds the deletes and refusals, and judges the guards again. Does nothing without --prune.
  /// Throws AzureError, as planning does.
  void add_to(engine::Plan& plan);

 private:
  void observe(const engine::Live& live);
  void prune_vault(const engine::Live& vault, engine::Plan& plan);
  engine::Deployment left_in(const engine::Live& group) const;
  void prune_group(const engine::Live& group, engine::Plan& plan);
  struct Around {
    engine::Lock lock;
    std::optional<std::size_t> removal{};  // The change of the plan that takes it away.
  };
  /// Else `waits_for` has the changes that take the locks around it away.
  bool refuses(const engine::Live& live, engine::Plan& plan, std::vector<std::size_t>& waits_for);
  const std::vector<Around>& locks_around(const std::string& id, engine::Plan& plan);

  const engine::Deployment& deployment_;
  const engine::Registry& registry_;
  const Connection& connection_;
  const engine::PlanOptions& options_;
  const Context& context_;
  const LockBook book_;
  std::set<std::string, ascii::Less> wanted_, groups_;   // Ids that the manifest names.
  std::vector<engine::Live> left_;                       // What left the manifest.
  std::set<std::string, ascii::Less> protected_groups_;  // Ids of all that carry the tag.
  std::set<std::string, ascii::Less> with_group_;        // Ids of those that go with their group.
  std::map<std::string, std::vector<Around>, ascii::Less> locks_;  // By group id.
};

}  // namespace akv::kinds
