#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>
#include <cstdint>

namespace akv::report {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// One UTF-8 sequence at the start of `text`: its length, or 0 where it is none.
std::size_t sequence(std::string_view text, std::uint32_t& code) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  static constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || text.size() < length) return 0;
  code = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return 0;
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < least[length] || code > 0x10FFFF || surrogate ? 0 : length;
}

/// Would move the cursor, change colours or turn the text around.
bool commands_a_terminal(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

void spell(std::string& out, std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
}

/// The longest head of `word` that fits: up to a slash if there is one, and at least one column.
std::size_t head_that_fits(std::string_view word, std::size_t limit) {
  std::size_t end = 0, used = 0, slash = 0;
  while (end < word.size() && used < limit) {
    ++end;
    while (end < word.size() && continues(word[end])) ++end;
    ++used;
    if (word[end - 1] == '/' && used > 1) slash = end;
  }
  return slash != 0 ? slash : end;
}

/// Lines of a value whose parts have two blanks between them. What continues one of several parts
/// is indented.
std::vector<std::string> in_parts(std::string_view value, std::size_t limit) {
  constexpr std::string_view between = "  ";
  const std::string margin(value.find(between) == std::string_view::npos ? 0U : 2U, ' ');
  std::vector<std::string> lines;
  bool is_whole = false;  // The last part stands in one line.
  while (!value.empty()) {
    const std::size_t start = std::min(value.find_first_not_of(' '), value.size());
    const std::string_view gap = value.substr(0, start);
    value.remove_prefix(start);
    const std::string_view part = value.substr(0, value.find(between));
    value.remove_prefix(part.size());
    if (part.empty()) break;
    if (is_whole && columns(lines.back()) + gap.size() + columns(part) <= limit) {
      lines.back().append(gap).append(part);
      continue;
    }
    const std::vector<std::string> broken =
        wrapped(part, limit, limit > margin.size() ? limit - margin.size() : 0);
    is_whole = broken.size() == 1;
    for (std::size_t i = 0; i < broken.size(); ++i)
      lines.push_back(i == 0 ? broken[i] : margin + broken[i]);
  }
  return lines;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::uint32_t code = 0;
    const std::size_t length = sequence(text, code);
    const std::size_t taken = std::max<std::size_t>(length, 1);
    if (length == 0 || commands_a_terminal(code))
      spell(out, text.substr(0, taken));
    else
      out += text.substr(0, taken);
    text.remove_prefix(taken);
  }
  return out;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = std::min(text.find('m', i), text.size());
      continue;
    }
    if (!continues(text[i])) ++count;
  }
  return count;
}

std::string clipped(std::string_view text, std::size_t limit) {
  if (columns(text) <= limit) return std::string(text);
  std::size_t end = 0, used = 0;
  while (end < text.size() && used + 3 < limit) {
    ++end;
    while (end < text.size() && continues(text[end])) ++end;
    ++used;
  }
  return std::string(text.substr(0, end)) + "...";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t limit) {
  return wrapped(text, limit, limit);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t first, std::size_t others) {
  std::size_t limit = std::max<std::size_t>(first, 10);
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
    const std::string_view gap = text.substr(0, start);
    std::string_view word = text.substr(start, text.find(' ', start) - start);
    text.remove_prefix(start + word.size());
    if (word.empty()) break;
    if (columns(lines.back()) + gap.size() + columns(word) <= limit) {
      lines.back().append(gap).append(word);
    } else {
      if (!lines.back().empty()) {
        lines.emplace_back();
        limit = std::max<std::size_t>(others, 10);
      }
      while (columns(word) > limit) {
        const std::size_t head = head_that_fits(word, limit);
        lines.back() = word.substr(0, head);
        lines.emplace_back();
        limit = std::max<std::size_t>(others, 10);
        word.remove_prefix(head);
      }
      lines.back() = word;
    }
  }
  return lines;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const std::size_t used = columns(text);
  if (used < width) out.append(width - used, ' ');
  return out;
}

std::string counted(std::size_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string duration(std::chrono::milliseconds took) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(took + std::chrono::milliseconds(500))
          .count();
  if (seconds < 60) return std::to_string(std::max<long long>(seconds, took.count() > 0)) + " s";
  const std::string rest = std::to_string(seconds % 60) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min " + rest;
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
}

std::string Page::painted(Paint paint, std::string_view text) const {
  static constexpr std::string_view codes[] = {"", "32", "33", "31", "2"};
  const std::string_view code = codes[static_cast<std::size_t>(paint)];
  if (!style_.color || code.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

void Page::line(std::string_view text) { text_.append(text).push_back('\n'); }

void Page::paragraph(std::size_t indent, std::string_view text, std::size_t hanging) {
  const std::size_t left = indent + hanging;
  const auto room = [this](std::size_t used) { return width() > used ? width() - used : 0; };
  std::string margin(indent, ' ');
  for (const std::string& part : wrapped(text, room(indent), room(left))) {
    line(margin + part);
    margin.assign(left, ' ');
  }
}

void Page::spread(std::string_view left, std::string_view right) {
  if (right.empty()) return line(left);
  const std::size_t used = columns(left), wanted = columns(right);
  if (used + 2 + wanted <= width())
    return line(std::string(left) + std::string(width() - used - wanted, ' ') + std::string(right));
  line(left);
  line(std::string(wanted < width() ? width() - wanted : 0, ' ') + std::string(right));
}

void Page::entry(std::size_t indent, std::string_view name, std::size_t at, std::string_view value,
                 std::string_view right) {
  std::string left = std::string(indent, ' ') + std::string(name);
  const std::size_t reserved = right.empty() ? 0 : columns(right) + 2;
  const std::size_t room = width() > at + reserved ? width() - at - reserved : 0;
  if (value.empty()) return spread(left, right);
  if (columns(left) + 2 > at) {
    spread(left, right);
    right = {};
    left.clear();
  }
  for (const std::string& part : in_parts(value, room)) {
    spread(padded(left, at) + part, right);
    left.clear();
    right = {};
  }
}

}  // namespace akv::report
