// From what was seen to changes, each behind what it waits for.
#include "akv/provision/engine/detail/planner_state.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace akv::engine {

// A selected object that is absent needs what is around it, selected or not.
void Planner::State::need_surroundings() {
  for (const Target& target : targets) {
    if (!target.selected || target.seen != Seen::no) continue;
    for (const std::size_t outer : target.within)
      if (targets[outer].seen == Seen::no) targets[outer].selected = true;
  }
}

// Edges lead to smaller indices only: what is waited for has been added before.
void Planner::State::add_change(std::size_t i, Change change, Turn turn, Plan& plan) {
  Target& target = targets[i];
  const auto wait_for = [&change](const std::vector<std::size_t>& others) {
    change.waits_for.insert(change.waits_for.end(), others.begin(), others.end());
  };
  if (turn == Turn::last) {
    if (const Target* parent = parent_of(target)) wait_for(parent->inside);
  } else if (turn == Turn::usual) {
    const auto outer =
        std::find_if(target.within.rbegin(), target.within.rend(),
                     [this](std::size_t o) { return targets[o].change.has_value(); });
    if (outer != target.within.rend()) change.waits_for.push_back(*targets[*outer].change);
    if (target.change) change.waits_for.push_back(*target.change);
    for (const std::size_t o : target.within) wait_for(targets[o].first);
    wait_for(target.first);
    const auto wait_for_lists = [this, &change](const Target& scope) {
      for (const std::size_t list : scope.beside)
        if (targets[list].change) change.waits_for.push_back(*targets[list].change);
    };
    if (registry.at(change.kind).follows_companions(change)) {
      for (const std::size_t o : target.within) wait_for_lists(targets[o]);
      wait_for_lists(target);
    }
  }
  const std::size_t index = plan.changes.size();
  // What is of the first turn is waited for by itself.
  if (turn != Turn::first)
    target.change = index;
  else if (Target* parent = parent_of(target))
    parent->first.push_back(index);
  for (const std::size_t o : target.within) targets[o].inside.push_back(index);
  target.inside.push_back(index);
  plan.planned_writes += registry.at(change.kind).writes(change);
  plan.changes.push_back(std::move(change));
}

// A companion's part of the first turn has been added already.
void Planner::State::plan_change(std::size_t i, Change change, Plan& plan) {
  if (!is_companion(i)) {
    if (registry.at(change.kind).follows_companions(change))
      for (const std::size_t list : targets[i].beside) plan_one(list, plan);
    return add_change(i, std::move(change), Turn::usual, plan);
  }
  const Kind& kind = registry.at(change.kind);
  for (auto& [turn, part] : kind.turns(std::move(change))) {
    if (turn == Turn::usual)
      add_change(i, std::move(part), turn, plan);
    else if (turn == Turn::last)
      of_last_turn.emplace_back(i, std::move(part));
  }
}

void Planner::State::plan_missing(std::size_t i, Plan& plan) {
  // Nothing can be made inside what is absent and stays so; that refusal says it all.
  for (const std::size_t outer : targets[i].within)
    if (targets[outer].seen != Seen::live && !targets[outer].change) return;
  detail::NameHolders holders = targets[i].holders;
  const std::string key = name_key(deployment.objects[i].kind, deployment.objects[i].name);
  if (const auto at = deleted.find(key); at != deleted.end()) holders.deleted = &at->second;
  if (const auto at = held.find(key); at != held.end()) holders.held = &at->second;
  auto outcome = detail::plan_absent(subject(i), holders);
  if (auto* refusal = std::get_if<Refusal>(&outcome)) {
    plan.refused.push_back(std::move(*refusal));
  } else {
    for (Change& change : std::get<std::vector<Change>>(outcome)) {
      if (is_companion(i) && change.fields.empty())
        count_unchanged(i, plan);
      else
        plan_change(i, std::move(change), plan);
    }
  }
}

void Planner::State::plan_one(std::size_t i, Plan& plan) {
  Target& target = targets[i];
  if (std::exchange(target.planned, true) || !target.selected) return;
  if (target.seen == Seen::unreadable) return;
  if (registry.at(deployment.objects[i].kind).unique_name()) ++plan.vaults_planned;
  if (target.seen == Seen::no) {
    look_ahead(i, Document(), true);
    return plan_missing(i, plan);
  }
  if (target.verdict && target.verdict->refusal) {
    // That of a companion list is its parent's, and said there.
    if (!is_companion(i)) plan.refused.push_back(std::move(*target.verdict->refusal));
  } else if (target.verdict && target.verdict->change) {
    plan_change(i, std::move(*target.verdict->change), plan);
  } else {
    count_unchanged(i, plan);
  }
  if (!target.verdict) return;
  for (FieldChange& entry : target.verdict->left_alone)
    plan.left_alone.emplace_back(deployment.objects[i].name, std::move(entry));
  target.verdict.reset();
}

void Planner::State::mark_unreadable(Plan& plan) {
  for (Unreadable& object : left_out) plan.unreadable.push_back(std::move(object));
  // What was seen was read, whatever could not be read around it.
  for (auto& [kind, scope] : unreadable) {
    bool any = false;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const Desired& desired = deployment.objects[i];
      if (!kind.empty() && desired.kind != kind) continue;
      if (!covers(scope.id, desired.id)) continue;
      any = true;
      if (targets[i].seen != Seen::no) continue;
      // A list of what is not there yet needs no reading.
      const Target* parent = parent_of(targets[i]);
      if (!kind.empty() && parent && parent->seen != Seen::live) continue;
      targets[i].seen = Seen::unreadable;
      if (targets[i].selected)
        plan.unreadable.push_back({.kind = desired.kind,
                                   .name = desired.name,
                                   .id = desired.id,
                                   .code = scope.code,
                                   .message = scope.message,
                                   .remedy = scope.remedy,
                                   .request_id = scope.request_id});
    }
    if (!any) plan.unreadable.push_back(std::move(scope));
  }
}

// What is live only: nothing of it waits for a parent.
void Planner::State::plan_first_turns(Plan& plan) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Target& target = targets[i];
    if (!is_companion(i) || !target.selected || !target.verdict || !target.verdict->change)
      continue;
    for (auto& [turn, part] :
         registry.at(deployment.objects[i].kind).turns(*target.verdict->change))
      if (turn == Turn::first) add_change(i, std::move(part), turn, plan);
  }
}

// The innermost first, for a scope waits for what is in it.
void Planner::State::plan_last_turns(Plan& plan) {
  std::stable_sort(of_last_turn.begin(), of_last_turn.end(), [this](const auto& a, const auto& b) {
    return targets[a.first].within.size() > targets[b.first].within.size();
  });
  for (auto& [i, change] : of_last_turn) add_change(i, std::move(change), Turn::last, plan);
}

void Planner::State::plan_all(Plan& plan) {
  mark_unreadable(plan);
  need_surroundings();
  plan_first_turns(plan);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (const std::size_t outer : targets[i].within) plan_one(outer, plan);
    plan_one(i, plan);
  }
  plan_last_turns(plan);
}

}  // namespace akv::engine
