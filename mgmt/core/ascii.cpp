#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>

namespace akv::ascii {
namespace {

bool same(char a, char b) { return to_lower(a) == to_lower(b); }

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = to_lower(c);
  return result;
}

bool equal(std::string_view a, std::string_view b) {
  // Most that are equal are so to the letter.
  return a.size() == b.size() && (a == b || std::equal(a.begin(), a.end(), b.begin(), same));
}

bool less(std::string_view a, std::string_view b) {
  // As unsigned bytes, so that the order of UTF-8 text does not depend on the signedness of char.
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return static_cast<unsigned char>(to_lower(x)) < static_cast<unsigned char>(to_lower(y));
  });
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal(text.substr(0, prefix.size()), prefix);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace akv::ascii
