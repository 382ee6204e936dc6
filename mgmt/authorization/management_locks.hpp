/// The operations on locks.
///
/// Named as in Python's azure-mgmt-resource (ManagementLockClient.management_locks). A scope is an
/// ARM id, with or without its first slash. All throw TransportError, AuthenticationError,
/// CancelledError, and the member of the AzureError family that fits an error answer; FormatError
/// for an answer that cannot be read; AzureError with the code `InvalidArgument`, and nothing sent,
/// for a name that is empty or dots, and half an id as a scope.
///
/// Locking and unlocking needs `Microsoft.Authorization/locks/*`, which Contributor lacks.
#pragma once
#include "akv/mgmt/authorization/management_lock.hpp"
#include "akv/mgmt/authorization/operation_group.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it. The `delete_…` tell whether there was a lock. `filter` is `atScope()` for those of
/// the place itself, without those below it; empty is not sent.
class ManagementLocksOperations : public AuthorizationOperationGroup {
 public:
  using AuthorizationOperationGroup::AuthorizationOperationGroup;

  // Of anything, by its id.

  ManagementLockObject create_or_update_by_scope(std::string_view scope, std::string_view lock_name,
                                                 const ManagementLockObject& parameters,
                                                 const CallOptions& options = {}) const;
  /// Throws NotFoundError when there is none, as do the other `get_…`.
  ManagementLockObject get_by_scope(std::string_view scope, std::string_view lock_name,
                                    const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<ManagementLockObject> find_by_scope(std::string_view scope,
                                                    std::string_view lock_name,
                                                    const CallOptions& options = {}) const;
  bool delete_by_scope(std::string_view scope, std::string_view lock_name,
                       const CallOptions& options = {}) const;
  Pager<ManagementLockObject> list_by_scope(std::string_view scope, std::string_view filter = {},
                                            const CallOptions& options = {}) const;

  // Of the client's subscription.

  ManagementLockObject create_or_update_at_subscription_level(
      std::string_view lock_name, const ManagementLockObject& parameters,
      const CallOptions& options = {}) const;
  ManagementLockObject get_at_subscription_level(std::string_view lock_name,
                                                 const CallOptions& options = {}) const;
  bool delete_at_subscription_level(std::string_view lock_name,
                                    const CallOptions& options = {}) const;
  Pager<ManagementLockObject> list_at_subscription_level(std::string_view filter = {},
                                                         const CallOptions& options = {}) const;

  // Of a resource group.

  ManagementLockObject create_or_update_at_resource_group_level(
      std::string_view resource_group_name, std::string_view lock_name,
      const ManagementLockObject& parameters, const CallOptions& options = {}) const;
  ManagementLockObject get_at_resource_group_level(std::string_view resource_group_name,
                                                   std::string_view lock_name,
                                                   const CallOptions& options = {}) const;
  bool delete_at_resource_group_level(std::string_view resource_group_name,
                                      std::string_view lock_name,
                                      const CallOptions& options = {}) const;
  Pager<ManagementLockObject> list_at_resource_group_level(std::string_view resource_group_name,
                                                           std::string_view filter = {},
                                                           const CallOptions& options = {}) const;

  // Of a resource.

  ManagementLockObject create_or_update_at_resource_level(const ResourceAddress& resource,
                                                          std::string_view lock_name,
                                                          const ManagementLockObject& parameters,
                                                          const CallOptions& options = {}) const;
  ManagementLockObject get_at_resource_level(const ResourceAddress& resource,
                                             std::string_view lock_name,
                                             const CallOptions& options = {}) const;
  bool delete_at_resource_level(const ResourceAddress& resource, std::string_view lock_name,
                                const CallOptions& options = {}) const;
  Pager<ManagementLockObject> list_at_resource_level(const ResourceAddress& resource,
                                                     std::string_view filter = {},
                                                     const CallOptions& options = {}) const;
};

}  // namespace akv
