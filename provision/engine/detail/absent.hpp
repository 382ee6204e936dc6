/// What to plan for a desired object that is not there.
#pragma once
#include "akv/provision/engine/detail/judge.hpp"
#include "akv/provision/engine/planner.hpp"

#include <string>
#include <variant>
#include <vector>

namespace akv::engine::detail {

/// What else holds the name of an absent object.
struct NameHolders {
  std::string live_id;  ///< A live object of that name under another id; empty: none.
  const DeletedTwin* deleted = nullptr;
  const HeldName* held = nullptr;  ///< Somebody else, or nobody may have it.
};

/// The changes that bring it about, in order, each but the first waiting for the one before it; or
/// why it cannot be.
std::variant<std::vector<Change>, Refusal> plan_absent(const Subject& subject,
                                                       const NameHolders& holders);

}  // namespace akv::engine::detail
