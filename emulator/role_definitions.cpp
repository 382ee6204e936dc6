#include "akv/emulator/authorization_errors.hpp"
#include "akv/emulator/built_in_roles.hpp"
#include "akv/emulator/list_filter.hpp"
#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/time.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::size_t max_patterns = 1024, max_assignable_scopes = 2000, max_role_name = 512;

/// Below the subscription that is asked about, whatever it was made below.
Document shown(const Call& call, Document role) {
  if (!call.subscription.id.empty())
    role.set("id", extension_id("/subscriptions/" + call.subscription.id, role_definition_type,
                                role["name"].string_or()));
  return role;
}

/// Kept without a scope: a role belongs to the tenant, and its id says where it was asked for.
std::string stored_id(std::string_view role) {
  return extension_id({}, role_definition_type, ascii::lower(role));
}

bool assignable_at(const Document& role, const std::string& scope) {
  const Document& scopes = role["properties"]["assignableScopes"];
  return scopes.is_array() &&
         std::any_of(scopes.as_array().begin(), scopes.as_array().end(), [&](const Document& each) {
           return covers(scope_key(each.string_or()), scope);
         });
}

/// Whether the role can be assigned somewhere below.
bool assignable_below(const Document& role, const std::string& scope) {
  const Document& scopes = role["properties"]["assignableScopes"];
  return scopes.is_array() &&
         std::any_of(scopes.as_array().begin(), scopes.as_array().end(), [&](const Document& each) {
           return covers(scope, scope_key(each.string_or()));
         });
}

Document checked_permissions(const Document& sent) {
  if (sent.size() != 1)
    throw errors::bad_role("It must have exactly one permission with its actions.");
  Document permission = sent.as_array()[0];
  std::size_t patterns = 0;
  for (const char* name : {"actions", "notActions", "dataActions", "notDataActions"}) {
    if (!permission.find(name)) permission.set(name, Document::array());
    patterns += permission[name].size();
  }
  if (patterns > max_patterns)
    throw errors::bad_role("Its " + std::to_string(patterns) +
                           " actions are more than the maximum of " + std::to_string(max_patterns) +
                           ".");
  return Document::array({std::move(permission)});
}

void check_scopes(const Call& call, const Document& scopes) {
  if (!scopes.size()) throw errors::bad_role("assignableScopes must name at least one scope.");
  if (scopes.size() > max_assignable_scopes)
    throw errors::bad_role("assignableScopes holds more than the maximum of " +
                           std::to_string(max_assignable_scopes) + ".");
  for (const Document& scope : scopes.as_array())
    if (!call.access.may("Microsoft.Authorization/roleDefinitions/write", scope.string_or()))
      throw errors::authorization_failed(call.caller.by(), call.caller.object_id,
                                         "Microsoft.Authorization/roleDefinitions/write",
                                         scope.string_or());
}

http::Response put(Call& call) {
  scope_of(call);
  const std::string name(call.path["role"]);
  if (!is_uuid(name)) throw errors::role_id_malformed(name);
  if (find_built_in_role(name)) throw errors::role_is_built_in();
  const Document body = call.read_body(role_definition_properties());
  const Document& sent = body["properties"];
  const std::string role_name(sent["roleName"].string_or());
  if (role_name.empty()) throw errors::bad_role("roleName must not be empty.");
  if (role_name.size() > max_role_name)
    throw errors::bad_role("roleName is longer than " + std::to_string(max_role_name) + " bytes.");
  Document permissions = checked_permissions(sent["permissions"]);
  check_scopes(call, sent["assignableScopes"]);

  ExtensionStore extensions(call.store);
  bool taken = false;
  if (const BuiltInRole* known = find_built_in_role(role_name)) taken = known->id != name;
  extensions.scan(role_definition_type, {}, [&](const std::string&, const Extension& other) {
    const Document role = Document::parse(other.body);
    taken = taken ||
            (ascii::equal(other.detail, call.caller.tenant_id) && !ascii::equal(other.name, name) &&
             ascii::equal(role["properties"]["roleName"].string_or(), role_name));
    return !taken;
  });
  if (taken) throw errors::role_name_taken(role_name);

  const std::string now = time::format_rfc3339_ticks(call.now);
  const auto existing = find_role(extensions, call.caller.tenant_id, name);
  const Document before = existing ? (*existing)["properties"] : Document();
  Document properties =
      Document::object({{"roleName", role_name},
                        {"type", "CustomRole"},
                        {"description", sent["description"].string_or()},
                        {"assignableScopes", sent["assignableScopes"]},
                        {"permissions", std::move(permissions)},
                        {"createdOn", before["createdOn"].string_or(now)},
                        {"updatedOn", now},
                        {"createdBy", before["createdBy"].string_or(call.caller.object_id)},
                        {"updatedBy", call.caller.object_id}});
  const Document role = Document::object({{"properties", std::move(properties)},
                                          {"id", stored_id(name)},
                                          {"type", role_definition_type},
                                          {"name", name}});
  extensions.put({.id = stored_id(name),
                  .type = std::string(role_definition_type),
                  .scope = {},
                  .name = name,
                  .body = role.dump(),
                  .detail = call.caller.tenant_id});
  return answer(201, shown(call, role));
}

