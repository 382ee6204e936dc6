/// Private endpoints that ask for a vault or managed HSM, and the answers they get.
///
/// A connection is made by the network provider, never through Key Vault: here it is seeded.
#pragma once
#include "akv/emulator/store.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/json/document.hpp"

#include <string_view>

namespace akv::emulator {

inline constexpr std::string_view connection_collection = "privateEndpointConnections";

/// Writes the stored connections of `resource` into the properties of its `body`; without any the
/// member goes.
void show_connections(Store& store, const Resource& resource, json::Document& body);
/// The same in the stored resource of that id, if it is there.
void show_connections(Store& store, std::string_view id);

/// Fills in what the network provider would have written: region, states.
void complete_connection(const Resource& parent, json::Document& body, RandomSource& random);

/// The end of an update_connection or delete_connection job.
void finish_connection(Store& store, const Job& job);

}  // namespace akv::emulator
