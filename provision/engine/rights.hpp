/// What a list of permissions grants, by the rules of Azure's roles. Pure.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

/// The permissions of one role, as roles and `…/permissions` show them; its data actions are left
/// out, for nothing that a plan does is one.
struct Permission {
  std::vector<std::string> actions{}, not_actions{};
  bool conditional = false;  ///< The role itself has a condition.
};

/// An element of `permissions`, or of that list's answer. What is no text is passed over.
Permission permission_of(const json::Document& raw);

/// Whether an action, or the pattern of one, names this action. `*` takes any text, also none and
/// also with slashes in it, and `vaults/*/read` names `vaults/read` too: Azure's roles are written
/// as if it did. Without case. Never slow, whatever the pattern.
bool action_matches(std::string_view pattern, std::string_view action);

enum class Granted { no, under_condition, yes };

/// Any one permission that names the action and does not take it back grants it; what `notActions`
/// take back is taken from the same permission only, not from the others.
Granted granted(const std::vector<Permission>& permissions, std::string_view action);

}  // namespace akv::engine
