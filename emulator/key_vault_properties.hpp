/// What bodies of Microsoft.KeyVault may hold beside those of vaults (known_properties.hpp).
#pragma once
#include "akv/emulator/known_properties.hpp"

namespace akv::emulator {

/// Of a vault's key and of a managed HSM's.
std::span<const Property> key_properties();
/// For PUT and PATCH.
std::span<const Property> secret_properties();
std::span<const Property> connection_properties();
std::span<const Property> hsm_connection_properties();
std::span<const Property> hsm_properties();
std::span<const Property> hsm_name_properties();

}  // namespace akv::emulator
