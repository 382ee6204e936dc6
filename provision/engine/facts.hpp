/// What guards know of the caller, beyond the plan.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace akv::engine {

struct Facts {
  std::string caller;  ///< Object id of the one who plans or applies; empty: not known.
  /// Object ids of the groups that the caller is in, where the token lists them all.
  std::optional<std::vector<std::string>> groups{};
  std::optional<std::uint32_t> address{};  ///< The caller's public IPv4 address, `--my-ip`.
};

}  // namespace akv::engine
