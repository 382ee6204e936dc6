#include "akv/provision/engine/fingerprint.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

namespace akv::engine {
namespace {

constexpr std::string_view prefix = "sha256:";
constexpr std::string_view hex_digits = "0123456789abcdef";

// Entries of keyed lists are named by what identifies them; everything else by its path.
Document field_entry(const FieldChange& field) {
  Document entry = Document::object();
  if (field.key.is_object()) {
    entry.set("property", field.property);
    entry.set("key", field.key);
    entry.set("leaf", field.leaf);
  } else {
    entry.set("path", field.path);
  }
  entry.set("before", field.before);
  entry.set("after", field.after);
  return entry;
}

/// What an update will be judged by: the fields of a deleted object are known only once it is back.
Document wanted(const Desired& desired) {
  Document modes = Document::object();
  for (const auto& [property, mode] : desired.manage)
    modes.set(property, mode == ListMode::exact ? "exact" : "merge");
  return Document::object({{"body", desired.body}, {"manage", std::move(modes)}});
}

/// In the order of their texts: nothing else about them is comparable.
Document::Array sorted(Document::Array items) {
  std::vector<std::pair<std::string, Document>> keyed;
  keyed.reserve(items.size());
  for (Document& item : items) {
    std::string text = item.dump_sorted();
    keyed.emplace_back(std::move(text), std::move(item));
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  items.clear();
  for (auto& [text, item] : keyed) items.push_back(std::move(item));
  return items;
}

}  // namespace

std::string sha256_digest(std::string_view bytes) {
  std::array<unsigned char, 32> hash{};
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, EVP_sha256(), nullptr);
  std::string text(prefix);
  for (const unsigned char byte : hash) {
    text += hex_digits[byte >> 4U];
    text += hex_digits[byte & 15U];
  }
  return text;
}

bool is_digest(std::string_view text) {
  return text.size() == prefix.size() + 64 && text.starts_with(prefix) &&
         text.find_first_not_of(hex_digits, prefix.size()) == std::string_view::npos;
}

Document without_own_tags(Document canonical) {
  if (canonical.is_object()) canonical.erase("protect");
  return canonical;
}

std::string fingerprint(const Document& canonical) {
  return sha256_digest(without_own_tags(canonical).dump_sorted());
}

Document change_entry(const Change& change) {
  Document::Array fields;
  for (const FieldChange& field : change.fields) fields.push_back(field_entry(field));
  Document entry = Document::object({{"action", to_string(change.action)},
                                     {"kind", change.kind},
                                     {"id", ascii::lower(change.id)},
                                     {"fields", Document(sorted(std::move(fields)))}});
  if (change.adopts) entry.set("takenFrom", change.taken_from);
  if (!change.deleted_at.empty()) entry.set("deletedAt", change.deleted_at);
  if (change.action == Action::recover) entry.set("becomes", wanted(change.source));
  return entry;
}

std::string change_set_digest(const Plan& plan) {
  Document::Array changes;
  for (const Change& change : plan.changes) changes.push_back(change_entry(change));
  return sha256_digest(Document::object({{"deployment", plan.deployment},
                                         {"changes", Document(sorted(std::move(changes)))}})
                           .dump_sorted());
}

}  // namespace akv::engine
