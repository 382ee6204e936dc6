/// IPv4 addresses and ranges of them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace akv::engine {

struct Ipv4Range {
  std::uint32_t address = 0;
  unsigned prefix = 32;  ///< 0 to 32; with 32 it is one address.

  std::uint32_t mask() const { return prefix == 0 ? 0 : ~std::uint32_t{0} << (32U - prefix); }
  bool covers(std::uint32_t other) const { return ((address ^ other) & mask()) == 0; }
};

/// `203.0.113.7` or `203.0.113.0/24`; digits only, no leading zeros (some readers take those for
/// octal). Bits beyond the prefix may be set. nullopt for everything else.
std::optional<Ipv4Range> parse_ipv4_range(std::string_view text);
std::string to_text(Ipv4Range range);  ///< `203.0.113.0/24`, `203.0.113.7/32`

}  // namespace akv::engine
