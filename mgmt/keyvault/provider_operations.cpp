#include "akv/mgmt/keyvault/provider_operations.hpp"

namespace akv {

Pager<KeyVaultOperation> KeyVaultOperations::list(const CallOptions& options) const {
  return pager<KeyVaultOperation>("Operations.list", "/providers/Microsoft.KeyVault/operations", {},
                                  options);
}

}  // namespace akv
