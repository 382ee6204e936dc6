/// What planning knows while it reads, and how that becomes a plan.
#pragma once
#include "akv/provision/engine/detail/absent.hpp"
#include "akv/provision/engine/detail/judge.hpp"
#include "akv/provision/engine/detail/selection.hpp"
#include "akv/provision/engine/planner.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace akv::engine {

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

  /// A list that asks for no entry is no object to people.
  void count_unchanged(std::size_t i, Plan& plan) const {
    const auto asks = [](const json::Member& list) {
      if (!list.value.is_array()) return true;
      const auto& entries = list.value.as_array();
      return std::any_of(entries.begin(), entries.end(), [](const Document& entry) {
        return entry["state"].string_or() != "absent";
      });
    };
    const auto& lists = deployment.objects[i].body.as_object();
    if (!is_companion(i) || std::any_of(lists.begin(), lists.end(), asks)) ++plan.unchanged;
  }

  static std::string name_key(std::string_view kind, std::string_view name) {
    return std::string(kind) + "/" + ascii::lower(name.substr(name.rfind('/') + 1));
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

}  // namespace akv::engine
