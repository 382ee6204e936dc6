#include "akv/provision/kinds/estate_prune.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/lockout.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/outside_lists.hpp"

#include <algorithm>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Action;
using engine::Change;
using engine::Live;
using json::Document;

constexpr const char* locks_api_version = "2016-09-01";
constexpr std::string_view locks_collection = "/providers/Microsoft.Authorization/locks";

/// The id of the group that an object is in, or is.
std::string group_of(const std::string& id) {
  const auto parsed = ResourceId::parse(id);
  return resource_group_id(parsed->subscription, parsed->resource_group);
}

std::string fate_of(const Document& vault) {
  const Document& properties = vault["properties"];
  const std::string days =
      std::to_string(properties["softDeleteRetentionInDays"].int_or(90)) + " days";
  return properties["enablePurgeProtection"].bool_or(false)
             ? "left the manifest, keeps its name for " + days + " (purge protection)"
             : "left the manifest, can be recovered for " + days;
}

Change removal(const Live& live, std::string summary) {
  const auto id = ResourceId::parse(live.id);
  Change change;
  change.action = Action::del;
  change.kind = live.kind;
  change.name = live.name;
  change.id = live.id;
  change.subscription = id->subscription;
  change.group = id->resource_group;
  change.live = live.raw;
  change.summary = std::move(summary);
  return change;
}

}  // namespace

Pruning::Pruning(const engine::Deployment& deployment, const engine::Registry& registry,
                 const Connection& connection, const engine::PlanOptions& options,
                 const Context& context)
    : deployment_(deployment),
      registry_(registry),
      connection_(connection),
      options_(options),
      context_(context),
      book_(deployment) {
  for (const auto& object : deployment.objects) {
    wanted_.insert(object.id);
    groups_.insert(resource_group_id(object.subscription, object.group));
  }
}

engine::PlanOptions Pruning::watch(engine::PlanOptions options) {
  if (!options_.prune) return options;
  options.on_live = [this, other = std::move(options.on_live)](const Live& live) {
    if (other) other(live);
    observe(live);
  };
  return options;
}

void Pruning::observe(const Live& live) {
  if (live.kind == "resourceGroup" && registry_.at(live.kind).is_protected(live.raw))
    protected_groups_.insert(live.id);
  if (!wanted_.contains(live.id) && registry_.at(live.kind).owner(live.raw) == deployment_.name &&
      covers(live.id))
    left_.push_back(live);
}

bool Pruning::covers(const std::string& id) const {
  if (!options_.prune || !is_group_or_vault(id)) return false;
  const auto parsed = ResourceId::parse(id);
  return groups_.contains(resource_group_id(parsed->subscription, parsed->resource_group)) ||
         std::any_of(options_.prune_scopes.begin(), options_.prune_scopes.end(),
                     [&parsed](const std::string& scope) {
                       return ascii::equal(scope, parsed->subscription);
                     });
}

const std::vector<Pruning::Around>& Pruning::locks_around(const std::string& id,
                                                          engine::Plan& plan) {
  const std::string group = group_of(id);
  const auto known = locks_.find(group);
  if (known != locks_.end()) return known->second;
  std::vector<Around>& locks = locks_[group];
  try {
    read_pages(connection_.client, group + std::string(locks_collection), locks_api_version,
               "ManagementLocks.list_at_resource_group_level", context_, [&](const Document& raw) {
                 engine::Lock lock = book_.read(raw);
                 const auto removal = kinds::removal_of(plan, lock);
                 locks.push_back({std::move(lock), removal});
               });
  } catch (const ForbiddenError&) {
    plan.warnings.push_back("no right to list the locks of resource group " +
                            ResourceId::parse(id)->resource_group +
                            ": one in the way would not be seen");
  }
  return locks;
}

