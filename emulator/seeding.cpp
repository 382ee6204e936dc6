#include "akv/emulator/seeding.hpp"

#include "akv/emulator/children.hpp"
#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/key_vault_properties.hpp"
#include "akv/emulator/private_endpoint_connections.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/secrets.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <stdexcept>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr Property any_resource[] = {
    {"id"}, {"name"}, {"type"}, {"location"}, {"tags", Kind::text_map}};

/// What we know of resources and parts of that type.
std::span<const Property> known_of(const ResourceId& id) {
  if (id.provider.empty()) return group_properties();
  if (!is_child(id)) {
    if (ascii::equal(id.type(), vault_type)) return vault_properties();
    return ascii::equal(id.type(), hsm_type) ? hsm_properties() : any_resource;
  }
  const std::string_view collection = id.types[1].first;
  if (ascii::equal(collection, "keys")) return key_properties();
  if (ascii::equal(collection, secret_collection)) return secret_properties();
  if (ascii::equal(collection, connection_collection)) return hsm_connection_properties();
  return any_resource;
}

/// Answers are made of it, and jobs work on it, whoever wrote it.
void check(const ResourceId& id, const Document& resource) {
  for (const char* member : {"properties", "tags"})
    if (const Document* value = resource.find(member); value && !value->is_object())
      throw std::invalid_argument(std::string("the seed's ") + member + " are no object");
  if (resource.is_null()) return;
  if (!resource.is_object()) throw std::invalid_argument("the seed is no object");
  Document looked_at = resource;
  // Policies are read with care, whatever they are: an odd entry that another hand left is a test.
  if (Document* properties = looked_at.find("properties")) properties->erase("accessPolicies");
  const std::string problem = wrong_kind(looked_at, known_of(id));
  if (!problem.empty())
    throw std::invalid_argument("the seed of '" + id.to_string() + "': " + problem);
}

void take_away(Store& store, const ResourceId& id) {
  if (id.provider.empty()) {
    store.remove_group(id.subscription, id.resource_group);
  } else {
    store.remove_resource(id.to_string());
    store.remove_children(id.to_string());
  }
  ExtensionStore(store).remove_within(id.to_string());
}

Group group_of(const Subscription& subscription, const ResourceId& id,
               const std::string& location) {
  return {.subscription = subscription.id,
          .name = id.resource_group,
          .location = location,
          .body = Document::object(
                      {{"id", resource_group_id(subscription.id, id.resource_group)},
                       {"name", id.resource_group},
                       {"type", "Microsoft.Resources/resourceGroups"},
                       {"location", location},
                       {"properties", Document::object({{"provisioningState", "Succeeded"}})}})
                      .dump()};
}

}  // namespace

void seed(Store& store, RandomSource& random, const std::string& resource_id, Document resource) {
  const auto id = ResourceId::parse(resource_id);
  if (!id || id->resource_group.empty())
    throw std::invalid_argument("'" + resource_id + "' is the id of no resource or resource group");
  const auto subscription = store.subscription(id->subscription);
  if (!subscription)
    throw std::invalid_argument("the emulator has no subscription '" + id->subscription +
                                "'; add it first");
  check(*id, resource);
  if (is_child(*id)) return seed_child(store, random, *id, std::move(resource));
  if (resource.is_null()) return take_away(store, *id);
  for (auto [name, value] :
       {std::pair{"id", id->to_string()}, {"name", id->name()}, {"type", id->type()}})
    if (!resource.find(name)) resource.set(name, value);
  const std::string location = short_region(resource["location"].string_or("eastus"));
  if (id->provider.empty()) {
    Group group = group_of(*subscription, *id, location);
    group.body = resource.dump();
    return store.put_group(group);
  }
  if (!store.group(subscription->id, id->resource_group))
    store.put_group(group_of(*subscription, *id, location));
  store.put_resource({.id = id->to_string(),
                      .subscription = subscription->id,
                      .group = id->resource_group,
                      .type = id->type(),
                      .name = id->name(),
                      .location = location,
                      .body = resource.dump(),
                      .summary = summary_of(resource, location)});
}

}  // namespace akv::emulator
