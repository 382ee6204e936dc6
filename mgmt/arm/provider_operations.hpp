/// The operations that a resource provider knows, for `actions` of role definitions.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"
#include "akv/mgmt/arm/provider_operation.hpp"

#include <string>

namespace akv {

/// Immutable, safe to share between threads; may outlive the client that made it. Throws what
/// every operation group throws.
class ProviderOperations : public arm::OperationGroup {
 public:
  /// `operation` is for messages and of static lifetime, as is the namespace.
  ProviderOperations(arm::ArmClient arm, const char* operation, const char* provider_namespace,
                     std::string api_version)
      : OperationGroup(std::move(arm), {}, std::move(api_version)),
        operation_(operation),
        provider_namespace_(provider_namespace) {}

  Pager<ProviderOperation> list(const CallOptions& options = {}) const;

 private:
  const char* operation_;
  const char* provider_namespace_;
};

}  // namespace akv
