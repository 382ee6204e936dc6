#include "support/json_schema.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <regex>
#include <stdexcept>
#include <string_view>

namespace akv::test {

using json::Document;

namespace {

constexpr std::array<std::string_view, 4> annotations{"$schema", "title", "description",
                                                      "examples"};
constexpr std::array<std::string_view, 14> constraints{"type",
                                                       "enum",
                                                       "pattern",
                                                       "minimum",
                                                       "maximum",
                                                       "minItems",
                                                       "maxItems",
                                                       "required",
                                                       "minProperties",
                                                       "maxProperties",
                                                       "items",
                                                       "propertyNames",
                                                       "additionalProperties",
                                                       "not"};

template <class Words>
bool is_one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void check_keywords(const Document& schema) {
  if (schema.is_bool()) return;
  for (const json::Member& member : schema.as_object()) {
    if (is_one_of(annotations, member.name)) continue;
    if (member.name == "properties" || member.name == "patternProperties") {
      for (const json::Member& property : member.value.as_object()) check_keywords(property.value);
    } else if (member.name == "anyOf" || member.name == "allOf") {
      for (const Document& choice : member.value.as_array()) check_keywords(choice);
    } else if (!is_one_of(constraints, member.name)) {
      throw std::logic_error("the schema uses " + member.name +
                             ", which the validator does not know");
    } else if (member.name == "items" || member.name == "propertyNames" ||
               member.name == "additionalProperties" || member.name == "not") {
      check_keywords(member.value);
    }
  }
}

bool has_type(const Document& value, std::string_view type) {
  if (type == "integer")
    return value.is_number() && value.as_number().text.find_first_of(".eE") == std::string::npos;
  return (type == "string" && value.is_string()) || (type == "number" && value.is_number()) ||
         (type == "boolean" && value.is_bool()) || (type == "array" && value.is_array()) ||
         (type == "object" && value.is_object()) || (type == "null" && value.is_null());
}

bool has_any_type(const Document& value, const Document& types) {
  if (types.is_string()) return has_type(value, types.as_string());
  return std::any_of(types.as_array().begin(), types.as_array().end(),
                     [&](const Document& type) { return has_type(value, type.as_string()); });
}

bool matches(const std::string& text, const Document& pattern) {
  return std::regex_search(text, std::regex(pattern.as_string()));
}

std::string misfit(const Document& schema, const Document& value, const std::string& path);

std::string misfit_of_number(const Document& schema, const Document& value,
                             const std::string& path) {
  const double number = std::stod(value.as_number().text);
  if (const Document* least = schema.find("minimum"))
    if (number < static_cast<double>(least->int_or(0))) return path + ": too small";
  if (const Document* most = schema.find("maximum"))
    if (number > static_cast<double>(most->int_or(0))) return path + ": too large";
  return {};
}

std::string misfit_of_array(const Document& schema, const Document& value,
                            const std::string& path) {
  const auto size = static_cast<std::int64_t>(value.size());
  if (size < schema["minItems"].int_or(0)) return path + ": too few";
  if (size > schema["maxItems"].int_or(size)) return path + ": too many";
  if (const Document* items = schema.find("items"))
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string found =
          misfit(*items, value.as_array()[i], path + "[" + std::to_string(i) + "]");
      if (!found.empty()) return found;
    }
  return {};
}

std::string misfit_of_object(const Document& schema, const Document& value,
                             const std::string& path) {
  const auto size = static_cast<std::int64_t>(value.size());
  if (size < schema["minProperties"].int_or(0)) return path + ": too few members";
  if (size > schema["maxProperties"].int_or(size)) return path + ": too many members";
  if (const Document* required = schema.find("required"))
    for (const Document& name : required->as_array())
      if (value.find(name.as_string()) == nullptr) return path + ": needs " + name.as_string();
  for (const json::Member& member : value.as_object()) {
    const std::string at = path + "." + member.name;
    if (const Document* names = schema.find("propertyNames"))
      if (std::string found = misfit(*names, Document(member.name), at); !found.empty())
        return found;
    const Document* fitting = schema["properties"].find(member.name);
    if (const Document* patterns = schema.find("patternProperties"))
      for (const json::Member& pattern : patterns->as_object())
        if (matches(member.name, Document(pattern.name))) fitting = &pattern.value;
    if (fitting == nullptr) fitting = schema.find("additionalProperties");
    if (fitting == nullptr) continue;
    if (std::string found = misfit(*fitting, member.value, at); !found.empty()) return found;
  }
  return {};
}

// Recurses on the schema, which is ours and shallow.
std::string misfit(const Document& schema, const Document& value, const std::string& path) {
  if (schema.is_bool()) return schema.as_bool() ? std::string() : path + ": not allowed";
  if (const Document* types = schema.find("type"))
    if (!has_any_type(value, *types)) return path + ": wrong type";
  if (const Document* words = schema.find("enum"))
    if (std::none_of(words->as_array().begin(), words->as_array().end(),
                     [&](const Document& word) { return word == value; }))
      return path + ": not one of the words";
  if (const Document* choices = schema.find("anyOf")) {
    std::string first;
    bool fits = false;
    for (const Document& choice : choices->as_array()) {
      const std::string found = misfit(choice, value, path);
      fits = fits || found.empty();
      if (first.empty()) first = found;
    }
    if (!fits) return first;
  }
  if (const Document* rules = schema.find("allOf"))
    for (const Document& rule : rules->as_array())
      if (std::string found = misfit(rule, value, path); !found.empty()) return found;
  if (const Document* other = schema.find("not"))
    if (misfit(*other, value, path).empty()) return path + ": fits what it must not fit";
  if (const Document* pattern = schema.find("pattern"))
    if (value.is_string() && !matches(value.as_string(), *pattern))
      return path + ": does not match";
  if (value.is_number()) return misfit_of_number(schema, value, path);
  if (value.is_array()) return misfit_of_array(schema, value, path);
  if (value.is_object()) return misfit_of_object(schema, value, path);
  return {};
}

}  // namespace

std::string find_misfit(const Document& schema, const Document& value) {
  check_keywords(schema);
  return misfit(schema, value, "$");
}

}  // namespace akv::test
