#include "akv/provision/kinds/outside_lists.hpp"

#include "akv/mgmt/core/resource_id.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Deployment;
using engine::Desired;
using engine::Live;
using engine::Plan;

// As a vault or group of others: nothing of it is ours but the entries.
Desired parent_of_list(const OutsideList& list) {
  const auto id = ResourceId::parse(list.parent);
  const bool is_vault = !id->types.empty();
  return {.kind = is_vault ? "vault" : "resourceGroup",
          .name = is_vault ? id->resource_group + "/" + id->name() : id->name(),
          .id = list.parent,
          .subscription = id->subscription,
          .group = id->resource_group,
          .body = json::Document::object(),
          .existing = true};
}

/// The list as one that wants nothing but that our entries go.
Desired without_ours(const OutsideList& list, const Surroundings& around,
                     std::vector<LeftEntry>& left) {
  Desired beside = parent_of_list(list);
  beside.kind = list.list->kind;
  beside.id += list.list->collection;
  const std::size_t before = left.size();
  find_left_entries(beside, *list.list, list.entries, around.registry, around.environment, left);
  for (std::size_t i = before; i < left.size(); ++i) ask_for_absence(beside, *list.list, left[i]);
  return beside;
}

Deployment deployment_of(std::vector<Desired> objects, const Surroundings& around) {
  Deployment deployment{.name = around.deployment.name,
                        .tenant = around.deployment.tenant,
                        .subscriptions = around.deployment.subscriptions};
  deployment.objects = std::move(objects);
  deployment.principals = around.deployment.principals;
  deployment.places = around.deployment.places;
  return deployment;
}

Live live_of(const OutsideList& list, const Desired& desired, const Surroundings& around) {
  return {desired.kind, desired.id, desired.name,
          companion_document(*list.list, {}, list.entries, around.environment)};
}

bool lifts_lock_on(const engine::Change& lock, const engine::Change& change) {
  return lock.kind == lock_list().kind &&
         ascii::starts_with(change.id, std::string(parent_of(lock.id)) + "/") &&
         std::any_of(lock.fields.begin(), lock.fields.end(),
                     [](const engine::FieldChange& field) { return field.after.is_null(); });
}

}  // namespace

bool is_group_or_vault(std::string_view id) {
  const auto parsed = ResourceId::parse(id);
  if (!parsed || parsed->resource_group.empty()) return false;
  return parsed->types.empty() || ascii::equal(parsed->type(), "Microsoft.KeyVault/vaults");
}

void name_outside(const OutsideList& list, const Surroundings& around, Plan& plan) {
  std::vector<LeftEntry> left;
  const Deployment wanted = deployment_of({without_ours(list, around, left)}, around);
  engine::Planner planner(wanted, around.registry, around.environment,
                          {.target = around.options.target, .exclude = around.options.exclude});
  planner.observe(live_of(list, wanted.objects.front(), around));
  for (const engine::Change& change : planner.finish().changes)
    for (const engine::FieldChange& field : change.fields)
      plan.kept.push_back(change.name + " " + field.path);
  std::sort(plan.kept.begin(), plan.kept.end(), ascii::less);
}

void prune_outside(const std::vector<const OutsideList*>& lists, const Surroundings& around,
                   const Connection& connection, const Context& context,
                   std::vector<LeftEntry>& left, Plan& plan) {
  if (lists.empty()) return;
  std::map<std::string, Desired, ascii::Less> parents;  // A group before its vaults.
  std::vector<Desired> objects;
  for (const OutsideList* list : lists) parents.emplace(list->parent, parent_of_list(*list));
  std::vector<std::pair<std::string, std::string>> ids;
  for (auto& [id, parent] : parents) {
    ids.emplace_back(parent.kind, id);
    objects.push_back(std::move(parent));
  }
  for (const OutsideList* list : lists) objects.push_back(without_ours(*list, around, left));
  const Deployment wanted = deployment_of(std::move(objects), around);
  engine::Planner planner(wanted, around.registry, around.environment,
                          {.allow = around.options.allow, .facts = around.options.facts});
  // What decides about access there: policies, or these roles.
  read_each(ids, connection, context, [&](const Live& live) { planner.observe(live); });
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const Live live = live_of(*lists[i], wanted.objects[ids.size() + i], around);
    if (around.options.on_live) around.options.on_live(live);
    planner.observe(live);
  }
  Plan found = planner.finish();
  const std::size_t first = plan.changes.size();
  for (engine::Change& change : found.changes) {
    for (std::size_t& before : change.waits_for) before += first;
    // A lock around it that the plan takes away may be what keeps it.
    for (std::size_t i = 0; i < first; ++i)
      if (lifts_lock_on(plan.changes[i], change)) change.waits_for.push_back(i);
    plan.changes.push_back(std::move(change));
  }
  plan.planned_writes += found.planned_writes;
  for (engine::StandingGrants& grants : found.standing) plan.standing.push_back(std::move(grants));
  for (std::string& warning : found.warnings) plan.warnings.push_back(std::move(warning));
}

}  // namespace akv::kinds
