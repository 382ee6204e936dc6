#include "akv/emulator/routes.hpp"

namespace akv::emulator {
namespace {

// 2015-11-01 is not Key Vault's, but clients that list vaults through it are known.
constexpr std::string_view versions[] = {
    "2015-06-01",         "2015-11-01", "2016-10-01",         "2018-02-14-preview",
    "2018-02-14",         "2019-09-01", "2020-04-01-preview", "2021-04-01-preview",
    "2021-06-01-preview", "2021-10-01", "2021-11-01-preview", "2022-02-01-preview",
    "2022-07-01",         "2022-11-01", "2023-02-01",         "2023-07-01",
    "2024-04-01-preview", "2024-11-01", "2024-12-01-preview", "2025-05-01",
    "2026-02-01"};

constexpr std::string_view types[] = {"vaults",
                                      "vaults/accessPolicies",
                                      "deletedVaults",
                                      "locations",
                                      "locations/deletedVaults",
                                      "locations/operationResults",
                                      "checkNameAvailability",
                                      "vaults/keys",
                                      "vaults/keys/versions",
                                      "vaults/secrets",
                                      "vaults/privateEndpointConnections",
                                      "vaults/privateLinkResources",
                                      "vaults/networkSecurityPerimeterConfigurations",
                                      "managedHSMs",
                                      "managedHSMs/keys",
                                      "managedHSMs/keys/versions",
                                      "managedHSMs/privateEndpointConnections",
                                      "managedHSMs/privateLinkResources",
                                      "managedHSMs/regions",
                                      "deletedManagedHSMs",
                                      "locations/deletedManagedHSMs",
                                      "locations/managedHsmOperationResults",
                                      "checkMhsmNameAvailability",
                                      "operations"};
constexpr std::string_view regional[] = {"vaults",
                                         "managedHSMs",
                                         "locations/deletedVaults",
                                         "locations/operationResults",
                                         "locations/deletedManagedHSMs",
                                         "locations/managedHsmOperationResults"};

}  // namespace

const Provider& key_vault_provider() {
  static const std::span<const Route> routes[] = {vault_routes(),
                                                  vault_name_routes(),
                                                  access_policy_routes(),
                                                  deleted_vault_routes(),
                                                  key_routes(),
                                                  secret_routes(),
                                                  private_endpoint_connection_routes(),
                                                  private_link_resource_routes(),
                                                  network_security_perimeter_routes(),
                                                  operation_routes(),
                                                  managed_hsm_routes(),
                                                  managed_hsm_name_routes(),
                                                  deleted_managed_hsm_routes()};
  static const Provider provider{.name_space = "Microsoft.KeyVault",
                                 .api_versions = versions,
                                 .resource_types = types,
                                 .routes = routes,
                                 .regional_types = regional};
  return provider;
}

}  // namespace akv::emulator
