/// Estates as years of other tools leave them, from a seed.
#pragma once
#include "kinds/world.hpp"

#include <cstdint>

namespace akv::test {

/// Seeds `vaults` vaults in a few groups of the world's subscription.
void seed_estate(World& world, std::uint64_t seed, std::size_t vaults);

/// A text that some YAML reader would take for something else, or that a terminal would obey.
std::string awkward_text(SeededRandom& random);

}  // namespace akv::test
