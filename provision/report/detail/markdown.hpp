/// Markdown for a pull request: nothing of what is shown is markup, a link or a mention.
#pragma once
#include "akv/provision/report/report.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace akv::report {

/// Text in a table, a summary or a sentence.
std::string escaped(std::string_view text);
/// Inside `<code>`.
std::string code(std::string_view text);
/// A block whose fence no run of backticks in `text` closes.
std::string fenced(std::string_view text);
/// `body` as a block behind `summary`.
std::string fold(const std::string& summary, std::string_view body);
std::string sentence(const std::string& text);  ///< Ends with a full stop.

/// A page of at most max_markdown bytes: takes parts as long as they fit, then only counts.
class Budget {
 public:
  explicit Budget(std::string text) : text_(std::move(text)) {}
  void add(const std::string& part);
  /// For what must stand; it is short.
  void always(std::string_view part) { text_ += part; }
  /// Says how much was left out, if anything was.
  void close();
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t left_out_ = 0;
};

}  // namespace akv::report
