/// The order of changes that come to a plan when it is made.
#pragma once
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/plan.hpp"

#include <cstddef>

namespace akv::kinds {

/// What is done last in its scope (a lock that comes) goes behind all other changes, and waits also
/// for those that were added after it: the changes from the `added`-th on. The planner has what the
/// others wait for.
void put_last_turns_last(engine::Plan& plan, const engine::Registry& registry, std::size_t added);

}  // namespace akv::kinds
