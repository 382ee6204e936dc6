/// The operations on managed HSM pools.
///
/// They throw as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/deleted_managed_hsm.hpp"
#include "akv/mgmt/keyvault/managed_hsm.hpp"
#include "akv/mgmt/keyvault/name_availability.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"

#include <optional>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class ManagedHsmsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  // One HSM.

  /// Makes the HSM, or replaces what an existing one has: a rule or tag that is left out is gone. A
  /// new HSM takes some minutes; result() waits for it, asking every 30 s where the service names
  /// no interval. It then waits to be activated by its owners, which ARM cannot do.
  Poller<ManagedHsm> begin_create_or_update(std::string_view resource_group_name,
                                            std::string_view name, const ManagedHsm& parameters,
                                            const CallOptions& options = {}) const;
  /// Goes on from Poller<ManagedHsm>::resume_token(), also one of another process.
  Poller<ManagedHsm> resume_create_or_update(std::string_view resume_token,
                                             const CallOptions& options = {}) const;

  /// Changes what `parameters` names and leaves all else alone (PATCH).
  Poller<ManagedHsm> begin_update(std::string_view resource_group_name, std::string_view name,
                                  const ManagedHsm& parameters,
                                  const CallOptions& options = {}) const;
  Poller<ManagedHsm> resume_update(std::string_view resume_token,
                                   const CallOptions& options = {}) const;

  /// Throws NotFoundError when there is none, which the service says with 404 or 204; a
  /// soft-deleted HSM is not there.
  ManagedHsm get(std::string_view resource_group_name, std::string_view name,
                 const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<ManagedHsm> find(std::string_view resource_group_name, std::string_view name,
                                 const CallOptions& options = {}) const;

  /// Deletes the HSM: it is soft-deleted, can be recovered, and is billed until it is purged. No
  /// error when the service says (204) that there was none.
  Poller<void> begin_delete(std::string_view resource_group_name, std::string_view name,
                            const CallOptions& options = {}) const;
  Poller<void> resume_delete(std::string_view resume_token, const CallOptions& options = {}) const;

  // Lists. `top` is the size of a page, not of the list; the service may return less.

  Pager<ManagedHsm> list_by_resource_group(std::string_view resource_group_name,
                                           std::optional<int> top = {},
                                           const CallOptions& options = {}) const;
  Pager<ManagedHsm> list_by_subscription(std::optional<int> top = {},
                                         const CallOptions& options = {}) const;

  // Soft-deleted HSMs.

  Pager<DeletedManagedHsm> list_deleted(const CallOptions& options = {}) const;
  /// `name` comes first, as in Python.
  DeletedManagedHsm get_deleted(std::string_view name, std::string_view location,
                                const CallOptions& options = {}) const;
  /// Removes a soft-deleted HSM and its keys for ever and frees its name. Fails for one with purge
  /// protection. Not repeated by itself after a lost reply.
  Poller<void> begin_purge_deleted(std::string_view name, std::string_view location,
                                   const CallOptions& options = {}) const;
  Poller<void> resume_purge_deleted(std::string_view resume_token,
                                    const CallOptions& options = {}) const;

  // Names.

  CheckMhsmNameAvailabilityResult check_mhsm_name_availability(
      const CheckMhsmNameAvailabilityParameters& parameters, const CallOptions& options = {}) const;

 private:
  arm::Path deleted_path(std::string_view operation, std::string_view location,
                         std::string_view name) const;
};

}  // namespace akv
