/// ASCII-only case folding: ARM compares names and ids without case, and never by locale.
#pragma once
#include <string>
#include <string_view>

namespace akv::ascii {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string lower(std::string_view text);
bool equal(std::string_view a, std::string_view b);                ///< Without case.
bool less(std::string_view a, std::string_view b);                 ///< Without case.
bool starts_with(std::string_view text, std::string_view prefix);  ///< Without case.
std::string_view trim(std::string_view text);  ///< Blanks, tabs, CR, LF at both ends.

/// Ordering for std::map keyed without case.
struct Less {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return less(a, b); }
};

}  // namespace akv::ascii
