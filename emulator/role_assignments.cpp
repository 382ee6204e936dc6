#include "akv/emulator/role_assignments.hpp"

#include "akv/emulator/authorization_errors.hpp"
#include "akv/emulator/list_filter.hpp"
#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/time.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

/// What there is not is null here, unlike in Key Vault's answers.
Document optional_of(const Document& sent, std::string_view name) {
  const Document* value = sent.find(name);
  return value ? *value : Document();
}

Document shown(const Extension& assignment, Document properties) {
  return Document::object({{"properties", std::move(properties)},
                           {"id", assignment.id},
                           {"type", role_assignment_type},
                           {"name", assignment.name}});
}

/// The GUID at the end of `[SCOPE]/providers/Microsoft.Authorization/roleDefinitions/GUID`.
std::string role_named_by(std::string_view id) {
  const auto slash = id.rfind('/');
  const std::string_view above = id.substr(0, slash == id.npos ? 0 : slash);
  const std::string_view name = slash == id.npos ? id : id.substr(slash + 1);
  constexpr std::string_view tail = "/providers/Microsoft.Authorization/roleDefinitions";
  const bool good =
      above.size() >= tail.size() && ascii::equal(above.substr(above.size() - tail.size()), tail);
  if (!good || !is_uuid(name)) throw errors::role_id_malformed(id);
  return std::string(name);
}

/// For who is not known here, the most usual one: there is no directory.
const char* kind_of_principal(Store& store, std::string_view object_id) {
  if (const auto own = store.meta("object id"); own && ascii::equal(*own, object_id))
    return "ServicePrincipal";
  for (const StoredPrincipal& known : principals(store))
    if (ascii::equal(known.object_id, object_id))
      return known.is_user ? "User" : "ServicePrincipal";
  return "User";
}

std::string assignment_id(const Call& call, const std::string& scope) {
  return extension_id(scope, role_assignment_type, call.path["assignment"]);
}

void refuse_twins(ExtensionStore& extensions, const Extension& wanted) {
  for (const Extension& other : extensions.at(role_assignment_type, wanted.scope))
    if (ascii::equal(other.principal, wanted.principal) &&
        ascii::equal(other.detail, wanted.detail))
      throw errors::assignment_exists();
}

http::Response update(const Call& call, Extension existing, const Extension& wanted,
                      const Document& sent) {
  if (scope_key(existing.scope) != scope_key(wanted.scope) ||
      !ascii::equal(existing.principal, wanted.principal) ||
      !ascii::equal(existing.detail, wanted.detail))
    throw errors::assignment_fixed();
  Document body = Document::parse(existing.body);
  Document& properties = body.set("properties");
  bool changed = false;
  for (const char* name : {"description", "condition", "conditionVersion"}) {
    Document value = optional_of(sent, name);
    changed = changed || !(properties[name] == value);
    properties.set(name, std::move(value));
  }
  if (!changed) return answer(201, std::move(existing.body));
  properties.set("updatedOn", time::format_rfc3339_ticks(call.now));
  properties.set("updatedBy", call.caller.object_id);
  existing.conditional = wanted.conditional;
  existing.body = body.dump();
  ExtensionStore(call.store).put(existing);
  return answer(200, std::move(existing.body));
}

http::Response put(Call& call) {
  const std::string scope = scope_of(call);
  const std::string name(call.path["assignment"]);
  if (!is_uuid(name)) throw errors::assignment_id_no_guid(name);
  const Document body = call.read_body(role_assignment_properties());
  const Document& sent = body["properties"];
  const std::string principal(sent["principalId"].string_or());
  if (!is_uuid(principal)) throw errors::principal_id_no_guid(principal);
  const std::string role = role_named_by(sent["roleDefinitionId"].string_or());
  ExtensionStore extensions(call.store);
  if (!find_role(extensions, call.caller.tenant_id, role)) throw errors::role_not_found(role);

  Extension wanted{.id = assignment_id(call, scope),
                   .type = std::string(role_assignment_type),
                   .scope = scope,
                   .name = name,
                   .principal = principal,
                   .detail = role,
                   .since = call.now + call.options.role_propagation_delay,
                   .conditional = !sent["condition"].string_or().empty()};
  // A name is taken in the whole tenant, so that another scope is an update too.
  if (auto existing = extensions.named(role_assignment_type, name))
    return update(call, std::move(*existing), wanted, sent);
  refuse_twins(extensions, wanted);
  if (!call.subscription.id.empty() &&
      extensions.count_within(role_assignment_type, "/subscriptions/" + call.subscription.id) >=
          max_role_assignments)
    throw errors::too_many_assignments(max_role_assignments);

  const std::string now = time::format_rfc3339_ticks(call.now);
  Document properties = Document::object(
      {{"roleDefinitionId", sent["roleDefinitionId"]},
       {"principalId", principal},
       {"principalType", sent["principalType"].string_or(kind_of_principal(call.store, principal))},
       {"scope", scope.empty() ? "/" : scope},
       {"condition", optional_of(sent, "condition")},
       {"conditionVersion", optional_of(sent, "conditionVersion")},
       {"createdOn", now},
       {"updatedOn", now},
       {"createdBy", call.caller.object_id},
       {"updatedBy", call.caller.object_id},
       {"delegatedManagedIdentityResourceId",
        optional_of(sent, "delegatedManagedIdentityResourceId")},
       {"description", optional_of(sent, "description")}});
  Document made = shown(wanted, std::move(properties));
  wanted.body = made.dump();
  extensions.put(wanted);
  // Only this first answer does not say who made it.
  made.set("properties").set("createdBy", nullptr);
  return answer(201, made);
}

