/// Role assignments past the rules of their route, for principals that the emulator itself makes.
#pragma once
#include "akv/emulator/extension_store.hpp"

#include <string>

namespace akv::emulator {

struct NewAssignment {
  std::string name;   ///< A GUID.
  std::string scope;  ///< As shown.
  std::string role;   ///< The role's GUID.
  std::string principal, principal_type;
  std::string by;  ///< The object id of who assigns it.
};

/// Counts at once.
void assign_role(Store& store, const NewAssignment& assignment, SystemTime now);

/// Azure's limit for a subscription.
inline constexpr std::size_t max_role_assignments = 4000;

}  // namespace akv::emulator
