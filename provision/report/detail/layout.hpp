/// Lines of text for a terminal: wrapped, aligned, and safe to print.
#pragma once
#include "akv/provision/report/report.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace akv::report {

enum class Paint { none, good, change, bad, quiet };

/// `text` with everything that a terminal would obey instead of showing (control characters,
/// text direction marks, bytes that are no UTF-8) spelled out as `\xNN`. One line.
std::string printable(std::string_view text);
/// The columns that a text takes: one for each code point, none for our own colours.
std::size_t columns(std::string_view text);
/// At most `limit` columns, with `...` at the end where something was cut off.
std::string clipped(std::string_view text, std::size_t limit);
/// Breaks at blanks so that no line exceeds `limit` columns; runs of blanks within a line stay. A
/// word that is longer than a line is broken after a slash, else anywhere.
std::vector<std::string> wrapped(std::string_view text, std::size_t limit);
std::vector<std::string> wrapped(std::string_view text, std::size_t first, std::size_t others);

std::string padded(std::string_view text, std::size_t width);
/// `1 object`, `2 objects`
std::string counted(std::size_t n, std::string_view noun);
/// `1 s`, `1 min 42 s`, `2 h 5 min`.
std::string duration(std::chrono::milliseconds took);

/// A report in the making.
class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  std::string painted(Paint paint, std::string_view text) const;
  void line(std::string_view text = {});
  /// Lines of another page, as they are.
  void block(std::string_view lines) { text_ += lines; }
  /// Wrapped, each line indented; the lines after the first by `hanging` more.
  void paragraph(std::size_t indent, std::string_view text, std::size_t hanging = 0);
  /// `left`, and `right` at the right edge: on a line of its own where both do not fit in one.
  void spread(std::string_view left, std::string_view right);
  /// `name` at `indent`, `value` wrapped from column `at` on, `right` at the edge of its first
  /// line. Parts of `value` with two blanks between them begin a line of their own where they do
  /// not fit in that of the part before.
  void entry(std::size_t indent, std::string_view name, std::size_t at, std::string_view value,
             std::string_view right = {});
  std::size_t width() const { return style_.width; }
  std::string take() { return std::move(text_); }

 private:
  Style style_;
  std::string text_;
};

}  // namespace akv::report
