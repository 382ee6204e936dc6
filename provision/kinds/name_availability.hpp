/// Whether the names of vaults that are to be made are still free: they are one namespace for all
/// of Azure.
#pragma once
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace akv::kinds {

/// Asks for each name that the planner would claim, `most` at most, and tells the planner which
/// Azure does not give away. One request a name. What could not be asked is a warning. Returns how
/// many were asked for. Throws CancelledError.
std::size_t ask_for_names(engine::Planner& planner, const Connection& connection, std::size_t most,
                          const Context& context, std::vector<std::string>& warnings);

}  // namespace akv::kinds
