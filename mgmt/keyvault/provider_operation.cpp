#include "akv/mgmt/keyvault/provider_operation.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> DimensionProperties::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&DimensionProperties::name>("name"),
      field<&DimensionProperties::display_name>("displayName"),
      field<&DimensionProperties::to_be_exported_for_shoebox>("toBeExportedForShoebox")};
  return list;
}

std::span<const json::FieldInfo> LogSpecification::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&LogSpecification::name>("name"), field<&LogSpecification::display_name>("displayName"),
      field<&LogSpecification::blob_duration>("blobDuration")};
  return list;
}

std::span<const json::FieldInfo> MetricSpecification::json_fields() {
  using Metric = MetricSpecification;
  static constexpr json::FieldInfo list[] = {
      field<&Metric::name>("name"),
      field<&Metric::display_name>("displayName"),
      field<&Metric::display_description>("displayDescription"),
      field<&Metric::unit>("unit"),
      field<&Metric::aggregation_type>("aggregationType"),
      field<&Metric::supported_aggregation_types>("supportedAggregationTypes"),
      field<&Metric::supported_time_grain_types>("supportedTimeGrainTypes"),
      field<&Metric::lock_aggregation_type>("lockAggregationType"),
      field<&Metric::dimensions>("dimensions"),
      field<&Metric::fill_gap_with_zero>("fillGapWithZero"),
      field<&Metric::internal_metric_name>("internalMetricName")};
  return list;
}

std::span<const json::FieldInfo> ServiceSpecification::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ServiceSpecification::log_specifications>("logSpecifications"),
      field<&ServiceSpecification::metric_specifications>("metricSpecifications")};
  return list;
}

std::span<const json::FieldInfo> KeyVaultOperationProperties::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&KeyVaultOperationProperties::service_specification>("serviceSpecification")};
  return list;
}

std::span<const json::FieldInfo> KeyVaultOperation::json_fields() {
  using Operation = KeyVaultOperation;
  static constexpr json::FieldInfo list[] = {
      field<&Operation::name>("name"), field<&Operation::display>("display"),
      field<&Operation::origin>("origin"), field<&Operation::properties>("properties"),
      field<&Operation::is_data_action>("isDataAction")};
  return list;
}

}  // namespace akv
