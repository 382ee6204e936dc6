/// What bodies may hold beside Key Vault's; as in known_properties.hpp.
#pragma once
#include "akv/emulator/known_properties.hpp"

namespace akv::emulator {

std::span<const Property> role_assignment_properties();
std::span<const Property> role_definition_properties();
std::span<const Property> lock_properties();
std::span<const Property> diagnostic_setting_properties();
std::span<const Property> resource_query_properties();
std::span<const Property> tags_properties();
std::span<const Property> move_properties();
std::span<const Property> export_properties();
std::span<const Property> zone_peers_properties();

}  // namespace akv::emulator
