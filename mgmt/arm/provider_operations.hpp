/// The operations that a resource provider knows, for `actions` of role definitions.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct ProviderOperationDisplay {
  Field<std::string> provider{};   ///< `Microsoft Resource Graph`
  Field<std::string> resource{};   ///< What the operation is done to.
  Field<std::string> operation{};  ///< What is done, in words.
  Field<std::string> description{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ProviderOperation {
  std::string name{};  ///< `Microsoft.ResourceGraph/resources/read`
  Field<ProviderOperationDisplay> display{};
  Field<std::string> origin{};  ///< `user`, `system`, `user,system`; not of all providers.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

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
