/// Random documents for the box rules, a check over pairs of them, and changes applied by their
/// words alone.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/diff.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::test {

using engine::Document;
using engine::FieldChange;

/// Small worlds, so that both documents of a pair often name the same things.
class RandomBox {
 public:
  RandomBox(std::uint32_t seed, std::size_t most) : random_(seed), most_(most) {}

  Document operator()(bool live) {
    Document box = Document::object();
    if (often()) box.set("location", word());
    if (often()) box.set("sku", word());
    if (often()) box.set("odd", Document::array({word(), word()}));
    if (often()) box.set("net", net());
    if (often()) box.set("tags", tags());
    if (often()) box.set("policies", policies(live));
    return box;
  }

 private:
  bool often() { return random_() % 4 != 0; }
  std::string word() { return {static_cast<char>('a' + random_() % 4)}; }
  // The same key in either case.
  std::string key() {
    std::string text = word();
    if (random_() % 2) text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }
  std::vector<std::string> keys() {
    std::vector<std::string> all;
    for (std::size_t i = random_() % (most_ + 1); i > 0; --i) {
      std::string fresh = key();
      bool known = false;
      for (const auto& old : all) known = known || ascii::equal(old, fresh);
      if (!known) all.push_back(std::move(fresh));
    }
    return all;
  }
  Document net() {
    Document net = Document::object();
    if (often()) net.set("bypass", word());
    if (often()) {
      Document rules = Document::array();
      for (auto& rule : keys()) rules.push_back(std::move(rule));
      net.set("rules", std::move(rules));
    }
    return net;
  }
  Document tags() {
    Document tags = Document::object();
    for (const auto& tag : keys()) tags.set(tag, word());
    return tags;
  }
  Document set() {
    Document set = Document::array();
    for (std::size_t i = random_() % 3; i > 0; --i) set.push_back(word());
    return set;
  }
  Document policies(bool live) {
    Document list = Document::array();
    for (const auto& object : keys()) {
      Document entry = Document::object({{"objectId", object}});
      if (often()) {
        Document permissions = Document::object();
        if (often()) permissions.set("keys", set());
        if (often()) permissions.set("secrets", set());
        entry.set("permissions", std::move(permissions));
      }
      if (random_() % 3 == 0) entry.set("note", word());
      if (!live && random_() % 6 == 0) entry.set("state", "absent");
      list.push_back(std::move(entry));
    }
    return list;
  }

  std::mt19937 random_;
  const std::size_t most_;
};

/// Holds `property` against many pairs (desired, live), small ones first, so that the first failure
/// printed is about the smallest.
inline void check_documents(
    const std::function<bool(const Document& desired, const Document& live)>& property) {
  for (std::size_t most = 0; most <= 6; ++most) {
    for (std::uint32_t seed = 1; seed <= 400; ++seed) {
      RandomBox box(seed, most);
      const Document desired = box(false), live = box(true);
      if (property(desired, live)) continue;
      BOOST_ERROR("seed " << seed << ", at most " << most << " entries\n  desired "
                          << desired.dump() << "\n  live    " << live.dump());
      return;
    }
  }
}

/// The entry of `list` (an array or a map) that the change is about.
inline Document* entry_of(Document& list, const FieldChange& field) {
  if (list.is_array()) {
    for (Document& entry : list.as_array()) {
      const bool same =
          field.key.is_string()
              ? ascii::equal(entry.string_or(), field.key.string_or())
              : ascii::equal(entry["objectId"].string_or(), field.key["objectId"].string_or());
      if (same) return &entry;
    }
    return nullptr;
  }
  if (!list.is_object()) return nullptr;
  for (json::Member& member : list.as_object())
    if (ascii::equal(member.name, field.entry)) return &member.value;
  return nullptr;
}

/// The list or map of a change's path, made where it is missing: what stands before `[`.
inline Document& list_of(Document& box, const FieldChange& field) {
  Document* at = &box;
  std::string_view rest = std::string_view(field.path).substr(0, field.path.find('['));
  for (;;) {
    const auto dot = rest.find('.');
    at = &at->set(rest.substr(0, dot));
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (at->is_null()) *at = field.key.is_null() ? Document::object() : Document::array();
  return *at;
}

inline bool names_entry(const Document& box, const FieldChange& field) {
  Document copy = box;
  return entry_of(list_of(copy, field), field) != nullptr;
}

inline void set_at(Document& box, std::string_view path, const Document& value) {
  Document* at = &box;
  for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    at = &at->set(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  at->set(path, value);
}

inline void erase_entry(Document& list, const FieldChange& field) {
  if (list.is_array())
    std::erase_if(list.as_array(), [&](Document& entry) {
      return field.key.is_string()
                 ? ascii::equal(entry.string_or(), field.key.string_or())
                 : ascii::equal(entry["objectId"].string_or(), field.key["objectId"].string_or());
    });
  else
    std::erase_if(list.as_object(),
                  [&](json::Member& member) { return ascii::equal(member.name, field.entry); });
}

/// Does what the changes say. An entry whose sets all went stays only where `desired` has it.
inline Document apply(const std::vector<FieldChange>& fields, const Document& desired,
                      Document box) {
  for (const FieldChange& field : fields) {
    if (field.entry.empty()) {
      set_at(box, field.path, field.after);
      continue;
    }
    Document& list = list_of(box, field);
    if (field.leaf.empty()) {
      erase_entry(list, field);
      if (!field.after.is_null()) {
        if (list.is_array())
          list.push_back(field.after);
        else
          list.set(field.entry, field.after);
      }
      continue;
    }
    Document wanted = desired;
    const Document* kept = entry_of(list_of(wanted, field), field);
    if (!kept || ascii::equal((*kept)["state"].string_or(), "absent")) {
      erase_entry(list, field);
      continue;
    }
    if (!entry_of(list, field)) list.push_back(field.key);
    set_at(*entry_of(list, field), field.leaf, field.after);
  }
  return box;
}

}  // namespace akv::test
