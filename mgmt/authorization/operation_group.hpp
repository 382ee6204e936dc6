/// Paths of Microsoft.Authorization, for its operation groups.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"

#include <string>
#include <string_view>

namespace akv {

/// A resource in a group of the client's subscription, part by part. Where its id is at hand, an
/// operation that takes a scope is shorter.
struct ResourceAddress {
  Required<std::string> resource_group_name;
  Required<std::string> resource_provider_namespace;  ///< `Microsoft.KeyVault`
  std::string parent_resource_path{};                 ///< `vaults/kv` for what is in a vault.
  Required<std::string> resource_type;                ///< `vaults`
  Required<std::string> resource_name;
};

class AuthorizationOperationGroup : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

 protected:
  /// `{scope}/providers/Microsoft.Authorization/{collection}`
  arm::Path at_scope(std::string_view operation, std::string_view scope,
                     std::string_view collection) const;
  arm::Path at_subscription(std::string_view operation, std::string_view collection) const;
  /// `groups` is as the operation's description spells it; the service does not mind.
  arm::Path at_group(std::string_view operation, std::string_view resource_group_name,
                     std::string_view collection,
                     std::string_view groups = "/resourceGroups/") const;
  arm::Path at_resource(std::string_view operation, const ResourceAddress& resource,
                        std::string_view collection,
                        std::string_view groups = "/resourceGroups/") const;
  static constexpr std::string_view lower_case_groups = "/resourcegroups/";
};

}  // namespace akv
