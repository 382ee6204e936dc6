#include "akv/provision/doctor/command_line.hpp"

#include <algorithm>

namespace akv::doctor {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./:=").find(c) != std::string_view::npos;
}

}  // namespace

std::string command_line(std::initializer_list<std::string_view> words) {
  std::string line;
  for (const std::string_view word : words) {
    if (!line.empty()) line += ' ';
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), is_plain);
    if (plain) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word)
      if (c == '\'')
        line += "'\\''";
      else
        line += c;
    line += '\'';
  }
  return line;
}

}  // namespace akv::doctor
