/// The operations on the keys of a managed HSM, as far as ARM has them: keys can be made and read
/// here, but only the HSM itself changes, rotates and deletes them.
///
/// They throw as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/managed_hsm_key.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"

#include <optional>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class ManagedHsmKeysOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// Makes the first version of the key. A key that is there already is returned as it is, whatever
  /// `parameters` say: neither changed nor given another version.
  ManagedHsmKey create_if_not_exist(std::string_view resource_group_name, std::string_view name,
                                    std::string_view key_name,
                                    const ManagedHsmKeyCreateParameters& parameters,
                                    const CallOptions& options = {}) const;

  /// The key with its current version. Throws NotFoundError when there is none.
  ManagedHsmKey get(std::string_view resource_group_name, std::string_view name,
                    std::string_view key_name, const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there" (404, whichever part of the path is missing).
  std::optional<ManagedHsmKey> find(std::string_view resource_group_name, std::string_view name,
                                    std::string_view key_name,
                                    const CallOptions& options = {}) const;
  /// `key_version` is 32 hexadecimal digits.
  ManagedHsmKey get_version(std::string_view resource_group_name, std::string_view name,
                            std::string_view key_name, std::string_view key_version,
                            const CallOptions& options = {}) const;

  /// Their properties hold the URI and attributes only.
  Pager<ManagedHsmKey> list(std::string_view resource_group_name, std::string_view name,
                            const CallOptions& options = {}) const;
  Pager<ManagedHsmKey> list_versions(std::string_view resource_group_name, std::string_view name,
                                     std::string_view key_name,
                                     const CallOptions& options = {}) const;

 private:
  arm::Path key_path(std::string_view operation, std::string_view resource_group_name,
                     std::string_view name, std::string_view key_name) const;
};

}  // namespace akv
