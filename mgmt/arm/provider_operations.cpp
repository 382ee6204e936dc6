#include "akv/mgmt/arm/provider_operations.hpp"

namespace akv {

Pager<ProviderOperation> ProviderOperations::list(const CallOptions& options) const {
  const std::string path =
      arm::Path(operation_).text("/providers/").text(provider_namespace_).text("/operations").str();
  return pager<ProviderOperation>(operation_, path, {}, options);
}

}  // namespace akv
