#include "akv/provision/report/detail/markdown.hpp"

#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace akv::report {
namespace {

constexpr std::size_t room_for_the_end = 2000;
constexpr std::size_t longest_line = 300;
/// The heading above the lines, their fence, and the count of what is left out.
constexpr std::size_t room_for_lines = 500;
/// No fold is shorter.
constexpr std::size_t shortest_fold = 100;
/// After so many that did not fit the rest is not even tried: each costs a block to be made.
constexpr std::size_t most_misfits = 100;

/// The first lines of a long text, and how many follow.
std::string head(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  const std::size_t line = text.rfind('\n', limit);
  if (line == std::string_view::npos) return clipped(text, limit / 4) + "\n";
  const auto more =
      std::count(text.begin() + static_cast<std::ptrdiff_t>(line) + 1, text.end(), '\n');
  return std::string(text.substr(0, line + 1)) + "and " +
         counted(static_cast<std::size_t>(more), "more line") + "\n";
}

/// `12 create, 3 update`, in the order of first mention.
std::string tally(const std::vector<Entry>& entries, const std::vector<bool>& shown) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (shown[i]) continue;
    const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& count) {
      return count.first == entries[i].what;
    });
    if (found == counts.end())
      counts.emplace_back(entries[i].what, 1);
    else
      ++found->second;
  }
  std::string text;
  for (const auto& [what, n] : counts) {
    if (!text.empty()) text += ", ";
    text.append(std::to_string(n)).append(" ").append(what);
  }
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '@':
        // An entity, so that nobody is notified.
        out += "&#64;";
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '#':
      case '~':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

// HTML only: inside the tag backslashes would show.
std::string code(std::string_view text) {
  std::string out = "<code>";
  for (const char c : printable(text)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '@' || c == '|' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' ||
             c == '~' || c == '\\')
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    else
      out += c;
  }
  return out + "</code>";
}

std::string fenced(std::string_view text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fence + "text\n" + std::string(text) + fence + "\n";
}

std::string fold(const std::string& summary, std::string_view body, std::size_t limit) {
  return "<details><summary>" + summary + "</summary>\n\n" + fenced(head(body, limit)) +
         "\n</details>\n";
}

std::string sentence(const std::string& text) { return text.ends_with(".") ? text : text + "."; }

std::size_t Budget::room() const {
  const std::size_t taken = text_.size() + kept_ + room_for_the_end;
  return taken < max_markdown ? max_markdown - taken : 0;
}

void Budget::add(const std::string& part) {
  if (part.size() <= room())
    text_ += part;
  else
    ++left_out_;
}

void Budget::list(const std::vector<Entry>& entries) {
  std::vector<std::string> lines, folds(entries.size());
  std::size_t owed = 0;
  for (const Entry& entry : entries) {
    lines.push_back(clipped(entry.line, longest_line) + "\n");
    owed += lines.back().size();
  }
  const std::size_t room = this->room() - std::min(this->room(), room_for_lines);
  std::vector<bool> shown(entries.size(), owed <= room);
  if (owed > room) owed = 0;
  // The urgent first, then the others, each in their order.
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t i) { return entries[i].urgent; });
  std::size_t used = 0, misfits = 0;
  for (const std::size_t i : order) {
    if (!shown[i]) {
      shown[i] = owed + lines[i].size() <= room;
      owed += shown[i] ? lines[i].size() : 0;
      continue;
    }
    if (used + owed + shortest_fold > room || misfits == most_misfits) break;
    std::string whole = fold(entries[i].summary, entries[i].body());
    if (used + owed - lines[i].size() + whole.size() > room) {
      ++misfits;
      continue;
    }
    owed -= lines[i].size();
    used += whole.size();
    folds[i] = std::move(whole);
  }
  std::string without;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    text_ += folds[i];
    if (shown[i] && folds[i].empty()) without += lines[i];
  }
  if (!without.empty())
    text_ += "\nBy name only, to stay short; the text and JSON reports have all:\n\n" +
             fenced(without) + "\n";
  if (const std::string rest = tally(entries, shown); !rest.empty())
    text_ += "\nLeft out to stay short: " + rest + "; the text and JSON reports have all.\n";
}

void Budget::close() {
  if (left_out_ == 0) return;
  text_ += "\n";
  text_ += counted(left_out_, "more part");
  text_ += " left out to stay short; the text and JSON reports have all.\n";
}

}  // namespace akv::report
