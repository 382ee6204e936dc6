#include "akv/provision/export/sentences.hpp"

#include "akv/provision/manifest/yaml_text.hpp"

#include <algorithm>

namespace akv::exporting {
namespace {

constexpr std::size_t most_columns = 98;
constexpr std::size_t most_names = 6;

}  // namespace

std::string sentence(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }))
    return text;
  const std::string quoted = manifest::yaml::literal(text);
  return quoted.substr(1, quoted.size() - 2);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == most_names && names.size() > most_names + 1)
      return text + " and " + std::to_string(names.size() - i) + " more";
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

void append_comment(std::string& text, std::size_t indent, std::string_view said) {
  // What is live may be anybody's words, and a comment that begins so would silence a rule.
  constexpr std::string_view mark = "akv:ignore";
  std::string harmless(said);
  for (std::size_t at = harmless.find(mark); at != std::string::npos;
       at = harmless.find(mark, at + 1))
    harmless.replace(at, mark.size(), "akv\\x3aignore");
  std::string_view sentence = harmless;
  const std::size_t room = most_columns - indent - 2;
  while (!sentence.empty()) {
    std::size_t cut = sentence.size();
    if (cut > room) {
      cut = sentence.rfind(' ', room);
      if (cut == std::string_view::npos || cut == 0) cut = sentence.find(' ');
      cut = std::min(cut, sentence.size());
    }
    text.append(indent, ' ').append("# ").append(sentence.substr(0, cut)).append("\n");
    sentence.remove_prefix(std::min(cut + 1, sentence.size()));
  }
}

}  // namespace akv::exporting
