#include "akv/emulator/moves.hpp"

#include "akv/emulator/authorization_errors.hpp"
#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/gate.hpp"
#include "akv/emulator/jobs.hpp"
#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/private_endpoint_connections.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <utility>
#include <vector>

namespace akv::emulator {
namespace {

using json::Document;

/// As published.
constexpr std::size_t max_moved = 800;

Refusal invalid(const std::string& problem) { return errors::invalid_request_content(problem); }

/// The group that the request names. Throws Refusal where it is not there, or not the caller's to
/// write to.
Group target_of(const Call& call, std::string_view asked) {
  const auto id = ResourceId::parse(asked);
  if (!id || id->resource_group.empty() || !id->provider.empty())
    throw invalid("The targetResourceGroup '" + std::string(asked) + "' is no resource group id.");
  const auto subscription = call.store.subscription(id->subscription);
  if (!subscription || !ascii::equal(subscription->tenant_id, call.caller.tenant_id))
    throw errors::subscription_not_found(id->subscription);
  auto group = call.store.group(id->subscription, id->resource_group);
  if (!group) throw errors::group_not_found(id->resource_group);
  const std::string scope = resource_group_id(group->subscription, group->name);
  constexpr std::string_view action = "Microsoft.Resources/subscriptions/resourceGroups/write";
  if (!call.access.may(action, scope))
    throw errors::authorization_failed(call.caller.by(), call.caller.object_id, std::string(action),
                                       scope);
  if (!group->deleted_by.empty()) throw errors::group_being_deleted(group->name);
  refuse_read_only(call, scope);
  return std::move(*group);
}

std::string moved_id(const Resource& resource, const Group& target) {
  const auto old_group = resource_group_id(resource.subscription, resource.group).size();
  return resource_group_id(target.subscription, target.name) + resource.id.substr(old_group);
}

/// The request with ids as they are stored, once it can be carried out.
Document checked(const Call& call) {
  const auto source = call.store.group(call.subscription.id, call.path["group"]);
  if (!source) throw errors::group_not_found(call.path["group"]);
  if (!source->deleted_by.empty()) throw errors::group_being_deleted(source->name);
  const Document sent = call.read_body(move_properties());
  const Group target = target_of(call, sent["targetResourceGroup"].string_or());
  const std::string from = resource_group_id(source->subscription, source->name);
  const std::string to = resource_group_id(target.subscription, target.name);
  if (ascii::equal(from, to)) throw invalid("The source and the target group are the same.");
  if (sent["resources"].size() == 0 || sent["resources"].size() > max_moved)
    throw invalid("The resources must be 1 to " + std::to_string(max_moved) + ".");

  Document ids = Document::array();
  for (const Document& each : sent["resources"].as_array()) {
    const std::string_view id = each.string_or();
    const auto resource = call.store.resource(id);
    if (!resource || !ascii::starts_with(resource->id, from + "/")) {
      const auto parts = ResourceId::parse(id);
      throw errors::resource_not_found(
          parts ? parts->type() + "/" + parts->name() : std::string(id), source->name);
    }
    const std::string there = moved_id(*resource, target);
    if (call.store.resource(there)) throw errors::already_in_target(there);
    refuse_read_only(call, resource->id);
    ids.push_back(resource->id);
  }
  return Document::object({{"resources", std::move(ids)}, {"targetResourceGroup", to}});
}

http::Response accepted(const Call& call, std::string_view request) {
  const std::string token = start_job(call, JobKind::move_resources, request);
  return job_accepted(call, JobKind::move_resources,
                      "/subscriptions/" + call.subscription.id + "/operationresults/" + token);
}

http::Response move(Call& call) { return accepted(call, checked(call).dump()); }

http::Response validate(Call& call) {
  checked(call);
  return accepted(call, {});
}

void move_one(Store& store, Resource resource, const Group& target) {
  const std::string old_id = std::exchange(resource.id, moved_id(resource, target));
  resource.subscription = target.subscription;
  resource.group = target.name;
  store.remove_resource(old_id);
  store.move_children(old_id, resource.id);
  ExtensionStore extensions(store);
  // Locks of it and of its parts go along; assignments are not moved, as published.
  const std::vector<Extension> locks = extensions.within(lock_type, old_id);
  extensions.remove_within(old_id);
  for (Extension lock : locks) {
    lock.scope = resource.id + lock.scope.substr(old_id.size());
    lock.id = extension_id(lock.scope, lock_type, lock.name);
    lock.body = Document::parse(lock.body).set("id", lock.id).dump();
    extensions.put(lock);
  }
  Document body = Document::parse(resource.body);
  body.set("id", resource.id);
  show_connections(store, resource, body);
  resource.body = body.dump();
  resource.summary = summary_of(body, resource.location);
  store.put_resource(resource);
}

constexpr Route routes[] = {
    {http::Method::post, "/subscriptions/{subscription}/resourcegroups/{group}/moveResources",
     move},
    {http::Method::post,
     "/subscriptions/{subscription}/resourcegroups/{group}/validateMoveResources", validate}};

}  // namespace

void finish_move(Store& store, const Job& job) {
  if (job.subject.empty()) return;
  const Document request = Document::parse(job.subject);
  const auto to = ResourceId::parse(request["targetResourceGroup"].string_or());
  const auto target = store.group(to->subscription, to->resource_group);
  if (!target) return;
  for (const Document& id : request["resources"].as_array()) {
    auto resource = store.resource(id.string_or());
    if (!resource) continue;
    // Made there since the move was accepted: the job fails whole.
    const std::string there = moved_id(*resource, *target);
    if (store.resource(there)) throw errors::already_in_target(there);
    move_one(store, std::move(*resource), *target);
  }
}

std::span<const Route> move_routes() { return routes; }

}  // namespace akv::emulator
