/// Azure roles that do nothing where they are given.
#pragma once
#include "akv/provision/engine/kind.hpp"

#include <map>
#include <string>
#include <vector>

namespace akv::kinds {

/// By id of a vault that is live: whether roles decide over access to its content.
using LiveModels = std::map<std::string, bool, ascii::Less>;

/// A sentence on the vaults beside which `deployment` gives roles for keys, secrets or certificates
/// though access policies decide there. Empty where there are none.
std::string idle_roles_warning(const engine::Deployment& deployment,
                               const engine::Registry& registry,
                               const engine::Environment& environment, const LiveModels& live);

}  // namespace akv::kinds
