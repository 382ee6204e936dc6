// What a teardown is about to take away, group by group.
#include "akv/provision/report/detail/blocks.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace akv::report {
namespace {

using engine::Action;
using engine::Change;
using engine::InventoryItem;
using engine::Plan;

constexpr std::size_t name_column = 27;
constexpr std::string_view vault_type = "Microsoft.KeyVault/vaults";

struct Group {
  std::string name;  ///< Printable, with its subscription where that is not the first.
  const Change* removal = nullptr;
  std::vector<const InventoryItem*> items;
  std::vector<const Change*> others;  ///< Deletes of what no inventory names.
};

/// In order of first mention; what is purged belongs to no group any more.
std::vector<Group> groups_of(const Plan& plan) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t, ascii::Less> index;
  const auto at = [&](const std::string& group, std::string_view id) -> Group& {
    const std::string name = printable(group) + outside(plan, subscription_of(id));
    const auto [place, fresh] = index.emplace(name, groups.size());
    if (fresh) groups.push_back({name, nullptr, {}, {}});
    return groups[place->second];
  };
  std::set<std::string, ascii::Less> listed;
  for (const InventoryItem& item : plan.inventory) {
    at(item.group, item.id).items.push_back(&item);
    listed.insert(item.id);
  }
  for (const Change& change : plan.changes) {
    if (change.action == Action::purge) continue;
    const std::string& name = change.group.empty() ? change.name : change.group;
    if (change.kind == "resourceGroup")
      at(name, change.id).removal = &change;
    else if (listed.find(change.id) == listed.end())
      at(name, change.id).others.push_back(&change);
  }
  return groups;
}

std::string group_text(const Group& group) {
  std::string text = group.name;
  if (group.removal != nullptr) {
    const std::string_view location = group.removal->live["location"].string_or();
    if (!location.empty()) text += " (" + printable(location) + ")";
  }
  if (group.items.empty() && group.removal == nullptr) return text;
  return text + ", which holds " + counted(group.items.size(), "object");
}

/// Why an item is what its word says, in a few words.
std::string remark(const InventoryItem& item) {
  if (!item.summary.empty()) return printable(item.summary);
  if (item.is_protected) return "protected by its tag akv-protect";
  if (!item.stranger) return {};
  return item.mark.empty() ? "nobody's: no manifest and no mark names it"
                           : "of deployment " + printable(item.mark);
}

void item_line(Page& page, const InventoryItem& item, bool goes, std::size_t name_width) {
  const bool vault = ascii::equal(item.type, vault_type);
  const Paint paint = item.stranger || item.is_protected || goes ? Paint::bad : Paint::none;
  const std::string_view word = item.stranger       ? "stranger"
                                : item.is_protected ? "protected"
                                : goes              ? "delete"
                                                    : "keep";
  const std::string_view sign = item.stranger || item.is_protected ? "!" : goes ? "-" : ".";
  const std::string left =
      object_line(page, paint, sign, word, vault ? std::string_view("vault") : item.type,
                  padded(printable(item.name), name_width));
  const std::string why = remark(item);
  if (columns(left) + 2 + columns(why) <= page.width()) {
    page.line(why.empty() ? left.substr(0, left.find_last_not_of(' ') + 1) : left + "  " + why);
  } else {
    page.line(left.substr(0, left.find_last_not_of(' ') + 1));
    page.paragraph(6, why);
  }
}

void soft_deleted_lines(Page& page, const Plan& plan) {
  std::set<std::string, ascii::Less> purged;
  for (const Change& change : plan.changes)
    if (change.action == Action::purge)
      purged.insert(change.name.substr(change.name.rfind('/') + 1));
  for (const engine::SoftDeleted& vault : plan.soft_deleted) {
    if (purged.find(vault.name) != purged.end()) continue;
    std::string text = printable(vault.name);
    if (!vault.location.empty()) text += " (" + printable(vault.location) + ")";
    text += ", soft-deleted already";
    if (!vault.gone_on.empty())
      text += (vault.purge_protected ? ", its name is free again on " : ", recoverable until ") +
              printable(vault.gone_on);
    page.paragraph(0, object_line(page, Paint::none, ".", "keep", "vault", text), name_column);
  }
}

}  // namespace

void inventory_blocks(Page& page, const Plan& plan) {
  std::set<std::string, ascii::Less> deleted;
  for (const Change& change : plan.changes)
    if (change.action == Action::del) deleted.insert(change.id);

  for (const Group& group : groups_of(plan)) {
    const bool goes = group.removal != nullptr;
    page.paragraph(0,
                   object_line(page, goes ? Paint::bad : Paint::none, goes ? "-" : ".",
                               goes ? "delete" : "keep", "resourceGroup", group_text(group)),
                   name_column);
    std::size_t name_width = 15;
    for (const InventoryItem* item : group.items)
      name_width = std::max(name_width, std::min<std::size_t>(columns(printable(item->name)), 40));
    for (const InventoryItem* item : group.items)
      item_line(page, *item, goes || deleted.find(item->id) != deleted.end(), name_width);
    for (const Change* change : group.others) {
      page.line(
          object_line(page, Paint::bad, "-", "delete", change->kind, printable(change->name)));
      if (!change->summary.empty()) page.paragraph(6, printable(change->summary));
    }
  }
  for (const Change& change : plan.changes) {
    if (change.action != Action::purge) continue;
    page.line(object_line(page, Paint::bad, "-", "purge", change.kind, printable(change.name)));
    page.paragraph(6, change.summary.empty() ? "for ever: Azure keeps nothing of it"
                                             : printable(change.summary));
  }
  soft_deleted_lines(page, plan);
}

}  // namespace akv::report
