#include "akv/emulator/neighbour_properties.hpp"

namespace akv::emulator {
namespace {

constexpr Property assignment[] = {{"roleDefinitionId"},
                                   {"principalId"},
                                   {"principalType"},
                                   {"description"},
                                   {"condition"},
                                   {"conditionVersion"},
                                   {"delegatedManagedIdentityResourceId"},
                                   {.name = "scope", .read_only = true},
                                   {.name = "createdOn", .read_only = true},
                                   {.name = "updatedOn", .read_only = true},
                                   {.name = "createdBy", .read_only = true},
                                   {.name = "updatedBy", .read_only = true}};
constexpr Property assignment_body[] = {{.name = "id", .read_only = true},
                                        {.name = "name", .read_only = true},
                                        {.name = "type", .read_only = true},
                                        {"properties", Kind::object, assignment}};

constexpr Property permission[] = {{"actions", Kind::texts},
                                   {"notActions", Kind::texts},
                                   {"dataActions", Kind::texts},
                                   {"notDataActions", Kind::texts},
                                   {"condition"},
                                   {"conditionVersion"}};
constexpr Property definition[] = {{"roleName"},
                                   {"description"},
                                   {"type"},
                                   {"permissions", Kind::list, permission},
                                   {"assignableScopes", Kind::texts},
                                   {.name = "createdOn", .read_only = true},
                                   {.name = "updatedOn", .read_only = true},
                                   {.name = "createdBy", .read_only = true},
                                   {.name = "updatedBy", .read_only = true}};
constexpr Property definition_body[] = {{.name = "id", .read_only = true},
                                        {.name = "name", .read_only = true},
                                        {.name = "type", .read_only = true},
                                        {"properties", Kind::object, definition}};

constexpr Property owner[] = {{"applicationId"}};
constexpr Property lock[] = {{"level"}, {"notes"}, {"owners", Kind::list, owner}};
constexpr Property lock_body[] = {{.name = "id", .read_only = true},
                                  {.name = "name", .read_only = true},
                                  {.name = "type", .read_only = true},
                                  {.name = "systemData", .kind = Kind::anything, .read_only = true},
                                  {"properties", Kind::object, lock}};

constexpr Property retention[] = {{"enabled", Kind::boolean}, {"days", Kind::integer}};
constexpr Property metric[] = {{"timeGrain"},
                               {"category"},
                               {"enabled", Kind::boolean},
                               {"retentionPolicy", Kind::object, retention}};
constexpr Property log[] = {{"category"},
                            {"categoryGroup"},
                            {"enabled", Kind::boolean},
                            {"retentionPolicy", Kind::object, retention}};
constexpr Property setting[] = {{"storageAccountId"},
                                {"serviceBusRuleId"},
                                {"eventHubAuthorizationRuleId"},
                                {"eventHubName"},
                                {"metrics", Kind::list, metric},
                                {"logs", Kind::list, log},
                                {"workspaceId"},
                                {"marketplacePartnerId"},
                                {"logAnalyticsDestinationType"}};
constexpr Property setting_body[] = {
    {.name = "id", .read_only = true},
    {.name = "name", .read_only = true},
    {.name = "type", .read_only = true},
    {.name = "systemData", .kind = Kind::anything, .read_only = true},
    {.name = "location", .kind = Kind::anything, .read_only = true},
    {.name = "kind", .kind = Kind::anything, .read_only = true},
    {.name = "tags", .kind = Kind::anything, .read_only = true},
    {.name = "identity", .kind = Kind::anything, .read_only = true},
    {"properties", Kind::object, setting}};

constexpr Property query_options[] = {{"$skipToken"},
                                      {"$top", Kind::integer},
                                      {"$skip", Kind::integer},
                                      {"resultFormat"},
                                      {"allowPartialScopes", Kind::boolean},
                                      {"authorizationScopeFilter"}};
constexpr Property query[] = {{"subscriptions", Kind::texts},
                              {"managementGroups", Kind::texts},
                              {"query"},
                              {"options", Kind::object, query_options},
                              {"facets", Kind::anything}};

constexpr Property tags[] = {{"tags", Kind::text_map}};
constexpr Property tags_body[] = {{.name = "id", .read_only = true},
                                  {.name = "name", .read_only = true},
                                  {.name = "type", .read_only = true},
                                  {"operation"},
                                  {"properties", Kind::object, tags}};

constexpr Property move_body[] = {{"resources", Kind::texts}, {"targetResourceGroup"}};
constexpr Property export_body[] = {{"resources", Kind::texts}, {"options"}, {"outputFormat"}};
constexpr Property zone_peers_body[] = {{"location"}, {"subscriptionIds", Kind::texts}};

}  // namespace

std::span<const Property> role_assignment_properties() { return assignment_body; }
std::span<const Property> role_definition_properties() { return definition_body; }
std::span<const Property> lock_properties() { return lock_body; }
std::span<const Property> diagnostic_setting_properties() { return setting_body; }
std::span<const Property> resource_query_properties() { return query; }
std::span<const Property> tags_properties() { return tags_body; }
std::span<const Property> move_properties() { return move_body; }
std::span<const Property> export_properties() { return export_body; }
std::span<const Property> zone_peers_properties() { return zone_peers_body; }

}  // namespace akv::emulator
