#include "akv/provision/engine/freshness.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/detail/judge.hpp"
#include "akv/provision/engine/fingerprint.hpp"
#include "akv/provision/engine/lockout.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace akv::engine {
namespace {

constexpr std::size_t named_movements = 10;

bool has_risk(const Change& change, std::string_view risk) {
  return std::find(change.risks.begin(), change.risks.end(), risk) != change.risks.end();
}

bool is_own_field(const FieldChange& field) { return field.property == "protect"; }

/// The entries as they are compared: what our own tags say is left out.
Document comparable(Change change) {
  std::erase_if(change.fields, is_own_field);
  return change_entry(change);
}

/// Each of the saved plan's changes against what is live now.
class Comparison {
 public:
  Comparison(const SavedPlan& saved, Plan fresh, const Sightings& seen, const Registry& registry,
             const Environment& environment, const Facts& facts)
      : saved_(saved),
        fresh_(std::move(fresh)),
        seen_(seen),
        registry_(registry),
        environment_(environment),
        facts_(facts),
        labels_(saved.plan.principals) {
    for (const Change& change : saved.plan.changes) planned_[change.id].push_back(&change);
    for (const Change& change : fresh_.changes) planned_afresh_[change.id].push_back(&change);
  }

  Freshness check() {
    refuse_unreadable();
    std::vector<std::optional<std::size_t>> index(saved_.plan.changes.size());
    for (std::size_t i = 0; i < saved_.plan.changes.size(); ++i) {
      std::optional<Change> left = compare(i);
      if (!left) continue;
      const Change& planned = saved_.plan.changes[i];
      left->origin = planned.origin;
      left->waits_for.clear();
      for (const std::size_t other : planned.waits_for)
        if (index[other]) left->waits_for.push_back(*index[other]);
      index[i] = out_.plan.changes.size();
      out_.plan.changes.push_back(std::move(*left));
    }
    look_at_groups();
    look_at_witnesses();
    take_rest();
    return std::move(out_);
  }

 private:
  void refuse_unreadable() const {
    for (const Unreadable& item : fresh_.unreadable)
      throw AzureError({.code = item.code,
                        .message = item.name + " could not be read again: " + item.message,
                        .target = item.id,
                        .request_id = item.request_id});
  }

  void moved(const Change& planned, std::string what, std::vector<FieldChange> fields = {},
             std::string last_written = {}) {
    out_.moved.push_back({.kind = planned.kind,
                          .name = planned.name,
                          .id = planned.id,
                          .what = std::move(what),
                          .fields = std::move(fields),
                          .last_written = std::move(last_written)});
  }

  std::optional<Change> moved_otherwise(const Change& planned, const Change& left) {
    moved(planned, "it would be changed in another way than was planned", {}, left.last_written);
    return std::nullopt;
  }

  std::optional<Change> done(const Change& planned) {
    out_.done.push_back(planned.name);
    return std::nullopt;
  }

  /// What is left of a change; nullopt where it is done, or has moved.
  std::optional<Change> compare(std::size_t i) {
    const Change& planned = saved_.plan.changes[i];
    const Sightings::Sighting* live = seen_.find(planned.id);
    // An entry of a list is not read by itself: its own execution looks.
    const bool is_entry =
        planned.action == Action::del && registry_.at(planned.kind).is_companion();
    if (is_entry) return planned;
    if (!live) return compare_absent(i);
    if (planned.action == Action::purge) return live_again(planned, live->raw);
    if (planned.action == Action::del) return compare_removal(i, live->raw);
    return compare_live(i, live->raw);
  }

  // Of one name either the deleted vault or the new one exists: the purge is done if what it makes
  // room for is there.
  std::optional<Change> live_again(const Change& planned, const Document& live) {
    if (registry_.at(planned.kind).owner(live) == saved_.plan.deployment) return done(planned);
    moved(planned, "it exists again", {}, detail::last_written(live));
    return std::nullopt;
  }

