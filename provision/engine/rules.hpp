/// How two canonical documents compare: one rule a property, held in a kind's table.
#pragma once
#include <span>
#include <string_view>

namespace akv::engine {

enum class Shape {
  value,   ///< Compared whole.
  object,  ///< Compared member by member; members that the manifest omits are not managed.
  set,     ///< An array of texts without order; canonical form sorts it.
  map,     ///< Text to text, such as tags; keys compare without case. Has a ListMode.
  keyed,   ///< An array of objects (or texts) that `key` identifies. Has a ListMode.
};

/// Rules are constant data with static lifetime: the views never dangle.
struct Rule {
  std::string_view path;  ///< `sku`, `networkAcls.ipRules`, `accessPolicies[].permissions.keys`
  Shape shape = Shape::value;
  /// keyed: the members that identify an entry; empty: the entry itself (a text).
  std::span<const std::string_view> key{};
  bool immutable = false;      ///< A difference blocks the object.
  std::string_view way_out{};  ///< immutable: what the operator can do instead.
  /// A value in an entry: where the manifest omits it, it shall not be there.
  bool cleared = false;
};

/// Properties without a rule are Shape::value.
using Rules = std::span<const Rule>;

}  // namespace akv::engine
