#include "akv/provision/manifest/object_rules.hpp"

#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace akv::manifest {

using json::Document;

void reject_properties_of_existing(const ReadObject& own, std::span<const Word> words,
                                   Session& session) {
  for (const json::Member& member : own.value.as_object()) {
    const Word* word = find_property(words, member.name);
    const engine::Place place = session.places.at(member.value.origin());
    if (word != nullptr && !word->of_existing)
      session.diagnostics.error(
          place, "existing-property",
          "existing: true leaves the object as it is, so " + quoted(word->name) + " has no effect",
          "remove it, or remove existing: true");
    if (member.name != "manage") continue;
    for (const json::Member& mode : member.value.as_object()) {
      const Word* list = find_word(words, mode.name);
      if (list == nullptr || !list->of_existing || mode.value.string_or() != "merge")
        session.diagnostics.error(session.places.at(mode.value.origin()), "existing-property",
                                  "of an existing object only lists of access are managed, and "
                                  "always merged",
                                  "remove " + mode.name + " from manage");
    }
  }
}

json::Document kept_of_existing(json::Document inherited, std::span<const Word> words) {
  std::erase_if(inherited.as_object(), [&](const json::Member& member) {
    const Word* word = find_property(words, member.name);
    return word == nullptr || !word->of_existing || !word->managed_list;
  });
  return inherited;
}

void drop_unmanaged(const Document& own, Document& beneath, std::span<const Word> words,
                    Session& session) {
  const Document* paths = own.find("unmanaged");
  if (paths == nullptr) return;
  for (const Document& path : paths->as_array()) {
    const std::string_view text = path.string_or();
    const std::size_t dot = text.find('.');
    const std::string_view head = text.substr(0, dot);
    const std::string_view tail = dot == std::string_view::npos ? "" : text.substr(dot + 1);
    const engine::Place place = session.places.at(path.origin());
    const Word* word = find_word(words, head);
    const bool known =
        word != nullptr && word->in_defaults &&
        (dot == std::string_view::npos || (word->type == FieldType::text_map && !tail.empty()) ||
         (word->type == FieldType::object && find_word(word->members, tail) != nullptr));
    if (!known) {
      const std::vector<std::string> owned = inheritable(words);
      const std::vector<std::string_view> names(owned.begin(), owned.end());
      session.diagnostics.error(place, "unknown-property",
                                quoted(text) + " is no property that defaults can give",
                                did_you_mean(text, names));
      continue;
    }
    const std::string_view property = property_of(*word);
    const Document& written = own[property];
    if (tail.empty() ? own.find(property) != nullptr : written.find(tail) != nullptr)
      session.diagnostics.error(place, "written-and-unmanaged",
                                quoted(text) + " is written here and left unmanaged",
                                "do one of the two");
    if (tail.empty()) {
      beneath.erase(property);
    } else if (Document* object = beneath.find(property)) {
      const Document* member =
          word->type == FieldType::text_map ? object->find_ignoring_case(tail) : object->find(tail);
      if (member != nullptr)
        std::erase_if(object->as_object(), [&](const auto& m) { return &m.value == member; });
      if (object->size() == 0) beneath.erase(property);
    }
  }
}

void check_states(const engine::Desired& desired, std::string_view list, engine::ListMode otherwise,
                  Session& session) {
  const Document* entries = desired.body.find(list);
  const auto written = desired.manage.find(list);
  const engine::ListMode mode = written != desired.manage.end() ? written->second : otherwise;
  if (entries == nullptr || mode == engine::ListMode::merge) return;
  const bool policies = list == "accessPolicies";
  for (const Document& entry : entries->as_array())
    if (const Document* state = entry.find("state"))
      session.diagnostics.error(
          session.places.at(state->origin()), "absent-in-exact-list",
          "state: absent has a meaning only where " +
              (policies ? std::string("access policies are") : std::string(list) + " is") +
              " merged",
          "remove the entry, or write manage: {" + std::string(list) + ": merge}");
}

void check_tags(const engine::Desired& desired, Session& session) {
  constexpr std::size_t most = 50;
  const Document* tags = desired.body.find("tags");
  if (tags == nullptr || desired.existing) return;
  const std::size_t ours = desired.body["protect"].bool_or(false) ? 2 : 1;
  if (tags->size() + ours > most)
    session.diagnostics.error(session.places.at(tags->origin()), "too-many",
                              "tags has " + std::to_string(tags->size()) +
                                  " entries, and akv adds " + std::to_string(ours),
                              "Azure's limit is " + std::to_string(most));
}

void warn_of_idle_policies(const engine::Desired& desired, Session& session) {
  const Document* policies = desired.body.find("accessPolicies");
  if (policies == nullptr || policies->size() == 0 ||
      !desired.body["enableRbacAuthorization"].bool_or(false))
    return;
  session.diagnostics.warning(
      session.places.at(policies->origin()), "idle-access-policies",
      "access policies have no effect while enableRbacAuthorization is true",
      "remove them, or write enableRbacAuthorization: false");
}

}  // namespace akv::manifest
