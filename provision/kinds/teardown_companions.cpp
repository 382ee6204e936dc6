#include "akv/provision/kinds/teardown_companions.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/role_names.hpp"
#include "akv/provision/kinds/scopes.hpp"

#include <algorithm>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Action;
using engine::Change;
using json::Document;

// Whether what stands at `scope` concerns `id` too.
bool covers(std::string_view scope, std::string_view id) {
  return ascii::equal(scope, id) ||
         (id.size() > scope.size() && id[scope.size()] == '/' && ascii::starts_with(id, scope));
}

/// `GROUP`, `GROUP/VAULT`, or the id of another scope.
std::string scope_name(std::string_view scope) {
  const auto id = ResourceId::parse(scope);
  if (!id || id->resource_group.empty()) return std::string(scope);
  return id->provider.empty() ? id->resource_group : id->resource_group + "/" + id->name();
}

/// As the manifest names it, else its object id.
std::string principal_name(const engine::Deployment& deployment, std::string_view object_id) {
  for (const engine::Principal& principal : deployment.principals)
    if (ascii::equal(principal.object_id, object_id)) return principal.name;
  return std::string(object_id);
}

Change removal_of(const CompanionList& list, std::string_view id, std::string_view title,
                  const Document& raw) {
  const std::string_view scope = parent_of(id);
  const auto parsed = ResourceId::parse(scope);
  Change change{.action = Action::del,
                .kind = std::string(list.kind),
                .name = scope_name(scope) + "/" + std::string(title),
                .id = std::string(id),
                .subscription = parsed ? parsed->subscription : std::string(),
                .group = parsed ? parsed->resource_group : std::string(),
                .live = raw};
  return change;
}

}  // namespace

bool TeardownCompanions::is_ours(std::string_view mark) const {
  return deployment_ ? mark == deployment_->name : !mark.empty();
}

std::vector<TeardownCompanions::Lock>& TeardownCompanions::locks_of(const std::string& subscription,
                                                                    engine::Plan& plan) {
  const bool known = locks_.find(subscription) != locks_.end();
  std::vector<Lock>& locks = locks_[subscription];
  if (known) return locks;
  const CompanionList& list = lock_list();
  try {
    read_pages(connection_.client, "/subscriptions/" + subscription + std::string(list.collection),
               list.api_version, list.list_operation, context_, [&](Document raw) {
                 Lock lock{.id = std::string(raw["id"].string_or()),
                           .name = std::string(raw["name"].string_or()),
                           .level = std::string(raw["properties"]["level"].string_or())};
                 lock.scope = parent_of(lock.id);
                 lock.mark = mark_of(list, raw);
                 lock.raw = std::move(raw);
                 locks.push_back(std::move(lock));
               });
  } catch (const ForbiddenError&) {
    plan.warnings.push_back("no right to list the locks of subscription " + subscription +
                            ": one that is in the way shows only when it refuses a delete");
  }
  return locks;
}

std::optional<std::vector<std::size_t>> TeardownCompanions::clear_the_way(const Change& removal,
                                                                          engine::Plan& plan) {
  const bool is_group = removal.kind == "resourceGroup";
  const std::string group = resource_group_id(removal.subscription, removal.group);
  std::vector<Lock*> in_the_way;
  bool blocked = false;
  for (Lock& lock : locks_of(removal.subscription, plan)) {
    // A group takes what is in it along.
    if (!covers(lock.scope, removal.id) && !(is_group && covers(removal.id, lock.scope))) continue;
    if (is_ours(lock.mark) && covers(group, lock.scope)) {
      in_the_way.push_back(&lock);
      continue;
    }
    blocked = true;
    // Once, where it stands; what is inside is said there.
    if (is_group && !ascii::equal(lock.scope, removal.id) && covers(removal.id, lock.scope))
      continue;
    plan.refused.push_back(
        {.kind = removal.kind,
         .name = removal.name,
         .id = removal.id,
         .origin = removal.origin,
         .code = "locked",
         .message = "lock \"" + lock.name + "\" (" + lock.level + ") on " + scope_name(lock.scope) +
                    " forbids it" + (lock.mark.empty() ? "" : "; it is of deployment " + lock.mark),
         .remedy = "ask its owner to take it away, then run teardown again"});
  }
  if (blocked) return std::nullopt;
  std::vector<std::size_t> indices;
  for (Lock* lock : in_the_way) {
    if (!lock->removal) {
      lock->removal = plan.changes.size();
      Change change = removal_of(lock_list(), lock->id, lock->name, lock->raw);
      change.summary = lock->level + ", of this deployment: taken away first";
      plan.changes.push_back(std::move(change));
    }
    indices.push_back(*lock->removal);
  }
  return indices;
}

void TeardownCompanions::remove_beside_existing(engine::Plan& plan) {
  if (!deployment_) return;
  for (const engine::Desired& object : deployment_->objects) {
    const CompanionList* list = find_companion_list(object.kind);
    if (!list || !object.existing) continue;
    const bool is_lock = list == &lock_list();
    const std::string parent(parent_of(object.id));
    try {
      read_pages(
          connection_.client, object.id, list->api_version, list->list_operation, context_,
          [&](const Document& raw) {
            const std::string_view id = raw["id"].string_or();
            const Document& properties = raw["properties"];
            if (!ascii::equal(parent_of(id), parent) || !is_ours(mark_of(*list, raw))) return;
            const std::string_view role = properties["roleDefinitionId"].string_or();
            Change change = removal_of(
                *list, id,
                is_lock ? std::string(raw["name"].string_or())
                        : role_title(role.substr(role.rfind('/') + 1)) + " of " +
                              principal_name(*deployment_, properties["principalId"].string_or()),
                raw);
            change.origin = object.origin;
            change.summary = "of this deployment, on an object that stays";
            plan.changes.push_back(std::move(change));
          },
          {{"$filter", "atScope()"}});
    } catch (const AzureError& e) {
      if (is_closed(e)) {
        plan.unreadable.push_back(unreadable(object.kind, object.id, e));
        plan.unreadable.back().name = object.name;
      } else if (dynamic_cast<const NotFoundError*>(&e) == nullptr) {
        throw;
      }
      // Nothing stands beside what is not there.
    }
  }
}

}  // namespace akv::kinds
