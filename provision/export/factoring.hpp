/// What most objects share, written once under `defaults:`.
#pragma once
#include "akv/provision/export/estate.hpp"

#include <span>
#include <vector>

namespace akv::exporting {

struct Defaults {
  std::vector<Part> parts;         ///< By key, in the order in which a body has them.
  std::vector<PolicyId> policies;  ///< Those that the most vaults have; often none.
};

/// The defaults that make the whole text the shortest: for each property the value that saves the
/// most, none where each would cost more than it saves. The order of `objects` does not matter.
Defaults choose_defaults(const Estate& estate, std::span<const Object* const> objects);

/// What an object still has to say under the defaults.
struct Own {
  std::vector<Part> parts;
  std::vector<TextId> unmanaged;  ///< Paths that it takes back out.
  bool unmanaged_policies = false;
  bool writes_policies = false;    ///< Also an empty list.
  bool replaces_policies = false;  ///< `!replace`
  std::vector<PolicyId> policies;
};
Own under_defaults(const Estate& estate, const Object& object, const Defaults& defaults);

}  // namespace akv::exporting
