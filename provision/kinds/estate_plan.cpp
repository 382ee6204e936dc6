#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/companion_read.hpp"
#include "akv/provision/kinds/deleted_vaults.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/estate_preflight.hpp"
#include "akv/provision/kinds/estate_prune.hpp"
#include "akv/provision/kinds/idle_roles.hpp"
#include "akv/provision/kinds/lock.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/name_availability.hpp"
#include "akv/provision/kinds/online_names.hpp"
#include "akv/provision/kinds/plan_order.hpp"
#include "akv/provision/kinds/resource_group.hpp"
#include "akv/provision/kinds/role_assignment.hpp"
#include "akv/provision/kinds/scopes.hpp"
#include "akv/provision/kinds/standing_locks.hpp"
#include "akv/provision/kinds/vault.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Deployment;
using engine::Desired;
using engine::Environment;
using json::Document;

/// Reads what the deployment names, subscription by subscription, into a planner.
class Reader {
 public:
  Reader(const Deployment& deployment, const Connection& connection, const Context& context)
      : deployment_(deployment), connection_(connection), context_(context) {}

  /// Without the subscriptions that are closed to the caller, unless all are: then it throws the
  /// first one's refusal.
  Environment environment(std::vector<engine::Unreadable>& unreadable) {
    Environment environment{.deployment = deployment_.name,
                            .api_version = connection_.keyvault_api_version};
    for (const auto& subscription : deployment_.subscriptions)
      unless_closed(subscription, unreadable,
                    [&] { environment.tenants[subscription] = tenant_of(subscription); });
    return environment;
  }
  /// Those that are open, as far as is known by now.
  std::vector<std::string> subscriptions() const {
    std::vector<std::string> open;
    for (const auto& subscription : deployment_.subscriptions)
      if (!closed_.contains(subscription)) open.push_back(subscription);
    return open;
  }

  // Where a vault goes that says no location of its own: to its group's, in the manifest or live.
  void add_manifest_locations(Environment& environment) const {
    for (const auto& object : deployment_.objects)
      if (object.kind == "resourceGroup")
        if (const Document* location = object.body.find("location"))
          environment.locations[object.id] = std::string(location->string_or());
  }

  struct Group {
    std::string id;
    Document raw;
  };

  /// The groups of a subscription: all by one list, or one by one where only that is allowed.
  std::vector<Group> groups(const std::string& subscription,
                            std::vector<engine::Unreadable>& unreadable) {
    std::vector<Group> found;
    unless_closed(subscription, unreadable,
                  [&] { found = listed_groups(subscription, unreadable); });
    return found;
  }

  /// The vaults: by one list of the subscription, or group by group where only that is allowed.
  /// False in the second case: what is elsewhere in the subscription is not known then.
  bool vaults(const std::string& subscription, const std::set<std::string, ascii::Less>& existing,
              std::vector<engine::Unreadable>& unreadable,
              const std::function<void(Document)>& sink) const {
    try {
      pages("/subscriptions/" + subscription + "/providers/Microsoft.KeyVault/vaults",
            connection_.keyvault_api_version, "Vaults.list_by_subscription", sink);
      return true;
    } catch (const ForbiddenError&) {
      // The rights may be on groups only.
    }
    for (const auto& id : group_ids(subscription)) {
      if (!existing.contains(id)) continue;
      try {
        pages(id + "/providers/Microsoft.KeyVault/vaults", connection_.keyvault_api_version,
              "Vaults.list_by_resource_group", sink);
      } catch (const ForbiddenError& e) {
        unreadable.push_back(kinds::unreadable("resourceGroup", id, e));
      }
    }
    return false;
  }

 private:
  void pages(const std::string& path, std::string_view api_version, std::string_view operation,
             const std::function<void(Document)>& sink) const {
    read_pages(connection_.client, path, api_version, operation, context_, sink);
  }

  template <class Read>
  void unless_closed(const std::string& subscription, std::vector<engine::Unreadable>& unreadable,
                     const Read& read) {
    try {
      read();
    } catch (const AzureError& e) {
      if (!is_closed(e)) throw;
      if (!first_refusal_) first_refusal_ = std::current_exception();
      closed_.insert(subscription);
      if (closed_.size() == deployment_.subscriptions.size())
        std::rethrow_exception(first_refusal_);
      unreadable.push_back(closed_subscription(subscription, e, place_of(subscription)));
    }
  }

