#include "akv/emulator/router.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>

namespace akv::emulator {
namespace {

/// What stands before an extension's own path: any scope, from the whole tenant (nothing) down.
constexpr std::string_view any_scope = "/{scope*}";

/// The scope's own parts are captured as other routes do it.
void capture_scope(const std::vector<std::string>& segments, std::size_t count,
                   Captures& captures) {
  std::string scope;
  for (std::size_t i = 0; i < count; ++i) scope += "/" + segments[i];
  captures.add("scope", std::move(scope));
  if (count < 2 || !ascii::equal(segments[0], "subscriptions")) return;
  captures.add("subscription", segments[1]);
  if (count >= 4 && ascii::equal(segments[2], "resourcegroups")) captures.add("group", segments[3]);
}

/// Takes the next segment, and the slash before it, off a pattern.
std::string_view next_part(std::string_view& pattern) {
  pattern.remove_prefix(1);
  const std::string_view part = pattern.substr(0, pattern.find('/'));
  pattern.remove_prefix(part.size());
  return part;
}

bool is_name(std::string_view part) { return part.starts_with('{'); }

/// The segment at which the pattern's own path begins, behind the scope if it stands at any;
/// nullopt where the pattern does not take these segments.
std::optional<std::size_t> takes(std::string_view pattern,
                                 const std::vector<std::string>& segments) {
  const bool has_scope = pattern.starts_with(any_scope);
  if (has_scope) pattern.remove_prefix(any_scope.size());
  const auto own = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '/'));
  if (segments.size() < own || (!has_scope && segments.size() > own)) return std::nullopt;
  const std::size_t first = segments.size() - own;
  for (std::size_t i = first; i < segments.size(); ++i) {
    const std::string_view part = next_part(pattern);
    if (!is_name(part) && !ascii::equal(part, segments[i])) return std::nullopt;
  }
  return first;
}

/// What the names of a pattern take of segments that it takes.
Captures capture(std::string_view pattern, const std::vector<std::string>& segments,
                 std::size_t first) {
  Captures captures;
  const bool has_scope = pattern.starts_with(any_scope);
  if (has_scope) pattern.remove_prefix(any_scope.size());
  for (std::size_t i = first; i < segments.size(); ++i)
    if (const std::string_view part = next_part(pattern); is_name(part))
      captures.add(part.substr(1, part.size() - 2), segments[i]);
  if (has_scope) capture_scope(segments, first, captures);
  return captures;
}

}  // namespace

bool is_clean_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x20 || lead == 0x7f) return false;
    if (lead < 0x80) continue;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || i + static_cast<std::size_t>(more) > text.size())
      return false;
    std::uint32_t point = lead & (0x3fU >> more);
    for (int k = 0; k < more; ++k) {
      const auto next = static_cast<unsigned char>(text[i++]);
      if ((next & 0xc0U) != 0x80) return false;
      point = point << 6U | (next & 0x3fU);
    }
    const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
  }
  return true;
}

std::string_view Captures::operator[](std::string_view name) const {
  for (const auto& [key, value] : list_)
    if (key == name) return value;
  return {};
}

std::optional<std::vector<std::string>> split_path(std::string_view path) {
  // Also %2F: some clients encode a whole scope as if it were one segment.
  const std::string decoded = http::percent_decode(path);
  if (!is_clean_text(decoded)) return std::nullopt;
  std::vector<std::string> segments;
  std::string_view rest = decoded;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(part.size());
    if (part.empty()) continue;
    if (segments.size() == max_segments) return std::nullopt;
    segments.emplace_back(part);
  }
  return segments;
}

std::optional<Match> match(http::Method method, const std::vector<std::string>& segments) {
  std::optional<Match> known_path;
  for (const Provider* provider : providers()) {
    for (std::span<const Route> routes : provider->routes) {
      for (const Route& route : routes) {
        const bool shows = method == http::Method::head && route.method == http::Method::get &&
                           !(known_path && known_path->route);
        if (known_path && route.method != method && !shows) continue;
        const auto first = takes(route.pattern, segments);
        if (!first) continue;
        Captures captures = capture(route.pattern, segments, *first);
        if (route.method == method) return Match{provider, &route, std::move(captures)};
        known_path = Match{provider, shows ? &route : nullptr, std::move(captures)};
      }
    }
  }
  return known_path;
}

}  // namespace akv::emulator
