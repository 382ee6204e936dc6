/// Names for principals and for permissions that stand in several places.
#pragma once
#include "akv/provision/engine/desired.hpp"
#include "akv/provision/export/estate.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akv::exporting {

struct NamedPrincipal {
  std::string name;
  std::string yaml;  ///< `1b2c…`, or `{objectId: 1b2c…, type: Group}` where more is known.
};

/// By object id. A name is that in `known` (of a manifest, say), else `p-` and the id's first eight
/// digits, more of them where two ids share those: an estate that grows keeps its names.
std::map<TextId, NamedPrincipal> name_principals(const Estate& estate,
                                                 const std::vector<engine::Principal>& known);

struct NamedPermissions {
  /// By the text of the permissions: the name of a set, for what has one.
  std::map<TextId, std::string> names;
  /// The sets to declare, by name; those built into akv need none.
  std::map<std::string, TextId> sets;
};

/// Permissions that a built-in set has (only one of them: several are alike), and those whose name
/// makes the manifest shorter. `uses` counts the entries to be written with each.
NamedPermissions name_permissions(const Estate& estate, const std::map<TextId, std::size_t>& uses);

}  // namespace akv::exporting
