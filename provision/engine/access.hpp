/// Who gets at an object and from where, as far as its own documents say: what the lock-out guard
/// compares before and after a change.
#pragma once
#include "akv/provision/engine/ipv4.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace akv::engine {

/// What decides over access to the content of an object.
enum class AccessModel : std::uint8_t { unknown, policies, roles };

/// One principal's way in.
struct Grant {
  enum class Way : std::uint8_t {
    policy,      ///< An access policy: counts where policies do.
    data_role,   ///< A role for the content: counts where roles do.
    write_role,  ///< A role that may write the object, and so its access policies.
    owner_role,  ///< A role that may give anybody any access.
  };
  /// Lower case; `OBJECT/APPLICATION` where an application acts for it, which is no access of its
  /// own.
  std::string object_id;
  Way way = Way::policy;
  bool administers = false;  ///< May change the content or who has access, on no condition.
  std::string what{};        ///< `keys, secrets`, `Key Vault Administrator`
  bool conditional = false;  ///< A role that would administer, but for its condition.
};

/// From where an object can be reached.
struct Reach {
  enum class Door : std::uint8_t { open, closed, perimeter };
  Door door = Door::open;  ///< Of public networks: Enabled, Disabled, SecuredByPerimeter.
  bool all = true;         ///< The default action is Allow.
  std::vector<Ipv4Range> addresses{};
  std::size_t subnets = 0;
  bool azure_services = true;         ///< Trusted services of Azure pass by.
  std::size_t private_endpoints = 0;  ///< Approved ones.

  /// Whether public networks let the address in; nullopt where a perimeter decides.
  std::optional<bool> admits(std::uint32_t address) const;
};

struct Access {
  AccessModel model = AccessModel::unknown;
  std::vector<Grant> grants{};
  Reach reach{};
};

}  // namespace akv::engine
