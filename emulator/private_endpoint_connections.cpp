#include "akv/emulator/private_endpoint_connections.hpp"

#include "akv/emulator/children.hpp"
#include "akv/emulator/jobs.hpp"
#include "akv/emulator/key_vault_properties.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/slow_writes.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view answers[] = {"Approved", "Rejected", "Pending", "Disconnected"};

std::string_view checked_status(const Document& sent) {
  for (std::string_view word : answers)
    if (ascii::equal(word, sent.string_or())) return word;
  throw errors::invalid_value("privateLinkServiceConnectionState.status");
}

std::string connection_type(const Resource& parent) {
  return std::string(type_of(parent)) + "/" + std::string(connection_collection);
}

Child need(const Call& call, const Resource& parent) {
  return need_child(call, parent, connection_collection, call.path["connection"]);
}

void put_in_order(Document& body) {
  put_first(body, {"id", "name", "type", "location", "etag"});
  if (Document* properties = body.find("properties"))
    put_first(*properties,
              {"provisioningState", "privateEndpoint", "privateLinkServiceConnectionState"});
}

/// Stores the connection with that state, and shows it in its parent.
void store_as(Store& store, std::string_view parent_id, Child& connection, Document body,
              const char* state) {
  body.set("properties").set("provisioningState", state);
  put_in_order(body);
  connection.body = body.dump();
  store.put_child(parent_id, connection);
  show_connections(store, parent_id);
}

http::Response disconnected(const Child& connection) {
  return answer(200,
                Document::object(
                    {{"id", connection.id},
                     {"name", connection.name},
                     {"type", connection.type},
                     {"properties", Document::object({{"provisioningState", "Disconnected"}})}}));
}

http::Response deletion_accepted(const Call& call, const std::string& id,
                                 const std::string& token) {
  return job_accepted(call, JobKind::delete_connection, id + "?operationid=" + token);
}

/// Where a deletion is asked for, as the published example has it: the connection's own address.
http::Response deletion_result(const Call& call, const Resource& parent, std::string_view token) {
  const auto job = call.store.job(token);
  const Child named =
      new_child(parent.id, type_of(parent), connection_collection, call.path["connection"]);
  if (!job || job->kind != JobKind::delete_connection || !ascii::equal(job->subject, named.id))
    throw errors::operation_not_found(token);
  refuse_failed(*job);
  return job->done ? disconnected(named) : deletion_accepted(call, job->subject, job->token);
}

http::Response get(Call& call) {
  const Resource parent = parent_of(call);
  if (const auto token = http::query_parameter(call.url.query, "operationid"))
    return deletion_result(call, parent, *token);
  return answer(200, need(call, parent).body);
}

http::Response list(Call& call) {
  const Resource parent = parent_of(call);
  return list_children(call, parent.id, connection_type(parent), as_stored);
}

http::Response put(Call& call) {
  const Resource parent = parent_of(call);
  const Document sent =
      call.read_body(is_hsm(parent) ? hsm_connection_properties() : connection_properties());
  Child connection = need(call, parent);
  const Document* state = sent.at_path({"properties", "privateLinkServiceConnectionState"});
  if (!state) throw errors::invalid_value("privateLinkServiceConnectionState");
  const std::string_view status = checked_status((*state)["status"]);
  if (call.store.job_on(connection.id, JobKind::delete_connection))
    throw errors::resource_not_found(connection.type + "/" + connection.name, parent.group);
  begin_write(call, parent);

  Document body = Document::parse(connection.body);
  Document& properties = body.set("properties");
  Document& stored = properties.set("privateLinkServiceConnectionState");
  stored.set("status", status);
  if (const Document* description = state->find("description"))
    stored.set("description", *description);
  stored.set("actionsRequired", (*state)["actionsRequired"].string_or("None"));
  body.set("etag", new_version(call.random));
  const bool at_once = call.options.job_delay <= call.options.job_delay.zero();
  const std::string token =
      at_once ? std::string() : start_job(call, JobKind::update_connection, connection.id);
  store_as(call.store, parent.id, connection, std::move(body), at_once ? "Succeeded" : "Updating");
  http::Response response = answer(200, connection.body);
  if (!at_once)
    response.headers.set("Azure-AsyncOperation",
                         call.origin() + "/subscriptions/" + call.subscription.id +
                             "/providers/Microsoft.KeyVault/locations/" + parent.location +
                             "/operationResults/" + token + "?api-version=" + call.api_version);
  return response;
}

