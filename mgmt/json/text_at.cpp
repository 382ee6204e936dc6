#include "akv/mgmt/json/text_at.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/document.hpp"

#include <cstddef>

namespace akv::json {
namespace {

// Behind the quote that ends the string that begins at `begin`. A quote is a part of the string
// where an odd number of backslashes stands in front of it.
std::size_t end_of_string(std::string_view json, std::size_t begin) {
  for (auto quote = json.find('"', begin + 1); quote != json.npos;
       quote = json.find('"', quote + 1)) {
    std::size_t first = quote;
    while (json[first - 1] == '\\') --first;
    if ((quote - first) % 2 == 0) return quote + 1;
  }
  return json.size();
}

// Empty where an escape is none.
std::string unescaped(std::string_view quoted) {
  if (quoted.size() < 2) return {};
  if (quoted.find('\\') == quoted.npos) return std::string(quoted.substr(1, quoted.size() - 2));
  try {
    return std::string(Document::parse(quoted).string_or());
  } catch (const FormatError&) {
    return {};
  }
}

bool names(std::string_view quoted, std::string_view name) {
  if (quoted.find('\\') != quoted.npos) return unescaped(quoted) == name;
  return quoted.size() == name.size() + 2 && quoted.substr(1, name.size()) == name;
}

}  // namespace

std::string text_at(std::string_view json, std::initializer_list<std::string_view> path) {
  std::string found;
  std::size_t depth = 0;    // objects and arrays that are open
  std::size_t on_path = 0;  // of them, from the outermost, objects that the path leads through
  bool due = false;         // what comes next is the value of a member of the path
  for (std::size_t at = 0; at < json.size();) {
    switch (json[at]) {
      case '{':
      case '[':
        if (json[at] == '{' && on_path == depth && depth < path.size() && (depth == 0 || due))
          ++on_path;
        ++depth;
        due = false;
        ++at;
        break;
      case '}':
      case ']':
        if (depth == 0) return found;
        if (on_path == depth) --on_path;
        --depth;
        ++at;
        break;
      case '"': {
        const std::string_view quoted = json.substr(at, end_of_string(json, at) - at);
        at += quoted.size();
        if (depth == 0 || on_path != depth) break;
        while (at < json.size() &&
               (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t'))
          ++at;
        if (at < json.size() && json[at] == ':') {
          due = names(quoted, path.begin()[depth - 1]);
          if (due) found.clear();
          ++at;
        } else if (due && depth == path.size()) {
          found = unescaped(quoted);
        }
        break;
      }
      default:
        ++at;
    }
  }
  return found;
}

}  // namespace akv::json
