#include "akv/provision/kinds/companion_read.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"

#include <utility>

namespace akv::kinds {

using json::Document;

CompanionReader::CompanionReader(const engine::Deployment& deployment, const Connection& connection,
                                 const Context& context)
    : deployment_(deployment), connection_(connection), context_(context) {
  for (const engine::Desired& desired : deployment.objects)
    if (const CompanionList* list = find_companion_list(desired.kind))
      parents_[std::string(parent_of(desired.id))].lists.push_back({&desired, list});
}

void CompanionReader::note_parent(const std::string& id, const std::string& owner) {
  if (const auto parent = parents_.find(id); parent != parents_.end()) parent->second.owner = owner;
}

void CompanionReader::read(engine::Planner& planner, const engine::Environment& environment) const {
  if (parents_.empty()) return;
  for (const CompanionList* list : companion_lists())
    for (const std::string& subscription : deployment_.subscriptions)
      read_list(*list, subscription, planner, environment);
}

bool CompanionReader::read_scope(const CompanionList& list, const std::string& scope,
                                 Entries& entries, engine::Unreadable& why) const {
  Entries found;
  try {
    read_pages(connection_.client, scope + std::string(list.collection), list.api_version,
               list.list_operation, context_, [&](Document entry) {
                 const std::string_view parent = parent_of(entry["id"].string_or());
                 // What comes from above is nobody's here, what is below may be of others.
                 if (parents_.contains(std::string(parent)))
                   found[std::string(parent)].push_back(std::move(entry));
               });
  } catch (const ForbiddenError& e) {
    why = {.kind = std::string(list.kind),
           .name = ResourceId::parse(scope)->name(),
           .id = scope,
           .code = e.info().code,
           .message = e.info().message,
           .remedy = "a role with read access on it, such as Reader",
           .request_id = e.info().request_id};
    return false;
  }
  entries.merge(found);
  return true;
}

void CompanionReader::read_list(const CompanionList& list, const std::string& subscription,
                                engine::Planner& planner,
                                const engine::Environment& environment) const {
  std::vector<std::pair<const engine::Desired*, const Parent*>> wanted;
  std::set<std::string, ascii::Less> groups;
  for (const auto& [id, parent] : parents_) {
    if (!parent.owner) continue;
    for (const Wanted& each : parent.lists) {
      if (each.list != &list || !ascii::equal(each.desired->subscription, subscription)) continue;
      wanted.emplace_back(each.desired, &parent);
      groups.insert(resource_group_id(each.desired->subscription, each.desired->group));
    }
  }
  if (wanted.empty()) return;

  Entries entries;
  std::set<std::string, ascii::Less> unread;
  engine::Unreadable why;
  if (groups.size() == 1 || !read_scope(list, "/subscriptions/" + subscription, entries, why))
    for (const std::string& group : groups)
      if (!read_scope(list, group, entries, why)) {
        unread.insert(group);
        planner.unreadable_lists(std::string(list.kind), why);
      }
  for (const auto& [desired, parent] : wanted) {
    if (unread.contains(resource_group_id(desired->subscription, desired->group))) continue;
    const auto found = entries.find(std::string(parent_of(desired->id)));
    planner.observe(
        engine::Live{desired->kind, desired->id, desired->name,
                     companion_document(list, *parent->owner,
                                        found != entries.end() ? found->second : Document::Array(),
                                        environment)});
  }
}

}  // namespace akv::kinds