  std::optional<Change> compare_removal(std::size_t i, const Document& live) {
    const Change& planned = saved_.plan.changes[i];
    const Kind& kind = registry_.at(planned.kind);
    if (kind.owner(live) != saved_.plan.deployment) {
      moved(planned, "it no longer carries the mark of this deployment", {},
            detail::last_written(live));
      return std::nullopt;
    }
    if (const auto fields = movement(i, live); !fields.empty()) {
      moved(planned, "", fields, detail::last_written(live));
      return std::nullopt;
    }
    Change left = planned;
    left.live = live;
    return left;
  }

  std::optional<Change> compare_live(std::size_t i, const Document& live) {
    const Change& planned = saved_.plan.changes[i];
    const Kind& kind = registry_.at(planned.kind);
    std::optional<Change> left;
    try {
      left = Planner::replan(planned, live, kind, environment_, saved_.plan.principals);
    } catch (const AzureError& refused) {
      moved(planned, refused.info().message,
            saved_.before[i].is_null() ? std::vector<FieldChange>() : movement(i, live),
            detail::last_written(live));
      return std::nullopt;
    }
    if (!left || !keep_own_part(planned, *left)) return done(planned);
    // What comes back is not known before it is back.
    if (planned.action == Action::recover) return left;
    if (saved_.before[i].is_null() && !kind.is_companion()) {
      moved(planned, "it was created by someone else", {}, left->last_written);
      return std::nullopt;
    }
    // Whoever is asked is told of that again.
    if (has_risk(planned, pruned_risk) && !has_risk(*left, pruned_risk))
      left->risks.emplace_back(pruned_risk);
    auto fields = movement(i, live);
    const std::size_t all = fields.size();
    std::erase_if(fields, [&](const FieldChange& field) { return was_planned(planned, field); });
    if (!fields.empty()) {
      moved(planned, "", std::move(fields), left->last_written);
      return std::nullopt;
    }
    if (all == 0 && !saved_.before[i].is_null()) return as_planned(planned, std::move(*left));
    return left_over(planned, std::move(*left));
  }

  // An earlier run of the plan did a part; what is left must be of the plan, too.
  std::optional<Change> left_over(const Change& planned, Change left) {
    if (std::all_of(left.fields.begin(), left.fields.end(), [&](const FieldChange& field) {
          return is_own_field(field) || was_planned(planned, field);
        }))
      return left;
    return moved_otherwise(planned, left);
  }

  // Of an object with several changes each has its own fields; false where none of them is left.
  bool keep_own_part(const Change& planned, Change& left) const {
    const auto& parts = planned_.at(planned.id);
    std::erase_if(left.fields, [&](const FieldChange& field) {
      return !has(planned, field) &&
             std::any_of(parts.begin(), parts.end(),
                         [&field](const Change* part) { return has(*part, field); });
    });
    return planned.fields.empty() || !left.fields.empty();
  }

  static bool has(const Change& change, const FieldChange& field) {
    return std::any_of(change.fields.begin(), change.fields.end(),
                       [&field](const FieldChange& own) { return own.path == field.path; });
  }

  // The same object must come to the same change; if not, what surrounds it is another.
  std::optional<Change> as_planned(const Change& planned, Change left) {
    if (comparable(planned) != comparable(left)) return moved_otherwise(planned, left);
    // With the places of the manifest.
    if (left.fields.size() == planned.fields.size()) left.fields = planned.fields;
    left.notes = planned.notes;
    return left;
  }

