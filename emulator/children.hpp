/// What a vault or managed HSM is made of: keys, secrets, private endpoint connections,
/// configurations of network security perimeters. `/resources` does not list them; they follow
/// their parent through soft delete, recovery and purge.
#pragma once
#include "akv/emulator/service.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace akv::emulator {

/// The vault or managed HSM that the path's `{vault}` or `{hsm}` names. Throws Refusal.
Resource parent_of(const Call& call);
bool is_hsm(const Resource& parent);
/// Its type in the service's spelling.
std::string_view type_of(const Resource& parent);
/// `https://kv1.vault.azure.net` or its twin of managed HSMs.
std::string data_plane(const Resource& parent);

/// A new child of a parent, which may be a child itself.
Child new_child(std::string_view parent_id, std::string_view parent_type,
                std::string_view collection, std::string_view name);
/// The child, or nullopt. Names compare without case.
std::optional<Child> find_child(const Call& call, std::string_view parent_id,
                                std::string_view collection, std::string_view name);
/// The same. Throws Refusal (404) where it is not there.
Child need_child(const Call& call, const Resource& parent, std::string_view collection,
                 std::string_view name);
/// A list of one type of children, each as `show` makes it.
http::Response list_children(const Call& call, std::string_view parent_id, std::string_view type,
                             const std::function<std::string(const Child&)>& show);
inline std::string as_stored(const Child& child) { return child.body; }

/// Refuses what is no name of a key or secret: 1 to 127 letters, digits and hyphens.
void check_object_name(std::string_view name, std::string_view parameter);
/// 32 random hexadecimal digits.
std::string new_version(RandomSource& random);
std::int64_t epoch_seconds(SystemTime at);

/// Whether the id is that of a child, and not of a resource of its own or an extension.
bool is_child(const ResourceId& id);
/// Emulator::seed for a child. Throws std::invalid_argument where its parent is not there.
void seed_child(Store& store, RandomSource& random, const ResourceId& id, json::Document body);

}  // namespace akv::emulator