bool Pruning::refuses(const Live& live, engine::Plan& plan, std::vector<std::size_t>& waits_for) {
  engine::Refusal refusal{.kind = live.kind, .name = live.name, .id = live.id};
  if (registry_.at(live.kind).is_protected(live.raw)) {
    refusal.code = "protected";
    refusal.message = "it left the manifest, and the tag akv-protect stands";
    refusal.remedy = "put it back with protect: false and apply, then take it out again";
    plan.refused.push_back(std::move(refusal));
    return true;
  }
  // What is in a protected group is protected with it, as a teardown has it.
  if (live.kind == "vault" && protected_groups_.contains(group_of(live.id))) {
    refusal.code = "protected";
    refusal.message = "it left the manifest, and the tag akv-protect of its group stands";
    refusal.remedy = "put protect: false on the group and apply, then prune";
    plan.refused.push_back(std::move(refusal));
    return true;
  }
  for (const auto& [lock, removal] : locks_around(live.id, plan)) {
    // A lock on anything in a group keeps the group, too.
    const bool holds = live.kind == "resourceGroup" && engine::covers(live.id, lock.scope);
    if (!engine::covers(lock.scope, live.id) && !holds) continue;
    // The teardown of a group knows nothing of this plan's changes.
    if (removal && live.kind != "resourceGroup") {
      if (std::find(waits_for.begin(), waits_for.end(), *removal) == waits_for.end())
        waits_for.push_back(*removal);
      continue;
    }
    refusal.code = "locked";
    refusal.message = "it left the manifest, and lock ";
    refusal.message.append(lock.name).append(" on ").append(lock.scope).append(" keeps it; ");
    refusal.message += whose(lock);
    if (removal)
      refusal.remedy = "this run takes the lock away: prune again after it";
    else if (lock.declared.empty())
      refusal.remedy = "ask the lock's owner; akv does not lift locks to prune";
    else
      refusal.remedy = "write state: absent for it there and apply, prune, and put it back";
    plan.refused.push_back(std::move(refusal));
    return true;
  }
  return false;
}

void Pruning::prune_vault(const Live& vault, engine::Plan& plan) {
  std::vector<std::size_t> waits_for;
  if (with_group_.contains(vault.id) || refuses(vault, plan, waits_for)) return;
  plan.changes.push_back(removal(vault, fate_of(vault.raw)));
  plan.changes.back().waits_for = std::move(waits_for);
}

// As a deployment of its own, so that the teardown knows as ours what carries our mark.
engine::Deployment Pruning::left_in(const Live& group) const {
  const auto id = ResourceId::parse(group.id);
  engine::Deployment deployment{
      .name = deployment_.name, .tenant = deployment_.tenant, .subscriptions = {id->subscription}};
  const auto add = [&](const Live& live) {
    engine::Desired desired;
    desired.kind = live.kind;
    desired.name = live.name;
    desired.id = live.id;
    desired.subscription = id->subscription;
    desired.group = id->resource_group;
    deployment.objects.push_back(std::move(desired));
  };
  add(group);
  const std::string inside = group.id + "/";
  for (const Live& live : left_)
    if (ascii::starts_with(live.id, inside)) add(live);
  return deployment;
}

void Pruning::prune_group(const Live& group, engine::Plan& plan) {
  std::vector<std::size_t> none;
  if (refuses(group, plan, none)) return;
  const engine::Deployment left = left_in(group);
  engine::Plan teardown = plan_teardown(&left, registry_, connection_, {}, context_).plan;
  for (std::string& warning : teardown.warnings)
    if (std::find(plan.warnings.begin(), plan.warnings.end(), warning) == plan.warnings.end())
      plan.warnings.push_back(std::move(warning));
  if (!teardown.unreadable.empty()) {
    for (engine::Unreadable& what : teardown.unreadable) plan.unreadable.push_back(std::move(what));
    return;
  }
  const auto other = std::find_if(teardown.inventory.begin(), teardown.inventory.end(),
                                  [](const engine::InventoryItem& item) { return item.stranger; });
  if (other != teardown.inventory.end() || !teardown.refused.empty()) {
    plan.warnings.push_back("resource group " + group.name + " left the manifest and stays: " +
                            (other != teardown.inventory.end()
                                 ? "it holds " + other->name + ", " + other->summary
                                 : "something in it is protected"));
    return;
  }
  const std::size_t first = plan.changes.size();
  for (Change& change : teardown.changes) {
    if (change.kind == "vault") {
      with_group_.insert(change.id);
      change.summary = fate_of(change.live);
    } else if (change.kind == "resourceGroup") {
      change.summary = "left the manifest, and nothing else is in it";
    }
    for (std::size_t& before : change.waits_for) before += first;
    plan.changes.push_back(std::move(change));
  }
  for (engine::InventoryItem& item : teardown.inventory) plan.inventory.push_back(std::move(item));
}

void Pruning::add_to(engine::Plan& plan) {
  if (!options_.prune) return;
  const std::size_t before = plan.changes.size();
  for (const Live& live : left_)
    if (live.kind == "resourceGroup") prune_group(live, plan);
  for (const Live& live : left_)
    if (live.kind == "vault") prune_vault(live, plan);
  for (std::size_t i = before; i < plan.changes.size(); ++i) {
    plan.planned_writes += registry_.at(plan.changes[i].kind).writes(plan.changes[i]);
    std::erase_if(plan.kept, [&](const std::string& name) {
      return ascii::equal(name, plan.changes[i].name);
    });
  }
  plan.guards = engine::check_all_guards(plan, options_.facts, options_.allow);
}

}  // namespace akv::kinds
