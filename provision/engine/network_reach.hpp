/// From where a vault can be reached, in words.
#pragma once
#include "akv/provision/engine/access.hpp"

#include <string>
#include <vector>

namespace akv::kinds {

/// `all networks`, `2 addresses, 1 subnet, Azure services`, `nobody`
std::string reach_text(const engine::Reach& reach);

/// What of the settings counts for nothing beside the others, or shuts everybody out; a sentence
/// each.
std::vector<std::string> contradictions(const engine::Reach& reach);

}  // namespace akv::kinds
