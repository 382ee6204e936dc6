/// Names in a manifest that only ARM can tell: roles that are not built in, and the principals
/// behind managed identities.
#pragma once
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace akv::kinds {

struct OnlineNames {
  /// The deployment with the object ids of managed identities filled in, where it names any.
  std::optional<engine::Deployment> deployment{};
  std::map<std::string, std::string, ascii::Less> roles{};  ///< As Environment::roles.
  /// Objects that need what could not be read.
  std::vector<engine::Unreadable> unreadable{};
};

/// Asks only for what is used: one GET for each identity, one list of roles for each subscription.
/// Throws NameMistakes for what does not exist, AzureError for what is no answer.
OnlineNames resolve_names(const engine::Deployment& deployment, const Connection& connection,
                          const Context& context);

}  // namespace akv::kinds