  std::string place_of(const std::string& subscription) const {
    for (const Desired& object : deployment_.objects)
      if (object.subscription_origin != 0 && ascii::equal(object.subscription, subscription))
        return deployment_.places.file_and_line(object.subscription_origin);
    return {};
  }

  std::vector<Group> listed_groups(const std::string& subscription,
                                   std::vector<engine::Unreadable>& unreadable) const {
    std::vector<Group> found;
    try {
      read_groups(subscription, connection_, context_, [&found](Document raw) {
        std::string id(raw["id"].string_or());
        found.push_back({std::move(id), std::move(raw)});
      });
      return found;
    } catch (const ForbiddenError&) {
      found.clear();
    }
    for (const auto& id : group_ids(subscription)) {
      try {
        Document raw =
            read_object(connection_.client, id, groups_api_version, "ResourceGroups.get", context_);
        if (!raw.is_null()) found.push_back({id, std::move(raw)});
      } catch (const ForbiddenError& e) {
        unreadable.push_back(kinds::unreadable("resourceGroup", id, e));
      }
    }
    return found;
  }

  std::string tenant_of(const std::string& subscription) const {
    return deployment_.tenant.empty() ? read_tenant(subscription, connection_, context_)
                                      : deployment_.tenant;
  }

  std::vector<std::string> group_ids(const std::string& subscription) const {
    std::vector<std::string> ids;
    std::set<std::string, ascii::Less> seen;
    for (const auto& object : deployment_.objects) {
      if (!ascii::equal(object.subscription, subscription)) continue;
      std::string id = resource_group_id(object.subscription, object.group);
      if (seen.insert(id).second) ids.push_back(std::move(id));
    }
    return ids;
  }

  const Deployment& deployment_;
  const Connection& connection_;
  const Context& context_;
  std::set<std::string, ascii::Less> closed_;  // Subscriptions.
  std::exception_ptr first_refusal_;
};

std::string vault_name(const Document& raw) {
  const auto id = ResourceId::parse(raw["id"].string_or());
  return id ? id->resource_group + "/" + id->name() : std::string(raw["name"].string_or());
}

/// What is wanted in one subscription and has not been seen yet.
std::set<std::string, ascii::Less> wanted_vaults(const Deployment& deployment,
                                                 const std::string& subscription) {
  std::set<std::string, ascii::Less> ids;
  for (const auto& object : deployment.objects)
    if (object.kind == "vault" && ascii::equal(object.subscription, subscription))
      ids.insert(object.id);
  return ids;
}

}  // namespace

engine::Registry make_registry() {
  engine::Registry registry;
  registry.add(make_resource_group_kind());
  registry.add(make_vault_kind());
  registry.add(make_role_assignment_kind());
  registry.add(make_lock_kind());
  return registry;
}

void read_each(const std::vector<std::pair<std::string, std::string>>& ids,
               const Connection& connection, const Context& context,
               const std::function<void(const engine::Live&)>& sink) {
  for (const auto& [kind, id] : ids) {
    const bool is_vault = kind == "vault";
    Document raw;
    try {
      raw = read_object(connection.client, id,
                        is_vault ? connection.keyvault_api_version : groups_api_version,
                        is_vault ? "Vaults.get" : "ResourceGroups.get", context);
    } catch (const NotFoundError&) {
      continue;  // With its group.
    }
    if (raw.is_null()) continue;
    std::string name = is_vault ? vault_name(raw) : std::string(raw["name"].string_or());
    sink(engine::Live{kind, id, std::move(name), std::move(raw)});
  }
}

