#include "akv/provision/engine/detail/entries.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <numeric>

namespace akv::engine::detail {

using json::Document;

bool same_entry(const Document& a, const Document& b, const Rule& rule) {
  if (rule.key.empty()) return ascii::equal(a.string_or(), b.string_or());
  return std::all_of(rule.key.begin(), rule.key.end(), [&](std::string_view member) {
    return ascii::equal(a[member].string_or(), b[member].string_or());
  });
}

bool entry_less(const Document& a, const Document& b, const Rule& rule) {
  if (rule.key.empty()) return ascii::less(a.string_or(), b.string_or());
  for (const std::string_view member : rule.key) {
    const std::string_view left = a[member].string_or(), right = b[member].string_or();
    if (!ascii::equal(left, right)) return ascii::less(left, right);
  }
  return false;
}

Document key_of(const Document& entry, const Rule& rule) {
  if (rule.key.empty()) return entry;
  Document key = Document::object();
  for (const std::string_view member : rule.key)
    if (const Document* value = entry.find(member); value && !value->is_null())
      key.set(member, *value);
  return key;
}

std::string key_text(const Document& key) {
  if (!key.is_object()) return std::string(key.string_or());
  std::string text;
  for (const json::Member& member : key.as_object()) {
    if (!text.empty()) text += '/';
    text += member.value.string_or();
  }
  return text;
}

bool is_key(std::string_view member, const Rule& rule) {
  return std::find(rule.key.begin(), rule.key.end(), member) != rule.key.end();
}

bool is_absent(const Document& entry) { return ascii::equal(entry["state"].string_or(), "absent"); }

std::span<const Document> elements(const Document* list) {
  if (!list || !list->is_array()) return {};
  return list->as_array();
}

bool same_set(std::span<const Document> a, std::span<const Document> b) {
  // Canonical form sorts sets, so that this nearly always answers.
  if (std::equal(a.begin(), a.end(), b.begin(), b.end())) return true;
  const auto sorted = [](std::span<const Document> set) {
    std::vector<std::string_view> texts;
    for (const Document& text : set) texts.push_back(text.string_or());
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
  };
  return sorted(a) == sorted(b);
}

std::size_t Entries::find(const Document& like, std::size_t guess) {
  if (guess < list_.size() && same_entry(list_[guess], like, rule_)) return guess;
  if (by_key_.empty()) {
    by_key_.resize(list_.size());
    std::iota(by_key_.begin(), by_key_.end(), 0u);
    // Stable, so that of two entries with one key the first is found.
    std::stable_sort(by_key_.begin(), by_key_.end(), [this](std::uint32_t a, std::uint32_t b) {
      return entry_less(list_[a], list_[b], rule_);
    });
  }
  const auto at = std::lower_bound(
      by_key_.begin(), by_key_.end(), like,
      [this](std::uint32_t i, const Document& d) { return entry_less(list_[i], d, rule_); });
  return at != by_key_.end() && same_entry(list_[*at], like, rule_) ? *at : none;
}

}  // namespace akv::engine::detail
