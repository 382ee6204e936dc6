/// The operations on vaults.
///
/// Named as in Python's azure-mgmt-keyvault. `delete` is a word of C++, hence `remove`.
///
/// Each sends one request (and what the retry policy adds) on the caller's thread. All throw
/// what arm::ArmClient::send does, and the member of the AzureError family that fits an error
/// answer; FormatError for an answer that cannot be read; AzureError with the
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
#include <vector>

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
  ///
  /// A PUT whose answer was lost is sent again, as by every SDK of Azure: where other writers are
  /// at work on the vault, `CallOptions::retry = {.max_attempts = 1}` shows the lost answer instead
  /// (`maybe_delivered`), to be followed by a look at the vault. Access policies are better changed
  /// by merge_access_policies.
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

  /// Deletes the vault (Python's `delete`): it is soft-deleted and can be recovered. True when
  /// there was one; false, and no error, when there is none. NotFoundError: not even the group is
  /// there.
  bool remove(std::string_view resource_group_name, std::string_view vault_name,
              const CallOptions& options = {}) const;

  /// Adds, replaces or removes entries on the server, so that a concurrent writer's entries
  /// survive. `operation_kind` is access_policy_update_kind::…; the answer holds the whole list.
  VaultAccessPolicyParameters update_access_policy(std::string_view resource_group_name,
                                                   std::string_view vault_name,
                                                   std::string_view operation_kind,
                                                   const VaultAccessPolicyParameters& parameters,
                                                   const CallOptions& options = {}) const;

  /// Gives each principal at least the permissions that its entry names, and returns the vault's
  /// whole list as it is then.
  ///
  /// It reads the list, and sends what is missing from it to `accessPolicies/add`, which joins it
  /// with what is there. So nothing that anybody else has, or is given meanwhile, is ever taken
  /// away; `all` counts for every word of its list. After a conflict, and where the answer shows
  /// that another writer undid it, it waits (1, 2, 4, 8 s), reads again and merges again: 5 times,
  /// then ConflictError (of ours with the code `AccessPoliciesKeepChanging`). Nothing is sent where
  /// nothing is missing. Two entries of one principal count together, words without regard to case;
  /// categories that this version does not know are not looked at. Under Azure RBAC the service
  /// keeps the list but does not go by it.
  std::vector<AccessPolicyEntry> merge_access_policies(
      std::string_view resource_group_name, std::string_view vault_name,
      const std::vector<AccessPolicyEntry>& entries, const CallOptions& options = {}) const;

  /// Takes from each principal the permissions that its entry names, or its whole entry where it
  /// names none, and returns the vault's whole list as it is then.
  ///
  /// The counterpart of merge_access_policies, through `accessPolicies/remove`: other principals,
  /// and permissions that are not named, stay, also those that are given meanwhile. A principal or
  /// permission that is not there is no error. To name `all` takes every word of that list. From a
  /// principal that has `all` no single word can be taken: AzureError with the code
  /// `InvalidArgument`, and nothing is sent.
  std::vector<AccessPolicyEntry> remove_access_policies(
      std::string_view resource_group_name, std::string_view vault_name,
      const std::vector<AccessPolicyEntry>& entries, const CallOptions& options = {}) const;

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
  using Entries = std::vector<AccessPolicyEntry>;
  /// What is still to be sent, given the vault's list.
  using Outstanding = Entries (*)(const Entries& current, const Entries& named);
  Entries change_access_policies(const char* operation, std::string_view operation_kind,
                                 const std::string& vault, const Entries& named,
                                 Outstanding outstanding, const CallOptions& options) const;

  arm::Path deleted_path(std::string_view operation, std::string_view location,
                         std::string_view vault_name) const;
};

}  // namespace akv
