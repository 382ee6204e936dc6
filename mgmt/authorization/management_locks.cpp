#include "akv/mgmt/authorization/management_locks.hpp"

#include <utility>

namespace akv {
namespace {

using Lock = ManagementLockObject;

constexpr std::string_view collection = "locks";

std::string named(arm::Path path, std::string_view lock_name) {
  return path.text("/").name("lock name", lock_name).str();
}

arm::Query query_of(std::string_view filter) {
  return arm::given({{"$filter", std::string(filter)}});
}

}  // namespace

Lock ManagementLocksOperations::create_or_update_by_scope(std::string_view scope,
                                                          std::string_view lock_name,
                                                          const Lock& parameters,
                                                          const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.create_or_update_by_scope";
  return send_put<Lock>(operation, named(at_scope(operation, scope, collection), lock_name),
                        parameters, options);
}

Lock ManagementLocksOperations::get_by_scope(std::string_view scope, std::string_view lock_name,
                                             const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.get_by_scope";
  return send_get<Lock>(operation, named(at_scope(operation, scope, collection), lock_name),
                        options);
}

std::optional<Lock> ManagementLocksOperations::find_by_scope(std::string_view scope,
                                                             std::string_view lock_name,
                                                             const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.find_by_scope";
  return send_find<Lock>(operation, named(at_scope(operation, scope, collection), lock_name),
                         options);
}

bool ManagementLocksOperations::delete_by_scope(std::string_view scope, std::string_view lock_name,
                                                const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.delete_by_scope";
  return send_delete(operation, named(at_scope(operation, scope, collection), lock_name), options);
}

Pager<Lock> ManagementLocksOperations::list_by_scope(std::string_view scope,
                                                     std::string_view filter,
                                                     const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.list_by_scope";
  return pager<Lock>(operation, at_scope(operation, scope, collection).str(), query_of(filter),
                     options);
}

Lock ManagementLocksOperations::create_or_update_at_subscription_level(
    std::string_view lock_name, const Lock& parameters, const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.create_or_update_at_subscription_level";
  return send_put<Lock>(operation, named(at_subscription(operation, collection), lock_name),
                        parameters, options);
}

Lock ManagementLocksOperations::get_at_subscription_level(std::string_view lock_name,
                                                          const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.get_at_subscription_level";
  return send_get<Lock>(operation, named(at_subscription(operation, collection), lock_name),
                        options);
}

bool ManagementLocksOperations::delete_at_subscription_level(std::string_view lock_name,
                                                             const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.delete_at_subscription_level";
  return send_delete(operation, named(at_subscription(operation, collection), lock_name), options);
}

Pager<Lock> ManagementLocksOperations::list_at_subscription_level(
    std::string_view filter, const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.list_at_subscription_level";
  return pager<Lock>(operation, at_subscription(operation, collection).str(), query_of(filter),
                     options);
}

Lock ManagementLocksOperations::create_or_update_at_resource_group_level(
    std::string_view resource_group_name, std::string_view lock_name, const Lock& parameters,
    const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.create_or_update_at_resource_group_level";
  return send_put<Lock>(operation,
                        named(at_group(operation, resource_group_name, collection), lock_name),
                        parameters, options);
}

Lock ManagementLocksOperations::get_at_resource_group_level(std::string_view resource_group_name,
                                                            std::string_view lock_name,
                                                            const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.get_at_resource_group_level";
  return send_get<Lock>(
      operation, named(at_group(operation, resource_group_name, collection), lock_name), options);
}

bool ManagementLocksOperations::delete_at_resource_group_level(std::string_view resource_group_name,
                                                               std::string_view lock_name,
                                                               const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.delete_at_resource_group_level";
  return send_delete(
      operation, named(at_group(operation, resource_group_name, collection), lock_name), options);
}

Pager<Lock> ManagementLocksOperations::list_at_resource_group_level(
    std::string_view resource_group_name, std::string_view filter,
    const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.list_at_resource_group_level";
  return pager<Lock>(operation, at_group(operation, resource_group_name, collection).str(),
                     query_of(filter), options);
}

Lock ManagementLocksOperations::create_or_update_at_resource_level(
    const ResourceAddress& resource, std::string_view lock_name, const Lock& parameters,
    const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.create_or_update_at_resource_level";
  return send_put<Lock>(
      operation, named(at_resource(operation, resource, collection, lower_case_groups), lock_name),
      parameters, options);
}

Lock ManagementLocksOperations::get_at_resource_level(const ResourceAddress& resource,
                                                      std::string_view lock_name,
                                                      const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.get_at_resource_level";
  return send_get<Lock>(
      operation, named(at_resource(operation, resource, collection, lower_case_groups), lock_name),
      options);
}

bool ManagementLocksOperations::delete_at_resource_level(const ResourceAddress& resource,
                                                         std::string_view lock_name,
                                                         const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.delete_at_resource_level";
  return send_delete(
      operation, named(at_resource(operation, resource, collection, lower_case_groups), lock_name),
      options);
}

Pager<Lock> ManagementLocksOperations::list_at_resource_level(const ResourceAddress& resource,
                                                              std::string_view filter,
                                                              const CallOptions& options) const {
  constexpr const char* operation = "ManagementLocks.list_at_resource_level";
  return pager<Lock>(operation,
                     at_resource(operation, resource, collection, lower_case_groups).str(),
                     query_of(filter), options);
}

}  // namespace akv
