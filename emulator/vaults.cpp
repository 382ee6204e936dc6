#include "akv/emulator/authorization_errors.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/private_endpoint_connections.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/slow_writes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

std::optional<Resource> find(const Call& call) {
  return call.store.resource(vault_id(call.subscription.id, call.group.name, call.path["vault"]));
}

Resource need(const Call& call) {
  auto vault = find(call);
  if (!vault)
    throw errors::resource_not_found(
        std::string(vault_type) + "/" + std::string(call.path["vault"]), call.group.name);
  return std::move(*vault);
}

std::string shown(const Call& call, const Resource& vault) {
  return shown_vault(vault.body, vault.ready_at, call.now, call.api_version);
}

/// Stores `body` as the vault's and answers with it.
http::Response save(const Call& call, Resource& vault, Document& body) {
  put_last(body, "properties");
  vault.body = body.dump();
  vault.summary = summary_of(body, vault.location);
  call.store.put_resource(vault);
  return answer(200, shown(call, vault));
}

void refuse_taken_name(const Call& call, std::string_view name) {
  if (call.store.named(vault_type, name)) throw errors::vault_already_exists(name);
  const auto deleted = call.store.deleted(vault_type, name);
  if (!deleted) return;
  // Only whose subscription it is may know that it is there.
  if (ascii::equal(deleted->subscription, call.subscription.id)) throw errors::deleted_twin();
  throw errors::vault_already_exists(name);
}

http::Response create(const Call& call, const Document& sent) {
  const std::string name(call.path["vault"]);
  refuse_taken_name(call, name);
  Resource vault{.id = vault_id(call.subscription.id, call.group.name, name),
                 .subscription = call.subscription.id,
                 .group = call.group.name,
                 .type = std::string(vault_type),
                 .name = name,
                 .location = short_region(sent["location"].string_or()),
                 .ready_at = call.now + call.options.dns_delay};
  Document body =
      Document::object({{"id", vault.id},
                        {"name", name},
                        {"type", vault_type},
                        {"location", sent["location"]},
                        {"tags", checked_tags(sent["tags"])},
                        {"systemData", created_by(call)},
                        {"properties", apply_properties(Change::create, {}, sent["properties"],
                                                        name, call.api_version)}});
  touch(call, body);
  http::Response response = save(call, vault, body);
  if (call.now >= vault.ready_at) return response;
  // Only the first answer has the address without its last slash, and the name as it was sent.
  Document first = Document::parse(response.body);
  Document& uri = first.set("properties").set("vaultUri");
  uri = "https://" + name + ".vault.azure.net";
  return answer(200, first);
}

/// Who may give rights may also say how they are given.
void check_access_model(const Call& call, const Resource& vault, const Document& before,
                        const Document& after) {
  auto uses_roles = [](const Document& properties) {
    return properties["enableRbacAuthorization"].bool_or(false);
  };
  if (uses_roles(before) == uses_roles(after)) return;
  if (!call.access.may_unconditionally("Microsoft.Authorization/roleAssignments/write", vault.id))
    throw errors::permission_model_stays(call.caller.object_id, vault.id);
}

http::Response replace(const Call& call, Resource vault, const Document& sent) {
  if (short_region(sent["location"].string_or()) != vault.location)
    throw errors::location_differs(vault.name, vault.group, vault.location,
                                   sent["location"].string_or());
  begin_write(call, vault);
  Document body = Document::parse(vault.body);
  body.set("tags", checked_tags(sent["tags"]));
  Document properties = apply_properties(Change::replace, body["properties"], sent["properties"],
                                         vault.name, call.api_version);
  check_access_model(call, vault, body["properties"], properties);
  body.set("properties", std::move(properties));
  touch(call, body);
  return save(call, vault, body);
}

