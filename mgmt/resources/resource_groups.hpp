/// The operations on resource groups.
///
/// Named as in Python's azure-mgmt-resource. Each sends one request (and what the retry policy
/// adds) on the caller's thread. All throw TransportError, AuthenticationError, CancelledError, and
/// the member of the AzureError family that fits an error answer; FormatError for an answer that
/// cannot be read; AzureError with the code `InvalidArgument`, and nothing sent, for a name that is
/// empty or dots.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"
#include "akv/mgmt/resources/export_template.hpp"
#include "akv/mgmt/resources/list_filter.hpp"
#include "akv/mgmt/resources/resource_group.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class ResourceGroupsOperations : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

  /// Makes the group or replaces its tags. ConflictError when it exists elsewhere
  /// (`InvalidResourceGroupLocation`) or is being deleted.
  ResourceGroup create_or_update(std::string_view resource_group_name,
                                 const ResourceGroup& parameters,
                                 const CallOptions& options = {}) const;
  /// Throws NotFoundError when there is none.
  ResourceGroup get(std::string_view resource_group_name, const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<ResourceGroup> find(std::string_view resource_group_name,
                                    const CallOptions& options = {}) const;
  bool check_existence(std::string_view resource_group_name, const CallOptions& options = {}) const;
  ResourceGroup update(std::string_view resource_group_name,
                       const ResourceGroupPatchable& parameters,
                       const CallOptions& options = {}) const;

  /// Deletes the group and all that is in it; its vaults become soft-deleted. Takes minutes.
  /// Throws NotFoundError when there is none. `force_deletion_types` is for virtual machines:
  /// `Microsoft.Compute/virtualMachines,Microsoft.Compute/virtualMachineScaleSets`.
  Poller<void> begin_delete(std::string_view resource_group_name,
                            const CallOptions& options = {}) const;
  Poller<void> begin_delete(std::string_view resource_group_name,
                            std::string_view force_deletion_types,
                            const CallOptions& options = {}) const;
  /// Goes on from Poller<void>::resume_token(), also one of another process.
  Poller<void> resume_delete(std::string_view resume_token, const CallOptions& options = {}) const;

  Pager<ResourceGroup> list(const ListFilter& filter = {}, const CallOptions& options = {}) const;

  /// The group, or some of its resources, as a template. The result's `error` names what is missing
  /// in it.
  Poller<ResourceGroupExportResult> begin_export_template(std::string_view resource_group_name,
                                                          const ExportTemplateRequest& parameters,
                                                          const CallOptions& options = {}) const;
  Poller<ResourceGroupExportResult> resume_export_template(std::string_view resume_token,
                                                           const CallOptions& options = {}) const;

 private:
  std::string group_path(std::string_view operation, std::string_view resource_group_name) const;
};

}  // namespace akv
