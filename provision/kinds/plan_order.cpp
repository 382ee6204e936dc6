#include "akv/provision/kinds/plan_order.hpp"

#include "akv/provision/kinds/companion_list.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace akv::kinds {
namespace {

using engine::Change;

bool is_of_last_turn(const Change& change, const engine::Registry& registry) {
  const engine::Kind& kind = registry.at(change.kind);
  if (!kind.is_companion() || change.action == engine::Action::del) return false;
  const auto parts = kind.turns(change);
  return !parts.empty() && parts.back().first == engine::Turn::last;
}

}  // namespace

void put_last_turns_last(engine::Plan& plan, const engine::Registry& registry) {
  const std::size_t n = plan.changes.size();
  std::vector<std::size_t> order(n), place(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  // Those of the last turn are waited for by such only: within each part the order may stay.
  const auto last = std::stable_partition(order.begin(), order.end(), [&](std::size_t i) {
    return !is_of_last_turn(plan.changes[i], registry);
  });
  if (last == order.end()) return;
  for (std::size_t i = 0; i < n; ++i) place[order[i]] = i;
  std::vector<Change> changes;
  changes.reserve(n);
  for (const std::size_t i : order) {
    Change& change = changes.emplace_back(std::move(plan.changes[i]));
    for (std::size_t& other : change.waits_for) other = place[other];
  }
  for (auto i = static_cast<std::size_t>(last - order.begin()); i < n; ++i) {
    auto& waits_for = changes[i].waits_for;
    for (std::size_t other = 0; other < i; ++other)
      if (engine::covers(parent_of(changes[i].id), changes[other].id) &&
          std::find(waits_for.begin(), waits_for.end(), other) == waits_for.end())
        waits_for.push_back(other);
  }
  plan.changes = std::move(changes);
}

}  // namespace akv::kinds
