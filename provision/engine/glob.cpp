#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/planner.hpp"

namespace akv::engine {

// The usual two-pointer match: on a mismatch the last star takes one more character. A star never
// takes a slash, so there is at most one star to go back to between two slashes.
bool glob_matches(std::string_view glob, std::string_view name) {
  std::size_t g = 0, n = 0;
  std::size_t after_star = std::string_view::npos, star_end = 0;
  while (n < name.size()) {
    if (g < glob.size() && glob[g] == '*') {
      after_star = ++g;
      star_end = n;
    } else if (g < glob.size() && ((glob[g] == '?' && name[n] != '/') ||
                                   ascii::to_lower(glob[g]) == ascii::to_lower(name[n]))) {
      ++g;
      ++n;
    } else if (after_star != std::string_view::npos && name[star_end] != '/') {
      g = after_star;
      n = ++star_end;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

bool glob_covers(std::string_view glob, std::string_view name) {
  return glob == "*" || glob_matches(glob, name);
}

}  // namespace akv::engine
