#include "akv/emulator/children.hpp"
#include "akv/emulator/jobs.hpp"
#include "akv/emulator/key_vault_errors.hpp"
#include "akv/emulator/key_vault_properties.hpp"
#include "akv/emulator/managed_hsm_life.hpp"
#include "akv/emulator/managed_hsm_rules.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/private_endpoint_connections.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

std::string id_of(const Call& call) {
  return resource_group_id(call.subscription.id, call.group.name) + "/providers/" +
         std::string(hsm_type) + "/" + std::string(call.path["hsm"]);
}

std::optional<Resource> find(const Call& call) { return call.store.resource(id_of(call)); }

std::string shown(const Call& call, const Resource& hsm) {
  return shown_hsm(hsm.body, call.api_version);
}

http::Response accepted(const Call& call, JobKind kind, const Resource& hsm,
                        const std::string& token) {
  return job_accepted(call, kind, hsm_result_path(hsm.subscription, hsm.location, token));
}

/// Where to poll, or the managed HSM as it is where the change is done. A PUT shows it in any case.
http::Response changing(const Call& call, const Resource& hsm, const std::string& token) {
  if (token.empty()) return answer(200, shown(call, hsm));
  http::Response response = accepted(call, JobKind::change_hsm, hsm, token);
  if (call.request.method == http::Method::put)
    set_body(response, Document::parse(shown(call, hsm)));
  return response;
}

void refuse_taken_name(const Call& call, std::string_view name) {
  if (call.store.named(hsm_type, name)) throw errors::hsm_already_exists(name);
  const auto deleted = call.store.deleted(hsm_type, name);
  if (!deleted) return;
  // Only whose subscription it is may know that it is there.
  if (ascii::equal(deleted->subscription, call.subscription.id)) throw errors::deleted_hsm_twin();
  throw errors::hsm_already_exists(name);
}

/// Tags, sku and identity: what stands beside the properties.
void apply_outside(const Call& call, Change change, Document& body, const Document& sent) {
  if (const Document* sku = sent.find("sku")) {
    Document wanted = hsm_sku_of(*sku, call.api_version);
    const Document* old = body.find("sku");
    if (old && !(*old == wanted)) throw errors::cannot_be_modified("sku");
    body.set("sku", std::move(wanted));
  } else if (change != Change::patch) {
    throw errors::invalid_value("sku");
  }
  if (change != Change::patch || sent.find("tags")) body.set("tags", checked_tags(sent["tags"]));
  if (const Document* identity = sent.find("identity")) {
    if (!identity->is_object()) throw errors::invalid_value("identity");
    body.set("identity", *identity);
  } else if (change != Change::patch) {
    body.erase("identity");
  }
}

/// Unlike an update it has no address to poll: its state tells when it is done.
http::Response create(const Call& call, const Document& sent) {
  const std::string name(call.path["hsm"]);
  refuse_taken_name(call, name);
  Resource hsm{.id = id_of(call),
               .subscription = call.subscription.id,
               .group = call.group.name,
               .type = std::string(hsm_type),
               .name = name,
               .location = short_region(sent["location"].string_or())};
  Document body = Document::object(
      {{"id", hsm.id}, {"name", name}, {"type", hsm_type}, {"location", sent["location"]}});
  apply_outside(call, Change::create, body, sent);
  body.set("systemData", created_by(call));
  body.set("properties",
           apply_hsm_properties(Change::create, {}, sent["properties"], hsm.location));
  touch(call, body);
  start_hsm_change(call, hsm, std::move(body), HsmChange::provision);
  return answer(200, shown(call, hsm));
}

http::Response update(const Call& call, Resource hsm, const Document& sent, Change change) {
  const std::string_view location = sent["location"].string_or(hsm.location);
  if (short_region(location) != hsm.location)
    throw errors::location_differs(hsm.name, hsm.group, hsm.location, location);
  refuse_while_changing(call, hsm);
  Document body = Document::parse(hsm.body);
  apply_outside(call, change, body, sent);
  body.set("properties",
           apply_hsm_properties(change, body["properties"], sent["properties"], hsm.location));
  touch(call, body);
  const std::string token = start_hsm_change(call, hsm, std::move(body), HsmChange::update);
  return changing(call, hsm, token);
}

