#include "akv/provision/engine/planner.hpp"

#include "akv/provision/engine/detail/planner_state.hpp"
#include "akv/provision/engine/lockout.hpp"

#include <algorithm>
#include <utility>

namespace akv::engine {

Planner::Planner(const Deployment& deployment, const Registry& registry, Environment environment,
                 PlanOptions options)
    : state_(std::make_unique<State>(deployment, registry, std::move(environment),
                                     std::move(options))) {}

Planner::~Planner() = default;

void Planner::observe(const Live& live) {
  if (state_->options.on_live) state_->options.on_live(live);
  state_->observe_live(live);
}

void Planner::observe(DeletedTwin twin) {
  auto key = State::name_key(twin.kind, twin.name);
  state_->deleted.insert_or_assign(std::move(key), std::move(twin));
}

void Planner::observe(HeldName held) {
  auto key = State::name_key(held.kind, held.name);
  state_->held.insert_or_assign(std::move(key), std::move(held));
}

std::vector<const Desired*> Planner::names_to_claim() { return state_->names_to_claim(); }

void Planner::unreadable(Unreadable what) { state_->unreadable.push_back({{}, std::move(what)}); }

void Planner::unreadable_lists(std::string kind, Unreadable what) {
  state_->unreadable.push_back({std::move(kind), std::move(what)});
}

void Planner::leave_out(Unreadable what) {
  const auto at = state_->by_id.find(ascii::lower(what.id));
  if (at == state_->by_id.end()) return;
  State::Target& target = state_->targets[at->second];
  target.seen = State::Seen::unreadable;
  if (target.selected) state_->left_out.push_back(std::move(what));
}

void Planner::State::observe_live(const Live& live) {
  const Kind& kind = registry.at(live.kind);
  const auto at = by_id.find(ascii::lower(live.id));
  if (at == by_id.end()) {
    if (kind.owner(live.raw) == deployment.name && detail::is_selected(options, live.name))
      kept.push_back(live.name);
    if (!kind.unique_name()) return;
    const auto [first, last] = by_name.equal_range(name_key(live.kind, live.name));
    for (auto same = first; same != last; ++same) targets[same->second].holders.live_id = live.id;
    return;
  }
  Target& target = targets[at->second];
  if (target.seen == Seen::unreadable) return;  // Left out.
  target.seen = Seen::live;
  target.verdict.reset();
  if (!target.selected) {
    if (kind.is_companion() || roles_decide_about(at->second)) keep_standing(at->second, live.raw);
    return;
  }
  const bool adopt = adoptable(deployment.objects[at->second], !kind.owner(live.raw).empty());
  detail::Verdict verdict = detail::judge(subject(at->second), live.raw, {.adopt = adopt});
  if (kind.is_companion() && !verdict.change) keep_standing(at->second, live.raw);
  if (!kind.is_companion() && !verdict.change && roles_decide_about(at->second))
    keep_standing(at->second, live.raw);
  look_ahead(at->second, live.raw, verdict.change || verdict.refusal);
  if (verdict.change || verdict.refusal || !verdict.left_alone.empty())
    target.verdict = std::make_unique<detail::Verdict>(std::move(verdict));
}

void Planner::State::keep_standing(std::size_t i, const Document& live) {
  const Desired& desired = deployment.objects[i];
  const Kind& kind = registry.at(desired.kind);
  const Document there = kind.canonical_live(live);
  Change none = detail::change_of(desired, Action::update);
  kind.assess(none, there, there);
  auto& after = none.impact.after;
  if (!after.grants.empty() || after.model != AccessModel::unknown)
    standing.push_back({desired.subscription, desired.name, std::move(after.grants), after.model});
}

// Only then is what the object itself grants of interest although it does not change.
bool Planner::State::roles_decide_about(std::size_t i) const {
  const auto has_lists = [this](std::size_t o) { return !targets[o].beside.empty(); };
  const Target& target = targets[i];
  return has_lists(i) || std::any_of(target.within.begin(), target.within.end(), has_lists);
}

void Planner::State::look_ahead(std::size_t i, const Document& live, bool differs) const {
  const bool wanted = differs || options.outlook_of_all;
  const bool aside = !wanted && (is_companion(i) || roles_decide_about(i));
  if (!options.outlook || !(wanted || aside)) return;
  const Desired& desired = deployment.objects[i];
  const Kind& kind = registry.at(desired.kind);
  const Document before = live.is_null() ? Document() : kind.canonical_live(live);
  options.outlook({.deployment = deployment,
                   .desired = desired,
                   .before = before,
                   .after = detail::outlook(subject(i), before),
                   .ours = !live.is_null() && kind.owner(live) == deployment.name,
                   .differs = differs,
                   .aside = aside});
}

std::vector<const Desired*> Planner::State::names_to_claim() {
  need_surroundings();
  std::vector<const Desired*> names;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Desired& desired = deployment.objects[i];
    const Target& target = targets[i];
    const bool would_be_made = target.selected && target.seen == Seen::no && !desired.existing &&
                               target.holders.live_id.empty() &&
                               registry.at(desired.kind).unique_name() &&
                               !deleted.contains(name_key(desired.kind, desired.name));
    const bool is_unread =
        std::any_of(unreadable.begin(), unreadable.end(), [&desired](const Unread& scope) {
          return scope.kind.empty() && covers(scope.what.id, desired.id);
        });
    if (would_be_made && !is_unread) names.push_back(&desired);
  }
  return names;
}

Plan Planner::finish() {
  Plan plan;
  plan.deployment = state_->deployment.name;
  plan.api_version = state_->environment.api_version;
  plan.places = state_->deployment.places;
  plan.principals = state_->deployment.principals;
  plan.subscriptions = state_->deployment.subscriptions;
  state_->plan_all(plan);
  plan.kept = std::move(state_->kept);
  std::sort(plan.kept.begin(), plan.kept.end(), ascii::less);
  detail::warn_of_idle_globs(state_->options, state_->deployment, plan.warnings);
  plan.standing = std::move(state_->standing);
  const PlanOptions& options = state_->options;
  plan.guards = check_all_guards(plan, options.facts, options.allow);
  for (std::string& warning : Lockout(plan, options.facts, options.allow).warnings())
    plan.warnings.push_back(std::move(warning));
  return plan;
}

}  // namespace akv::engine
