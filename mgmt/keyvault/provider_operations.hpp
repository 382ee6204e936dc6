/// The operation that lists the provider's operations.
///
/// It throws as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/operation_group.hpp"
#include "akv/mgmt/keyvault/provider_operation.hpp"

namespace akv {

/// Python's `Operations`. Immutable, safe to share between threads; shares the core of the client
/// that made it, and may outlive it.
class KeyVaultOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// The same for every subscription.
  Pager<KeyVaultOperation> list(const CallOptions& options = {}) const;
};

}  // namespace akv
