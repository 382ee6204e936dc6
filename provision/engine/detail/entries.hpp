/// The entries of a keyed list, found by their identity.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/engine/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine::detail {

/// Whether a and b are the same entry: equal keys, texts without case, a missing member like an
/// empty one.
bool same_entry(const json::Document& a, const json::Document& b, const Rule& rule);
/// Orders entries by their keys.
bool entry_less(const json::Document& a, const json::Document& b, const Rule& rule);
/// The identifying members, or the text that is the entry.
json::Document key_of(const json::Document& entry, const Rule& rule);
/// The key as text: its members that are there, joined by slashes.
std::string key_text(const json::Document& key);
bool is_key(std::string_view member, const Rule& rule);
/// Whether the manifest says `state: absent`.
bool is_absent(const json::Document& entry);
/// The array's elements; empty for null and everything that is no array.
std::span<const json::Document> elements(const json::Document* list);
/// Whether two arrays of texts hold the same ones; neither order nor repetition matters.
bool same_set(std::span<const json::Document> a, std::span<const json::Document> b);

/// What `list` views and `rule` must outlive this.
class Entries {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  Entries(std::span<const json::Document> list, const Rule& rule) : list_(list), rule_(rule) {}
  /// The index of the entry with `like`'s key. Lists mostly come in the same order, so that
  /// `guess` is tried first.
  std::size_t find(const json::Document& like, std::size_t guess);

 private:
  std::span<const json::Document> list_;
  const Rule& rule_;
  std::vector<std::uint32_t> by_key_;  // Filled when the first guess fails.
};

}  // namespace akv::engine::detail
