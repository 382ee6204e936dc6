/// What a plan's success rests on, read from ARM before anything is written.
#pragma once
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <string>

namespace akv::kinds {

/// Reads the caller's permissions, the locks and the state of the providers that the plan's changes
/// need, with the fewest requests: of each subscription first, narrower only where that does not
/// do. What cannot be read is a finding. The plan's `deployment` tells which locks are its own.
/// `caller` is an object id; empty: not known. Throws CancelledError.
engine::Preflight preflight(const engine::Plan& plan, const engine::Deployment& deployment,
                            const engine::Registry& registry, const Connection& connection,
                            const std::string& caller, const Context& context);

}  // namespace akv::kinds
