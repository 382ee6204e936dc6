/// One operation of a resource provider, for `actions` of role definitions.
#pragma once
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

}  // namespace akv
