#include "akv/provision/export/read_estate.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/export/describe.hpp"
#include "akv/provision/export/describe_beside.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/scopes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace akv::exporting {
namespace {

using json::Document;

bool fits(const Document& raw, const Selection& selection) {
  const auto has = [&](const TagFilter& filter) {
    const Document* tag = raw["tags"].find_ignoring_case(filter.name);
    return tag != nullptr && (!filter.value || tag->string_or() == *filter.value);
  };
  if (!std::all_of(selection.tags.begin(), selection.tags.end(), has)) return false;
  const std::string_view name = raw["name"].string_or();
  return selection.names.empty() ||
         std::any_of(selection.names.begin(), selection.names.end(),
                     [&](const std::string& glob) { return engine::glob_matches(glob, name); });
}

class Reader {
 public:
  Reader(const kinds::Connection& connection, const Selection& selection, const Context& context,
         Estate& estate)
      : connection_(connection), selection_(selection), context_(context), estate_(estate) {}

  std::vector<engine::Unreadable> run() {
    estate_.subscription = selection_.subscription;
    estate_.tenant = kinds::read_tenant(selection_.subscription, connection_, context_);
    if (selection_.groups.empty())
      read_subscription();
    else
      // ARM knows names without case: one that is given twice is one group.
      for (const std::string& group :
           std::set<std::string, ascii::Less>(selection_.groups.begin(), selection_.groups.end()))
        read_named(group);
    const bool all = selection_.tags.empty() && selection_.names.empty();
    std::erase_if(estate_.groups, [&](const auto& entry) {
      const Group& group = entry.second;
      return group.vaults.empty() && group.left_out.empty() && (!all || selection_.groups.empty());
    });
    for (const kinds::CompanionList* list : kinds::companion_lists()) read_beside(*list);
    std::sort(unreadable_.begin(), unreadable_.end(),
              [](const auto& a, const auto& b) { return ascii::less(a.name, b.name); });
    return std::move(unreadable_);
  }

 private:
  void read_subscription() {
    const std::string root = "/subscriptions/" + selection_.subscription;
    kinds::read_groups(selection_.subscription, connection_, context_,
                       [&](const Document& raw) { add_group(estate_, raw); });
    try {
      read_vaults(root);
    } catch (const ForbiddenError&) {
      // The rights may be on groups only: those that the list of groups shows.
      std::vector<std::string> names;
      for (const auto& [key, group] : estate_.groups) names.push_back(group.self.name);
      for (const std::string& name : names) read_vaults_of(name);
    }
  }

  void read_named(const std::string& name) {
    const std::string id = resource_group_id(selection_.subscription, name);
    try {
      const Document raw = kinds::read_object(connection_.client, id, kinds::groups_api_version,
                                              "ResourceGroups.get", context_);
      if (raw.is_null())
        throw NotFoundError({.status = 404,
                             .code = "ResourceGroupNotFound",
                             .message = "Resource group '" + name + "' could not be found.",
                             .target = id,
                             .operation = "ResourceGroups.get"});
      add_group(estate_, raw);
    } catch (const ForbiddenError& error) {
      unreadable_.push_back(kinds::unreadable("resourceGroup", id, error));
      return;
    }
    read_vaults_of(name);
  }

  void read_vaults_of(const std::string& name) {
    const std::string id = resource_group_id(selection_.subscription, name);
    try {
      read_vaults(id);
    } catch (const ForbiddenError& error) {
      unreadable_.push_back(kinds::unreadable("resourceGroup", id, error));
    }
  }

  void read_vaults(const std::string& scope) {
    kinds::read_pages(connection_.client, scope + "/providers/Microsoft.KeyVault/vaults",
                      connection_.keyvault_api_version, "Vaults.list", context_,
                      [&](const Document& raw) {
                        if (fits(raw, selection_)) add_vault(estate_, raw);
                      });
  }

  using Entries = std::map<std::string, Document::Array, ascii::Less>;  // By the id beside.

  void read_beside(const kinds::CompanionList& list) {
    std::map<std::string, Object*, ascii::Less> objects;
    for (auto& [key, group] : estate_.groups) {
      const std::string& name = group.self.name;
      objects.emplace(resource_group_id(selection_.subscription, name), &group.self);
      for (Object& vault : group.vaults)
        objects.emplace(vault_id(selection_.subscription, name, vault.name), &vault);
    }
    Entries found;
    const auto read = [&](const std::string& scope) {
      Entries entries;
      kinds::read_pages(connection_.client, scope + std::string(list.collection), list.api_version,
                        list.list_operation, context_, [&](Document entry) {
                          const std::string parent(kinds::parent_of(entry["id"].string_or()));
                          // What comes from above is not of this list.
                          if (objects.contains(parent)) entries[parent].push_back(std::move(entry));
                        });
      found.merge(entries);
    };
    bool whole = selection_.groups.empty();
    try {
      if (whole) read("/subscriptions/" + selection_.subscription);
    } catch (const ForbiddenError&) {
      whole = false;
    }
    if (!whole)
      for (const auto& [key, group] : estate_.groups) {
        const std::string id = resource_group_id(selection_.subscription, group.self.name);
        try {
          read(id);
        } catch (const ForbiddenError& error) {
          unreadable_.push_back(kinds::unreadable(std::string(list.kind), id, error));
          unreadable_.back().name += "'s " + std::string(list.list);
        }
      }
    for (auto& [id, entries] : found)
      describe_beside(estate_, *objects.at(id), list, std::move(entries));
  }

  const kinds::Connection& connection_;  // The call's, as are the three below.
  const Selection& selection_;
  const Context& context_;
  Estate& estate_;
  std::vector<engine::Unreadable> unreadable_;
};

}  // namespace

std::vector<engine::Unreadable> read_estate(const kinds::Connection& connection,
                                            const Selection& selection, const Context& context,
                                            Estate& estate) {
  return Reader(connection, selection, context, estate).run();
}

}  // namespace akv::exporting
