#include "akv/provision/manifest/inheritance.hpp"

#include "akv/provision/manifest/tables.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace akv::manifest {

using json::Document;

namespace {

void override_members(Document& under, Document over, bool ignoring_case) {
  under.set_origin(over.origin());
  for (json::Member& member : over.as_object()) {
    const Document* same =
        ignoring_case ? under.find_ignoring_case(member.name) : under.find(member.name);
    if (same != nullptr) {
      // A tag keeps one spelling: the nearer one.
      auto& members = under.as_object();
      const auto found = std::find_if(members.begin(), members.end(),
                                      [same](const auto& m) { return &m.value == same; });
      *found = std::move(member);
    } else {
      under.as_object().push_back(std::move(member));
    }
  }
}

void override_entries(Document& under, Document over, const Word& word, std::string_view tenant) {
  under.set_origin(over.origin());
  std::map<std::string, std::size_t> there;
  auto& entries = under.as_array();
  for (std::size_t i = 0; i < entries.size(); ++i)
    there.emplace(entry_identity(word, entries[i], tenant), i);
  for (Document& entry : over.as_array()) {
    const auto found = there.find(entry_identity(word, entry, tenant));
    if (found != there.end())
      entries[found->second] = std::move(entry);
    else
      entries.push_back(std::move(entry));
  }
}

}  // namespace

Document inherit(Document result, ReadObject own, std::span<const Word> words,
                 std::string_view tenant) {
  if (result.size() == 0) return std::move(own.value);
  result.set_origin(own.value.origin());
  for (json::Member& member : own.value.as_object()) {
    Document* under = result.find(member.name);
    const Word* word = find_word(words, member.name);
    const FieldType type = word != nullptr ? word->type : FieldType::text;
    if (under == nullptr || own.has_replaced(member.name)) {
      result.set(member.name, std::move(member.value));
    } else if (type == FieldType::object || type == FieldType::text_map) {
      override_members(*under, std::move(member.value), type == FieldType::text_map);
    } else if (type == FieldType::access_policies || type == FieldType::entries) {
      override_entries(*under, std::move(member.value), *word, tenant);
    } else {
      *under = std::move(member.value);
    }
  }
  return result;
}

}  // namespace akv::manifest
