/// A diagnostic setting: which logs and metrics of a resource go where. Without one a vault's
/// audit events are kept nowhere.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Categories and category groups of a vault, for LogSettings and MetricSettings.
namespace vault_diagnostics {
inline constexpr const char* audit_event = "AuditEvent";
inline constexpr const char* azure_policy_evaluation_details = "AzurePolicyEvaluationDetails";
inline constexpr const char* all_metrics = "AllMetrics";
inline constexpr const char* all_logs_group = "allLogs";
inline constexpr const char* audit_group = "audit";
}  // namespace vault_diagnostics

/// Known values of DiagnosticSettings::log_analytics_destination_type.
namespace log_analytics_destination_type {
inline constexpr const char* dedicated = "Dedicated";  ///< Tables of the resource's own kind.
}  // namespace log_analytics_destination_type

/// Known values of DiagnosticSettingsCategory::category_type.
namespace category_type {
inline constexpr const char* metrics = "Metrics";
inline constexpr const char* logs = "Logs";
}  // namespace category_type

/// How long a storage account keeps what it is sent. Azure has retired it: use a lifecycle rule of
/// the account.
struct RetentionPolicy {
  bool enabled = false;
  int days = 0;  ///< 0: for ever.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct MetricSettings {
  Field<std::string> category{};    ///< vault_diagnostics::all_metrics
  bool enabled = true;              ///< Always sent: a category that is named is meant to be on.
  Field<std::string> time_grain{};  ///< ISO 8601: `PT1M`
  Field<RetentionPolicy> retention_policy{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A category or a group of them, not both.
struct LogSettings {
  Field<std::string> category{};
  Field<std::string> category_group{};
  bool enabled = true;  ///< Always sent: a category that is named is meant to be on.
  Field<RetentionPolicy> retention_policy{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// At least one destination, all as ARM ids.
struct DiagnosticSettings {
  Field<std::string> storage_account_id{};
  Field<std::string> service_bus_rule_id{};  ///< Of old; event hubs replaced it.
  Field<std::string> event_hub_authorization_rule_id{};
  Field<std::string> event_hub_name{};  ///< Absent: the default one.
  Field<std::string> workspace_id{};    ///< Of Log Analytics; the service answers `""` for none.
  Field<std::string> marketplace_partner_id{};
  List<MetricSettings> metrics = absent;
  List<LogSettings> logs = absent;
  Field<std::string> log_analytics_destination_type{};  ///< log_analytics_destination_type::…
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Both what create_or_update takes and what the service shows (see to_parameters): members that
/// the service sets are not sent.
struct DiagnosticSettingsResource {
  Field<DiagnosticSettings> properties{};
  // Of answers; never sent.
  std::string id{};
  std::string name{};
  Field<std::string> type{};  ///< Empty from older vaults.
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The parameters that would write `setting` back as it is, unknown members included. The service
/// shows members that no setting has, such as `"location": null`: those are left out.
DiagnosticSettingsResource to_parameters(const DiagnosticSettingsResource& setting);

struct DiagnosticSettingsCategory {
  Field<std::string> category_type{};  ///< category_type::…
  Strings category_groups = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A category that a resource offers.
struct DiagnosticSettingsCategoryResource {
  std::string id{};
  std::string name{};  ///< What LogSettings::category is to be.
  std::string type{};
  Field<DiagnosticSettingsCategory> properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
