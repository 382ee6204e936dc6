/// The rights that changes take.
#pragma once
#include <string>
#include <string_view>

namespace akv::engine {

/// An action that whoever carries out a change must be allowed at a scope.
struct Need {
  std::string action;       ///< `Microsoft.KeyVault/vaults/write`
  std::string scope;        ///< ARM id of what it is done to, which may not be there yet.
  std::string_view role{};  ///< A built-in role that has it; a literal.
  /// A right under a condition does not do: a switch of the access model.
  bool unconditional = false;
  /// The service looks whether it is there; nothing is sent to the scope, so its locks and its
  /// provider do not matter.
  bool only_looked_up = false;
};

}  // namespace akv::engine
