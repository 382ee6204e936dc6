#include "akv/provision/engine/access.hpp"

#include <algorithm>

namespace akv::engine {

std::optional<bool> Reach::admits(std::uint32_t address) const {
  if (door == Door::perimeter) return std::nullopt;
  if (door == Door::closed) return false;
  return all || std::any_of(addresses.begin(), addresses.end(),
                            [address](Ipv4Range range) { return range.covers(address); });
}

}  // namespace akv::engine
