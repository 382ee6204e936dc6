#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/deleted_vaults.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/scopes.hpp"
#include "akv/provision/kinds/teardown_companions.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Action;
using engine::Change;
using engine::Deployment;
using engine::InventoryItem;
using json::Document;

constexpr std::string_view vault_type = "Microsoft.KeyVault/vaults";

struct Group {
  std::string subscription, name, id;
  bool existing = false;  // the manifest only uses it
};

/// Builds the inventory of each group and the deletes that follow from it.
class Teardown {
 public:
  Teardown(const Deployment* deployment, const Connection& connection,
           const TeardownOptions& options, const Context& context)
      : deployment_(deployment),
        connection_(connection),
        options_(options),
        context_(context),
        companions_(deployment, connection, context) {
    if (!deployment) return;
    plan_.places = deployment->places;
    plan_.principals = deployment->principals;
    plan_.subscriptions = deployment->subscriptions;
    plan_.deployment = deployment->name;
    for (const auto& object : deployment->objects) {
      if (object.kind != "vault") continue;
      wanted_[object.id] = object.origin;
      if (object.existing) existing_vaults_.insert(object.id);
    }
  }

  engine::Plan plan() {
    plan_.teardown = true;
    look_at_groups();
    companions_.remove_beside_existing(plan_);
    look_at_deleted();
    name_absent_groups();
    plan_.guards = engine::check_guards(plan_, vaults_, options_.allow);
    plan_.planned_writes = plan_.changes.size();
    return std::move(plan_);
  }

 private:
  std::vector<Group> groups() const {
    std::vector<Group> groups;
    if (!deployment_) {
      std::set<std::string, ascii::Less> named;
      for (const auto& name : options_.groups)
        if (named.insert(name).second)
          groups.push_back(
              {options_.subscription, name, resource_group_id(options_.subscription, name)});
      return groups;
    }
    for (const auto& object : deployment_->objects)
      if (object.kind == "resourceGroup")
        groups.push_back({object.subscription, object.group, object.id, object.existing});
    return groups;
  }

  // With nothing but closed subscriptions it fails, as planning does.
  void look_at_groups() {
    const std::vector<Group> all = groups();
    for (const Group& group : all) look_at(group);
    if (first_refusal_ && std::all_of(all.begin(), all.end(), [this](const Group& group) {
          return closed_.contains(group.subscription);
        }))
      std::rethrow_exception(first_refusal_);
  }

  void look_at(const Group& group) {
    Document raw;
    try {
      raw = read_object(connection_.client, group.id, groups_api_version, "ResourceGroups.get",
                        context_);
      if (raw.is_null())
        absent_groups_.push_back(group);
      else
        take_inventory(group, raw);
    } catch (const AzureError& e) {
      if (!is_closed(e)) throw;
      plan_.unreadable.push_back(unreadable("resourceGroup", group.id, e));
      // A right may lack on one group only.
      if (dynamic_cast<const ForbiddenError*>(&e) != nullptr) return;
      closed_.insert(group.subscription);
      if (!first_refusal_) first_refusal_ = std::current_exception();
    }
  }

