#include "akv/provision/engine/detail/guard_parts.hpp"

#include <algorithm>
#include <set>

namespace akv::engine::detail {
namespace {

constexpr std::size_t shown = 5;  // Names in one sentence.

}  // namespace

std::string counted(std::size_t n, std::string_view what) {
  return std::to_string(n) + " " + std::string(what) + (n == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& texts) {
  std::string text;
  for (std::size_t i = 0; i < texts.size() && i < shown; ++i) text += (i ? ", " : "") + texts[i];
  if (texts.size() > shown) text += " and " + std::to_string(texts.size() - shown) + " more";
  return text;
}

bool takes_away(const FieldChange& field) {
  if (field.entry.empty()) return false;
  if (!field.before.is_array()) return !field.before.is_null() && field.after.is_null();
  const auto& before = field.before.as_array();
  if (!field.after.is_array()) return !before.empty();
  const auto& after = field.after.as_array();
  return std::any_of(before.begin(), before.end(), [&](const Document& text) {
    return std::find(after.begin(), after.end(), text) == after.end();
  });
}

std::string put_back(const Plan& plan, const std::vector<const Change*>& changes,
                     const std::function<bool(const FieldChange&)>& is_meant) {
  std::vector<std::string> places;
  std::set<std::string> known;
  for (const Change* change : changes)
    for (const FieldChange& field : change->fields) {
      if (!is_meant(field)) continue;
      const std::string place = plan.places.file_and_line(field.origin);
      if (!place.empty() && known.insert(place).second) places.push_back(place);
    }
  return places.empty() ? "Put the entries back" : "Put the entries back at " + listed(places);
}

}  // namespace akv::engine::detail
