/// The operations on diagnostic settings, and on the categories that a resource offers.
///
/// Named as in Python's azure-mgmt-monitor. `resource_uri` is the ARM id of the resource, with or
/// without its first slash. All throw TransportError, AuthenticationError, CancelledError, and the
/// member of the AzureError family that fits an error answer; FormatError for an answer that cannot
/// be read; AzureError with the code `InvalidArgument`, and nothing sent, for a name that is empty
/// or dots, and half an id.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"
#include "akv/mgmt/monitor/diagnostic_setting.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class DiagnosticSettingsOperations : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

  /// Makes or replaces the setting. Throws ConflictError where another setting of the resource
  /// sends the same category to the same place.
  DiagnosticSettingsResource create_or_update(std::string_view resource_uri, std::string_view name,
                                              const DiagnosticSettingsResource& parameters,
                                              const CallOptions& options = {}) const;
  /// Throws NotFoundError when there is none.
  DiagnosticSettingsResource get(std::string_view resource_uri, std::string_view name,
                                 const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<DiagnosticSettingsResource> find(std::string_view resource_uri,
                                                 std::string_view name,
                                                 const CallOptions& options = {}) const;
  /// Deletes the setting (Python's `delete`); true when there was one.
  bool remove(std::string_view resource_uri, std::string_view name,
              const CallOptions& options = {}) const;
  Pager<DiagnosticSettingsResource> list(std::string_view resource_uri,
                                         const CallOptions& options = {}) const;

 private:
  std::string path(std::string_view operation, std::string_view resource_uri,
                   std::string_view name) const;
};

/// The same.
class DiagnosticSettingsCategoryOperations : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

  DiagnosticSettingsCategoryResource get(std::string_view resource_uri, std::string_view name,
                                         const CallOptions& options = {}) const;
  Pager<DiagnosticSettingsCategoryResource> list(std::string_view resource_uri,
                                                 const CallOptions& options = {}) const;
};

}  // namespace akv