  void take_inventory(const Group& group, const Document& raw) {
    std::map<std::string, Document, ascii::Less> vaults;
    read_pages(connection_.client, group.id + "/providers/Microsoft.KeyVault/vaults",
               connection_.keyvault_api_version, "Vaults.list_by_resource_group", context_,
               [&vaults](Document vault) {
                 std::string id(vault["id"].string_or());
                 vaults.emplace(std::move(id), std::move(vault));
               });
    std::vector<InventoryItem> items;
    items.reserve(vaults.size());
    for (const auto& [id, vault] : vaults) items.push_back(describe(group, id, vault));
    // The list of all resources runs behind; vaults are known better already.
    read_pages(connection_.client, group.id + "/resources", groups_api_version,
               "ResourceGroups.list_resources", context_, [&](const Document& resource) {
                 const std::string id(resource["id"].string_or());
                 if (!vaults.contains(id)) items.push_back(describe(group, id, resource));
               });

    const std::string mark = deployment_of(raw);
    const bool ours = deployment_ ? mark == deployment_->name : !mark.empty();
    const bool only_used = std::any_of(items.begin(), items.end(), [this](const auto& item) {
      return existing_vaults_.contains(item.id);
    });
    const bool delete_group =
        !group.existing && !only_used && (ours || options_.delete_existing_groups);
    bool in_the_way = protect_stands(raw);
    if (in_the_way) refuse_protected("resourceGroup", group.name, group.id);

    std::vector<std::size_t> deletes;
    for (auto& item : items) {
      ++vaults_;
      // In a group that stays, only what is known goes, and nothing else is in the way.
      if (!delete_group && item.stranger) continue;
      if (existing_vaults_.contains(item.id)) continue;
      const auto vault = vaults.find(item.id);
      if (refuses(group, item)) {
        in_the_way = true;
      } else if (vault != vaults.end()) {
        Change change = delete_of(group, item, vault->second);
        auto locks = companions_.clear_the_way(change, plan_);
        if (locks) {
          change.waits_for = std::move(*locks);
          deletes.push_back(plan_.changes.size());
          plan_.changes.push_back(std::move(change));
          if (options_.purge && !item.stranger)
            add_purge(plan_.changes.back(), plan_.changes.size() - 1);
        } else {
          in_the_way = true;
        }
      }
      plan_.inventory.push_back(std::move(item));
    }
    if (only_used)
      plan_.warnings.push_back(
          "resource group " + group.name +
          " stays: it holds vaults that the manifest only uses (existing: true)");
    else if (!delete_group && !group.existing)
      plan_.warnings.push_back("resource group " + group.name +
                               " stays: akv did not make it (--delete-existing-groups deletes it "
                               "too)");
    if (!delete_group || in_the_way) return;
    Change change{.action = Action::del,
                  .kind = "resourceGroup",
                  .name = group.name,
                  .id = group.id,
                  .subscription = group.subscription,
                  .group = group.name,
                  .live = raw};
    auto locks = companions_.clear_the_way(change, plan_);
    if (!locks) return;
    change.waits_for = std::move(deletes);
    change.waits_for.insert(change.waits_for.end(), locks->begin(), locks->end());
    change.summary = std::string(raw["location"].string_or());
    plan_.changes.push_back(std::move(change));
  }

  InventoryItem describe(const Group& group, const std::string& id, const Document& raw) const {
    InventoryItem item{.group = group.name,
                       .id = id,
                       .type = std::string(raw["type"].string_or()),
                       .name = std::string(raw["name"].string_or()),
                       .location = std::string(raw["location"].string_or())};
    item.mark = deployment_of(raw);
    item.marked = !item.mark.empty();
    item.in_manifest = wanted_.contains(id);
    item.stranger = deployment_ ? !item.in_manifest : !item.marked;
    item.is_protected = protect_stands(raw);
    item.summary = item.in_manifest ? "in the manifest"
                   : item.marked    ? "marked as of deployment " + item.mark
                                    : "a stranger: neither in the manifest nor made by akv";
    if (!deployment_ && !item.marked) item.summary = "a stranger: not made by akv";
    if (ascii::equal(item.type, vault_type)) {
      const Document& properties = raw["properties"];
      const std::int64_t days = properties["softDeleteRetentionInDays"].int_or(90);
      item.summary +=
          properties["enablePurgeProtection"].bool_or(false)
              ? ", keeps its name for " + std::to_string(days) + " days (purge protection)"
              : ", can be recovered for " + std::to_string(days) + " days";
    }
    return item;
  }

  // What stands in the way of deleting one object. Its mark must be the manifest's own deployment:
  // a copied manifest with another name must not delete the original's vaults.
  bool refuses(const Group& group, const InventoryItem& item) {
    const std::string name = group.name + "/" + item.name;
    if (item.is_protected) {
      refuse_protected("vault", name, item.id);
      return true;
    }
    if (!deployment_ || item.stranger || item.mark == deployment_->name) return false;
    engine::Refusal refusal{.kind = "vault", .name = name, .id = item.id};
    const auto wanted = wanted_.find(item.id);
    if (wanted != wanted_.end()) refusal.origin = wanted->second;
    if (item.marked) {
      refusal.code = "other-deployment";
      refusal.message = "it belongs to deployment " + item.mark;
      refusal.remedy = "tear it down with that deployment's manifest";
    } else {
      refusal.code = "not-adopted";
      refusal.message = "it carries no mark of akv: somebody else made it";
      refusal.remedy = "take it over first: akv apply with --adopt";
    }
    plan_.refused.push_back(std::move(refusal));
    return true;
  }

  void refuse_protected(std::string kind, std::string name, std::string id) {
    plan_.refused.push_back({.kind = std::move(kind),
                             .name = std::move(name),
                             .id = std::move(id),
                             .code = "protected",
                             .message = "the tag akv-protect stands",
                             .remedy = "set protect: false in the manifest and apply it first"});
  }

  Change delete_of(const Group& group, const InventoryItem& item, const Document& raw) const {
    Change change{.action = Action::del,
                  .kind = "vault",
                  .name = group.name + "/" + item.name,
                  .id = item.id,
                  .subscription = group.subscription,
                  .group = group.name,
                  .live = raw};
    const auto wanted = wanted_.find(item.id);
    if (wanted != wanted_.end()) change.origin = wanted->second;
    change.summary = item.summary;
    return change;
  }

