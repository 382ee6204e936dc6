#include "akv/mgmt/json/detail/text.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/hex.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace akv::json::detail {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_path = 240;

// Eight bytes at a time while none has its top bit set and none is zero: nearly all of ARM's text.
bool is_plain_ascii(const char* eight) {
  std::uint64_t word = 0;
  std::memcpy(&word, eight, sizeof word);
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = 0x8080808080808080;
  return (word & tops) == 0 && ((word - ones) & tops) == 0;
}

constexpr bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// The first byte from `at` on that needs an escape, or the size: eight at a time, as skip_plain in
// sax.hpp explains, then one by one.
std::size_t next_escape(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t tops = 0x8080808080808080;
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    if (((word - ones * 0x20) | (quote - ones) | (backslash - ones)) & ~word & tops) break;
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

// The length of the sequence that begins at `at`, or 0 (RFC 3629, so no surrogates and no overlong
// forms).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first < 0x80) return first != 0 ? 1 : 0;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) return 0;
    return continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// At most `bytes` of `text`, not cutting a UTF-8 sequence in two.
std::string_view shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

bool is_identifier(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '$' || c == '@';
  });
}

}  // namespace

std::size_t valid_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size() && is_plain_ascii(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return at;
}

bool is_number(std::string_view text) {
  const auto skip = [&text](char c) {
    const bool found = text.starts_with(c);
    if (found) text.remove_prefix(1);
    return found;
  };
  const auto digits = [&text] {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count != 0;
  };
  skip('-');
  if (!skip('0') && !digits()) return false;
  if (skip('.') && !digits()) return false;
  if (skip('e') || skip('E')) {
    if (!skip('+')) skip('-');
    if (!digits()) return false;
  }
  return text.empty();
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0;;) {
    const std::size_t end = next_escape(text, at);
    out.append(text, at, end - at);
    if (end == text.size()) break;
    const char c = text[end];
    constexpr std::string_view letters = "\"\\\b\f\n\r\t";
    constexpr std::string_view escapes = "\"\\bfnrt";
    out += '\\';
    if (const auto found = letters.find(c); found != std::string_view::npos)
      out += escapes[found];
    else
      out.append("u00").append(hex({&c, 1}));
    at = end + 1;
  }
  out += '"';
}

void append_member(std::string& path, std::string_view name) {
  const std::string_view shown = shortened(name, longest_name);
  const std::string_view rest = shown.size() < name.size() ? "..." : "";
  if (is_identifier(shown)) {
    path.append(".").append(shown).append(rest);
  } else {
    path += '[';
    append_quoted(path, shown);
    path.append(rest).append("]");
  }
}

void append_index(std::string& path, std::size_t index) {
  path.append("[").append(std::to_string(index)).append("]");
}

void throw_format(const std::string& path, std::string_view what, std::size_t offset) {
  std::string message(shortened(path, longest_path));
  if (message.size() < path.size()) message += "...";
  message.append(": ").append(what).append(" at byte ").append(std::to_string(offset));
  throw FormatError({.message = std::move(message)});
}

}  // namespace akv::json::detail
