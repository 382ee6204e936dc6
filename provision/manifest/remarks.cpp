#include "akv/provision/manifest/remarks.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <string>

namespace akv::manifest {
namespace {

constexpr std::string_view word = "akv:ignore";
constexpr std::string_view form = "write # akv:ignore RULE REASON";

/// Where the comment of a line begins; npos: it has none.
std::size_t comment_in(std::string_view line) {
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != '\0') {
      if (c == '\\' && quote == '"')
        ++i;
      else if (c == quote)
        quote = '\0';
      continue;
    }
    const bool at_start = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
    const bool in_flow = i != 0 && (line[i - 1] == '[' || line[i - 1] == '{' || line[i - 1] == ',');
    // Within a plain scalar a quote is a letter.
    if ((c == '"' || c == '\'') && (at_start || in_flow)) quote = c;
    if (c == '#' && at_start) return i;
  }
  return std::string_view::npos;
}

bool only_comment(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  return first != std::string_view::npos && line[first] == '#';
}

/// Goes down one text, from remark to remark.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  /// Moves to the line of `offset`, which is not above the line at hand.
  void go_to(std::size_t offset) {
    number_ += static_cast<std::uint32_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(start_),
                   text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    const std::size_t before = offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
    start_ = before == std::string_view::npos ? 0 : before + 1;
  }
  std::size_t start() const { return start_; }
  std::uint32_t number() const { return number_; }
  std::string_view line() const { return line_at(start_); }
  std::size_t end() const { return start_ + line().size(); }

  /// The number of the next line that is no comment.
  std::uint32_t next_that_speaks() {
    // Of the comments above it each may ask.
    if (number_ < speaks_) return speaks_;
    speaks_ = number_ + 1;
    for (std::size_t at = end() + 1; at < text_.size() && only_comment(line_at(at));
         at += line_at(at).size() + 1)
      ++speaks_;
    return speaks_;
  }

 private:
  std::string_view line_at(std::size_t start) const {
    return text_.substr(start, std::min(text_.find('\n', start), text_.size()) - start);
  }

  std::string_view text_;  // the caller's
  std::size_t start_ = 0;
  std::uint32_t number_ = 1, speaks_ = 0;
};

}  // namespace

void read_remarks(std::uint32_t file, std::string_view text,
                  std::span<const std::string_view> rules, std::vector<engine::Remark>& into,
                  Diagnostics& diagnostics) {
  Lines lines(text);
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, std::min(lines.end(), text.size()))) {
    lines.go_to(at);
    const std::string_view line = lines.line();
    const std::size_t comment = comment_in(line);
    if (comment == std::string_view::npos) continue;
    const std::string_view said = ascii::trim(line.substr(comment + 1));
    if (!said.starts_with(word)) continue;
    const engine::Place place{file, lines.number(), static_cast<std::uint32_t>(comment + 1)};
    if (into.size() == max_remarks)
      return diagnostics.error(
          place, "too-many-remarks",
          "there are more than " + std::to_string(max_remarks) + " akv:ignore comments",
          "a baseline holds any number of findings: akv check --write-baseline");
    const std::string_view rest = ascii::trim(said.substr(word.size()));
    const std::string_view rule = rest.substr(0, rest.find_first_of(" \t"));
    const std::string_view reason = ascii::trim(rest.substr(rule.size()));
    if (rule.empty()) {
      diagnostics.error(place, "bad-remark", "akv:ignore names no rule", std::string(form));
    } else if (std::find(rules.begin(), rules.end(), rule) == rules.end()) {
      diagnostics.error(place, "unknown-rule", "there is no rule " + quoted(rule),
                        did_you_mean(rule, rules, "akv help checks lists them"));
    } else if (reason.empty()) {
      diagnostics.error(place, "bad-remark", "akv:ignore " + std::string(rule) + " gives no reason",
                        std::string(form));
    } else {
      const bool alone = only_comment(line);
      into.push_back({place, alone ? lines.next_that_speaks() : lines.number(), std::string(rule),
                      std::string(reason)});
    }
  }
}

}  // namespace akv::manifest
