/// Markdown for a pull request: nothing of what is shown is markup, a link or a mention.
#pragma once
#include "akv/provision/report/report.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::report {

/// Text in a table, a summary or a sentence.
std::string escaped(std::string_view text);
/// Inside `<code>`.
std::string code(std::string_view text);
/// A block whose fence no run of backticks in `text` closes.
std::string fenced(std::string_view text);
/// `body` as a block behind `summary`: its first lines, and how many there are beyond `limit`
/// bytes.
std::string fold(const std::string& summary, std::string_view body, std::size_t limit = 8000);
std::string sentence(const std::string& text);  ///< Ends with a full stop.

/// One of many on a page: in a line where there is little room, else behind a fold.
struct Entry {
  std::string what;                   ///< What it is counted as where nothing else fits: `update`.
  std::string line;                   ///< Sign, kind, name, risks: plain text.
  std::string summary;                ///< The same as Markdown.
  bool urgent = false;                ///< Comes first where there is no room for all.
  std::function<std::string()> body;  ///< Plain text; asked for only while there may be room.
};

/// A page of at most max_markdown bytes.
class Budget {
 public:
  explicit Budget(std::string text) : text_(std::move(text)) {}
  /// A part as long as it fits, else it is counted.
  void add(const std::string& part);
  /// Each entry by name at least, as many as fit behind folds, in their order. Where not even the
  /// lines fit, the urgent ones stand and the rest is counted.
  void list(const std::vector<Entry>& entries);
  /// For what must stand; it is short.
  void always(std::string_view part) { text_ += part; }
  /// Keeps so many bytes back for what follows.
  void keep(std::size_t bytes) { kept_ = bytes; }
  /// Says how much was left out, if anything was.
  void close();
  std::string take() { return std::move(text_); }

 private:
  std::size_t room() const;
  std::string text_;
  std::size_t left_out_ = 0, kept_ = 0;
};

}  // namespace akv::report
