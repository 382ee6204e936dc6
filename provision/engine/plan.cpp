#include "akv/provision/engine/plan.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>

namespace akv::engine {

std::string_view to_string(Action action) {
  switch (action) {
    case Action::create:
      return "create";
    case Action::update:
      return "update";
    case Action::recover:
      return "recover";
    case Action::purge:
      return "purge";
    case Action::del:
      return "delete";
    case Action::adopt:
      return "adopt";
  }
  return "";
}

std::string called(const Change& change) {
  const bool speaks_for_itself =
      change.kind.empty() || change.kind == "vault" || change.kind == "resourceGroup";
  return speaks_for_itself ? change.name : change.kind + " " + change.name;
}

std::size_t Plan::count(Action action) const {
  return static_cast<std::size_t>(std::count_if(
      changes.begin(), changes.end(), [action](const Change& c) { return c.action == action; }));
}

std::string told(const Plan& plan, std::string_view subscription, std::string_view name) {
  std::string text(name);
  const auto& all = plan.subscriptions;
  if (all.size() > 1 && !subscription.empty() && !ascii::equal(subscription, all.front()))
    text.append(" in subscription ").append(subscription);
  return text;
}

std::string told(const Plan& plan, const Change& change) {
  return told(plan, change.subscription, change.name);
}

bool Plan::has_differences() const {
  return !refused.empty() || std::any_of(changes.begin(), changes.end(),
                                         [](const Change& c) { return c.action != Action::adopt; });
}

}  // namespace akv::engine
