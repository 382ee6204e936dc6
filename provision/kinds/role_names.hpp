/// Roles by name: those that are built in are known offline, all others are asked for.
#pragma once
#include "akv/provision/engine/kind.hpp"

#include <string>
#include <string_view>

namespace akv::kinds {

/// The GUID that a manifest's `role` stands for, in lower case: a GUID, an id of a role definition,
/// or a name that is built in or in `environment`. Empty for another name.
std::string role_guid(std::string_view role, const engine::Environment& environment);
/// What people call the role: its name where it is built in or `known`, else the GUID.
std::string role_title(std::string_view guid, std::string_view known = {});

/// A manifest's `role`: a name, a GUID, or the id of a role definition.
std::string check_role(std::string_view text);

}  // namespace akv::kinds