http::Response remove(Call& call) {
  const Resource parent = parent_of(call);
  auto connection = find_child(call, parent.id, connection_collection, call.path["connection"]);
  if (!connection) return answer(204);
  if (const auto job = call.store.job_on(connection->id, JobKind::delete_connection))
    return deletion_accepted(call, connection->id, job->token);
  begin_write(call, parent);
  if (call.options.job_delay <= call.options.job_delay.zero()) {
    call.store.remove_child(connection->id);
    show_connections(call.store, parent.id);
    return disconnected(*connection);
  }
  const std::string token = start_job(call, JobKind::delete_connection, connection->id);
  store_as(call.store, parent.id, *connection, Document::parse(connection->body), "Deleting");
  return deletion_accepted(call, connection->id, token);
}

constexpr std::string_view of_vault =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/privateEndpointConnections";
constexpr std::string_view one_of_vault =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/privateEndpointConnections/{connection}";
constexpr std::string_view of_hsm =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}/privateEndpointConnections";
constexpr std::string_view one_of_hsm =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}/privateEndpointConnections/{connection}";
constexpr Route routes[] = {
    {http::Method::get, of_vault, list},    {http::Method::get, one_of_vault, get},
    {http::Method::put, one_of_vault, put}, {http::Method::del, one_of_vault, remove},
    {http::Method::get, of_hsm, list},      {http::Method::get, one_of_hsm, get},
    {http::Method::put, one_of_hsm, put},   {http::Method::del, one_of_hsm, remove}};

}  // namespace

void show_connections(Store& store, const Resource& resource, Document& body) {
  Document items = Document::array();
  store.scan_children(resource.id, connection_type(resource), {}, [&](const Child& child) {
    Document stored = Document::parse(child.body);
    Document item = Document::object({{"id", child.id}});
    for (const char* name : {"etag", "properties"})
      if (Document* value = stored.find(name)) item.set(name, std::move(*value));
    items.push_back(std::move(item));
    return true;
  });
  if (items.size()) {
    Document& properties = body.set("properties");
    properties.set("privateEndpointConnections", std::move(items));
    if (!is_hsm(resource)) put_first(properties, {"sku", "tenantId", "privateEndpointConnections"});
  } else if (Document* properties = body.find("properties")) {
    properties->erase("privateEndpointConnections");
  }
}

void complete_connection(const Resource& parent, Document& body, RandomSource& random) {
  if (!body.find("etag")) body.set("etag", new_version(random));
  if (!body.find("location")) body.set("location", parent.location);
  Document& properties = body.set("properties");
  if (!properties.find("provisioningState")) properties.set("provisioningState", "Succeeded");
  Document& state = properties.set("privateLinkServiceConnectionState");
  if (!state.find("status")) state.set("status", "Pending");
  if (!state.find("actionsRequired")) state.set("actionsRequired", "None");
  put_in_order(body);
}

void show_connections(Store& store, std::string_view id) {
  auto resource = store.resource(id);
  if (!resource) return;  // Deleted meanwhile: recovery shows them.
  Document body = Document::parse(resource->body);
  show_connections(store, *resource, body);
  resource->body = body.dump();
  store.put_resource(*resource);
}

void finish_connection(Store& store, const Job& job) {
  auto connection = store.child(job.subject);
  if (!connection) return;
  ResourceId parent = ResourceId::parse(job.subject).value_or(ResourceId{});
  parent.types.resize(1);
  if (job.kind == JobKind::delete_connection) {
    store.remove_child(connection->id);
    show_connections(store, parent.to_string());
    return;
  }
  Document body = Document::parse(connection->body);
  // A deletion that began meanwhile has set another state.
  if (body["properties"]["provisioningState"].string_or() != "Updating") return;
  // Any other than before: the job's own name is one.
  std::string etag = job.token;
  std::erase(etag, '-');
  body.set("etag", std::move(etag));
  store_as(store, parent.to_string(), *connection, std::move(body), "Succeeded");
}

std::span<const Route> private_endpoint_connection_routes() { return routes; }

}  // namespace akv::emulator
