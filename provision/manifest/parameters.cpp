#include "akv/provision/manifest/parameters.hpp"

#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <utility>

namespace akv::manifest {

bool is_parameter_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '-';
  });
}

void Parameters::declare(const Tree& tree, NodeId section, bool overlay) {
  FieldReader reader(tree, session_, Scope{});
  if (!reader.expect_map(section, "parameters")) return;
  for (const Entry& entry : tree.entries(section)) {
    const std::string name(tree.text(entry.key));
    const engine::Place place = tree.place(entry.key);
    if (!is_parameter_name(name)) {
      reader.error(entry.key, "bad-name", quoted(name) + " cannot name a parameter",
                   "write letters, digits, _ and -, the first no digit");
      continue;
    }
    const auto [found, fresh] = declared_.try_emplace(name, Declared{place});
    Declared& declared = found->second;
    if (!fresh && !overlay) {
      if (declared.place.file != place.file)
        reader.error(entry.key, "duplicate-name", "parameter " + quoted(name) + " stands twice",
                     "the first is at " + session_.describe(declared.place));
      continue;
    }
    if (tree.at(entry.value).kind == NodeKind::null) {
      reader.error(entry.value, "no-value", "parameter " + quoted(name) + " has no declaration",
                   "write {default: VALUE}, or {} where --set must give one");
      declared.faulty = true;
    } else if (!reader.expect_map(entry.value, "parameter " + quoted(name))) {
      declared.faulty = true;
    } else {
      const ReadObject read = reader.object(entry.value, parameter_words(), "a parameter");
      if (const json::Document* allowed = read.value.find("allowed")) {
        declared.allowed.clear();
        for (const json::Document& value : allowed->as_array())
          declared.allowed.emplace_back(value.string_or());
      }
      if (const json::Document* value = read.value.find("default")) {
        declared.value = value->string_or();
        std::string hint;
        if (!is_allowed(declared, *declared.value, hint)) {
          declared.refused = true;
          session_.diagnostics.error(
              session_.places.at(value->origin()), "not-allowed",
              quoted_value(name, *declared.value) + " is not allowed for " + name, hint);
        }
      } else if (tree.find(entry.value, "default") != no_node) {
        declared.faulty = true;
      }
    }
  }
}

bool Parameters::is_allowed(const Declared& declared, std::string_view value,
                            std::string& hint) const {
  const auto& allowed = declared.allowed;
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end())
    return true;
  const std::vector<std::string_view> words(allowed.begin(), allowed.end());
  hint = did_you_mean(value, words, "write " + list_of(words));
  return false;
}

Parameters::Declared* Parameters::find(std::string_view name, std::string& hint) {
  const auto found = declared_.find(name);
  if (found != declared_.end()) return &found->second;
  std::vector<std::string_view> names;
  for (const auto& [known, declared] : declared_) names.push_back(known);
  hint = did_you_mean(
      name, names,
      names.empty() ? "the manifest declares none" : "the manifest declares " + list_of(names));
  return nullptr;
}

void Parameters::read_values(const Tree& tree) {
  FieldReader reader(tree, session_, Scope{});
  if (!reader.expect_map(tree.root(), "a values file")) return;
  for (const Entry& entry : tree.entries(tree.root())) {
    const std::string_view name = tree.text(entry.key);
    std::string hint;
    Declared* declared = find(name, hint);
    if (declared == nullptr) {
      if (session_.names.complete)
        reader.error(entry.key, "unknown-parameter", "unknown parameter " + quoted(name), hint);
      continue;
    }
    const NodeKind kind = tree.at(entry.value).kind;
    if (kind != NodeKind::scalar) {
      declared->faulty = true;
      reader.error(entry.value, kind == NodeKind::null ? "no-value" : "wrong-type",
                   kind == NodeKind::null ? quoted(name) + " has no value"
                                          : quoted(name) + ": expected a single value",
                   "write NAME: VALUE");
      continue;
    }
    const std::string_view value = tree.text(entry.value);
    if (!is_allowed(*declared, value, hint)) {
      declared->refused = true;
      reader.error(entry.value, "not-allowed",
                   quoted_value(name, value) + " is not allowed for " + std::string(name), hint);
    }
    declared->value = value;
  }
}

void Parameters::set(const std::string& name, const std::string& value) {
  const std::string where = "--set " + name;
  std::string hint;
  Declared* declared = find(name, hint);
  if (declared == nullptr) {
    if (session_.names.complete)
      session_.diagnostics.error_outside(where, "unknown-parameter",
                                         "no manifest declares this parameter", hint);
    return;
  }
  if (!is_allowed(*declared, value, hint)) {
    declared->refused = true;
    session_.diagnostics.error_outside(where, "not-allowed",
                                       quoted_value(name, value) + " is not allowed", hint);
  }
  declared->value = value;
}

ParameterValues Parameters::finish() {
  ParameterValues values;
  for (auto& [name, declared] : declared_) {
    if (!declared.value && !declared.faulty)
      session_.diagnostics.error(declared.place, "no-value",
                                 "parameter " + quoted(name) + " has no value",
                                 "give --set " + name + "=VALUE, or write a default");
    // An overlay may allow less than what lies beneath it gave.
    if (std::string hint; declared.value && !declared.faulty && !declared.refused &&
                          !is_allowed(declared, *declared.value, hint))
      session_.diagnostics.error(
          declared.place, "not-allowed",
          quoted_value(name, *declared.value) + " is not allowed for " + name, hint);
    values.emplace(name, std::move(declared.value));
  }
  return values;
}

}  // namespace akv::manifest
