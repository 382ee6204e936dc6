#include "akv/provision/manifest/source_check.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace akv::manifest {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// Length of the well-formed UTF-8 sequence at `at` (Unicode 15, table 3-7); 0 where it is broken.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  std::size_t length = 0;
  unsigned char low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (at + length > text.size()) return 0;
  if (byte_at(text, at + 1) < low || byte_at(text, at + 1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return 0;
  return length;
}

enum class Fault { none, not_utf8, control };

/// The first byte that is no text, or the end.
std::size_t first_fault(std::string_view text, Fault& fault) {
  std::size_t at = 0;
  while (at < text.size()) {
    const unsigned char c = byte_at(text, at);
    if ((c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t') {
      ++at;
    } else if (c < 0x80) {
      fault = Fault::control;
      return at;
    } else {
      const std::size_t length = sequence_length(text, at);
      if (length == 0) {
        fault = Fault::not_utf8;
        return at;
      }
      // C1 controls but for NEL; U+FFFE and U+FFFF.
      if ((c == 0xC2 && byte_at(text, at + 1) < 0xA0 && byte_at(text, at + 1) != 0x85) ||
          (c == 0xEF && byte_at(text, at + 1) == 0xBF && byte_at(text, at + 2) >= 0xBE)) {
        fault = Fault::control;
        return at;
      }
      at += length;
    }
  }
  return at;
}

/// Follows brackets, leaving out what plainly is a comment or a quoted text. What it misjudges (a
/// block of prose, say) only matters in files with hundreds of unmatched brackets; what hides
/// brackets from it is caught by the reader's own bounds.
class BracketCounter {
 public:
  explicit BracketCounter(std::string_view text) : text_(text) {}

  /// Offset of the bracket that is one too many, or the end of the text.
  std::size_t find_excess() {
    std::size_t open = 0;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      switch (text_[at]) {
        case '[':
        case '{':
          if (++open > max_open_brackets) return at;
          break;
        case ']':
        case '}':
          if (open > 0) --open;
          break;
        case '#':
          if (at == 0 || is_blank(text_[at - 1])) at = std::min(text_.find('\n', at), text_.size());
          break;
        case '"':
        case '\'':
          if (begins_a_value(at)) at = end_of_quote(at);
          break;
        default:
          break;
      }
    }
    return text_.size();
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  bool begins_a_value(std::size_t at) const {
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    if (at == 0) return true;
    return std::string_view("\n\r[{,:-?").find(text_[at - 1]) != std::string_view::npos;
  }

  std::size_t end_of_quote(std::size_t at) const {
    const char quote = text_[at];
    for (++at; at < text_.size(); ++at) {
      if (text_[at] == quote) return at;
      if (quote == '"' && text_[at] == '\\') ++at;
    }
    return text_.size() - 1;
  }

  std::string_view text_;  // Of the call that made this.
};

engine::Place place_of(std::uint32_t file, std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? at : at - start - 1;
  return {file, static_cast<std::uint32_t>(lines + 1), static_cast<std::uint32_t>(column + 1)};
}

std::string hex(unsigned char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return {'0', 'x', digits[c >> 4U], digits[c & 15U]};
}

}  // namespace

CheckedSource check_source(std::uint32_t file, std::string_view text, Diagnostics& diagnostics) {
  const engine::Place whole{file, 0, 0};
  if (text.size() > max_source_bytes) {
    diagnostics.error(whole, "too-large",
                      "the file has " + std::to_string(text.size()) + " bytes, the limit is " +
                          std::to_string(max_source_bytes),
                      "split it into several files and give them together");
    return {};
  }
  if (text.substr(0, 2) == "\xFE\xFF" || text.substr(0, 2) == "\xFF\xFE") {
    diagnostics.error({file, 1, 1}, "not-utf8", "the file is UTF-16, not UTF-8",
                      "save it as UTF-8");
    return {};
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);

  Fault fault = Fault::none;
  const std::size_t at = first_fault(text, fault);
  if (fault == Fault::not_utf8) {
    diagnostics.error(place_of(file, text, at), "not-utf8",
                      "byte " + hex(byte_at(text, at)) + " is not valid UTF-8",
                      "save the file as UTF-8");
    return {};
  }
  if (fault == Fault::control) {
    diagnostics.error(place_of(file, text, at), "control-character",
                      byte_at(text, at) == 0
                          ? std::string("a NUL byte: this is no text file")
                          : "control character " + hex(byte_at(text, at)) + " in the text",
                      "remove it, or write it as an escape in double quotes");
    return {};
  }
  const std::size_t excess = BracketCounter(text).find_excess();
  if (excess < text.size()) {
    diagnostics.error(
        place_of(file, text, excess), "too-deep",
        "more than " + std::to_string(max_open_brackets) + " brackets are open here at once",
        "close them; a manifest needs fewer than ten");
    return {};
  }
  return {true, text};
}

}  // namespace akv::manifest
