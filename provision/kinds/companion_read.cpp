#include "akv/provision/kinds/companion_read.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/scopes.hpp"

#include <algorithm>
#include <utility>

namespace akv::kinds {

using json::Document;

namespace {

using Entries = std::map<std::string, Document::Array, ascii::Less>;
using Wanted = std::function<bool(const std::string& parent)>;

/// False where it is forbidden, with `why`.
bool read_scope(const CompanionList& list, const std::string& scope, const Wanted& wanted,
                const Connection& connection, const Context& context, Entries& entries,
                engine::Unreadable& why) {
  Entries found;
  try {
    read_pages(connection.client, scope + std::string(list.collection), list.api_version,
               list.list_operation, context, [&](Document entry) {
                 std::string parent(parent_of(entry["id"].string_or()));
                 // What comes from above is nobody's here, what is below may be of others.
                 if (wanted(parent)) found[std::move(parent)].push_back(std::move(entry));
               });
  } catch (const AzureError& e) {
    if (!is_closed(e)) throw;
    why = unreadable(std::string(list.kind), scope, e);
    return false;
  }
  entries.merge(found);
  return true;
}

}  // namespace

CompanionScan scan_companions(const CompanionList& list, const std::string& subscription,
                              const std::set<std::string, ascii::Less>& groups,
                              const std::set<std::string, ascii::Less>& needed,
                              const Wanted& wanted, const Connection& connection,
                              const Context& context) {
  CompanionScan scan;
  const auto read = [&](const std::string& scope, engine::Unreadable& why) {
    return read_scope(list, scope, wanted, connection, context, scan.entries, why);
  };
  engine::Unreadable why;
  const std::string all = groups.size() == 1 ? *groups.begin() : "/subscriptions/" + subscription;
  if (read(all, why)) return scan;
  for (const std::string& group : needed)
    if (group == all || !read(group, why)) scan.unread.emplace(group, why);
  return scan;
}

CompanionReader::CompanionReader(const engine::Deployment& deployment,
                                 const engine::Registry& registry, const Connection& connection,
                                 const Context& context, bool everywhere)
    : deployment_(deployment),
      registry_(registry),
      book_(deployment),
      connection_(connection),
      context_(context),
      wanted_(everywhere) {
  for (const engine::Desired& desired : deployment.objects)
    if (const CompanionList* list = find_companion_list(desired.kind)) {
      parents_[std::string(parent_of(desired.id))].lists.push_back({&desired, list});
      wanted_ = true;
    } else {
      parents_[desired.id];
    }
}

bool CompanionReader::knows(const std::string& id) const {
  const auto parent = parents_.find(id);
  return parent != parents_.end() && !parent->second.lists.empty();
}

void CompanionReader::note_parent(const std::string& id, const std::string& owner) {
  if (const auto parent = parents_.find(id); parent != parents_.end())
    parent->second.owner = owner;
  else if (owner == deployment_.name)
    leaving_.insert(id);
}

void CompanionReader::read(engine::Planner& planner, const engine::Environment& environment) {
  if (!wanted_) return;
  for (const CompanionList* list : companion_lists())
    for (const std::string& subscription : deployment_.subscriptions)
      read_list(*list, subscription, planner, environment);
}

void CompanionReader::read_list(const CompanionList& list, const std::string& subscription,
                                engine::Planner& planner, const engine::Environment& environment) {
  std::vector<std::pair<const engine::Desired*, const Parent*>> wanted;
  std::set<std::string, ascii::Less> groups, needed;
  for (const auto& [id, parent] : parents_) {
    const auto at = ResourceId::parse(id);
    if (!parent.owner || !at || !ascii::equal(at->subscription, subscription)) continue;
    groups.insert(resource_group_id(at->subscription, at->resource_group));
    for (const Wanted& each : parent.lists) {
      if (each.list != &list) continue;
      wanted.emplace_back(each.desired, &parent);
      needed.insert(resource_group_id(each.desired->subscription, each.desired->group));
    }
  }
  if (groups.empty()) return;

  CompanionScan scan = scan_companions(
      list, subscription, groups, needed,
      [this](const std::string& parent) {
        return parents_.contains(parent) || is_group_or_vault(parent);
      },
      connection_, context_);
  if (&list == &lock_list())
    for (const auto& [parent, entries] : scan.entries)
      if (parents_.contains(parent))
        for (const Document& entry : entries) locks_.push_back(book_.read(entry));
  for (auto& [group, why] : scan.unread)
    planner.unreadable_lists(std::string(list.kind), std::move(why));
  for (const auto& [desired, parent] : wanted) {
    if (scan.unread.contains(resource_group_id(desired->subscription, desired->group))) continue;
    Document::Array& live = scan.entries[std::string(parent_of(desired->id))];
    find_left_entries(*desired, list, live, registry_, environment, left_);
    planner.observe(
        engine::Live{desired->kind, desired->id, desired->name,
                     companion_document(list, *parent->owner, std::move(live), environment)});
    scan.entries.erase(std::string(parent_of(desired->id)));
  }
  keep_outside(list, std::move(scan));
}

void CompanionReader::keep_outside(const CompanionList& list, CompanionScan&& scan) {
  for (auto& [parent, entries] : scan.entries) {
    const bool any = std::any_of(entries.begin(), entries.end(), [&](const Document& entry) {
      return mark_of(list, entry) == deployment_.name;
    });
    // What is beside an object of ours goes with it, or stays with it.
    if (any && !leaving_.contains(parent)) outside_.push_back({&list, parent, std::move(entries)});
  }
}

}  // namespace akv::kinds
