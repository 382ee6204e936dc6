#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "akv/provision/manifest/permission_sets.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/tables.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace akv::manifest {

using json::Document;

namespace {

Document typed(std::string_view type) { return Document::object({{"type", Document(type)}}); }

/// What a check accepts, as far as a regular expression can say it; empty for others.
std::string_view pattern_of(const Word& word) {
  if (!word.pattern.empty()) return word.pattern;
  using Check = std::string (*)(std::string_view);
  static constexpr std::pair<Check, std::string_view> patterns[] = {
      {check_guid, "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"},
      {check_vault_name, "(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]"},
      {check_resource_group_name, "[^ -'*+,/:-@\\[-^`{-~]{0,89}[^ -'*+,./:-@\\[-^`{-~]"},
      {check_location, "[A-Za-z0-9 ]+"},
      {check_deployment_name, "[a-z0-9][a-z0-9-]{0,39}"},
      {check_public_range, "[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?"},
      {check_subnet_id, "(/[^/]+){10}"},
      {check_resource_id, "(/[^/]+){6,}"},
      {check_tag_name, "(?![aA][kK][vV]-)[^<>%&\\\\?/]{1,512}"},
      {check_tag_value, "[\\s\\S]{0,256}"}};
  for (const auto& [check, pattern] : patterns)
    if (word.check == check) return pattern;
  return {};
}

/// Adds the pattern to a schema of texts; what has a reference in it is checked when it is filled
/// in.
Document with_pattern(Document schema, std::string_view pattern) {
  if (!pattern.empty()) schema.set("pattern", Document("^(?:" + std::string(pattern) + ")$|\\$"));
  return schema;
}

/// A text with `${…}` in it may stand for any single value.
Document reference() { return Document::object({{"type", "string"}, {"pattern", "\\$\\{"}}); }

Document any_of(std::initializer_list<Document> choices) {
  return Document::object({{"anyOf", Document::array(choices)}});
}

/// Texts may be written as numbers or booleans: the field's type decides.
Document text_schema() {
  return Document::object({{"type", Document::array({"string", "number", "boolean"})}});
}

Document texts(std::span<const std::string_view> words) {
  Document list = Document::array();
  for (const std::string_view word : words) list.push_back(Document(word));
  return list;
}

/// One of these words, in any case as the parser takes them; editors complete the usual spelling.
Document word_schema(std::span<const std::string_view> words) {
  std::string pattern;
  for (const std::string_view word : words) {
    pattern += pattern.empty() ? "" : "|";
    for (const char c : word) {
      const char lower = ascii::to_lower(c);
      if (lower < 'a' || lower > 'z')
        pattern += c;
      else
        pattern += {'[', lower, static_cast<char>(lower - 'a' + 'A'), ']'};
    }
  }
  const Document any_case =
      Document::object({{"type", "string"}, {"pattern", "^(?:" + pattern + ")$"}});
  return any_of({Document::object({{"enum", texts(words)}}), any_case, reference()});
}

Document list_of_schema(Document items, std::size_t max_items) {
  Document schema = typed("array");
  schema.set("items", std::move(items));
  if (max_items != 0) schema.set("maxItems", Document(static_cast<std::int64_t>(max_items)));
  return schema;
}

/// Two members exclude each other. With Least::one, one of them is needed: what a merge key may
/// bring is not seen, and counts as one.
enum class Least { none, one };
void one_of(Document& schema, std::string_view a, std::string_view b, Least least) {
  const auto with = [](std::initializer_list<Document> names) {
    return Document::object({{"required", Document::array(names)}});
  };
  Document rules = schema["allOf"].is_array() ? schema["allOf"] : Document::array();
  rules.push_back(Document::object({{"not", with({Document(a), Document(b)})}}));
  if (least == Least::one)
    rules.push_back(any_of({with({Document(a)}), with({Document(b)}), with({"<<"})}));
  schema.set("allOf", std::move(rules));
}

/// A property that goes by two names stands under one of them.
void add_synonyms(Document& schema, std::span<const Word> words) {
  for (const Word& word : words)
    if (!word.writes.empty() && find_word(words, word.writes) != nullptr)
      one_of(schema, word.name, word.writes, Least::none);
}

/// What `unmanaged` may name.
Document inheritable_schema(std::span<const Word> words) {
  Document names = Document::array();
  for (const std::string& name : inheritable(words)) names.push_back(name);
  Document choices = Document::array({Document::object({{"enum", std::move(names)}})});
  for (const Word& word : words)
    if (word.type == FieldType::text_map && word.in_defaults)
      choices.push_back(Document::object(
          {{"type", "string"}, {"pattern", "^" + std::string(word.name) + "\\.[\\s\\S]+$"}}));
  choices.push_back(reference());
  return Document::object({{"anyOf", std::move(choices)}});
}

Document schema_of(const Word& word);

/// The tables nest four deep at most, and are ours: recursion on them is bounded.
Document object_schema(std::span<const Word> words, bool in_defaults = false) {
  Document properties = Document::object();
  Document required = Document::array();
  for (const Word& word : words) {
    if (in_defaults && !word.in_defaults) continue;
    properties.set(word.name, schema_of(word));
    if (word.required && !in_defaults) required.push_back(Document(word.name));
  }
  if (Document* unmanaged = properties.find("unmanaged"))
    unmanaged->set("items", inheritable_schema(words));
  // A merge key stands for members that an editor cannot see.
  properties.set("<<", Document::object());
  Document schema = typed("object");
  schema.set("properties", std::move(properties));
  schema.set("additionalProperties", Document(false));
  if (required.size() > 0) schema.set("required", std::move(required));
  add_synonyms(schema, words);
  return schema;
}

/// An entry that is for one principal.
Document entry_schema(const Word& word) {
  Document schema = object_schema(word.members);
  if (find_word(word.members, "principal") != nullptr)
    one_of(schema, "principal", "objectId", Least::one);
  if (word.type == FieldType::access_policies) one_of(schema, "permissions", "state", Least::one);
  return schema;
}

Document permissions_schema(const Word& word) {
  Document names = Document::array();
  for (const BuiltInSet& set : built_in_sets()) names.push_back(Document(set.name));
  Document name = typed("string");
  name.set("examples", std::move(names));
  Document list = list_of_schema(name, 0);
  list.set("minItems", Document(1));
  return any_of({name, list, object_schema(word.members)});
}

Document bare_schema_of(const Word& word) {
  switch (word.type) {
    case FieldType::text:
      return with_pattern(text_schema(), pattern_of(word));
    case FieldType::boolean: {
      Document values = Document::array();
      for (const bool value : {true, false}) {
        const std::string_view text = value ? "true" : "false";
        if (word.check != nullptr && !word.check(text).empty()) continue;
        values.push_back(Document(value));
        values.push_back(Document(text));
      }
      return any_of({Document::object({{"enum", std::move(values)}}), reference()});
    }
    case FieldType::integer: {
      Document number = typed("integer");
      if (word.minimum != 0 || word.maximum != 0) {
        number.set("minimum", Document(static_cast<std::int64_t>(word.minimum)));
        number.set("maximum", Document(static_cast<std::int64_t>(word.maximum)));
      }
      const Document quoted = Document::object({{"type", "string"}, {"pattern", "^[0-9]+$"}});
      return any_of({number, quoted, reference()});
    }
    case FieldType::word:
      return word_schema(word.words);
    case FieldType::text_list:
      return list_of_schema(with_pattern(text_schema(), pattern_of(word)), word.max_items);
    case FieldType::word_list:
      return list_of_schema(word_schema(word.words), word.max_items);
    case FieldType::text_map: {
      Document schema = typed("object");
      schema.set("additionalProperties", with_pattern(text_schema(), pattern_of(word)));
      const Word names{.check = word.check_name};
      if (!pattern_of(names).empty())
        schema.set("propertyNames", with_pattern(Document::object(), pattern_of(names)));
      if (word.max_items != 0)
        schema.set("maxProperties", Document(static_cast<std::int64_t>(word.max_items)));
      return schema;
    }
    case FieldType::object:
      return object_schema(word.members);
    case FieldType::object_list: {
      Document entry = object_schema(word.members);
      if (word.members.empty() || !word.members.front().required)
        return list_of_schema(std::move(entry), word.max_items);
      // An entry may be the one thing that it needs.
      const Document alone = with_pattern(typed("string"), pattern_of(word.members.front()));
      return list_of_schema(any_of({alone, entry}), word.max_items);
    }
    case FieldType::text_lists: {
      Document list = list_of_schema(text_schema(), 0);
      list.set("minItems", Document(1));
      Document schema = typed("object");
      schema.set("additionalProperties", std::move(list));
      schema.set("minProperties", Document(1));
      return schema;
    }
    case FieldType::access_policies:
    case FieldType::entries:
      return list_of_schema(entry_schema(word), word.max_items);
    case FieldType::permissions:
      return permissions_schema(word);
  }
  return Document::object();
}

Document schema_of(const Word& word) {
  Document schema = bare_schema_of(word);
  if (!word.doc.empty()) schema.set("description", Document(word.doc));
  return schema;
}

/// A map from names of the user's choice.
Document map_of(Document value) {
  Document schema = typed("object");
  schema.set("additionalProperties", std::move(value));
  return schema;
}

Document describe(Document schema, std::string_view doc) {
  schema.set("description", Document(doc));
  return schema;
}

}  // namespace

