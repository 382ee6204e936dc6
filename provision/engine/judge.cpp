#include "akv/provision/engine/detail/judge.hpp"

#include "akv/mgmt/core/time.hpp"
#include "akv/provision/engine/detail/adopting.hpp"
#include "akv/provision/engine/detail/entries.hpp"
#include "akv/provision/engine/planner.hpp"

#include <algorithm>
#include <utility>

namespace akv::engine {
namespace detail {
namespace {

// Of an object that merely must exist we own only what we name.
ListMode own_mode(const Subject& subject, std::string_view property) {
  if (subject.desired.existing) return ListMode::merge;
  const auto& manage = subject.desired.manage;
  const auto written = manage.find(property);
  return written != manage.end() ? written->second : subject.kind.default_mode(property);
}

// The run that adopts removes nothing.
DiffOptions diff_options(const Subject& subject, bool adopting) {
  return {.mode =
              [&subject, adopting](std::string_view property) {
                return adopting ? ListMode::merge : own_mode(subject, property);
              },
          .label = [&subject](std::string_view,
                              const Document& key) { return subject.labels.of(key); }};
}

std::string short_text(const Document& value) {
  if (value.is_null()) return "absent";
  return value.is_string() ? value.as_string() : value.dump();
}

void add_once(std::string& sentences, std::string_view more) {
  if (more.empty() || sentences.find(more) != std::string::npos) return;
  if (!sentences.empty()) sentences += "; ";
  sentences += more;
}

std::optional<Refusal> immutable(const Desired& desired, const std::vector<FieldChange>& fields) {
  std::string message, remedy;
  for (const FieldChange& field : fields) {
    if (!field.immutable) continue;
    add_once(message, field.path + " is " + short_text(field.before) + " and cannot become " +
                          short_text(field.after));
    add_once(remedy, field.way_out);
  }
  if (message.empty()) return std::nullopt;
  return refusal_of(desired, "immutable", std::move(message), std::move(remedy));
}

// All that cannot be brought about, at once: who mends one at a time plans once for each.
std::optional<Refusal> immovable(const Subject& subject, const Document& wanted,
                                 const Document& there, const std::vector<FieldChange>& fields) {
  std::optional<Refusal> refusal = immutable(subject.desired, fields);
  if (const auto more = subject.kind.refuse(wanted, there, subject.desired)) {
    if (!refusal) {
      refusal = refusal_of(subject.desired, more->code, "", "");
      if (more->origin) refusal->origin = more->origin;
    }
    add_once(refusal->message, more->message);
    add_once(refusal->remedy, more->remedy);
  }
  if (refusal) refusal->stops_run = false;
  return refusal;
}

// What stays only because this run adopts: the next one removes it, and says so now.
void announce_removals(const Subject& subject, std::vector<std::string> going, Change& change) {
  std::vector<FieldChange> staying;
  for (FieldChange& entry : change.left_alone) {
    if (own_mode(subject, entry.property) == ListMode::exact)
      going.push_back(entry.path);
    else
      staying.push_back(std::move(entry));
  }
  change.left_alone = std::move(staying);
  std::string text;
  for (const std::string& each : going) text += (text.empty() ? "" : ", ") + each;
  if (!text.empty())
    change.notes.push_back("adopting removes nothing; the next run removes " + text);
}

Refusal not_ours(const Subject& subject, const std::string& mark) {
  const Desired& desired = subject.desired;
  if (mark.empty())
    return refusal_of(
        desired, "not-adopted",
        "it exists and carries no mark of deployment " + subject.environment.deployment,
        "adopt: true or --adopt=" + desired.name +
            " takes it over, existing: true uses it as it is");
  return refusal_of(desired, "other-deployment", "it belongs to deployment " + mark,
                    "take it out of one of the two manifests, or take it over: --adopt=" +
                        desired.name + " --allow takeover=" + desired.name);
}

}  // namespace

std::string last_written(const Document& live) {
  const Document& system = live["systemData"];
  const std::string_view by = system["lastModifiedBy"].string_or();
  const auto at = time::parse_rfc3339(system["lastModifiedAt"].string_or());
  if (!at) return {};
  // `2026-11-22T10:40:00Z`, to the minute.
  std::string text = time::format_rfc3339(*at).substr(0, 16) + " UTC";
  text[10] = ' ';
  return by.empty() ? text : text + " by " + std::string(by);
}

Labels::Labels(const std::vector<Principal>& principals) {
  for (const Principal& principal : principals) names_.emplace(principal.object_id, principal.name);
}

std::string Labels::of(const Document& key) const {
  const Document* object = key.find("objectId");
  if (!object) return key_text(key);
  const auto named = names_.find(object->string_or());
  std::string label(named != names_.end() ? named->second : object->string_or());
  if (const auto application = key["applicationId"].string_or(); !application.empty())
    label += "/" + std::string(application);
  if (const auto role = key["role"].string_or(); !role.empty()) label += "/" + std::string(role);
  return label;
}

Change change_of(const Desired& desired, Action action) {
  Change change;
  change.action = action;
  change.kind = desired.kind;
  change.name = desired.name;
  change.id = desired.id;
  change.subscription = desired.subscription;
  change.group = desired.group;
  change.origin = desired.origin;
  change.source = desired;
  return change;
}

Refusal refusal_of(const Desired& desired, std::string code, std::string message,
                   std::string remedy) {
  return {.kind = desired.kind,
          .name = desired.name,
          .id = desired.id,
          .origin = desired.origin,
          .code = std::move(code),
          .message = std::move(message),
          .remedy = std::move(remedy)};
}

Refusal missing(const Desired& desired, const std::string& more) {
  return refusal_of(desired, "missing",
                    "it does not exist, and the manifest says existing: true" +
                        (more.empty() ? more : "; " + more),
                    "make it first, or let akv make it: take existing: true away");
}

Change make_create(const Subject& subject) {
  const Desired& desired = subject.desired;
  Change change = change_of(desired, Action::create);
  change.desired = subject.kind.canonical_desired(desired.body, desired, subject.environment);
  subject.kind.complete_create(change.desired, desired, subject.environment, change.notes);
  change.fields =
      diff(change.desired, Document::object(), subject.kind.rules(), diff_options(subject, false))
          .fields;
  for (FieldChange& field : change.fields) {
    field.before = Document();
    field.immutable = false;
  }
  subject.kind.assess(change, Document(), change.desired);
  return change;
}

Document outlook(const Subject& subject, const Document& there) {
  const Desired& desired = subject.desired;
  Document wanted = subject.kind.canonical_desired(desired.body, desired, subject.environment);
  if (!there.is_null())
    return after_image(wanted, there, subject.kind.rules(), diff_options(subject, false).mode);
  std::vector<std::string> notes;
  if (!desired.existing) subject.kind.complete_create(wanted, desired, subject.environment, notes);
  return wanted;
}

Verdict judge(const Subject& subject, const Document& live, const Claim& claim) {
  const Desired& desired = subject.desired;
  const Kind& kind = subject.kind;
  const std::string mark = desired.existing ? std::string() : kind.owner(live);
  const bool ours = desired.existing || mark == subject.environment.deployment;
  if (!ours) {
    const bool moved = claim.seen_mark && *claim.seen_mark != mark;
    if (!claim.adopt || moved) return {.refusal = not_ours(subject, mark)};
  }
  const bool adopting = !ours || (claim.adopt && claim.seen_mark);

  Document wanted = kind.canonical_desired(desired.body, desired, subject.environment);
  const Document there = kind.canonical_live(live);
  const DiffOptions options = diff_options(subject, adopting);
  std::vector<std::string> going;
  if (adopting) going = keep_words(wanted, there, kind.rules(), options);
  Difference difference = diff(wanted, there, kind.rules(), options);

  if (auto refusal = immovable(subject, wanted, there, difference.fields))
    return {.refusal = std::move(refusal)};
  // A companion list has no mark to write.
  if ((ours || kind.is_companion()) && difference.fields.empty())
    return {.left_alone = std::move(difference.left_alone)};

  Change change = change_of(desired, difference.fields.empty() ? Action::adopt : Action::update);
  change.adopts = !ours;
  // A companion list is taken over with its parent, and that says so.
  if (!ours && !kind.is_companion()) change.taken_from = mark;
  change.fields = std::move(difference.fields);
  change.left_alone = std::move(difference.left_alone);
  if (adopting) announce_removals(subject, std::move(going), change);
  change.live = live;
  change.last_written = last_written(live);
  if (!change.fields.empty())
    kind.assess(change, there, after_image(wanted, there, kind.rules(), options.mode));
  change.desired = std::move(wanted);
  return {.change = std::move(change)};
}

}  // namespace detail

std::optional<Change> Planner::replan(const Change& planned, const Document& live, const Kind& kind,
                                      const Environment& environment,
                                      const std::vector<Principal>& principals) {
  const detail::Labels labels(principals);
  const detail::Subject subject{planned.source, kind, environment, labels};
  const auto stop_at = [&](const Refusal& refusal) {
    throw AzureError({.code = refusal.code,
                      .message = refusal.message + "; " + refusal.remedy,
                      .target = planned.id});
  };
  if (live.is_null()) {
    if (planned.source.existing) stop_at(detail::missing(planned.source));
    return detail::make_create(subject);
  }
  detail::Verdict verdict =
      detail::judge(subject, live, {.adopt = planned.adopts, .seen_mark = planned.taken_from});
  if (verdict.refusal) stop_at(*verdict.refusal);
  if (verdict.change) verdict.change->waits_for = planned.waits_for;
  return std::move(verdict.change);
}

}  // namespace akv::engine
