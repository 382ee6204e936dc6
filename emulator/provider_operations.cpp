#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"

namespace akv::emulator {
namespace {

using json::Document;

struct Operation {
  std::string_view name, resource, operation;
};

constexpr std::string_view resources_name = "Microsoft Resources";
constexpr Operation of_resources[] = {
    {"Microsoft.Resources/subscriptions/read", "Subscriptions", "Gets the list of subscriptions"},
    {"Microsoft.Resources/subscriptions/locations/read", "Locations", "Lists the locations"},
    {"Microsoft.Resources/subscriptions/resourceGroups/read", "Resource Groups",
     "Get Resource Group"},
    {"Microsoft.Resources/subscriptions/resourceGroups/write", "Resource Groups",
     "Create/Update Resource Group"},
    {"Microsoft.Resources/subscriptions/resourceGroups/delete", "Resource Groups",
     "Delete Resource Group"},
    {"Microsoft.Resources/subscriptions/resourceGroups/moveResources/action", "Resource Groups",
     "Move Resource Group Resources"},
    {"Microsoft.Resources/subscriptions/resourceGroups/validateMoveResources/action",
     "Resource Groups", "Validate Move Resource Group Resources"},
    {"Microsoft.Resources/subscriptions/resources/read", "Resources", "Get Resources"},
    {"Microsoft.Resources/subscriptions/providers/read", "Providers", "Get Resource Providers"},
    {"Microsoft.Resources/subscriptions/tagNames/read", "Tags", "Gets or lists subscription tags"},
    {"Microsoft.Resources/subscriptions/tagNames/write", "Tags", "Adds a subscription tag"},
    {"Microsoft.Resources/subscriptions/tagNames/delete", "Tags", "Deletes a subscription tag"},
    {"Microsoft.Resources/tags/read", "Tags", "Gets all the tags on a resource"},
    {"Microsoft.Resources/tags/write", "Tags", "Updates the tags on a resource"},
    {"Microsoft.Resources/tags/delete", "Tags", "Removes all the tags on a resource"}};

constexpr std::string_view authorization_name = "Microsoft Authorization";
constexpr Operation of_authorization[] = {
    {"Microsoft.Authorization/roleAssignments/read", "Role assignments", "Get role assignment"},
    {"Microsoft.Authorization/roleAssignments/write", "Role assignments", "Create role assignment"},
    {"Microsoft.Authorization/roleAssignments/delete", "Role assignments",
     "Delete role assignment"},
    {"Microsoft.Authorization/roleDefinitions/read", "Role definitions", "Get role definition"},
    {"Microsoft.Authorization/roleDefinitions/write", "Role definitions",
     "Create or update custom role definition"},
    {"Microsoft.Authorization/roleDefinitions/delete", "Role definitions",
     "Delete custom role definition"},
    {"Microsoft.Authorization/permissions/read", "Permissions", "List permissions"},
    {"Microsoft.Authorization/locks/read", "Management Locks", "Get management locks"},
    {"Microsoft.Authorization/locks/write", "Management Locks", "Add management locks"},
    {"Microsoft.Authorization/locks/delete", "Management Locks", "Delete management locks"}};

http::Response listed(std::string_view provider, std::span<const Operation> operations) {
  Document value = Document::array();
  for (const Operation& each : operations)
    value.push_back(
        Document::object({{"name", each.name},
                          {"display", Document::object({{"provider", provider},
                                                        {"resource", each.resource},
                                                        {"operation", each.operation}})}}));
  return answer(200, Document::object({{"value", std::move(value)}}));
}

http::Response list_resources(Call&) { return listed(resources_name, of_resources); }
http::Response list_authorization(Call&) { return listed(authorization_name, of_authorization); }

constexpr std::string_view lock_versions[] = {"2015-01-01", "2016-09-01", "2017-04-01",
                                              "2020-05-01"};
constexpr Route resources[] = {
    {http::Method::get, "/providers/Microsoft.Resources/operations", list_resources}};
constexpr Route authorization[] = {{.method = http::Method::get,
                                    .pattern = "/providers/Microsoft.Authorization/operations",
                                    .handler = list_authorization,
                                    .api_versions = lock_versions}};

}  // namespace

std::span<const Route> resources_operation_routes() { return resources; }
std::span<const Route> authorization_operation_routes() { return authorization; }

}  // namespace akv::emulator
