#include "akv/provision/manifest/yaml_text.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace akv::manifest::yaml {
namespace {

using json::Document;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

/// What could be a number or a date of YAML 1.1 or 1.2, whatever its base.
bool may_be_number(std::string_view text) {
  if (consists_of(text, "0123456789-_.eExX")) return true;
  if (text.size() < 3 || text[0] != '0') return false;
  const std::string_view digits = text.substr(2);
  switch (ascii::to_lower(text[1])) {
    case 'x':
      return consists_of(digits, "0123456789abcdefABCDEF_");
    case 'o':
    case 'b':
      return consists_of(digits, "01234567_");
    default:
      return false;
  }
}

/// Whether every YAML reader takes the text for itself when it stands without quotes.
bool is_safe_plain(std::string_view text) {
  if (text.empty() || text.back() == ' ') return false;
  if (!is_letter(text[0]) && !is_digit(text[0]) && text[0] != '/') return false;
  if (!std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || is_digit(c) || std::string_view(" -_./()").find(c) < 7;
      }))
    return false;
  constexpr std::array<std::string_view, 9> words{"null", "true", "false", "yes", "no",
                                                  "on",   "off",  "y",     "n"};
  if (std::any_of(words.begin(), words.end(),
                  [&](std::string_view word) { return ascii::equal(word, text); }))
    return false;
  return !may_be_number(text);
}

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};

/// The one that begins the text, which is valid UTF-8.
CodePoint code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  CodePoint out{bytes == 1 ? lead : lead & (0xFFU >> (bytes + 1)), std::min(bytes, text.size())};
  for (std::size_t i = 1; i < out.bytes; ++i)
    out.value = out.value << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  return out;
}

/// Control characters, line breaks of any script, marks that turn the direction of writing, and
/// what may not stand in a YAML file.
bool needs_escape(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         c == 0xFFFE || c == 0xFFFF;
}

void append_escape(std::uint32_t c, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += c < 0x100 ? "\\x" : "\\u";
  for (int shift = c < 0x100 ? 4 : 12; shift >= 0; shift -= 4)
    out += hex[c >> static_cast<unsigned>(shift) & 15U];
}

}  // namespace

std::string literal(std::string_view text) {
  if (is_safe_plain(text)) return std::string(text);
  std::string quoted = "\"";
  while (!text.empty()) {
    const CodePoint c = code_point(text);
    if (needs_escape(c.value)) {
      append_escape(c.value, quoted);
    } else {
      if (c.value == '"' || c.value == '\\') quoted += '\\';
      quoted += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return quoted + "\"";
}

std::string scalar(std::string_view text) {
  std::string doubled;
  for (const char c : text) doubled.append(c == '$' ? 2 : 1, c);
  return literal(doubled);
}

std::string flow(const Document& value) {
  switch (value.type()) {
    case Document::Type::boolean:
      return value.as_bool() ? "true" : "false";
    case Document::Type::number:
      return value.as_number().text;
    case Document::Type::array: {
      std::string text = "[";
      for (const Document& item : value.as_array())
        text += (text.size() > 1 ? ", " : "") + flow(item);
      return text + "]";
    }
    case Document::Type::object: {
      std::string text = "{";
      for (const json::Member& member : value.as_object())
        text += (text.size() > 1 ? ", " : "") + scalar(member.name) + ": " + flow(member.value);
      return text + "}";
    }
    default:
      return scalar(value.string_or());
  }
}

}  // namespace akv::manifest::yaml
