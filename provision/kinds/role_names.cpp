#include "akv/provision/kinds/role_names.hpp"

#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"

namespace akv::kinds {

std::string role_guid(std::string_view role, const engine::Environment& environment) {
  const std::string_view last = role.substr(role.rfind('/') + 1);
  if (is_uuid(last)) return ascii::lower(last);
  if (const WellKnownRole* known = find_role_by_name(role)) return std::string(known->id);
  for (const auto& [guid, name] : environment.roles)
    if (ascii::equal(name, role)) return ascii::lower(guid);
  return {};
}

std::string role_title(std::string_view guid, std::string_view known) {
  if (const WellKnownRole* role = find_role_by_id(guid)) return std::string(role->name);
  return known.empty() ? ascii::lower(guid) : std::string(known);
}

std::string check_role(std::string_view text) {
  if (text.empty()) return "a role needs a name; write Key Vault Secrets User, or another";
  if (text.find('/') == std::string_view::npos) return {};
  constexpr std::string_view type = "/providers/microsoft.authorization/roledefinitions/";
  const std::string id = ascii::lower(text);
  const std::size_t at = id.rfind(type);
  if (at != std::string::npos && is_uuid(std::string_view(id).substr(at + type.size()))) return {};
  return "this is no id of a role definition; write its name, its GUID, or "
         "/subscriptions/ID/providers/Microsoft.Authorization/roleDefinitions/GUID";
}

}  // namespace akv::kinds