/// Brings back all that was stored; nothing else that is sent is looked at.
http::Response recover(const Call& call, const Document& sent) {
  const std::string_view name = call.path["hsm"];
  const auto deleted = call.store.deleted(hsm_type, name);
  if (find(call) || !deleted || !ascii::equal(deleted->subscription, call.subscription.id) ||
      !ascii::equal(deleted->group, call.group.name) ||
      deleted->location != short_region(sent["location"].string_or()))
    throw errors::no_hsm_to_recover();
  if (!deleted->purged_by.empty()) throw errors::hsm_being_purged(name);
  Document body = Document::parse(deleted->resource);
  touch(call, body);
  Resource hsm{.id = deleted->id,
               .subscription = deleted->subscription,
               .group = deleted->group,
               .type = std::string(hsm_type),
               .name = deleted->name,
               .location = deleted->location};
  call.store.remove_deleted(hsm_type, name);
  show_connections(call.store, hsm, body);
  const std::string token = start_hsm_change(call, hsm, std::move(body), HsmChange::provision);
  return changing(call, hsm, token);
}

/// Clients write `Recover` here, and `recover` for vaults.
bool wants_recovery(const Document& properties) {
  const std::string_view mode = properties["createMode"].string_or("default");
  if (ascii::equal(mode, "recover")) return true;
  if (!ascii::equal(mode, "default")) throw errors::invalid_value("createMode");
  return false;
}

http::Response put(Call& call) {
  if (!is_hsm_name(call.path["hsm"])) throw errors::hsm_name_not_valid(call.path["hsm"]);
  const Document sent = call.read_body(hsm_properties());
  const std::string_view location = sent["location"].string_or();
  if (location.empty()) throw errors::location_required();
  if (!is_region(location)) throw errors::hsm_region_invalid(location);
  if (wants_recovery(sent["properties"])) return recover(call, sent);
  auto existing = find(call);
  return existing ? update(call, std::move(*existing), sent, Change::replace) : create(call, sent);
}

http::Response patch(Call& call) {
  Resource hsm = parent_of(call);
  const Document sent = call.read_body(hsm_properties());
  wants_recovery(sent["properties"]);
  return update(call, std::move(hsm), sent, Change::patch);
}

http::Response get(Call& call) { return answer(200, shown(call, parent_of(call))); }

http::Response remove(Call& call) {
  auto hsm = find(call);
  if (!hsm) return answer(204);
  if (const auto job = call.store.job_on(hsm->id, JobKind::delete_hsm))
    return accepted(call, JobKind::delete_hsm, *hsm, job->token);
  refuse_while_changing(call, *hsm);
  return accepted(call, JobKind::delete_hsm, *hsm, start_hsm_deletion(call, *hsm));
}

template <class Scan>
http::Response list(const Call& call, Scan scan) {
  Page page(call, LastPage::full, literal_token);
  scan(page.after(), [&](const Store::Row& row) {
    if (!ascii::equal(row.type, hsm_type)) return true;
    return page.add(row.key, shown_hsm(row.body, call.api_version));
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
    call.store.scan_type(call.subscription.id, hsm_type, after, visit);
  });
}

/// One that was never extended has its own region only.
http::Response regions(Call& call) {
  const Resource hsm = parent_of(call);
  const Document body = Document::parse(hsm.body);
  Document value = body["properties"]["regions"];
  if (!value.size())
    value = Document::array({Document::object(
        {{"name", hsm.location}, {"provisioningState", "Succeeded"}, {"isPrimary", true}})});
  return answer(200, Document::object({{"value", std::move(value)}}));
}

constexpr std::string_view one =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}";
constexpr Route routes[] = {
    {http::Method::put, one, put},
    {http::Method::patch, one, patch},
    {http::Method::get, one, get},
    {http::Method::del, one, remove},
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/"
     "managedHSMs",
     list_in_group},
    {http::Method::get, "/subscriptions/{subscription}/providers/Microsoft.KeyVault/managedHSMs",
     list_in_subscription},
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/"
     "managedHSMs/{hsm}/regions",
     regions}};

}  // namespace

std::span<const Route> managed_hsm_routes() { return routes; }

}  // namespace akv::emulator
