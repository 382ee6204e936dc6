// User-assigned identities, and the one that any resource may have of its own: as much of them as
// it takes to ask for a principal id.
#include "akv/emulator/paging.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/resource_id.hpp"

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view type = "Microsoft.ManagedIdentity/userAssignedIdentities";

std::string id_of(const Call& call) {
  return resource_group_id(call.subscription.id, call.group.name) + "/providers/" +
         std::string(type) + "/" + std::string(call.path["identity"]);
}

http::Response put(Call& call) {
  const Document sent = call.read_body(group_properties());
  const std::string_view location = sent["location"].string_or();
  if (location.empty()) throw errors::location_required();
  if (!is_region(location)) throw errors::location_unknown(location, type);
  const auto existing = call.store.resource(id_of(call));
  if (existing && short_region(location) != existing->location)
    throw errors::location_differs(existing->name, existing->group, existing->location, location);
  const std::string name(call.path["identity"]);
  Document properties = existing ? Document::parse(existing->body)["properties"]
                                 : Document::object({{"tenantId", call.caller.tenant_id},
                                                     {"principalId", new_uuid(call.random)},
                                                     {"clientId", new_uuid(call.random)}});
  Resource identity{.id = existing ? existing->id : id_of(call),
                    .subscription = call.subscription.id,
                    .group = call.group.name,
                    .type = std::string(type),
                    .name = existing ? existing->name : name,
                    .location = short_region(location)};
  const Document body = Document::object({{"id", identity.id},
                                          {"name", identity.name},
                                          {"type", type},
                                          {"location", identity.location},
                                          {"tags", checked_tags(sent["tags"])},
                                          {"properties", std::move(properties)}});
  identity.body = body.dump();
  identity.summary = summary_of(body, identity.location);
  call.store.put_resource(identity);
  return answer(existing ? 200 : 201, identity.body);
}

http::Response get(Call& call) {
  const auto identity = call.store.resource(id_of(call));
  if (!identity)
    throw errors::resource_not_found(std::string(type) + "/" + std::string(call.path["identity"]),
                                     call.group.name);
  return answer(200, identity->body);
}

http::Response remove(Call& call) {
  const auto identity = call.store.resource(id_of(call));
  if (!identity) return answer(204);
  call.store.remove_resource(identity->id);
  return answer(200);
}

http::Response list(Call& call) {
  Page page(call, LastPage::full);
  call.store.scan_below(resource_group_id(call.subscription.id, call.group.name), page.after(),
                        [&](const Store::Row& row) {
                          return !ascii::equal(row.type, type) || page.add(row.key, row.body);
                        });
  return std::move(page).response();
}

/// That of the resource itself; a seeded one says it in `identity`.
http::Response get_default(Call& call) {
  const std::string scope = scope_of(call);
  const auto resource = call.store.resource(scope);
  const Document body = resource ? Document::parse(resource->body) : Document();
  const Document& identity = body["identity"];
  if (identity["principalId"].string_or().empty())
    throw errors::resource_not_found("Microsoft.ManagedIdentity/identities/default",
                                     call.group.name);
  return answer(
      200,
      Document::object(
          {{"id", extension_id(scope, "Microsoft.ManagedIdentity/identities", "default")},
           {"name", "default"},
           {"type", "Microsoft.ManagedIdentity/identities"},
           {"location", body["location"]},
           {"properties",
            Document::object({{"tenantId", identity["tenantId"].string_or(call.caller.tenant_id)},
                              {"principalId", identity["principalId"]}})}}));
}

constexpr std::string_view versions[] = {"2018-11-30", "2023-01-31", "2024-11-30"};
constexpr std::string_view types[] = {"identities", "userAssignedIdentities"};
constexpr std::string_view all =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.ManagedIdentity/"
    "userAssignedIdentities";
constexpr std::string_view one =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.ManagedIdentity/"
    "userAssignedIdentities/{identity}";
constexpr Route routes[] = {
    {http::Method::put, one, put},
    {http::Method::get, one, get},
    {http::Method::del, one, remove},
    {http::Method::get, all, list},
    {http::Method::get, "/{scope*}/providers/Microsoft.ManagedIdentity/identities/default",
     get_default}};

}  // namespace

const Provider& managed_identity_provider() {
  static const std::span<const Route> lists[] = {routes};
  static const Provider provider{.name_space = "Microsoft.ManagedIdentity",
                                 .api_versions = versions,
                                 .resource_types = types,
                                 .routes = lists,
                                 .regional_types = std::span(types).first(1)};
  return provider;
}

}  // namespace akv::emulator