http::Response get(Call& call) {
  scope_of(call);
  ExtensionStore extensions(call.store);
  const auto role = find_role(extensions, call.caller.tenant_id, call.path["role"]);
  if (!role) throw errors::role_not_found(call.path["role"]);
  return answer(200, shown(call, *role));
}

http::Response remove(Call& call) {
  scope_of(call);
  const std::string_view name = call.path["role"];
  if (find_built_in_role(name)) throw errors::role_is_built_in();
  ExtensionStore extensions(call.store);
  const auto role = find_role(extensions, call.caller.tenant_id, name);
  if (!role) return answer(204);
  bool in_use = false;
  extensions.scan(role_assignment_type, {}, [&](const std::string&, const Extension& assignment) {
    in_use = ascii::equal(assignment.detail, name);
    return !in_use;
  });
  if (in_use) throw errors::role_in_use();
  extensions.remove(stored_id(name));
  return answer(200, shown(call, *role));
}

http::Response list(Call& call) {
  const std::string scope = scope_key(scope_of(call));
  const ListFilter filter =
      ListFilter::of(call, {"rolename", "type", "atscopeandbelow()", "atscope()"});
  // Whoever may list roles sees all that can be assigned there.
  call.list_action.clear();
  Page page(call, LastPage::full);
  auto takes = [&](const Document& role) {
    const Document& properties = role["properties"];
    return filter.takes("rolename", properties["roleName"].string_or()) &&
           filter.takes("type", properties["type"].string_or());
  };
  const bool below = filter.has("atscopeandbelow()");
  // Both lots in one order, that of their GUIDs.
  std::vector<std::pair<std::string, Document>> roles;
  for (const BuiltInRole& role : built_in_roles())
    roles.emplace_back(std::string(role.id), shown_role(role));
  ExtensionStore(call.store)
      .scan(role_definition_type, {}, [&](const std::string&, const Extension& own) {
        Document role = Document::parse(own.body);
        if (ascii::equal(own.detail, call.caller.tenant_id) &&
            (assignable_at(role, scope) || (below && assignable_below(role, scope))))
          roles.emplace_back(ascii::lower(own.name), std::move(role));
        return true;
      });
  std::sort(roles.begin(), roles.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [key, role] : roles)
    if (key > page.after() && takes(role) && !page.add(key, shown(call, role).dump())) break;
  return std::move(page).response();
}

http::Response permissions(Call& call) {
  return answer(200, Document::object({{"value", call.access.permissions(scope_of(call))}}));
}

constexpr std::string_view versions[] = {"2015-07-01", "2018-01-01-preview", "2022-04-01",
                                         "2022-05-01-preview"};
constexpr std::string_view all = "/{scope*}/providers/Microsoft.Authorization/roleDefinitions";
constexpr std::string_view one =
    "/{scope*}/providers/Microsoft.Authorization/roleDefinitions/{role}";
constexpr Route routes[] = {
    {.method = http::Method::put, .pattern = one, .handler = put, .api_versions = versions},
    {.method = http::Method::get, .pattern = one, .handler = get, .api_versions = versions},
    {.method = http::Method::del, .pattern = one, .handler = remove, .api_versions = versions},
    {.method = http::Method::get, .pattern = all, .handler = list, .api_versions = versions},
    // Everybody may ask what it may do.
    {.method = http::Method::get,
     .pattern = "/{scope*}/providers/Microsoft.Authorization/permissions",
     .handler = permissions,
     .open = true,
     .api_versions = versions}};

}  // namespace

std::span<const Route> role_definition_routes() { return routes; }

}  // namespace akv::emulator
