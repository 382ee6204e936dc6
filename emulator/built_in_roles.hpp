/// The built-in roles that matter to Key Vault, as Azure publishes them.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <span>
#include <string_view>

namespace akv::emulator {

/// Points at literals.
struct BuiltInRole {
  std::string_view id, name, description;
  std::span<const std::string_view> actions, not_actions, data_actions;
  std::string_view condition{};  ///< On what the role gives, whoever assigns it.
};

/// In the order of their names.
std::span<const BuiltInRole> built_in_roles();
/// By id (the GUID) or by name, without case.
const BuiltInRole* find_built_in_role(std::string_view id_or_name);
/// As GET shows it; its id is below no scope.
json::Document shown_role(const BuiltInRole& role);

}  // namespace akv::emulator