  std::optional<Change> compare_absent(std::size_t i) {
    const Change& planned = saved_.plan.changes[i];
    if (planned.action == Action::del) return done(planned);
    if (!saved_.before[i].is_null()) {
      moved(planned, "it was deleted");
      return std::nullopt;
    }
    const Change* same = nullptr;
    if (const auto found = planned_afresh_.find(planned.id); found != planned_afresh_.end())
      for (const Change* change : found->second)
        if (change->action == planned.action) same = change;
    if (!same) {
      const auto refusal = std::find_if(
          fresh_.refused.begin(), fresh_.refused.end(),
          [&planned](const Refusal& refused) { return ascii::equal(refused.id, planned.id); });
      if (refusal != fresh_.refused.end())
        moved(planned, refusal->message);
      else if (planned.action == Action::purge)
        return done(planned);
      else if (planned.action == Action::create)
        moved(planned, "a deleted vault has its name now");
      else
        moved(planned, "what was soft-deleted under its name is not there any more");
      return std::nullopt;
    }
    // The notes say until when it is kept.
    const bool of_deleted = planned.action == Action::recover || planned.action == Action::purge;
    if (of_deleted && (same->deleted_at != planned.deleted_at || same->notes != planned.notes)) {
      moved(planned, "another vault is soft-deleted under its name");
      return std::nullopt;
    }
    return as_planned(planned, *same);
  }

  /// Field by field, from what the plan saw to what is live.
  std::vector<FieldChange> movement(std::size_t i, const Document& live) const {
    const Kind& kind = registry_.at(saved_.plan.changes[i].kind);
    const Document now = without_own_tags(kind.canonical_live(live));
    // A list that was to come with its parent began empty.
    const Document before = saved_.before[i].is_null() && kind.is_companion()
                                ? without_own_tags(kind.canonical_live(Document::object()))
                                : saved_.before[i];
    if (now == before) return {};
    return diff(
               now, before, kind.rules(),
               {.mode = [](std::string_view) { return ListMode::exact; },
                .label = [this](std::string_view, const Document& key) { return labels_.of(key); }})
        .fields;
  }

  bool was_planned(const Change& planned, const FieldChange& now) const {
    const auto is_now = [&now](const FieldChange& field) {
      return field.path == now.path && field.after == now.after;
    };
    const auto& parts = planned_.at(planned.id);
    return std::any_of(parts.begin(), parts.end(), [&is_now](const Change* part) {
      return std::any_of(part->fields.begin(), part->fields.end(), is_now);
    });
  }

  // A group that is there and does not change has no change of its own, but is relied on.
  void look_at_groups() {
    std::set<std::string, ascii::Less> named;
    for (const Change& change : saved_.plan.changes) named.insert(change.id);
    for (const Change& change : saved_.plan.changes) {
      if (change.action == Action::del) continue;
      std::string group = resource_group_id(change.subscription, change.group);
      // What was seen in it proves that it is there, whether it could be read itself or not.
      if (change.group.empty() || seen_.find(change.id) || seen_.find(group) ||
          !named.insert(group).second)
        continue;
      // That explains whatever has become of what it held.
      std::erase_if(out_.moved, [within = ascii::lower(group) + "/"](const Moved& moved) {
        return ascii::lower(moved.id).starts_with(within);
      });
      out_.moved.push_back({.kind = "resourceGroup",
                            .name = change.group,
                            .id = std::move(group),
                            .what = "it was deleted"});
    }
  }

  // Where a list was refused, what is not in another one may still be there.
  bool all_was_listed() const {
    return std::none_of(
        fresh_.warnings.begin(), fresh_.warnings.end(),
        [](const std::string& warning) { return warning.starts_with("no right to list"); });
  }

  void look_at_witnesses() {
    std::vector<std::string> lines;
    for (const Witness& witness : saved_.witnesses) {
      const Sightings::Sighting* now = seen_.find(witness.id);
      if (now && now->fingerprint == witness.fingerprint) continue;
      if (!now && ascii::equal(witness.kind, "resourceGroup")) continue;
      lines.push_back(witness.kind + " " + witness.name + ", which this plan does not change, " +
                      (now                ? "has moved since it was made"
                       : all_was_listed() ? "is gone"
                                          : "could not be looked at"));
    }
    const std::size_t shown = std::min(lines.size(), named_movements);
    out_.warnings.assign(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(shown));
    if (lines.size() > shown)
      out_.warnings.push_back(std::to_string(lines.size() - shown) +
                              " more objects that this plan does not change have moved");
  }