Planned plan(const Deployment& written, const engine::Registry& registry,
             const Connection& connection, const engine::PlanOptions& given,
             const Context& context) {
  engine::PlanOptions options = given;
  // What is no object id stands in no access policy: nothing is guarded by it.
  if (!is_uuid(options.facts.caller)) options.facts.caller.clear();
  const auto reads_before = connection.counters ? connection.counters->reads.load() : 0;
  OnlineNames names = resolve_names(written, connection, context);
  const Deployment& resolved = names.deployment ? *names.deployment : written;
  Reader reader(resolved, connection, context);
  std::vector<engine::Unreadable> unreadable;
  Environment environment = reader.environment(unreadable);
  environment.roles = std::move(names.roles);

  std::vector<std::string> warnings;
  std::vector<LeftEntry> left;
  std::optional<Deployment> asked;
  if (options.prune)
    asked =
        without_left_entries(resolved, registry, connection, environment, context, left, warnings);
  const Deployment& deployment = asked ? *asked : resolved;

  std::map<std::string, std::vector<Reader::Group>> groups;
  std::set<std::string, ascii::Less> existing;
  for (const auto& subscription : reader.subscriptions()) {
    for (auto& group : groups[subscription] = reader.groups(subscription, unreadable)) {
      environment.locations[group.id] = std::string(group.raw["location"].string_or());
      existing.insert(group.id);
    }
  }
  reader.add_manifest_locations(environment);

  Pruning pruning(deployment, registry, connection, options, context);
  engine::Planner planner(deployment, registry, environment, pruning.watch(options));
  for (auto& what : names.unreadable) planner.leave_out(std::move(what));
  CompanionReader companions(deployment, registry, connection, context, options.prune);
  LiveModels models;
  for (const auto& subscription : reader.subscriptions()) {
    for (auto& group : groups[subscription]) {
      companions.note_parent(group.id, deployment_of(group.raw));
      std::string name(group.raw["name"].string_or());
      planner.observe(
          engine::Live{"resourceGroup", group.id, std::move(name), std::move(group.raw)});
    }
    groups[subscription].clear();
    auto missing = wanted_vaults(deployment, subscription);
    const bool all = reader.vaults(subscription, existing, unreadable, [&](Document raw) {
      std::string id(raw["id"].string_or());
      missing.erase(id);
      companions.note_parent(id, deployment_of(raw));
      if (companions.knows(id))
        models[id] = raw["properties"]["enableRbacAuthorization"].bool_or(false);
      std::string name = vault_name(raw);
      planner.observe(engine::Live{"vault", std::move(id), std::move(name), std::move(raw)});
    });
    if (!all)
      warnings.push_back("no right to list all vaults of subscription " + subscription +
                         ": a vault of a wanted name in another group would not be seen");
    // Only a vault that is not there can have a deleted twin.
    if (missing.empty()) continue;
    try {
      read_deleted_vaults(subscription, connection, context,
                          [&planner](const Document& raw) { planner.observe(twin_of(raw)); });
    } catch (const ForbiddenError&) {
      warnings.push_back("no right to list the deleted vaults of subscription " + subscription +
                         ": a soft-deleted vault of a wanted name would not be seen");
    }
  }
  companions.read(planner, environment);
  for (auto& what : unreadable) planner.unreadable(std::move(what));
  const std::size_t most_names =
      options.preflight ? std::numeric_limits<std::size_t>::max() : options.most_names;
  const std::size_t names_asked = ask_for_names(planner, connection, most_names, context, warnings);
  if (std::string idle = idle_roles_warning(deployment, registry, environment, models);
      !idle.empty())
    warnings.push_back(std::move(idle));

  Planned planned{
      .plan = planner.finish(), .environment = std::move(environment), .facts = options.facts};
  const std::size_t planner_made = planned.plan.changes.size();
  name_kept(companions.left(), planned.plan);
  const Surroundings around{deployment, registry, planned.environment, options};
  std::vector<const OutsideList*> going;
  for (const OutsideList& list : companions.outside())
    if (pruning.covers(list.parent))
      going.push_back(&list);
    else
      name_outside(list, around, planned.plan);
  prune_outside(going, around, connection, context, left, planned.plan);
  name_pruned(left, planned.plan);
  pruning.add_to(planned.plan);
  if (options.prune) put_last_turns_last(planned.plan, registry, planner_made);
  if (options.preflight) {
    engine::Preflight& found = planned.plan.preflight.emplace(
        preflight(planned.plan, deployment, registry, connection, options.facts.caller, context));
    found.names = names_asked;
  } else {
    warn_of_locks(companions.locks(), registry, planned.plan);
  }
  planned.plan.api_version = connection.keyvault_api_version;
  planned.plan.where = connection.where;
  planned.plan.who = connection.who;
  planned.plan.warnings.insert(planned.plan.warnings.end(), warnings.begin(), warnings.end());
  planned.plan.reads = connection.counters ? connection.counters->reads.load() - reads_before : 0;
  return planned;
}

}  // namespace akv::kinds
