/// The routes of each file; providers.cpp and key_vault.cpp join them.
#pragma once
#include "akv/emulator/router.hpp"

namespace akv::emulator {

std::span<const Route> subscription_routes();
std::span<const Route> registration_routes();
std::span<const Route> resource_group_routes();
std::span<const Route> resource_list_routes();
std::span<const Route> operation_result_routes();
std::span<const Route> move_routes();
std::span<const Route> template_export_routes();
std::span<const Route> tag_name_routes();

std::span<const Route> tag_routes();
std::span<const Route> zone_routes();
std::span<const Route> resources_operation_routes();
std::span<const Route> authorization_operation_routes();

const Provider& key_vault_provider();
std::span<const Route> vault_routes();
std::span<const Route> vault_name_routes();
std::span<const Route> access_policy_routes();
std::span<const Route> deleted_vault_routes();
std::span<const Route> key_routes();
std::span<const Route> secret_routes();
std::span<const Route> private_endpoint_connection_routes();
std::span<const Route> private_link_resource_routes();
std::span<const Route> network_security_perimeter_routes();
std::span<const Route> operation_routes();
std::span<const Route> managed_hsm_routes();
std::span<const Route> managed_hsm_name_routes();
std::span<const Route> deleted_managed_hsm_routes();

const Provider& authorization_provider();
std::span<const Route> role_assignment_routes();
std::span<const Route> role_definition_routes();
std::span<const Route> lock_routes();

const Provider& managed_identity_provider();
const Provider& insights_provider();
const Provider& resource_graph_provider();

}  // namespace akv::emulator
