#include "akv/emulator/key_vault_properties.hpp"

namespace akv::emulator {
namespace {

// What clients send back of what they read.
constexpr Property id{.name = "id", .read_only = true};
constexpr Property name{.name = "name", .read_only = true};
constexpr Property type{.name = "type", .read_only = true};
constexpr Property location{.name = "location", .read_only = true};
constexpr Property system_data{.name = "systemData", .kind = Kind::anything, .read_only = true};

constexpr Property key_attributes[] = {
    {"enabled", Kind::boolean},
    {"nbf", Kind::long_integer},
    {"exp", Kind::long_integer},
    {.name = "exportable", .kind = Kind::boolean},
    {.name = "created", .kind = Kind::long_integer, .read_only = true},
    {.name = "updated", .kind = Kind::long_integer, .read_only = true},
    {.name = "recoveryLevel", .read_only = true}};
constexpr Property rotation_attributes[] = {
    {"expiryTime"},
    {.name = "created", .kind = Kind::long_integer, .read_only = true},
    {.name = "updated", .kind = Kind::long_integer, .read_only = true}};
constexpr Property trigger[] = {{"timeAfterCreate"}, {"timeBeforeExpiry"}};
constexpr Property action[] = {{"type"}};
constexpr Property lifetime_action[] = {{"trigger", Kind::object, trigger},
                                        {"action", Kind::object, action}};
constexpr Property rotation_policy[] = {{"attributes", Kind::object, rotation_attributes},
                                        {"lifetimeActions", Kind::list, lifetime_action}};
constexpr Property release_policy[] = {{"contentType"}, {"data"}};
constexpr Property key[] = {{"attributes", Kind::object, key_attributes},
                            {"kty"},
                            {"keyOps", Kind::texts},
                            {"keySize", Kind::integer},
                            {"curveName"},
                            {"rotationPolicy", Kind::object, rotation_policy},
                            // The one name in snake case.
                            {"release_policy", Kind::object, release_policy},
                            {.name = "keyUri", .read_only = true},
                            {.name = "keyUriWithVersion", .read_only = true}};
constexpr Property key_body[] = {id,
                                 name,
                                 type,
                                 location,
                                 system_data,
                                 {"tags", Kind::text_map},
                                 {"properties", Kind::object, key}};

constexpr Property secret_attributes[] = {
    {"enabled", Kind::boolean},
    {"nbf", Kind::long_integer},
    {"exp", Kind::long_integer},
    {.name = "created", .kind = Kind::long_integer, .read_only = true},
    {.name = "updated", .kind = Kind::long_integer, .read_only = true}};
constexpr Property secret[] = {{"value"},
                               {"contentType"},
                               {"attributes", Kind::object, secret_attributes},
                               {.name = "secretUri", .read_only = true},
                               {.name = "secretUriWithVersion", .read_only = true}};
constexpr Property secret_body[] = {id,
                                    name,
                                    type,
                                    location,
                                    system_data,
                                    {"tags", Kind::text_map},
                                    {"properties", Kind::object, secret}};

constexpr Property endpoint[] = {id};
constexpr Property connection_state[] = {{"status"}, {"description"}, {"actionsRequired"}};
constexpr Property connection[] = {
    {"privateEndpoint", Kind::object, endpoint},
    {"privateLinkServiceConnectionState", Kind::object, connection_state},
    {.name = "provisioningState", .read_only = true}};
constexpr Property connection_body[] = {id,
                                        name,
                                        type,
                                        location,
                                        {.name = "tags", .kind = Kind::text_map, .read_only = true},
                                        system_data,
                                        {"etag"},
                                        {"properties", Kind::object, connection}};

constexpr Property hsm_sku[] = {{"family"}, {"name"}};
constexpr Property identity{.name = "identity", .kind = Kind::anything, .since = "2023-07-01"};
// Published as if they could be written; the connection keeps what it has.
constexpr Property hsm_connection_body[] = {id,
                                            name,
                                            type,
                                            {"location"},
                                            {"sku", Kind::object, hsm_sku},
                                            {"tags", Kind::text_map},
                                            system_data,
                                            identity,
                                            {"etag"},
                                            {"properties", Kind::object, connection}};

constexpr Property ip_rule[] = {{"value"}};
constexpr Property subnet_rule[] = {{"id"}};
constexpr Property service_tag[] = {{"tag"}};
constexpr Property hsm_acls[] = {
    {"bypass"},
    {"defaultAction"},
    {"ipRules", Kind::list, ip_rule},
    {"virtualNetworkRules", Kind::list, subnet_rule},
    {.name = "serviceTags", .kind = Kind::list, .members = service_tag, .since = "2025-05-01"}};
constexpr Property region[] = {
    {"name"}, {"isPrimary", Kind::boolean}, {.name = "provisioningState", .read_only = true}};
constexpr Property hsm[] = {
    {"tenantId"},
    {"initialAdminObjectIds", Kind::texts},
    {"enableSoftDelete", Kind::boolean},
    {"softDeleteRetentionInDays", Kind::integer},
    {"enablePurgeProtection", Kind::boolean},
    {"createMode"},
    {.name = "networkAcls", .kind = Kind::object, .members = hsm_acls, .since = "2021-04-01"},
    {.name = "publicNetworkAccess", .since = "2021-04-01"},
    {.name = "regions", .kind = Kind::list, .members = region, .since = "2022-07-01"},
    {.name = "hsmUri", .read_only = true},
    {.name = "statusMessage", .read_only = true},
    {.name = "provisioningState", .read_only = true},
    {.name = "privateEndpointConnections", .kind = Kind::anything, .read_only = true},
    {.name = "scheduledPurgeDate", .read_only = true},
    {.name = "securityDomainProperties", .kind = Kind::anything, .read_only = true}};
constexpr Property hsm_body[] = {id,
                                 name,
                                 type,
                                 {"location"},
                                 {"sku", Kind::object, hsm_sku},
                                 {"tags", Kind::text_map},
                                 system_data,
                                 identity,
                                 {"properties", Kind::object, hsm}};

constexpr Property hsm_name[] = {{"name"}};

}  // namespace

std::span<const Property> key_properties() { return key_body; }
std::span<const Property> secret_properties() { return secret_body; }
std::span<const Property> connection_properties() { return connection_body; }
std::span<const Property> hsm_connection_properties() { return hsm_connection_body; }
std::span<const Property> hsm_properties() { return hsm_body; }
std::span<const Property> hsm_name_properties() { return hsm_name; }

}  // namespace akv::emulator
