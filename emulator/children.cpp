#include "akv/emulator/children.hpp"

#include "akv/emulator/paging.hpp"
#include "akv/emulator/private_endpoint_connections.hpp"
#include "akv/emulator/secrets.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace akv::emulator {

using json::Document;

Resource parent_of(const Call& call) {
  const bool hsm = call.path["vault"].empty();
  const std::string type_and_name = std::string(hsm ? hsm_type : vault_type) + "/" +
                                    std::string(call.path[hsm ? "hsm" : "vault"]);
  auto found = call.store.resource(resource_group_id(call.subscription.id, call.group.name) +
                                   "/providers/" + type_and_name);
  if (!found) throw errors::resource_not_found(type_and_name, call.group.name);
  return std::move(*found);
}

bool is_hsm(const Resource& parent) { return ascii::equal(parent.type, hsm_type); }

std::string_view type_of(const Resource& parent) { return is_hsm(parent) ? hsm_type : vault_type; }

std::string data_plane(const Resource& parent) {
  return "https://" + ascii::lower(parent.name) +
         (is_hsm(parent) ? ".managedhsm.azure.net" : ".vault.azure.net");
}

Child new_child(std::string_view parent_id, std::string_view parent_type,
                std::string_view collection, std::string_view name) {
  const std::string end(collection);
  return {.id = std::string(parent_id) + "/" + end + "/" + std::string(name),
          .type = std::string(parent_type) + "/" + end,
          .name = std::string(name)};
}

std::optional<Child> find_child(const Call& call, std::string_view parent_id,
                                std::string_view collection, std::string_view name) {
  return call.store.child(new_child(parent_id, {}, collection, name).id);
}

Child need_child(const Call& call, const Resource& parent, std::string_view collection,
                 std::string_view name) {
  auto found = find_child(call, parent.id, collection, name);
  if (!found)
    throw errors::resource_not_found(
        new_child(parent.type + "/" + parent.name, {}, collection, name).id, parent.group);
  return std::move(*found);
}

http::Response list_children(const Call& call, std::string_view parent_id, std::string_view type,
                             const std::function<std::string(const Child&)>& show) {
  Page page(call, LastPage::full, literal_token);
  call.store.scan_children(parent_id, type, page.after(), [&](const Child& child) {
    return page.add(ascii::lower(child.id), show(child));
  });
  return std::move(page).response();
}

void check_object_name(std::string_view name, std::string_view parameter) {
  auto good = [](char c) {
    const char lower = ascii::to_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (name.size() > 127 || !std::all_of(name.begin(), name.end(), good))
    throw errors::invalid_value(parameter);
}

std::string new_version(RandomSource& random) {
  std::string version = new_uuid(random);
  std::erase(version, '-');
  return version;
}

std::int64_t epoch_seconds(SystemTime at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

bool is_child(const ResourceId& id) {
  if (!ascii::equal(id.provider, "Microsoft.KeyVault") || id.types.size() < 2) return false;
  const std::string_view root = id.types[0].first;
  return (ascii::equal(root, "vaults") || ascii::equal(root, "managedHSMs")) &&
         std::none_of(id.types.begin(), id.types.end(),
                      [](const auto& type) { return ascii::equal(type.first, "providers"); });
}

void seed_child(Store& store, RandomSource& random, const ResourceId& id, Document body) {
  ResourceId root_id = id;
  root_id.types.resize(1);
  const auto root = store.resource(root_id.to_string());
  if (!root)
    throw std::invalid_argument("the emulator has no '" + root_id.to_string() + "' that '" +
                                id.to_string() + "' could be part of; seed it first");
  ResourceId parent_id = id;
  parent_id.types.pop_back();
  const Child child{.id = id.to_string(), .type = id.type(), .name = id.name()};
  const bool is_connection = ascii::equal(id.types.back().first, connection_collection);
  if (body.is_null()) {
    store.remove_child(child.id);
  } else {
    for (auto [name, value] :
         {std::pair{"id", child.id}, {"name", child.name}, {"type", child.type}})
      if (!body.find(name)) body.set(name, value);
    if (ascii::equal(id.types.back().first, secret_collection)) forget_secret_value(body);
    if (is_connection) complete_connection(*root, body, random);
    Child stored = child;
    stored.body = body.dump();
    store.put_child(parent_id.to_string(), stored);
  }
  if (is_connection) show_connections(store, root->id);
}

}  // namespace akv::emulator
