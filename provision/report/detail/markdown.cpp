#include "akv/provision/report/detail/markdown.hpp"

#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>

namespace akv::report {
namespace {

constexpr std::size_t room_for_the_end = 4000;

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '@':
        // An entity, so that nobody is notified.
        out += "&#64;";
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '#':
      case '~':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

// HTML only: inside the tag backslashes would show.
std::string code(std::string_view text) {
  std::string out = "<code>";
  for (const char c : printable(text)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '@' || c == '|' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' ||
             c == '~' || c == '\\')
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    else
      out += c;
  }
  return out + "</code>";
}

std::string fenced(std::string_view text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fence + "text\n" + std::string(text) + fence + "\n";
}

std::string fold(const std::string& summary, std::string_view body) {
  return "<details><summary>" + summary + "</summary>\n\n" + fenced(body) + "\n</details>\n";
}

std::string sentence(const std::string& text) { return text.ends_with(".") ? text : text + "."; }

void Budget::add(const std::string& part) {
  if (left_out_ == 0 && text_.size() + part.size() + room_for_the_end <= max_markdown) {
    text_ += part;
    return;
  }
  ++left_out_;
}

void Budget::close() {
  if (left_out_ == 0) return;
  text_ += "\n";
  text_ += counted(left_out_, "more part");
  text_ += " left out to stay short; the text and JSON reports have all.\n";
}

}  // namespace akv::report
