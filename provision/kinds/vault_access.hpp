/// Who gets at a vault or has a role beside it, and from where: for the lock-out guard.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/engine/access.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace akv::kinds {

/// `canonical` may lack what a create leaves to the service's defaults. `live` is the raw live
/// vault, for its private endpoints; null where there is none.
engine::Access vault_access(const json::Document& canonical, const json::Document& live);

/// What a canonical role assignment lets its principal do with vaults; nullopt where that is
/// nothing. Under a condition nobody administers: on what it holds, only the service can tell. A
/// custom role is taken for one that uses the content: what it allows is not known here.
std::optional<engine::Grant> role_grant(const json::Document& role_assignment);
/// The same for each of a list.
std::vector<engine::Grant> role_grants(const json::Document& role_assignments);

/// Whether a canonical role assignment is of a role whose meaning is known here, not a custom one.
bool is_known_role(const json::Document& role_assignment);

/// The categories of a vault's content that the role, a GUID in lower case, lets its holder purge.
std::span<const std::string_view> purged_by(std::string_view role);

}  // namespace akv::kinds
