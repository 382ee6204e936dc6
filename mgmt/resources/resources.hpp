/// The resources of a subscription or group, whatever their type.
///
/// Named as in Python's azure-mgmt-resource. All throw TransportError, AuthenticationError,
/// CancelledError, and the member of the AzureError family that fits an error answer; FormatError
/// for an answer that cannot be read; AzureError with the code `InvalidArgument`, and nothing sent,
/// for a name that is empty or dots.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"
#include "akv/mgmt/resources/generic_resource.hpp"
#include "akv/mgmt/resources/list_filter.hpp"

#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class ResourcesOperations : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

  /// All of the subscription, from ARM's index, which is some minutes late.
  Pager<GenericResource> list(const ListFilter& filter = {}, const CallOptions& options = {}) const;
  /// All that the group holds.
  Pager<GenericResource> list_by_resource_group(std::string_view resource_group_name,
                                                const ListFilter& filter = {},
                                                const CallOptions& options = {}) const;
};

}  // namespace akv
