#include "akv/provision/kinds/left_entries.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/companion_read.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Deployment;
using engine::Desired;
using engine::FieldChange;
using engine::ListMode;
using json::Document;

bool is_merged(const Desired& desired, const CompanionList& list, const engine::Kind& kind) {
  const auto written = desired.manage.find(list.list);
  return desired.existing ||
         (written != desired.manage.end() ? written->second : kind.default_mode(list.list)) ==
             ListMode::merge;
}

bool same_entry(const Document& a, const Document& b, const engine::Rule& list) {
  return std::all_of(list.key.begin(), list.key.end(), [&](std::string_view member) {
    return ascii::equal(a[member].string_or(), b[member].string_or());
  });
}

bool is_that(const LeftEntry& left, const FieldChange& field) {
  return field.property == left.property && field.after.is_null() && field.before == left.entry;
}

Desired list_beside(const Desired& parent, const CompanionList& list) {
  return {.kind = std::string(list.kind),
          .name = parent.name,
          .id = parent.id + std::string(list.collection),
          .subscription = parent.subscription,
          .group = parent.group,
          .body = Document::object(),
          .origin = parent.origin,
          .existing = parent.existing,
          .adopt = parent.adopt};
}

}  // namespace

void ask_for_absence(Desired& desired, const CompanionList& list, const LeftEntry& left) {
  Document& written = desired.body.set(list.list);
  const std::uint32_t place = written.origin() != 0 ? written.origin() : desired.origin;
  Document absent = list.absent(left.entry);
  absent.set_origin(place);
  written.push_back(std::move(absent));
  written.set_origin(place);
}

namespace {

/// The objects of a deployment by their ids.
struct Objects {
  explicit Objects(const Deployment& deployment) {
    for (std::size_t i = 0; i < deployment.objects.size(); ++i) {
      const Desired& object = deployment.objects[i];
      by_id.emplace(object.id, i);
      if (!find_companion_list(object.kind))
        groups[object.subscription].insert(resource_group_id(object.subscription, object.group));
    }
  }
  std::map<std::string, std::size_t, ascii::Less> by_id;
  std::map<std::string, std::set<std::string, ascii::Less>, ascii::Less>
      groups;  // By subscription.
};

}  // namespace

void find_left_entries(const Desired& desired, const CompanionList& list,
                       const Document::Array& live, const engine::Registry& registry,
                       const engine::Environment& environment, std::vector<LeftEntry>& left) {
  const engine::Kind& kind = registry.at(list.kind);
  Document::Array ours;
  for (const Document& entry : live)
    if (mark_of(list, entry) == environment.deployment) ours.push_back(entry);
  if (ours.empty() || !is_merged(desired, list, kind)) return;
  const Document named = kind.canonical_desired(desired.body, desired, environment);
  Document there = kind.canonical_live(companion_document(list, {}, std::move(ours), environment));
  const engine::Rule& rule = kind.rules().front();
  for (Document& entry : there.set(list.list).as_array()) {
    const auto& entries = named[list.list].as_array();
    if (std::none_of(entries.begin(), entries.end(),
                     [&](const Document& each) { return same_entry(each, entry, rule); }))
      left.push_back({desired.id, desired.name, std::string(list.list), std::move(entry)});
  }
}

Deployment without_left_entries(const Deployment& deployment, const engine::Registry& registry,
                                const Connection& connection,
                                const engine::Environment& environment, const Context& context,
                                std::vector<LeftEntry>& left, std::vector<std::string>& warnings) {
  Deployment asked = deployment;
  const Objects objects(deployment);
  for (const CompanionList* list : companion_lists()) {
    for (const auto& [subscription, groups] : objects.groups) {
      const CompanionScan scan = scan_companions(
          *list, subscription, groups, groups,
          [&objects](const std::string& parent) { return objects.by_id.contains(parent); },
          connection, context);
      for (const auto& [group, why] : scan.unread)
        warnings.push_back("no right to list the " + std::string(list->list) +
                           " of resource group " + why.name +
                           ": what left the manifest there would not be seen");
      for (const auto& [parent, live] : scan.entries) {
        const auto known = objects.by_id.find(parent + std::string(list->collection));
        Desired beside = known != objects.by_id.end()
                             ? asked.objects[known->second]
                             : list_beside(asked.objects[objects.by_id.at(parent)], *list);
        const std::size_t before = left.size();
        find_left_entries(beside, *list, live, registry, environment, left);
        if (left.size() == before) continue;
        for (std::size_t i = before; i < left.size(); ++i) ask_for_absence(beside, *list, left[i]);
        if (known != objects.by_id.end())
          asked.objects[known->second] = std::move(beside);
        else
          asked.objects.push_back(std::move(beside));
      }
    }
  }
  return asked;
}

void name_kept(const std::vector<LeftEntry>& left, engine::Plan& plan) {
  const std::size_t before = plan.kept.size();
  for (const LeftEntry& entry : left) {
    const auto keep = [&](const FieldChange& field) {
      if (!is_that(entry, field)) return false;
      plan.kept.push_back(entry.name + " " + field.path);
      return true;
    };
    std::erase_if(plan.left_alone, [&](const auto& beside) {
      return beside.first == entry.name && keep(beside.second);
    });
    for (engine::Change& change : plan.changes)
      if (ascii::equal(change.id, entry.id)) std::erase_if(change.left_alone, keep);
  }
  if (plan.kept.size() > before) std::sort(plan.kept.begin(), plan.kept.end(), ascii::less);
}

void name_pruned(const std::vector<LeftEntry>& left, engine::Plan& plan) {
  for (engine::Change& change : plan.changes) {
    std::string gone;
    for (const FieldChange& field : change.fields)
      if (std::any_of(left.begin(), left.end(), [&](const LeftEntry& entry) {
            return ascii::equal(change.id, entry.id) && is_that(entry, field);
          }))
        gone += (gone.empty() ? "" : ", ") + field.entry;
    if (gone.empty()) continue;
    change.risks.emplace_back(engine::pruned_risk);
    change.notes.push_back("left the manifest: " + gone);
  }
}

}  // namespace akv::kinds
