#include "akv/provision/manifest/remarks.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/comments.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <string>

namespace akv::manifest {
namespace {

constexpr std::string_view word = "akv:ignore";
constexpr std::string_view form = "write # akv:ignore RULE REASON";

bool only_comment(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  return first != std::string_view::npos && line[first] == '#';
}

/// Finds the next line that is no comment below each of several, downwards.
class Below {
 public:
  explicit Below(std::string_view text) : text_(text) {}

  std::uint32_t line_after(const Comment& comment) {
    // Of the comments above it each may ask.
    if (comment.line < speaks_) return speaks_;
    speaks_ = comment.line + 1;
    for (std::size_t at = comment.next; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      if (!only_comment(text_.substr(at, end - at))) break;
      ++speaks_;
      at = end + 1;
    }
    return speaks_;
  }

 private:
  std::string_view text_;  // The caller's, as long as this.
  std::uint32_t speaks_ = 0;
};

}  // namespace

void read_remarks(std::uint32_t file, std::string_view text,
                  std::span<const std::string_view> rules, std::vector<engine::Remark>& into,
                  Diagnostics& diagnostics) {
  if (text.find(word) == std::string_view::npos) return;
  Below below(text);
  each_comment(text, [&](const Comment& comment) {
    const std::string_view said = ascii::trim(comment.text);
    if (!said.starts_with(word)) return true;
    const engine::Place place{file, comment.line, comment.column};
    if (into.size() == max_remarks) {
      diagnostics.error(
          place, "too-many-remarks",
          "there are more than " + std::to_string(max_remarks) + " akv:ignore comments",
          "a baseline holds any number of findings: akv check --write-baseline");
      return false;
    }
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
      into.push_back({place, comment.alone ? below.line_after(comment) : comment.line,
                      std::string(rule), std::string(reason)});
    }
    return true;
  });
}

}  // namespace akv::manifest
