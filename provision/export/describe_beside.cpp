#include "akv/provision/export/describe_beside.hpp"

#include "akv/provision/export/sentences.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/vocabulary.hpp"
#include "akv/provision/manifest/yaml_text.hpp"

#include <algorithm>

namespace akv::exporting {
namespace {

using json::Document;
using manifest::Word;
using manifest::yaml::scalar;

const Word& word_of(std::string_view list) {
  const auto companions = kinds::vocabulary().companions;
  return std::find_if(companions.begin(), companions.end(),
                      [list](const auto& companion) { return companion.list.name == list; })
      ->list;
}

/// What keeps a member out of a manifest; empty where nothing does.
std::string fault_of(const Word& list, std::string_view name, std::string_view value) {
  for (const Word& member : list.members) {
    if (member.name != name) continue;
    if (member.check != nullptr)
      if (const std::string fault = member.check(value); !fault.empty())
        return fault.substr(0, fault.rfind("; "));
    if (!member.words.empty() &&
        std::find(member.words.begin(), member.words.end(), value) == member.words.end())
      return sentence({"a manifest has no word for ", manifest::yaml::literal(value)});
  }
  return {};
}

/// Members in the manifest's order; those that say what holds anyway are left out.
std::vector<std::pair<std::string_view, std::string_view>> members_of(const Document& entry) {
  std::vector<std::pair<std::string_view, std::string_view>> members;
  for (const std::string_view name :
       {"name", "role", "condition", "conditionVersion", "level", "description", "notes"}) {
    const std::string_view value = entry[name].string_or();
    const bool usual = (name == "level" && value == "CanNotDelete") ||
                       (name == "conditionVersion" && value == "2.0");
    if (!value.empty() && !usual) members.emplace_back(name, value);
  }
  return members;
}

void remember_types(Estate& estate, const Document::Array& entries) {
  constexpr std::string_view types[] = {"User", "Group", "ServicePrincipal", "ForeignGroup",
                                        "Device"};
  for (const Document& entry : entries) {
    const std::string_view type = entry["properties"]["principalType"].string_or();
    if (std::find(std::begin(types), std::end(types), type) == std::end(types)) continue;
    const std::string id = ascii::lower(entry["properties"]["principalId"].string_or());
    estate.principal_types.insert_or_assign(estate.texts.add(id), type);
  }
}

}  // namespace

void describe_beside(Estate& estate, Object& object, const kinds::CompanionList& list,
                     Document::Array entries) {
  remember_types(estate, entries);
  const engine::Registry registry = kinds::make_registry();
  const Document usual = registry.at(list.kind).canonical_live(
      kinds::companion_document(list, object.mark, std::move(entries), {}));
  const Word& word = word_of(list.list);
  Beside beside;
  beside.list = list.list;
  for (const Document& entry : usual[list.list].as_array()) {
    BesideEntry written;
    std::string fault;
    const Document* principal = entry.find("objectId");
    if (principal != nullptr) {
      fault = fault_of(word, "objectId", principal->string_or());
      written.object = estate.texts.add(principal->string_or());
    }
    for (const auto& [name, value] : members_of(entry)) {
      if (fault.empty()) fault = fault_of(word, name, value);
      written.rest.append(written.rest.empty() ? "" : ", ").append(name).append(": ");
      written.rest += scalar(value);
    }
    if (fault.empty() && beside.entries.size() == word.max_items)
      fault = "a manifest has room for " + std::to_string(word.max_items);
    if (!fault.empty()) {
      object.comments.push_back(sentence({"an entry of ", list.list, " is left alone: ", fault}));
      continue;
    }
    if (principal != nullptr) estate.principals.insert(written.object);
    beside.entries.push_back(std::move(written));
  }
  if (!beside.entries.empty()) object.beside.push_back(std::move(beside));
}

}  // namespace akv::exporting
