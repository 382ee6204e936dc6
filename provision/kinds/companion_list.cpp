#include "akv/provision/kinds/companion_list.hpp"

#include "akv/provision/kinds/mark.hpp"

#include <array>
#include <utility>

namespace akv::kinds {

std::span<const CompanionList* const> companion_lists() {
  static const std::array<const CompanionList*, 2> all{&role_assignment_list(), &lock_list()};
  return all;
}

const CompanionList* find_companion_list(std::string_view kind) {
  for (const CompanionList* list : companion_lists())
    if (list->kind == kind) return list;
  return nullptr;
}

std::string_view parent_of(std::string_view id) {
  // The last one, without case: a list's own, whatever stands before it.
  constexpr std::string_view provider = "/providers/microsoft.authorization/";
  const std::size_t at = ascii::lower(id).rfind(provider);
  return id.substr(0, at == std::string_view::npos ? 0 : at);
}

std::string mark_of(const CompanionList& list, const json::Document& entry) {
  return read_marked(entry["properties"][list.text].string_or()).deployment;
}

std::vector<engine::Need> companion_needs(const CompanionList& list, const engine::Change& change,
                                          std::string_view role) {
  constexpr std::string_view providers = "/providers/";
  const std::string action = std::string(list.collection.substr(providers.size()));
  // A change of the whole list may be of no field: what comes back with its parent.
  bool writes = false, deletes = change.action == engine::Action::del;
  for (const engine::FieldChange& field : change.fields)
    (field.leaf.empty() && field.after.is_null() ? deletes : writes) = true;
  std::vector<engine::Need> needs;
  for (const auto& [wanted, verb] : {std::pair{writes, "/write"}, std::pair{deletes, "/delete"}})
    if (wanted) needs.push_back({.action = action + verb, .scope = change.id, .role = role});
  return needs;
}

json::Document companion_document(const CompanionList& list, std::string_view owner,
                                  json::Document::Array entries,
                                  const engine::Environment& environment) {
  if (!environment.roles.empty())
    for (json::Document& entry : entries) {
      const std::string_view role = entry["properties"]["roleDefinitionId"].string_or();
      const auto named = environment.roles.find(std::string(role.substr(role.rfind('/') + 1)));
      if (named != environment.roles.end()) entry.set("roleName", named->second);
    }
  json::Document document = json::Document::object({{"owner", owner}});
  document.set(list.list, json::Document(std::move(entries)));
  return document;
}

json::Document canonical_list(const json::Document& of, std::string_view list,
                              const std::function<json::Document(const json::Document&)>& entry,
                              json::Document (*sorted)(json::Document::Array)) {
  const json::Document& raw = of[list];
  json::Document::Array entries;
  if (raw.is_array())
    for (const json::Document& each : raw.as_array()) entries.push_back(entry(each));
  json::Document usual = sorted(std::move(entries));
  usual.set_origin(raw.origin());
  json::Document canonical = json::Document::object();
  canonical.set(list, std::move(usual));
  canonical.set_origin(of.origin());
  return canonical;
}

}  // namespace akv::kinds
