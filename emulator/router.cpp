#include "akv/emulator/router.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <array>

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

/// A pattern in its parts. Points at literals.
struct Pattern {
  const Provider* provider;
  const Route* route;
  std::vector<std::string_view> parts;  ///< Behind the scope, where there is one.
  bool has_scope;
};

bool is_name(std::string_view part) { return part.starts_with('{'); }

Pattern read_pattern(const Provider& provider, const Route& route) {
  std::string_view rest = route.pattern;
  Pattern pattern{&provider, &route, {}, rest.starts_with(any_scope)};
  if (pattern.has_scope) rest.remove_prefix(any_scope.size());
  while (!rest.empty()) {
    rest.remove_prefix(1);
    pattern.parts.push_back(rest.substr(0, rest.find('/')));
    rest.remove_prefix(pattern.parts.back().size());
  }
  return pattern;
}

/// All patterns that may take a path of so many segments, in the providers' order.
const std::vector<Pattern>& patterns_for(std::size_t segments) {
  using Table = std::array<std::vector<Pattern>, max_segments + 1>;
  static const Table& table = *[] {
    auto* made = new Table;
    for (const Provider* provider : providers())
      for (std::span<const Route> routes : provider->routes)
        for (const Route& route : routes) {
          const Pattern pattern = read_pattern(*provider, route);
          const std::size_t last = pattern.has_scope ? max_segments : pattern.parts.size();
          for (std::size_t count = pattern.parts.size(); count <= last; ++count)
            (*made)[count].push_back(pattern);
        }
    return made;
  }();
  return table[segments];
}

/// Whether the pattern's own parts are the path's last. From the end, where most patterns differ.
bool takes(const Pattern& pattern, const std::vector<std::string>& segments) {
  const std::size_t first = segments.size() - pattern.parts.size();
  for (std::size_t i = pattern.parts.size(); i-- > 0;)
    if (!is_name(pattern.parts[i]) && !ascii::equal(pattern.parts[i], segments[first + i]))
      return false;
  return true;
}

/// What the names of a pattern take of segments that it takes.
Captures capture(const Pattern& pattern, const std::vector<std::string>& segments) {
  Captures captures;
  const std::size_t first = segments.size() - pattern.parts.size();
  for (std::size_t i = 0; i < pattern.parts.size(); ++i)
    if (const std::string_view part = pattern.parts[i]; is_name(part))
      captures.add(part.substr(1, part.size() - 2), segments[first + i]);
  if (pattern.has_scope) capture_scope(segments, first, captures);
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
  for (const Pattern& pattern : patterns_for(segments.size())) {
    const Route& route = *pattern.route;
    const bool shows = method == http::Method::head && route.method == http::Method::get &&
                       !(known_path && known_path->route);
    if (known_path && route.method != method && !shows) continue;
    if (!takes(pattern, segments)) continue;
    Match found{pattern.provider, shows || route.method == method ? &route : nullptr,
                capture(pattern, segments)};
    if (route.method == method) return found;
    known_path = std::move(found);
  }
  return known_path;
}

}  // namespace akv::emulator
