#include "akv/provision/manifest/field_reader.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/secrets.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace akv::manifest {

using json::Document;

namespace {

std::string_view name_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::sequence:
      return "a list";
    case NodeKind::map:
      return "a map";
    default:
      return "a single value";
  }
}

}  // namespace

bool ReadObject::has_replaced(std::string_view name) const {
  return std::find(replaced.begin(), replaced.end(), name) != replaced.end();
}

void FieldReader::error(NodeId node, std::string code, std::string message, std::string hint) {
  session_.diagnostics.error(place(node), std::move(code), std::move(message), std::move(hint));
}

Document FieldReader::placed(Document value, NodeId node) {
  value.set_origin(session_.places.add(place(node)));
  return value;
}

void FieldReader::unknown_key(const Entry& entry, std::span<const std::string_view> known) {
  if (session_.diagnostics.is_full()) return error(entry.key, "unknown-key", {});
  constexpr std::size_t all = 40;
  const std::string_view key = tree_.text(entry.key);
  // `secret: [get]` is a slip of the pen, `secret: hunter2` is a secret.
  if (names_a_secret(key) &&
      (tree_.at(entry.value).kind == NodeKind::scalar || nearest(key, known).empty()))
    return error(entry.key, "literal-secret",
                 "unknown key " + quoted(key) + ": a manifest has no place for secrets",
                 "write it into the vault (az keyvault secret set); if this file was shared, "
                 "replace the secret");
  error(entry.key, "unknown-key", "unknown key " + quoted(key),
        did_you_mean(key, known, "known here: " + list_of(known, all)));
}

void FieldReader::wrong_type(NodeId node, std::string_view what, std::string_view expected,
                             std::string_view empty_hint) {
  const NodeKind kind = tree_.at(node).kind;
  if (kind == NodeKind::null)
    error(node, "no-value", std::string(what) + " has no value", std::string(empty_hint));
  else
    error(node, "wrong-type",
          std::string(what) + ": expected " + std::string(expected) + ", found " +
              std::string(name_of(kind)));
}

bool FieldReader::expect_map(NodeId node, std::string_view what) {
  if (tree_.at(node).kind == NodeKind::map) return true;
  wrong_type(node, what, "a map", "write its members, or remove the key");
  return false;
}

bool FieldReader::expect_list(NodeId node, std::string_view what) {
  if (tree_.at(node).kind == NodeKind::sequence) return true;
  wrong_type(node, what, "a list",
             "write [] to empty the list, or remove the key to leave it alone");
  return false;
}

std::optional<std::string> FieldReader::text(NodeId node, std::string_view what) {
  if (tree_.at(node).kind != NodeKind::scalar) {
    wrong_type(node, what, "a single value", "write one, or remove the key");
    return std::nullopt;
  }
  const std::string_view source = tree_.text(node);
  if (source.find('$') == std::string_view::npos) return std::string(source);
  return session_.interpolator.expand(source, place(node), scope_);
}

bool FieldReader::check_text(const Word& word, NodeId node, std::string_view text) {
  if (word.check == nullptr) return true;
  const std::string fault = word.check(text);
  if (fault.empty()) return true;
  const std::size_t hint = fault.rfind("; ");
  error(node, "bad-" + std::string(word.name), fault.substr(0, hint),
        hint == std::string::npos ? std::string() : fault.substr(hint + 2));
  return false;
}

ReadObject FieldReader::object(NodeId map, std::span<const Word> words, std::string_view what,
                               std::span<const std::string_view> skipped) {
  ReadObject result;
  if (!expect_map(map, what)) return result;
  std::size_t required_found = 0;
  for (const Entry& entry : tree_.entries(map)) {
    const std::string_view key = tree_.text(entry.key);
    const auto word =
        std::find_if(words.begin(), words.end(), [key](const Word& w) { return w.name == key; });
    if (word == words.end()) {
      std::vector<std::string_view> known;
      for (const Word& w : words) known.push_back(w.name);
      unknown_key(entry, known);
      continue;
    }
    if (std::find(skipped.begin(), skipped.end(), key) != skipped.end()) continue;
    if (word->required) ++required_found;
    auto read = value(*word, entry.value);
    if (!read) continue;
    const std::string_view property = word->writes.empty() ? word->name : word->writes;
    // The reader has reported a key that stands twice under one name.
    if (result.value.find(property) != nullptr && tree_.find(map, key) == entry.value)
      error(entry.key, "duplicate-key",
            "key " + quoted(key) + " says again what stands here under another name", "remove one");
    const TreeNode& node = tree_.at(entry.value);
    if (node.replace || (node.kind == NodeKind::sequence && node.size == 0))
      result.replaced.push_back(property);
    result.value.set(property, std::move(*read));
  }
  const auto is_wanted = [&](const Word& word) {
    return word.required && std::find(skipped.begin(), skipped.end(), word.name) == skipped.end();
  };
  const auto wanted = std::count_if(words.begin(), words.end(), is_wanted);
  if (required_found < static_cast<std::size_t>(wanted))
    for (const Word& word : words)
      if (is_wanted(word) && tree_.find(map, word.name) == no_node)
        error(map, "missing-key", std::string(what) + " needs " + quoted(word.name));
  result.value.set_origin(session_.places.add(place(map)));
  return result;
}

