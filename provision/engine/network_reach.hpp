/// From where a vault can be reached, in words.
#pragma once
#include "akv/provision/engine/access.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

/// The path of effects that tell of this: of changes that concern the network.
inline constexpr std::string_view network_effect = "network";

/// `all networks`, `2 addresses, 1 subnet, Azure services`, `nobody`
std::string reach_text(const Reach& reach);

/// What of the settings counts for nothing beside the others, or shuts everybody out; a sentence
/// each.
std::vector<std::string> contradictions(const Reach& reach);

}  // namespace akv::engine
