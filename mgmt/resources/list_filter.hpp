/// What the lists of resource groups and resources can be narrowed to.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"

#include <optional>
#include <string>

namespace akv {

/// Which resources or groups a list shall hold; empty members are not sent.
struct ListFilter {
  std::string filter{};  ///< OData: `tagName eq 'team' and tagValue eq 'payments'`.
  std::string expand{};  ///< `createdTime,changedTime,provisioningState`; not for groups.
  std::optional<int> top{};

  arm::Query query() const;
};

}  // namespace akv