  void add_purge(const Change& deleted, std::size_t index) {
    if (deleted.live["properties"]["enablePurgeProtection"].bool_or(false)) return;
    Change change = deleted;
    change.action = Action::purge;
    change.waits_for = {index};
    change.summary = "for ever: its keys, secrets and certificates cannot be had back";
    plan_.changes.push_back(std::move(change));
  }

  bool is_of_us(const engine::SoftDeleted& vault, const std::string& mark) const {
    if (deployment_)
      return wanted_.contains(vault.id) && !existing_vaults_.contains(vault.id) &&
             mark == deployment_->name;
    const auto id = ResourceId::parse(vault.id);
    return !mark.empty() && id &&
           std::any_of(
               options_.groups.begin(), options_.groups.end(),
               [&id](const std::string& group) { return ascii::equal(group, id->resource_group); });
  }

  // Also when the groups are long gone: what earlier teardowns left behind.
  void look_at_deleted() {
    std::vector<std::string> subscriptions;
    if (deployment_)
      subscriptions = deployment_->subscriptions;
    else
      subscriptions.push_back(options_.subscription);
    for (const auto& subscription : subscriptions) {
      if (closed_.contains(subscription)) continue;  // Said of its groups.
      try {
        read_deleted_vaults(subscription, connection_, context_, [&](const Document& raw) {
          auto vault = soft_deleted_of(raw);
          if (!is_of_us(vault, twin_of(raw).owner)) return;
          if (options_.purge && !vault.purge_protected)
            add_purge_of_deleted(subscription, vault, raw);
          plan_.soft_deleted.push_back(std::move(vault));
        });
      } catch (const AzureError& e) {
        if (!is_closed(e)) throw;
        plan_.warnings.push_back("no right to list the deleted vaults of subscription " +
                                 subscription);
      }
    }
  }

  // A name that was mistyped must not look like a job done.
  void name_absent_groups() {
    for (const auto& group : absent_groups_) {
      const bool left_something =
          std::any_of(plan_.soft_deleted.begin(), plan_.soft_deleted.end(), [&](const auto& vault) {
            const auto id = ResourceId::parse(vault.id);
            return id && ascii::equal(id->resource_group, group.name);
          });
      if (deployment_ || left_something)
        plan_.warnings.push_back("resource group " + group.name + " does not exist");
      else
        plan_.refused.push_back({.kind = "resourceGroup",
                                 .name = group.name,
                                 .id = group.id,
                                 .code = "missing",
                                 .message = "there is no such resource group",
                                 .remedy = "check its name, and the subscription"});
    }
  }

  void add_purge_of_deleted(const std::string& subscription, const engine::SoftDeleted& vault,
                            const Document& raw) {
    const auto id = ResourceId::parse(vault.id);
    Change change{.action = Action::purge,
                  .kind = "vault",
                  .name = (id ? id->resource_group + "/" : std::string()) + vault.name,
                  .id = vault.id,
                  .subscription = subscription,
                  .group = id ? id->resource_group : std::string(),
                  .live = raw};
    change.deleted_at = std::string(raw["properties"]["deletionDate"].string_or());
    change.summary = "deleted on " + vault.deleted_on + ", else kept until " + vault.gone_on;
    plan_.changes.push_back(std::move(change));
  }

  const Deployment* deployment_;
  const Connection& connection_;
  const TeardownOptions& options_;
  const Context& context_;
  std::map<std::string, std::uint32_t, ascii::Less> wanted_;
  std::set<std::string, ascii::Less> existing_vaults_;
  std::vector<Group> absent_groups_;
  std::set<std::string, ascii::Less> closed_;  // Subscriptions.
  std::exception_ptr first_refusal_;           // Of them.
  TeardownCompanions companions_;
  engine::Plan plan_;
  std::size_t vaults_ = 0;
};

}  // namespace

Planned plan_teardown(const Deployment* deployment, const engine::Registry&,
                      const Connection& connection, const TeardownOptions& options,
                      const Context& context) {
  const auto reads_before = connection.counters ? connection.counters->reads.load() : 0;
  Planned planned{.plan = Teardown(deployment, connection, options, context).plan(),
                  .environment = {.deployment = deployment ? deployment->name : std::string(),
                                  .api_version = connection.keyvault_api_version}};
  planned.plan.api_version = connection.keyvault_api_version;
  planned.plan.where = connection.where;
  planned.plan.who = connection.who;
  planned.plan.reads = connection.counters ? connection.counters->reads.load() - reads_before : 0;
  return planned;
}

}  // namespace akv::kinds
