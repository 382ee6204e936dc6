#include "akv/emulator/routes.hpp"

namespace akv::emulator {
namespace {

// Those of all types; each route has its own.
constexpr std::string_view versions[] = {
    "2015-01-01",         "2015-07-01",         "2016-09-01", "2017-04-01",
    "2017-10-01-preview", "2018-01-01-preview", "2018-07-01", "2018-09-01-preview",
    "2020-03-01-preview", "2020-04-01-preview", "2020-05-01", "2020-08-01-preview",
    "2020-10-01-preview", "2021-04-01-preview", "2022-04-01", "2022-05-01-preview"};

constexpr std::string_view types[] = {"roleAssignments", "roleDefinitions", "permissions", "locks",
                                      "operations"};

}  // namespace

const Provider& authorization_provider() {
  static const std::span<const Route> routes[] = {role_assignment_routes(),
                                                  role_definition_routes(), lock_routes(),
                                                  authorization_operation_routes()};
  static const Provider provider{.name_space = "Microsoft.Authorization",
                                 .api_versions = versions,
                                 .resource_types = types,
                                 .routes = routes,
                                 .registration_free = true};
  return provider;
}

}  // namespace akv::emulator
