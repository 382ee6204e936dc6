#include "akv/mgmt/monitor/diagnostic_setting.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> RetentionPolicy::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&RetentionPolicy::enabled>("enabled"),
                                             field<&RetentionPolicy::days>("days")};
  return list;
}

std::span<const json::FieldInfo> MetricSettings::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&MetricSettings::time_grain>("timeGrain"), field<&MetricSettings::category>("category"),
      field<&MetricSettings::enabled>("enabled"),
      field<&MetricSettings::retention_policy>("retentionPolicy")};
  return list;
}

std::span<const json::FieldInfo> LogSettings::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&LogSettings::category>("category"),
      field<&LogSettings::category_group>("categoryGroup"), field<&LogSettings::enabled>("enabled"),
      field<&LogSettings::retention_policy>("retentionPolicy")};
  return list;
}

std::span<const json::FieldInfo> DiagnosticSettings::json_fields() {
  using Settings = DiagnosticSettings;
  static constexpr json::FieldInfo list[] = {
      field<&Settings::storage_account_id>("storageAccountId"),
      field<&Settings::service_bus_rule_id>("serviceBusRuleId"),
      field<&Settings::event_hub_authorization_rule_id>("eventHubAuthorizationRuleId"),
      field<&Settings::event_hub_name>("eventHubName"),
      field<&Settings::metrics>("metrics"),
      field<&Settings::logs>("logs"),
      field<&Settings::workspace_id>("workspaceId"),
      field<&Settings::marketplace_partner_id>("marketplacePartnerId"),
      field<&Settings::log_analytics_destination_type>("logAnalyticsDestinationType")};
  return list;
}

std::span<const json::FieldInfo> DiagnosticSettingsResource::json_fields() {
  using Resource = DiagnosticSettingsResource;
  static constexpr json::FieldInfo list[] = {
      field<&Resource::id>("id", Flag::read_only), field<&Resource::name>("name", Flag::read_only),
      field<&Resource::type>("type", Flag::read_only),
      field<&Resource::system_data>("systemData", Flag::read_only),
      field<&Resource::properties>("properties")};
  return list;
}

DiagnosticSettingsResource to_parameters(const DiagnosticSettingsResource& setting) {
  DiagnosticSettingsResource parameters;
  parameters.properties = setting.properties;
  for (const auto& [name, value] : setting.unknown)
    if (value.text != "null") parameters.unknown.add(name) = value;
  return parameters;
}

std::span<const json::FieldInfo> DiagnosticSettingsCategory::json_fields() {
  using Category = DiagnosticSettingsCategory;
  static constexpr json::FieldInfo list[] = {
      field<&Category::category_type>("categoryType", Flag::open_enum),
      field<&Category::category_groups>("categoryGroups")};
  return list;
}

std::span<const json::FieldInfo> DiagnosticSettingsCategoryResource::json_fields() {
  using Resource = DiagnosticSettingsCategoryResource;
  static constexpr json::FieldInfo list[] = {
      field<&Resource::id>("id", Flag::read_only), field<&Resource::name>("name", Flag::read_only),
      field<&Resource::type>("type", Flag::read_only),
      field<&Resource::system_data>("systemData", Flag::read_only),
      field<&Resource::properties>("properties", Flag::read_only)};
  return list;
}

}  // namespace akv