std::optional<Document> FieldReader::value(const Word& word, NodeId node) {
  switch (word.type) {
    case FieldType::text:
    case FieldType::boolean:
    case FieldType::integer:
    case FieldType::word:
      return scalar(word, node);
    case FieldType::text_list:
    case FieldType::word_list:
      return text_list(word, node);
    case FieldType::text_map:
      return text_map(word, node);
    case FieldType::object:
      if (!expect_map(node, word.name)) return std::nullopt;
      return object(node, word.members, word.name).value;
    case FieldType::object_list:
      return object_list(word, node);
    case FieldType::text_lists:
      return text_lists(word, node);
    case FieldType::access_policies:
    case FieldType::entries:
      return entries(word, node);
    case FieldType::permissions:
      return permissions(word, node);
  }
  return std::nullopt;
}

std::optional<Document> FieldReader::scalar(const Word& word, NodeId node) {
  auto filled = text(node, word.name);
  if (!filled) return std::nullopt;
  switch (word.type) {
    case FieldType::boolean:
      if (*filled != "true" && *filled != "false") {
        error(node, "not-boolean", quoted(*filled) + " is not a value of " + std::string(word.name),
              "write true or false");
        return std::nullopt;
      }
      if (!check_text(word, node, *filled)) return std::nullopt;
      return placed(Document(*filled == "true"), node);
    case FieldType::integer:
      return integer(word, node, *filled);
    case FieldType::word: {
      const auto known = std::find_if(word.words.begin(), word.words.end(),
                                      [&](std::string_view w) { return ascii::equal(w, *filled); });
      if (known == word.words.end()) {
        error(node, "unknown-word",
              quoted(*filled) + " is not a value of " + std::string(word.name),
              did_you_mean(*filled, word.words, "write " + list_of(word.words)));
        return std::nullopt;
      }
      return placed(Document(*known), node);
    }
    default:
      if (!check_text(word, node, *filled)) return std::nullopt;
      return placed(Document(std::move(*filled)), node);
  }
}

std::optional<Document> FieldReader::integer(const Word& word, NodeId node, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string name(word.name);
  const bool bounded = word.minimum != 0 || word.maximum != 0;
  const std::string range = bounded ? "write a number from " + std::to_string(word.minimum) +
                                          " to " + std::to_string(word.maximum)
                                    : "write a number";
  if (fault == std::errc::invalid_argument || end != text.data() + text.size()) {
    error(node, "not-integer", quoted(text) + " is not a whole number", range);
    return std::nullopt;
  }
  if (fault == std::errc::result_out_of_range ||
      (bounded && (number < word.minimum || number > word.maximum))) {
    error(node, "out-of-range", std::string(text) + " is out of range for " + name, range);
    return std::nullopt;
  }
  return placed(Document(number), node);
}

std::optional<Document> FieldReader::text_map(const Word& word, NodeId node) {
  if (!expect_map(node, word.name)) return std::nullopt;
  Document result = placed(Document::object(), node);
  const std::vector<Entry> entries = tree_.entries(node);
  if (word.max_items != 0 && entries.size() > word.max_items) {
    error(node, "too-many",
          std::string(word.name) + " has " + std::to_string(entries.size()) + " entries",
          "the limit is " + std::to_string(word.max_items));
    return std::nullopt;
  }
  const Word name_word{.name = "tag-name", .check = word.check_name};
  const Word value_word{.name = "tag", .check = word.check};
  for (const Entry& entry : entries) {
    const auto name = text(entry.key, word.name);
    if (!name) continue;
    if (!check_text(name_word, entry.key, *name)) continue;
    if (const Document* other = result.find_ignoring_case(*name)) {
      error(entry.key, "duplicate-entry", quoted(*name) + " stands twice, for Azure ignores case",
            "remove one; the first is on line " +
                std::to_string(session_.places.at(other->origin()).line));
      continue;
    }
    if (tree_.at(entry.value).kind == NodeKind::null) {
      error(entry.value, "no-value", quoted(*name) + " has no value",
            "write \"\" for an empty one, or remove the key");
      continue;
    }
    auto filled = scalar(value_word, entry.value);
    if (!filled) continue;
    if (names_a_secret(*name) || looks_like_secret(filled->string_or()))
      session_.diagnostics.warning(
          place(entry.key), "literal-secret",
          "the value of " + quoted(*name) + " in " + std::string(word.name) +
              " looks like a secret, and all who may list resources can read it",
          "write secrets into the vault");
    result.set(*name, std::move(*filled));
  }
  return result;
}

}  // namespace akv::manifest