http::Response get(Call& call) {
  auto found = ExtensionStore(call.store).find(assignment_id(call, scope_of(call)));
  if (!found) throw errors::assignment_not_found(call.path["assignment"]);
  return answer(200, std::move(found->body));
}

http::Response remove(Call& call) {
  ExtensionStore extensions(call.store);
  const auto found = extensions.find(assignment_id(call, scope_of(call)));
  if (!found) return answer(204);
  extensions.remove(found->id);
  return answer(200, found->body);
}

/// At the scope, above and below it; atScope() leaves those below out.
http::Response list(Call& call) {
  const std::string scope = scope_key(scope_of(call));
  const ListFilter filter = ListFilter::of(call, {"atscope()", "principalid", "assignedto("});
  const bool only_above = filter.has("atscope()");
  Page page(call, LastPage::full);
  ExtensionStore(call.store)
      .scan(role_assignment_type, page.after(),
            [&](const std::string& key, const Extension& assignment) {
              const std::string at = scope_key(assignment.scope);
              const bool taken = (covers(at, scope) || (!only_above && covers(scope, at))) &&
                                 filter.takes("principalid", assignment.principal) &&
                                 filter.takes("assignedto(", assignment.principal);
              return !taken || page.add(key, assignment.body);
            });
  return std::move(page).response();
}

constexpr std::string_view versions[] = {
    "2015-07-01",         "2017-10-01-preview", "2018-01-01-preview", "2018-07-01",
    "2018-09-01-preview", "2020-03-01-preview", "2020-04-01-preview", "2020-08-01-preview",
    "2020-10-01-preview", "2021-04-01-preview", "2022-04-01"};
constexpr std::string_view all = "/{scope*}/providers/Microsoft.Authorization/roleAssignments";
constexpr std::string_view one =
    "/{scope*}/providers/Microsoft.Authorization/roleAssignments/{assignment}";
constexpr Route routes[] = {
    {.method = http::Method::put, .pattern = one, .handler = put, .api_versions = versions},
    {.method = http::Method::get, .pattern = one, .handler = get, .api_versions = versions},
    {.method = http::Method::del, .pattern = one, .handler = remove, .api_versions = versions},
    {.method = http::Method::get, .pattern = all, .handler = list, .api_versions = versions}};

}  // namespace

void assign_role(Store& store, const NewAssignment& assignment, SystemTime now) {
  Extension made{.id = extension_id(assignment.scope, role_assignment_type, assignment.name),
                 .type = std::string(role_assignment_type),
                 .scope = assignment.scope,
                 .name = assignment.name,
                 .principal = assignment.principal,
                 .detail = assignment.role,
                 .since = now};
  const std::string date = time::format_rfc3339_ticks(now);
  const std::string_view subscription =
      std::string_view(assignment.scope).substr(0, assignment.scope.find('/', 15));
  made.body =
      shown(made,
            Document::object({{"roleDefinitionId",
                               extension_id(subscription, role_definition_type, assignment.role)},
                              {"principalId", assignment.principal},
                              {"principalType", assignment.principal_type},
                              {"scope", assignment.scope},
                              {"condition", nullptr},
                              {"conditionVersion", nullptr},
                              {"createdOn", date},
                              {"updatedOn", date},
                              {"createdBy", assignment.by},
                              {"updatedBy", assignment.by},
                              {"delegatedManagedIdentityResourceId", nullptr},
                              {"description", nullptr}}))
          .dump();
  ExtensionStore(store).put(made);
}

std::span<const Route> role_assignment_routes() { return routes; }

}  // namespace akv::emulator
