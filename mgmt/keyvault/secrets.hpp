/// The operations on the secrets of a vault, as far as ARM has them. A value can be written here,
/// but only the vault itself gives it back, and only the vault deletes a secret.
///
/// They throw as those on vaults do (vaults.hpp). The value that was sent is in no log, error or
/// message, even where the service repeats it in the text of its error.
#pragma once
#include "akv/mgmt/keyvault/operation_group.hpp"
#include "akv/mgmt/keyvault/secret.hpp"

#include <optional>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class SecretsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// Makes the secret, or a new version of it.
  Secret create_or_update(std::string_view resource_group_name, std::string_view vault_name,
                          std::string_view secret_name,
                          const SecretCreateOrUpdateParameters& parameters,
                          const CallOptions& options = {}) const;
  /// Changes what `parameters` names and leaves all else alone (PATCH).
  Secret update(std::string_view resource_group_name, std::string_view vault_name,
                std::string_view secret_name, const SecretPatchParameters& parameters,
                const CallOptions& options = {}) const;

  /// The secret without its value. Throws NotFoundError when there is none.
  Secret get(std::string_view resource_group_name, std::string_view vault_name,
             std::string_view secret_name, const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there" (404, whichever part of the path is missing).
  std::optional<Secret> find(std::string_view resource_group_name, std::string_view vault_name,
                             std::string_view secret_name, const CallOptions& options = {}) const;

  /// `top` is the size of a page, not of the list; the service may return less.
  Pager<Secret> list(std::string_view resource_group_name, std::string_view vault_name,
                     std::optional<int> top = {}, const CallOptions& options = {}) const;

 private:
  arm::Path secret_path(std::string_view operation, std::string_view resource_group_name,
                        std::string_view vault_name, std::string_view secret_name) const;
};

}  // namespace akv