std::string schema(const Vocabulary& vocabulary) {
  const Tables tables(vocabulary);
  Document group = object_schema(tables.resource_group());
  if (Document* vaults = group.find("properties")->find("vaults"))
    vaults->set("items", object_schema(tables.vault()));

  Document result = Document::object(
      {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "Manifest of akv"}});
  Document top = object_schema(manifest_words());
  Document& properties = *top.find("properties");
  const Word* permissions = permissions_word(tables.vault());
  Document principal = object_schema(principal_words());
  one_of(principal, "objectId", "managedIdentity", Least::none);
  for (const Word& word : manifest_words()) {
    Document section;
    if (word.name == "parameters")
      section = map_of(object_schema(parameter_words()));
    else if (word.name == "principals")
      section = map_of(
          any_of({with_pattern(typed("string"), pattern_of({.check = check_guid})), principal}));
    else if (word.name == "permissionSets" && permissions != nullptr)
      section = map_of(object_schema(permissions->members));
    else if (word.name == "resourceGroups")
      section = list_of_schema(group, 0);
    else if (word.name == "defaults") {
      section = typed("object");
      section.set("properties",
                  Document::object({{"resourceGroup", object_schema(tables.resource_group(), true)},
                                    {"vault", object_schema(tables.vault(), true)}}));
      section.set("additionalProperties", Document(false));
    } else {
      continue;
    }
    properties.set(word.name, describe(std::move(section), word.doc));
  }
  for (json::Member& member : top.as_object()) result.set(member.name, std::move(member.value));
  result.set("patternProperties", Document::object({{"^x-", Document::object()}}));
  return result.dump_pretty();
}

}  // namespace akv::manifest
