#include "akv/provision/kinds/standing_locks.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/kinds/companion_list.hpp"

#include <algorithm>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::Lock;
using json::Document;

constexpr std::size_t named_objects = 3;

std::string place_key(std::string_view scope, std::string_view name) {
  std::string key(scope);
  return key.append("/").append(name);
}

bool is_absence(const engine::FieldChange& field) {
  return field.leaf.empty() && field.after.is_null();
}

std::string_view last_of(std::string_view id) { return id.substr(id.rfind('/') + 1); }

std::string named(const engine::Plan& plan, std::string_view subscription,
                  const std::vector<std::string>& objects) {
  std::string text;
  for (std::size_t i = 0; i < objects.size() && i < named_objects; ++i)
    text += (i == 0 ? "" : ", ") + engine::told(plan, subscription, objects[i]);
  if (objects.size() > named_objects)
    text += " and " + std::to_string(objects.size() - named_objects) + " more";
  return text;
}

}  // namespace

LockBook::LockBook(const engine::Deployment& deployment) : deployment_(deployment.name) {
  for (const engine::Desired& desired : deployment.objects) {
    if (desired.kind != lock_list().kind) continue;
    const Document& list = desired.body[lock_list().list];
    if (!list.is_array()) continue;
    for (const Document& entry : list.as_array()) {
      if (entry.find("state")) continue;
      std::string place = deployment.places.file_and_line(entry.origin());
      places_.emplace(place_key(parent_of(desired.id), entry["name"].string_or()),
                      place.empty() ? "locks of " + desired.name : std::move(place));
    }
  }
}

Lock LockBook::read(const Document& raw) const {
  Lock lock{.name = std::string(raw["name"].string_or()),
            .level = std::string(raw["properties"]["level"].string_or()),
            .scope = std::string(parent_of(raw["id"].string_or())),
            .deployment = mark_of(lock_list(), raw)};
  lock.ours = !lock.deployment.empty() && lock.deployment == deployment_;
  if (const auto place = places_.find(place_key(lock.scope, lock.name)); place != places_.end())
    lock.declared = place->second;
  return lock;
}

std::vector<Lock> standing_beside(const engine::Plan& plan, std::vector<Lock> locks) {
  for (const Change& change : plan.changes) {
    if (change.kind != lock_list().kind) continue;
    const std::string_view parent = parent_of(change.id);
    const auto each = [&](std::string_view name, bool goes, std::string_view level) {
      const auto is_it = [&](const Lock& lock) {
        return ascii::equal(lock.scope, parent) && ascii::equal(lock.name, name);
      };
      if (goes) std::erase_if(locks, is_it);
      for (Lock& lock : locks)
        if (is_it(lock) && ascii::equal(level, "CanNotDelete")) lock.level = level;
    };
    if (change.action == engine::Action::del) each(last_of(change.id), true, {});
    for (const engine::FieldChange& field : change.fields)
      each(field.key["name"].string_or(), is_absence(field),
           field.leaf == "level" ? field.after.string_or() : std::string_view());
  }
  return locks;
}

std::optional<std::size_t> removal_of(const engine::Plan& plan, const Lock& lock) {
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const Change& change = plan.changes[i];
    if (change.kind != lock_list().kind || !ascii::equal(parent_of(change.id), lock.scope))
      continue;
    const bool goes =
        change.action == engine::Action::del
            ? ascii::equal(last_of(change.id), lock.name)
            : std::any_of(change.fields.begin(), change.fields.end(), [&](const auto& field) {
                return is_absence(field) && ascii::equal(field.key["name"].string_or(), lock.name);
              });
    if (goes) return i;
  }
  return std::nullopt;
}

void warn_of_locks(const std::vector<Lock>& locks, const engine::Registry& registry,
                   engine::Plan& plan) {
  if (locks.empty() || plan.changes.empty()) return;
  for (const engine::PreflightFinding& finding :
       engine::locks_in_the_way(engine::needs_of(plan, registry), standing_beside(plan, locks))) {
    const auto id = ResourceId::parse(finding.scope);
    const std::string subscription = id ? id->subscription : std::string();
    std::string text = finding.what + " on ";
    text += engine::told(plan, subscription, finding.where);
    text += " holds up " + named(plan, subscription, finding.objects) + ": " + finding.message;
    plan.warnings.push_back(text + "; " + finding.remedy);
  }
}

}  // namespace akv::kinds
