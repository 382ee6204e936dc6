#include "akv/provision/engine/planner.hpp"

#include "akv/provision/engine/detail/absent.hpp"
#include "akv/provision/engine/detail/judge.hpp"
#include "akv/provision/engine/detail/selection.hpp"
#include "akv/provision/engine/lockout.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace akv::engine {
namespace {

std::string_view last_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

// One Target per desired object, by the same index. Live objects are judged as they come and
// dropped where they do not differ.
struct Planner::State {
  enum class Seen { no, live, unreadable };
  struct Target {
    Seen seen = Seen::no;
    bool selected = true;
    std::unique_ptr<detail::Verdict> verdict{};  // Null: as it shall be.
    detail::NameHolders holders{};
    std::vector<std::size_t> within{};  // The desired objects around it, the outermost first.
    std::vector<std::size_t> beside{};  // Its companion lists.
    bool planned = false;
    // Indices in Plan::changes: the last of its own; all in its scope; those of the first turn.
    std::optional<std::size_t> change{};
    std::vector<std::size_t> inside{}, first{};
  };

  State(const Deployment& wanted, const Registry& known, Environment env, PlanOptions given)
      : deployment(wanted),
        registry(known),
        environment(std::move(env)),
        options(std::move(given)),
        labels(wanted.principals),
        targets(wanted.objects.size()) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const Desired& desired = deployment.objects[i];
      by_id.emplace(ascii::lower(desired.id), i);
      if (registry.at(desired.kind).unique_name())
        by_name.emplace(name_key(desired.kind, desired.name), i);
      targets[i].selected = detail::is_selected(options, desired.name);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      targets[i].within = around(i);
      if (is_companion(i) && !targets[i].within.empty())
        targets[targets[i].within.back()].beside.push_back(i);
    }
  }

  bool is_companion(std::size_t i) const {
    return registry.at(deployment.objects[i].kind).is_companion();
  }

  static std::string name_key(std::string_view kind, std::string_view name) {
    return std::string(kind) + "/" + ascii::lower(last_name(name));
  }

  /// What a companion list stands beside; null where that is not planned: a saved plan names only
  /// what it changes.
  Target* parent_of(Target& list) {
    return list.within.empty() ? nullptr : &targets[list.within.back()];
  }

  std::vector<std::size_t> around(std::size_t i) const {
    std::vector<std::size_t> found;
    const std::string id = ascii::lower(deployment.objects[i].id);
    for (std::size_t slash = id.find('/', 1); slash != std::string::npos;
         slash = id.find('/', slash + 1))
      if (const auto at = by_id.find(id.substr(0, slash)); at != by_id.end())
        found.push_back(at->second);
    return found;
  }

  detail::Subject subject(std::size_t i) const {
    const Desired& desired = deployment.objects[i];
    return {desired, registry.at(desired.kind), environment, labels};
  }

  // To allow the takeover of a marked object asks for it; one without a mark wants --adopt.
  bool adoptable(const Desired& desired, bool is_marked) const {
    return desired.adopt || (is_marked && is_allowed(options.allow, "takeover", desired.name)) ||
           std::any_of(options.adopt.begin(), options.adopt.end(),
                       [&](const std::string& glob) { return glob_covers(glob, desired.name); });
  }

  void observe_live(const Live& live);
  void keep_standing(std::size_t i, const Document& live);
  bool roles_decide_about(std::size_t i) const;
  void look_ahead(std::size_t i, const Document& live, bool differs) const;
  void plan_all(Plan& plan);
  void mark_unreadable(Plan& plan);
  void plan_first_turns(Plan& plan);
  void plan_last_turns(Plan& plan);
  void plan_one(std::size_t i, Plan& plan);
  void plan_missing(std::size_t i, Plan& plan);
  void plan_change(std::size_t i, Change change, Plan& plan);
  void add_change(std::size_t i, Change change, Turn turn, Plan& plan);
  void need_surroundings();
  std::vector<const Desired*> names_to_claim();

  const Deployment& deployment;
  const Registry& registry;
  const Environment environment;
  const PlanOptions options;
  const detail::Labels labels;
  std::unordered_map<std::string, std::size_t> by_id;         // Lower case.
  std::unordered_multimap<std::string, std::size_t> by_name;  // Of kinds whose names are unique.
  std::vector<Target> targets;
  std::unordered_map<std::string, DeletedTwin> deleted;  // By name_key; addresses stay.
  std::unordered_map<std::string, HeldName> held;        // By name_key; addresses stay.
  struct Unread {
    std::string kind;  // Of the companion lists that it is about; empty: all in the scope.
    Unreadable what;
  };
  std::vector<Unread> unreadable;
  std::vector<Unreadable> left_out;
  std::vector<std::string> kept;
  std::vector<StandingGrants> standing;
  std::vector<std::pair<std::size_t, Change>> of_last_turn;  // With the target of each.
};

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

// A selected object that is absent needs what is around it, selected or not.
void Planner::State::need_surroundings() {
  for (const Target& target : targets) {
    if (!target.selected || target.seen != Seen::no) continue;
    for (const std::size_t outer : target.within)
      if (targets[outer].seen == Seen::no) targets[outer].selected = true;
  }
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
        ++plan.unchanged;
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
    ++plan.unchanged;
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
