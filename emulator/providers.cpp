#include "akv/emulator/routes.hpp"
#include "akv/mgmt/core/ascii.hpp"

namespace akv::emulator {
namespace {

// What ARM's own routes take: each type has its own list at Azure; here one serves all.
constexpr std::string_view arm_versions[] = {
    "2014-04-01", "2015-01-01", "2015-11-01", "2016-02-01", "2016-06-01", "2016-09-01",
    "2017-05-10", "2018-02-01", "2018-05-01", "2019-03-01", "2019-05-01", "2019-05-10",
    "2019-06-01", "2019-07-01", "2019-08-01", "2019-10-01", "2019-11-01", "2020-01-01",
    "2020-06-01", "2020-08-01", "2020-10-01", "2021-01-01", "2021-04-01", "2022-01-01",
    "2022-09-01", "2022-12-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-08-01",
    "2024-11-01", "2025-03-01", "2025-04-01"};

constexpr std::string_view no_types[] = {""};

const Provider& arm() {
  static const std::span<const Route> routes[] = {subscription_routes(),     registration_routes(),
                                                  resource_group_routes(),   resource_list_routes(),
                                                  operation_result_routes(), move_routes(),
                                                  template_export_routes(),  tag_name_routes()};
  static const Provider provider{.api_versions = arm_versions,
                                 .resource_types = std::span(no_types).first(0),
                                 .routes = routes};
  return provider;
}

/// ARM's own types as they are listed among the providers; most of their routes are ARM's.
const Provider& resources_provider() {
  static constexpr std::string_view types[] = {
      "resourceGroups", "resources", "subscriptions", "subscriptions/resourceGroups",
      "providers",      "tenants",   "tags",          "operations"};
  static const std::span<const Route> routes[] = {tag_routes(), zone_routes(),
                                                  resources_operation_routes()};
  static const Provider provider{.name_space = "Microsoft.Resources",
                                 .api_versions = arm_versions,
                                 .resource_types = types,
                                 .routes = routes,
                                 .registration_free = true,
                                 .regional_types = std::span(types).first(1)};
  return provider;
}

}  // namespace

std::span<const Provider* const> providers() {
  static const Provider* const all[] = {&arm(),
                                        &key_vault_provider(),
                                        &authorization_provider(),
                                        &managed_identity_provider(),
                                        &insights_provider(),
                                        &resource_graph_provider(),
                                        &resources_provider()};
  return all;
}

const Provider* find_provider(std::string_view name_space) {
  for (const Provider* provider : providers())
    if (ascii::equal(provider->name_space, name_space)) return provider;
  return nullptr;
}

}  // namespace akv::emulator
