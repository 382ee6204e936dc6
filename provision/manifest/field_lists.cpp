// The lists of a manifest: texts, words, objects.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace akv::manifest {

using json::Document;

namespace {

/// Finds entries that stand twice, in time that stays linear (but for a logarithm) in long lists.
class Doubles {
 public:
  void add(std::string identity, NodeId node) { seen_.emplace_back(std::move(identity), node); }

  template <class Report>
  void report(Report&& report) {
    std::sort(seen_.begin(), seen_.end());
    for (std::size_t i = 1, first = 0; i < seen_.size(); ++i) {
      if (seen_[i].first == seen_[first].first)
        report(seen_[first].second, seen_[i].second);
      else
        first = i;
    }
  }

 private:
  std::vector<std::pair<std::string, NodeId>> seen_;
};

}  // namespace

std::optional<Document> FieldReader::text_list(const Word& word, NodeId node) {
  if (!expect_list(node, word.name)) return std::nullopt;
  const std::vector<NodeId> items = tree_.items(node);
  if (word.max_items != 0 && items.size() > word.max_items) {
    error(node, "too-many",
          std::string(word.name) + " has " + std::to_string(items.size()) + " entries",
          "the limit is " + std::to_string(word.max_items));
    return std::nullopt;
  }
  Document result = placed(Document::array(), node);
  Doubles doubles;
  for (const NodeId item : items) {
    auto filled = text(item, "an entry of " + std::string(word.name));
    if (!filled) continue;
    if (word.type == FieldType::word_list) {
      const auto known = std::find_if(word.words.begin(), word.words.end(),
                                      [&](std::string_view w) { return ascii::equal(w, *filled); });
      if (known == word.words.end()) {
        error(item, "unknown-permission",
              quoted(*filled) + " is not a permission on " + std::string(word.name),
              did_you_mean(*filled, word.words, "write " + list_of(word.words, 30)));
        continue;
      }
      *filled = *known;
    } else if (!check_text(word, item, *filled)) {
      continue;
    }
    doubles.add(word.identity != nullptr ? word.identity(*filled) : ascii::lower(*filled), item);
    result.push_back(placed(Document(std::move(*filled)), item));
  }
  doubles.report([&](NodeId first, NodeId second) {
    error(second, "duplicate-entry",
          quoted(tree_.text(second)) + " stands twice in " + std::string(word.name),
          "remove one; the first is on line " + std::to_string(tree_.at(first).line));
  });
  return result;
}

std::optional<Document> FieldReader::object_list(const Word& word, NodeId node) {
  if (!expect_list(node, word.name)) return std::nullopt;
  const std::vector<NodeId> items = tree_.items(node);
  if (word.max_items != 0 && items.size() > word.max_items) {
    error(node, "too-many",
          std::string(word.name) + " has " + std::to_string(items.size()) + " entries",
          "the limit is " + std::to_string(word.max_items));
    return std::nullopt;
  }
  Document result = placed(Document::array(), node);
  Doubles doubles;
  const Word& first_member = word.members.front();
  const std::string what = "an entry of " + std::string(word.name);
  for (const NodeId item : items) {
    Document entry = Document::object();
    if (tree_.at(item).kind == NodeKind::scalar && first_member.required) {
      if (auto alone = scalar(first_member, item)) entry.set(first_member.name, std::move(*alone));
      entry.set_origin(session_.places.add(place(item)));
    } else {
      entry = object(item, word.members, what).value;
    }
    const Document* id = entry.find(first_member.name);
    if (id == nullptr) continue;
    doubles.add(ascii::lower(id->string_or()), item);
    result.push_back(std::move(entry));
  }
  doubles.report([&](NodeId first, NodeId second) {
    error(second, "duplicate-entry", "this entry of " + std::string(word.name) + " stands twice",
          "remove one; the first is on line " + std::to_string(tree_.at(first).line));
  });
  return result;
}

std::string policy_identity(const Document& entry, std::string_view tenant) {
  std::string identity = ascii::lower(entry["objectId"].string_or());
  identity += '|';
  identity += ascii::lower(entry["tenantId"].string_or(tenant));
  identity += '|';
  identity += ascii::lower(entry["applicationId"].string_or());
  return identity;
}

std::string entry_identity(const Word& word, const Document& entry, std::string_view tenant) {
  return word.entry_identity != nullptr ? word.entry_identity(entry, tenant)
                                        : policy_identity(entry, tenant);
}

std::optional<Document> FieldReader::entries(const Word& word, NodeId node) {
  if (!expect_list(node, word.name)) return std::nullopt;
  const std::vector<NodeId> items = tree_.items(node);
  if (word.max_items != 0 && items.size() > word.max_items) {
    error(node, "too-many",
          std::string(word.name) + " has " + std::to_string(items.size()) + " entries",
          "the limit is " + std::to_string(word.max_items));
    return std::nullopt;
  }
  const bool policies = word.type == FieldType::access_policies;
  Document result = placed(Document::array(), node);
  Doubles doubles;
  for (const NodeId item : items) {
    auto read = policies ? policy(word, item) : entry(word, item);
    if (!read) continue;
    doubles.add(entry_identity(word, *read, session_.names.tenant), item);
    result.push_back(std::move(*read));
  }
  doubles.report([&](NodeId first, NodeId second) {
    const std::string line = "the first is on line " + std::to_string(tree_.at(first).line);
    if (!policies)
      return error(second, "duplicate-entry",
                   "this entry of " + std::string(word.name) + " stands twice",
                   "remove one; " + line);
    const NodeId principal = tree_.find(second, "principal");
    error(second, "duplicate-entry",
          (principal != no_node ? quoted(tree_.text(principal)) : "this object id") +
              " has two access policies",
          "write one with all permissions; " + line);
  });
  return result;
}

std::optional<Document> FieldReader::text_lists(const Word& word, NodeId node) {
  if (!expect_map(node, word.name)) return std::nullopt;
  Document result = placed(Document::object(), node);
  for (const Entry& named : tree_.entries(node)) {
    const std::string_view name = tree_.text(named.key);
    const TreeNode& list = tree_.at(named.value);
    if (list.kind != NodeKind::sequence || list.size == 0) {
      error(named.value, "no-value", quoted(name) + " has no list of values",
            "write " + std::string(word.name) + ": {NAME: [VALUE, VALUE]}");
      continue;
    }
    Word values = word;
    values.name = name;
    values.type = FieldType::text_list;
    if (auto read = text_list(values, named.value)) result.set(name, std::move(*read));
  }
  return result;
}

}  // namespace akv::manifest
