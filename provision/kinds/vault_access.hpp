/// Who gets at a vault or has a role beside it, and from where: for the lock-out guard.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/engine/access.hpp"

#include <vector>

namespace akv::kinds {

/// `canonical` may lack what a create leaves to the service's defaults. `live` is the raw live
/// vault, for its private endpoints; null where there is none.
engine::Access vault_access(const json::Document& canonical, const json::Document& live);

/// What the roles in a canonical list of role assignments let people do with vaults. A custom role
/// is taken for one that uses the content: what it allows is not known here.
std::vector<engine::Grant> role_grants(const json::Document& role_assignments);

}  // namespace akv::kinds
