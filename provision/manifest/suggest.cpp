#include "akv/provision/manifest/suggest.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/secrets.hpp"

#include <algorithm>
#include <array>

namespace akv::manifest {
namespace {

constexpr std::size_t max_length = 64;
constexpr std::string_view hidden = "a text that looks like a secret (not shown)";

/// Optimal string alignment: inserting, deleting, replacing or swapping neighbours is one edit.
/// Case does not count.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::array<std::size_t, max_length + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = ascii::to_lower(a[i - 1]) == ascii::to_lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && ascii::to_lower(a[i - 1]) == ascii::to_lower(b[j - 2]) &&
          ascii::to_lower(a[i - 2]) == ascii::to_lower(b[j - 1]))
        row[j] = std::min(row[j], above_that[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view nearest(std::string_view given, std::span<const std::string_view> candidates) {
  if (given.empty() || given.size() > max_length) return {};
  const std::size_t allowed = given.size() <= 4 ? 1 : given.size() <= 8 ? 2 : 3;
  std::string_view best;
  std::size_t best_distance = allowed + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), given.size());
    const std::size_t shorter = std::min(candidate.size(), given.size());
    if (longer > max_length || longer - shorter > allowed) continue;
    const std::size_t d = distance(given, candidate);
    // Replacing every letter of a short word is no resemblance.
    if (d < best_distance && d < longer) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view given, std::span<const std::string_view> candidates,
                         std::string_view otherwise) {
  const std::string_view found = nearest(given, candidates);
  if (found.empty()) return std::string(otherwise);
  return "did you mean " + quoted(found) + "?";
}

std::string list_of(std::span<const std::string_view> words, std::size_t limit) {
  const bool shortened = words.size() > limit;
  const std::size_t count = shortened ? limit : words.size();
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += (i + 1 == count && !shortened) ? " or " : ", ";
    text += words[i];
  }
  if (shortened) text += ", ...";
  return text;
}

std::string quoted(std::string_view text) {
  if (looks_like_secret(text)) return std::string(hidden);
  constexpr std::size_t max_shown = 80;
  std::string result = "\"";
  std::size_t end = std::min(text.size(), max_shown);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  for (const char c : text.substr(0, end))
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  result += text.size() > end ? "...\"" : "\"";
  return result;
}

std::string quoted_value(std::string_view key, std::string_view text) {
  return names_a_secret(key) ? std::string("the value (not shown)") : quoted(text);
}

}  // namespace akv::manifest
