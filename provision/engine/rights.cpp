#include "akv/provision/engine/rights.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>

namespace akv::engine {
namespace {

std::vector<std::string> texts_of(const json::Document& list) {
  std::vector<std::string> texts;
  if (!list.is_array()) return texts;
  for (const json::Document& text : list.as_array())
    if (text.is_string()) texts.push_back(text.as_string());
  return texts;
}

// On a mismatch the last star takes one more character; no other one needs to be gone back to.
bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, after_star = std::string_view::npos, star_end = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      after_star = ++p;
      star_end = t;
    } else if (p < pattern.size() && ascii::to_lower(pattern[p]) == ascii::to_lower(text[t])) {
      ++p;
      ++t;
    } else if (after_star != std::string_view::npos) {
      p = after_star;
      t = ++star_end;
    } else {
      return false;
    }
  }
  return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(),
                     [](char c) { return c == '*'; });
}

bool any_names(const std::vector<std::string>& patterns, std::string_view action) {
  return std::any_of(patterns.begin(), patterns.end(), [action](const std::string& pattern) {
    return action_matches(pattern, action);
  });
}

}  // namespace

Permission permission_of(const json::Document& raw) {
  return {.actions = texts_of(raw["actions"]),
          .not_actions = texts_of(raw["notActions"]),
          .conditional = !raw["condition"].string_or().empty()};
}

bool action_matches(std::string_view pattern, std::string_view action) {
  if (glob(pattern, action)) return true;
  const std::size_t middle = pattern.find("/*/");
  if (middle == std::string_view::npos) return false;
  std::string shorter(pattern);
  shorter.erase(middle, 2);
  return glob(shorter, action);
}

Granted granted(const std::vector<Permission>& permissions, std::string_view action) {
  Granted best = Granted::no;
  for (const Permission& permission : permissions) {
    if (!any_names(permission.actions, action) || any_names(permission.not_actions, action))
      continue;
    if (!permission.conditional) return Granted::yes;
    best = Granted::under_condition;
  }
  return best;
}

}  // namespace akv::engine
