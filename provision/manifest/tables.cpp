#include "akv/provision/manifest/tables.hpp"

#include "akv/provision/manifest/sections.hpp"

#include <algorithm>

namespace akv::manifest {
namespace {

constexpr std::string_view modes[] = {"exact", "merge"};

void add_companions(std::span<const Companion> companions, bool Companion::*stands_here,
                    std::vector<Word>& words, std::vector<Word>& manage_members) {
  const auto manage = std::find_if(words.begin(), words.end(),
                                   [](const Word& word) { return word.name == "manage"; });
  if (manage != words.end()) manage_members.assign(manage->members.begin(), manage->members.end());
  std::vector<Word> lists;
  for (const Companion& companion : companions) {
    if (!(companion.*stands_here)) continue;
    lists.push_back(companion.list);
    manage_members.push_back({.name = companion.list.name,
                              .type = FieldType::word,
                              .doc = "merge (default): leave entries that the manifest does not "
                                     "name; exact: remove them.",
                              .words = modes});
  }
  if (manage != words.end()) manage->members = manage_members;
  words.insert(words.end(), lists.begin(), lists.end());
  words.push_back(for_each_word());
}

}  // namespace

Tables::Tables(const Vocabulary& vocabulary)
    : group_(vocabulary.resource_group.begin(), vocabulary.resource_group.end()),
      vault_(vocabulary.vault.begin(), vocabulary.vault.end()),
      companions_(vocabulary.companions) {
  add_companions(companions_, &Companion::on_group, group_, group_manage_);
  add_companions(companions_, &Companion::on_vault, vault_, vault_manage_);
}

std::string_view property_of(const Word& word) {
  return word.writes.empty() ? word.name : word.writes;
}

const Word* find_word(std::span<const Word> words, std::string_view name) {
  const auto found =
      std::find_if(words.begin(), words.end(), [name](const Word& w) { return w.name == name; });
  return found == words.end() ? nullptr : &*found;
}

const Word* find_property(std::span<const Word> words, std::string_view property) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Word& w) { return property_of(w) == property; });
  return found == words.end() ? nullptr : &*found;
}

std::vector<std::string> inheritable(std::span<const Word> words) {
  std::vector<std::string> names;
  for (const Word& word : words) {
    if (!word.in_defaults) continue;
    names.emplace_back(word.name);
    if (word.type != FieldType::object) continue;
    for (const Word& member : word.members)
      names.push_back(std::string(word.name).append(".").append(member.name));
  }
  return names;
}

}  // namespace akv::manifest