  void take_rest() {
    Plan& plan = out_.plan;
    plan.deployment = saved_.plan.deployment;
    plan.subscriptions = saved_.subscriptions;
    plan.api_version = saved_.plan.api_version;
    plan.digest = saved_.plan.digest;
    plan.where = fresh_.where;
    plan.who = fresh_.who;
    plan.reads = fresh_.reads;
    plan.refused = saved_.plan.refused;
    plan.unreadable = saved_.plan.unreadable;
    plan.warnings = saved_.plan.warnings;
    plan.warnings.insert(plan.warnings.end(), out_.warnings.begin(), out_.warnings.end());
    // What this reading could not see, which the one that made the plan may have seen.
    for (const std::string& warning : fresh_.warnings)
      if (std::find(plan.warnings.begin(), plan.warnings.end(), warning) == plan.warnings.end())
        plan.warnings.push_back(warning);
    plan.kept = saved_.plan.kept;
    plan.inventory = saved_.plan.inventory;
    plan.findings = saved_.plan.findings;
    plan.left_alone = saved_.plan.left_alone;
    plan.unchanged = saved_.plan.unchanged + out_.done.size();
    plan.vaults_planned = saved_.plan.vaults_planned;
    plan.places = saved_.plan.places;
    plan.principals = saved_.plan.principals;
    plan.standing = fresh_.standing;
    for (const Change& change : plan.changes)
      plan.planned_writes += registry_.at(change.kind).writes(change);
    plan.guards = check_all_guards(plan, facts_, saved_.allow);
    for (std::string& warning : Lockout(plan, facts_, saved_.allow).warnings())
      if (std::find(plan.warnings.begin(), plan.warnings.end(), warning) == plan.warnings.end())
        plan.warnings.push_back(std::move(warning));
  }

  using ById = std::map<std::string_view, std::vector<const Change*>, ascii::Less>;

  const SavedPlan& saved_;
  const Plan fresh_;
  ById planned_, planned_afresh_;  // The changes of each object, in saved_ and in fresh_.
  const Sightings& seen_;
  const Registry& registry_;
  const Environment& environment_;
  const Facts& facts_;
  const detail::Labels labels_;
  Freshness out_;
};

}  // namespace

Sightings::Sightings(const Registry& registry, const Deployment& deployment) : registry_(registry) {
  for (const Desired& desired : deployment.objects) wanted_.emplace(desired.id, false);
}

Sightings::Sightings(const Registry& registry, const SavedPlan& saved) : registry_(registry) {
  for (const Witness& witness : saved.witnesses) wanted_.emplace(witness.id, false);
  for (const Change& change : saved.plan.changes) {
    wanted_[change.id] = true;
    wanted_.emplace(resource_group_id(change.subscription, change.group), false);
  }
}

void Sightings::add(const Live& live) {
  const auto wanted = wanted_.find(live.id);
  if (wanted == wanted_.end()) return;
  Sighting& seen = seen_[live.id];
  seen.fingerprint = fingerprint(registry_.at(live.kind).canonical_live(live.raw));
  if (wanted->second) seen.raw = live.raw;
}

const Sightings::Sighting* Sightings::find(std::string_view id) const {
  const auto found = seen_.find(id);
  return found == seen_.end() ? nullptr : &found->second;
}

std::vector<Witness> witnesses_of(const Plan& plan, const Deployment& deployment,
                                  const Sightings& seen) {
  std::set<std::string_view, ascii::Less> changed;
  for (const Change& change : plan.changes) changed.insert(change.id);
  std::vector<Witness> out;
  for (const Desired& desired : deployment.objects)
    if (const auto* live = seen.find(desired.id); live && !changed.contains(desired.id))
      out.push_back({desired.kind, desired.name, desired.id, live->fingerprint});
  return out;
}

Freshness check_freshness(const SavedPlan& saved, Plan fresh, const Sightings& seen,
                          const Registry& registry, const Environment& environment,
                          const Facts& facts) {
  return Comparison(saved, std::move(fresh), seen, registry, environment, facts).check();
}

}  // namespace akv::engine
