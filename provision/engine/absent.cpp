#include "akv/provision/engine/detail/absent.hpp"

#include <utility>

namespace akv::engine::detail {
namespace {

bool same_location(std::string_view a, std::string_view b) {
  const auto plain = [](std::string_view text) {
    std::string out = ascii::lower(text);
    std::erase(out, ' ');
    return out;
  };
  return a.empty() || b.empty() || plain(a) == plain(b);
}

std::string_view location_of(const Subject& subject, const Document& canonical) {
  if (const Document* own = canonical.find("location")) return own->string_or();
  const std::string_view id = subject.desired.id;
  // The group's id is what stands before the object's own part.
  for (const auto& [group, location] : subject.environment.locations)
    if (id.size() > group.size() && id[group.size()] == '/' && ascii::starts_with(id, group))
      return location;
  return {};
}

std::string when(const DeletedTwin& twin) {
  return twin.deleted_on.empty() ? "deleted" : "deleted on " + twin.deleted_on;
}

std::string until(const DeletedTwin& twin) {
  return twin.gone_on.empty() ? "for its retention" : "until " + twin.gone_on;
}

Refusal held(const Desired& desired, const DeletedTwin& twin) {
  const std::string message = when(twin) + "; Azure keeps its name and contents " + until(twin);
  if (twin.purge_protected)
    return refusal_of(desired, "soft-deleted", message + ", and purge protection forbids a purge",
                      "onSoftDeleted: recover brings it back, another name avoids it");
  return refusal_of(desired, "soft-deleted", message,
                    "onSoftDeleted: recover brings it back, purge ends it for ever, another name "
                    "avoids it");
}

Change recover(const Subject& subject, const DeletedTwin& twin, Change create) {
  Change change = std::move(create);
  const bool ours = twin.owner == subject.environment.deployment;
  change.action = Action::recover;
  change.deleted_at = twin.deleted_at;
  // What it will be is not known before it is back: then it is read, compared and judged again.
  change.fields.clear();
  change.risks.clear();
  change.effects.clear();
  change.impact = {};
  change.adopts = !ours;
  change.notes = {
      when(twin) + (twin.location.empty() ? "" : " in " + twin.location) +
          (twin.gone_on.empty() ? "" : ", gone on " + twin.gone_on) +
          (twin.purge_protected ? ", purge protection on" : ""),
      "first it comes back as it was: its old access returns with it, and what it holds is unknown "
      "until then",
      ours
          ? "then it is updated to what the manifest says; entries that the manifest lacks go, and "
            "the guards judge again"
          : "then it is taken over and updated, and the guards judge again; entries that the "
            "manifest lacks stay until the next run"};
  return change;
}

Change purge(const Subject& subject, const DeletedTwin& twin, const Document& completed) {
  Change change = change_of(subject.desired, Action::purge);
  change.desired = completed;
  change.deleted_at = twin.deleted_at;
  change.notes = {when(twin) + "; without a purge its contents are kept " + until(twin),
                  "a purge ends its keys, secrets and certificates for ever"};
  return change;
}

}  // namespace

std::variant<std::vector<Change>, Refusal> plan_absent(const Subject& subject,
                                                       const NameHolders& holders) {
  const Desired& desired = subject.desired;
  const DeletedTwin* twin = holders.deleted;
  if (desired.existing)
    return missing(desired, twin ? "it was " + when(*twin) + " and is kept " + until(*twin) : "");
  if (!holders.live_id.empty())
    return refusal_of(desired, "twin", "its name is taken by " + holders.live_id,
                      "name that one's group in the manifest, or choose another name");
  if (!twin && holders.held)
    return refusal_of(desired, holders.held->code, holders.held->message, holders.held->remedy);
  Change create = make_create(subject);
  if (!twin) return std::vector<Change>{std::move(create)};

  const auto elsewhere = [&](const std::string& what) {
    return refusal_of(desired, "twin",
                      "its name is held " + until(*twin) + " by " + twin->id + ", " + when(*twin) +
                          ", which " + what,
                      "recover or purge that one where it belongs, or choose another name");
  };
  if (!ascii::equal(twin->id, desired.id)) return elsewhere("stood in another place");
  if (!same_location(twin->location, location_of(subject, create.desired)))
    return elsewhere("was in " + twin->location);
  if (!twin->owner.empty() && twin->owner != subject.environment.deployment)
    return elsewhere("belongs to deployment " + twin->owner);

  if (!create.desired.find("location") && !twin->location.empty())
    create.desired.set("location", twin->location);
  switch (desired.on_soft_deleted) {
    case OnSoftDeleted::recover:
      return std::vector<Change>{recover(subject, *twin, std::move(create))};
    case OnSoftDeleted::purge:
      if (!twin->purge_protected) {
        Change first = purge(subject, *twin, create.desired);
        return std::vector<Change>{std::move(first), std::move(create)};
      }
      break;
    case OnSoftDeleted::fail:
      break;
  }
  return held(desired, *twin);
}

}  // namespace akv::engine::detail