http::Response recover(const Call& call, const Document& sent) {
  const std::string_view name = call.path["vault"];
  const auto deleted = call.store.deleted(vault_type, name);
  if (find(call) || !deleted || !ascii::equal(deleted->subscription, call.subscription.id) ||
      !ascii::equal(deleted->group, call.group.name) ||
      deleted->location != short_region(sent["location"].string_or()))
    throw errors::nothing_to_recover();
  if (!deleted->purged_by.empty()) throw errors::being_purged(name);
  Document body = Document::parse(deleted->resource);
  // Checked as Azure checks them, whether they are applied or not.
  Document applied = apply_properties(Change::patch, body["properties"], sent["properties"],
                                      deleted->name, call.api_version);
  if (call.options.recover_applies_properties) {
    if (const Document* tags = sent.find("tags")) body.set("tags", checked_tags(*tags));
    body.set("properties", std::move(applied));
  }
  touch(call, body);
  Resource vault{.id = deleted->id,
                 .subscription = deleted->subscription,
                 .group = deleted->group,
                 .type = std::string(vault_type),
                 .name = deleted->name,
                 .location = deleted->location};
  call.store.remove_deleted(vault_type, name);
  show_connections(call.store, vault, body);
  return save(call, vault, body);
}

/// Absent means default.
bool wants_recovery(const Document& properties) {
  const Document* mode = properties.find("createMode");
  if (!mode || ascii::equal(mode->string_or(), "default")) return false;
  if (ascii::equal(mode->string_or(), "recover")) return true;
  throw errors::invalid_value("createMode");
}

http::Response put(Call& call) {
  if (!is_vault_name(call.path["vault"])) throw errors::vault_name_not_valid(call.path["vault"]);
  const Document sent = call.read_body(vault_properties());
  const std::string_view location = sent["location"].string_or();
  if (location.empty()) throw errors::location_required();
  if (!is_region(location)) throw errors::location_unknown(location, vault_type);
  if (wants_recovery(sent["properties"])) return recover(call, sent);
  auto existing = find(call);
  return existing ? replace(call, std::move(*existing), sent) : create(call, sent);
}

http::Response patch(Call& call) {
  Resource vault = need(call);
  const Document sent = call.read_body(vault_properties());
  wants_recovery(sent["properties"]);
  if (const Document* location = sent.find("location");
      location && short_region(location->string_or()) != vault.location)
    throw errors::location_differs(vault.name, vault.group, vault.location, location->string_or());
  begin_write(call, vault);
  Document body = Document::parse(vault.body);
  if (const Document* tags = sent.find("tags")) body.set("tags", checked_tags(*tags));
  Document properties = apply_properties(Change::patch, body["properties"], sent["properties"],
                                         vault.name, call.api_version);
  check_access_model(call, vault, body["properties"], properties);
  body.set("properties", std::move(properties));
  touch(call, body);
  return save(call, vault, body);
}

http::Response get(Call& call) { return answer(200, shown(call, need(call))); }

http::Response remove(Call& call) {
  const auto vault = find(call);
  if (!vault) return answer(204);
  begin_write(call, *vault);
  delete_resource(call.store, *vault, call.now);
  return answer(200);
}

template <class Scan>
http::Response list(const Call& call, Scan scan) {
  Page page(call, LastPage::empty, literal_token);
  scan(page.after(), [&](const Store::Row& row) {
    if (!ascii::equal(row.type, vault_type)) return true;
    return page.add(row.key, shown_vault(row.body, row.ready_at, call.now, call.api_version));
  });
  return std::move(page).response();
}

http::Response list_in_group(Call& call) {
  return list(call, [&](const std::string& after, const Store::Visit& visit) {
    call.store.scan_below(resource_group_id(call.subscription.id, call.group.name), after, visit);
  });
}

http::Response list_in_subscription(Call& call) {
  return list(call, [&](const std::string& after, const Store::Visit& visit) {
    call.store.scan_type(call.subscription.id, vault_type, after, visit);
  });
}

constexpr std::string_view one =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}";
constexpr Route routes[] = {
    {http::Method::put, one, put},
    {http::Method::patch, one, patch},
    {http::Method::get, one, get},
    {http::Method::del, one, remove},
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults",
     list_in_group},
    {http::Method::get, "/subscriptions/{subscription}/providers/Microsoft.KeyVault/vaults",
     list_in_subscription}};

}  // namespace

std::span<const Route> vault_routes() { return routes; }

}  // namespace akv::emulator
