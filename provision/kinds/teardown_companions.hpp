/// Locks in the way of a teardown, and what a deployment made beside objects that stay.
#pragma once
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::kinds {

/// Used by one thread; what it is given outlives it.
class TeardownCompanions {
 public:
  /// `deployment` null: what carries any mark is ours.
  TeardownCompanions(const engine::Deployment* deployment, const Connection& connection,
                     const Context& context)
      : deployment_(deployment), connection_(connection), context_(context) {}

  /// Before something goes: the deletes of our own locks on it and around it, in its group, which
  /// are added to `plan` once; their indices in Plan::changes. Where another lock stands in the
  /// way, the refusal that names it is added instead, and the result is nullopt.
  std::optional<std::vector<std::size_t>> clear_the_way(const engine::Change& removal,
                                                        engine::Plan& plan);
  /// Deletes of our own role assignments and locks on objects that the manifest only uses.
  void remove_beside_existing(engine::Plan& plan);

 private:
  struct Lock {
    std::string id, scope, name, level, mark;
    json::Document raw;
    std::optional<std::size_t> removal{};  // In Plan::changes.
  };
  std::vector<Lock>& locks_of(const std::string& subscription, engine::Plan& plan);
  bool is_ours(std::string_view mark) const;

  const engine::Deployment* deployment_;
  const Connection& connection_;
  const Context& context_;
  std::map<std::string, std::vector<Lock>, ascii::Less> locks_;  // By subscription.
};

}  // namespace akv::kinds
