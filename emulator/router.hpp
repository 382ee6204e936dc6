/// From a request's path to the function that answers it.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::emulator {

struct Call;
using Handler = http::Response (*)(Call&);

struct Route {
  http::Method method = http::Method::get;
  /// `/subscriptions/{subscription}/resourcegroups/{group}`: literal segments compare without
  /// case, `{name}` takes any one segment. A pattern that starts with `/{scope*}` stands at any
  /// scope, also the tenant's (empty). Points at a literal.
  std::string_view pattern;
  Handler handler = nullptr;
  bool counts_as_read = false;  ///< A POST that only asks.
  bool open = false;            ///< Asks for no right: a good token is enough.
  /// Of this type, where they are not the provider's.
  std::span<const std::string_view> api_versions{};
};

/// A namespace of resource types. A new one is one file with its routes and this table, and one
/// line in providers.cpp. All it points at lives as long as the program.
struct Provider {
  std::string_view name_space;  ///< Empty: ARM's own routes.
  std::span<const std::string_view> api_versions;
  std::span<const std::string_view> resource_types;
  std::span<const std::span<const Route>> routes;
  bool registration_free = false;  ///< There in every subscription.
  /// Those of the types that are in a region, each with all below it.
  std::span<const std::string_view> regional_types{};
};

/// All providers; the first is ARM itself.
std::span<const Provider* const> providers();
const Provider* find_provider(std::string_view name_space);

/// What a path says, decoded.
class Captures {
 public:
  /// The segment that `{name}` took, or empty.
  std::string_view operator[](std::string_view name) const;
  void add(std::string_view name, std::string value) { list_.emplace_back(name, std::move(value)); }

 private:
  std::vector<std::pair<std::string_view, std::string>> list_;  // names point at literals
};

struct Match {
  const Provider* provider = nullptr;
  const Route* route = nullptr;  ///< Null: the path is known, but not with this method.
  Captures captures;
};

/// Well-formed UTF-8 without control characters: what may stand in ids, and so in answers.
bool is_clean_text(std::string_view text);

/// A path in decoded segments; nullopt for control characters, invalid UTF-8 or more than
/// max_segments. Empty segments are passed over, as ARM does: clients write one for a resource
/// without a parent, and before a scope that starts with a slash.
std::optional<std::vector<std::string>> split_path(std::string_view path);
inline constexpr std::size_t max_segments = 32;

/// nullopt when no route has such a path. A GET's route also takes HEAD. At most max_segments.
std::optional<Match> match(http::Method method, const std::vector<std::string>& segments);

}  // namespace akv::emulator
