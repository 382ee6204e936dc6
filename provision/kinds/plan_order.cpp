#include "akv/provision/kinds/plan_order.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/companion_list.hpp"

#include <algorithm>
#include <map>
#include <string>
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

void put_last_turns_last(engine::Plan& plan, const engine::Registry& registry, std::size_t added) {
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
  const auto first_of_last = static_cast<std::size_t>(last - order.begin());
  // Sorted, what is within a scope stands together.
  std::multimap<std::string, std::size_t> places;
  for (std::size_t i = added; i < n; ++i)
    if (place[i] < first_of_last) places.emplace(ascii::lower(changes[place[i]].id), place[i]);
  for (std::size_t i = first_of_last; i < n && !places.empty(); ++i) {
    const std::string scope = ascii::lower(parent_of(changes[i].id));
    const auto wait = [&](auto from, auto to) {
      for (; from != to; ++from) changes[i].waits_for.push_back(from->second);
    };
    wait(places.lower_bound(scope), places.upper_bound(scope));
    wait(places.lower_bound(scope + "/"), places.lower_bound(scope + "0"));  // '0' is '/' + 1.
  }
  plan.changes = std::move(changes);
}

}  // namespace akv::kinds
