/// The operations on vaults.
///
/// Named as in Python's azure-mgmt-keyvault. `delete` is a word of C++, hence `remove`.
///
/// Each sends one request (and what the retry policy adds) on the caller's thread. All throw
/// TransportError, AuthenticationError, CancelledError, and the member of the AzureError family
/// that fits an error answer; FormatError for an answer that cannot be read; AzureError with the
/// code `InvalidArgument`, and nothing sent, for a name that is empty or made of dots.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/keyvault/access_policy.hpp"
#include "akv/mgmt/keyvault/deleted_vault.hpp"
#include "akv/mgmt/keyvault/name_availability.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"
#include "akv/mgmt/keyvault/vault.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class VaultsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  // One vault.

  /// Makes the vault, or replaces what an existing one has: a list or tag that is left out is gone.
  /// The name must be 3 to 24 letters, digits and hyphens, start with a letter, end with a letter
  /// or digit, and have no two hyphens in a row, else AzureError with the code `VaultNameNotValid`
  /// and nothing is sent. A new vault is ready some 10 to 30 s later; result() waits for that,
  /// asking every 5 s where the service names no interval. ConflictError: the name is taken
  /// (`VaultAlreadyExists`), or soft-deleted here, or another write is under way (`ConflictError`).
  Poller<Vault> begin_create_or_update(std::string_view resource_group_name,
                                       std::string_view vault_name,
                                       const VaultCreateOrUpdateParameters& parameters,
                                       const CallOptions& options = {}) const;
  /// Goes on from Poller<Vault>::resume_token(), also one of another process.
  Poller<Vault> resume_create_or_update(std::string_view resume_token,
                                        const CallOptions& options = {}) const;

  /// Changes what `parameters` names and leaves all else alone (PATCH).
  Vault update(std::string_view resource_group_name, std::string_view vault_name,
               const VaultPatchParameters& parameters, const CallOptions& options = {}) const;

  /// Throws NotFoundError when there is none; a soft-deleted vault is not there.
  Vault get(std::string_view resource_group_name, std::string_view vault_name,
            const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there" (404, whichever part of the path is missing).
  std::optional<Vault> find(std::string_view resource_group_name, std::string_view vault_name,
                            const CallOptions& options = {}) const;

  /// Deletes the vault (Python's `delete`): it is soft-deleted and can be recovered. No error when
  /// there is none; true when there was one.
  bool remove(std::string_view resource_group_name, std::string_view vault_name,
              const CallOptions& options = {}) const;

  /// Adds, replaces or removes entries on the server, so that a concurrent writer's entries
  /// survive. `operation_kind` is access_policy_update_kind::…; the answer holds the whole list.
  VaultAccessPolicyParameters update_access_policy(std::string_view resource_group_name,
                                                   std::string_view vault_name,
                                                   std::string_view operation_kind,
                                                   const VaultAccessPolicyParameters& parameters,
                                                   const CallOptions& options = {}) const;

  // Lists. `top` is the size of a page, not of the list; the service may return less.

  Pager<Vault> list_by_resource_group(std::string_view resource_group_name,
                                      std::optional<int> top = {},
                                      const CallOptions& options = {}) const;
  Pager<Vault> list_by_subscription(std::optional<int> top = {},
                                    const CallOptions& options = {}) const;
  /// The subscription's vaults as ARM's index of resources has them: without properties, and some
  /// minutes late. Always asked with api-version 2015-11-01, whatever the client is set to.
  Pager<TrackedResource> list(std::optional<int> top = {}, const CallOptions& options = {}) const;

  // Soft-deleted vaults.

  Pager<DeletedVault> list_deleted(const CallOptions& options = {}) const;
  DeletedVault get_deleted(std::string_view vault_name, std::string_view location,
                           const CallOptions& options = {}) const;
  /// Removes a soft-deleted vault and its content for ever and frees its name. Fails for one with
  /// purge protection. Not repeated by itself after a lost reply.
  Poller<void> begin_purge_deleted(std::string_view vault_name, std::string_view location,
                                   const CallOptions& options = {}) const;
  Poller<void> resume_purge_deleted(std::string_view resume_token,
                                    const CallOptions& options = {}) const;

  // Names.

  CheckNameAvailabilityResult check_name_availability(
      const VaultCheckNameAvailabilityParameters& parameters,
      const CallOptions& options = {}) const;

 private:
  arm::Path deleted_path(std::string_view operation, std::string_view location,
                         std::string_view vault_name) const;
};

}  // namespace akv
