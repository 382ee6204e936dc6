/// ARM resource ids: `/subscriptions/S/resourceGroups/G/providers/NS/TYPE/NAME[/TYPE/NAME…]`.
///
/// An extension resource stands behind a second provider: `…/vaults/kv/providers/
/// Microsoft.Authorization/roleAssignments/R`. Its `types` are {vaults, kv}, {providers,
/// Microsoft.Authorization}, {roleAssignments, R}; name() and type() are those of the last
/// resource.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv {

/// The parts of an id in the spelling given. Ids compare without case (ascii::equal on the text).
struct ResourceId {
  std::string subscription;
  std::string resource_group;  ///< Empty for subscription-level ids.
  std::string provider;        ///< `Microsoft.KeyVault`; empty for a resource group.
  std::vector<std::pair<std::string, std::string>> types;  ///< {`vaults`, `kv1`}, then children.

  std::string name()
      const;  ///< The last name: of the resource, else the group, else the subscription.
  std::string type()
      const;  ///< `Microsoft.KeyVault/vaults`; of a group `Microsoft.Resources/resourceGroups`.
  std::string to_string() const;

  /// Accepts `resourcegroups` in any case, at most 2,048 characters; nullopt for anything else
  /// (empty segments, an odd number of them, no leading slash, a provider without a resource), and
  /// for segments that a URL would not carry as they are: `.`, `..`, `?`, `#`, control characters.
  static std::optional<ResourceId> parse(std::string_view text);
};

std::string resource_group_id(std::string_view subscription, std::string_view group);
std::string vault_id(std::string_view subscription, std::string_view group, std::string_view vault);

}  // namespace akv
