#include "akv/provision/manifest/comments.hpp"

#include <algorithm>
#include <utility>

namespace akv::manifest {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_flow(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

/// Goes through the text line by line, with as much of YAML as tells a comment from what looks like
/// one. Columns are signed here: the root of a document stands at -1.
class Scanner {
 public:
  /// Offset of the line's `#`, or npos. Takes the lines in order, without their ends.
  std::size_t comment_in(std::string_view line) {
    line_ = line;
    at_ = 0;
    if (in_block_scalar()) return npos;
    if (quote_ == '\0') begin_line();
    while (at_ < line_.size()) {
      if (quote_ != '\0') {
        in_quotes();
      } else if (is_blank(line_[at_])) {
        ++at_;
      } else if (line_[at_] == '#' && (at_ == 0 || is_blank(line_[at_ - 1]))) {
        plain_ = false;
        return at_;
      } else if (plain_) {
        in_plain();
      } else {
        token();
      }
    }
    return npos;
  }

 private:
  char peek(std::size_t ahead) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : ' ';
  }
  /// `- `, `? `
  bool is_dash() const { return (line_[at_] == '-' || line_[at_] == '?') && is_blank(peek(1)); }
  bool ends_key() const {
    return line_[at_] == ':' && (is_blank(peek(1)) || (depth_ > 0 && is_flow(peek(1))));
  }

  // Whether the line is content of a block scalar, which ends with the first that is less indented.
  bool in_block_scalar() {
    if (!block_) return false;
    const std::size_t first = line_.find_first_not_of(' ');
    if (first == npos || line_.substr(first) == "\r") return true;
    const auto indent = static_cast<std::ptrdiff_t>(first);
    if (content_ < 0 && indent > parent_) content_ = indent;
    if (content_ >= 0 && indent >= content_) return true;
    block_ = false;
    return false;
  }

  // The dashes before an entry, and how far right its parent stands.
  void begin_line() {
    while (at_ < line_.size() && line_[at_] == ' ') ++at_;
    if (at_ == line_.size() || line_[at_] == '#' || depth_ > 0) return;
    if (plain_ && static_cast<std::ptrdiff_t>(at_) > parent_) return;  // It goes on.
    plain_ = false;
    if (at_ == 0 && line_.starts_with("---") && is_blank(peek(3))) {
      at_ = 3;
      parent_ = -1;
    }
    while (at_ < line_.size()) {
      if (is_dash())
        parent_ = static_cast<std::ptrdiff_t>(at_);
      else if (!is_blank(line_[at_]))
        break;
      ++at_;
    }
    key_ = static_cast<std::ptrdiff_t>(at_);
  }

  void in_quotes() {
    const char c = line_[at_++];
    if (c == '\\' && quote_ == '"')
      ++at_;
    else if (c == quote_)
      quote_ = '\0';  // Of '' the second opens again.
  }

  // Quotes within a plain scalar are letters.
  void in_plain() {
    if (ends_key() || (depth_ > 0 && is_flow(line_[at_])))
      plain_ = false;
    else
      ++at_;
  }

  void token() {
    const char c = line_[at_];
    if (c == '"' || c == '\'') {
      quote_ = c;
      ++at_;
    } else if (c == '[' || c == '{') {
      ++depth_;
      ++at_;
    } else if (depth_ > 0 && is_flow(c)) {
      if (c != ',') --depth_;
      ++at_;
    } else if (c == '&' || c == '*' || c == '!') {
      while (at_ < line_.size() && !is_blank(line_[at_]) && !(depth_ > 0 && is_flow(line_[at_])))
        ++at_;
    } else if (ends_key()) {
      if (depth_ == 0) parent_ = key_;
      ++at_;
    } else if ((c == '|' || c == '>') && depth_ == 0) {
      begin_block_scalar();
    } else {
      plain_ = true;
    }
  }

  // Behind its header, `|2-`, only a comment may follow.
  void begin_block_scalar() {
    block_ = true;
    content_ = -1;
    for (++at_; at_ < line_.size() && !is_blank(line_[at_]); ++at_)
      if (const char c = line_[at_]; c >= '1' && c <= '9')
        content_ = std::max<std::ptrdiff_t>(parent_, 0) + (c - '0');
  }

  std::string_view line_;  // Of the caller's text; valid during one call.
  std::size_t at_ = 0;
  char quote_ = '\0';            // That of the quotes we are in.
  bool plain_ = false;           // In a plain scalar, which may go on in the next line.
  bool block_ = false;           // Below the header of a block scalar.
  std::size_t depth_ = 0;        // Of brackets.
  std::ptrdiff_t parent_ = -1;   // The column of the innermost key or dash.
  std::ptrdiff_t key_ = 0;       // Where a key of this line would begin.
  std::ptrdiff_t content_ = -1;  // Of a block scalar; -1: its first line decides.
};

}  // namespace

void each_comment(std::string_view text, const std::function<bool(const Comment&)>& found) {
  Scanner scanner;
  std::uint32_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::string_view line =
        text.substr(start, std::min(text.find('\n', start), text.size()) - start);
    start += line.size() + 1;
    ++number;
    const std::size_t hash = scanner.comment_in(line);
    if (hash == npos) continue;
    const bool alone = std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(hash),
                                   [](char c) { return is_blank(c); });
    if (!found({.line = number,
                .column = static_cast<std::uint32_t>(hash + 1),
                .text = line.substr(hash + 1),
                .alone = alone,
                .next = start}))
      return;
  }
}

}  // namespace akv::manifest
