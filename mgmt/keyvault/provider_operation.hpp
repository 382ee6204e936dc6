/// What the provider Microsoft.KeyVault can do, as role definitions name it.
#pragma once
#include "akv/mgmt/arm/provider_operations.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct DimensionProperties {
  Field<std::string> name{};
  Field<std::string> display_name{};
  Field<bool> to_be_exported_for_shoebox{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A log for diagnostic settings: `AuditEvent`, …
struct LogSpecification {
  Field<std::string> name{};
  Field<std::string> display_name{};
  Field<std::string> blob_duration{};  ///< ISO 8601.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct MetricSpecification {
  Field<std::string> name{};
  Field<std::string> display_name{};
  Field<std::string> display_description{};
  Field<std::string> unit{};
  Field<std::string> aggregation_type{};
  Strings supported_aggregation_types = absent;
  Strings supported_time_grain_types = absent;
  Field<std::string> lock_aggregation_type{};
  List<DimensionProperties> dimensions = absent;
  Field<bool> fill_gap_with_zero{};
  Field<std::string> internal_metric_name{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ServiceSpecification {
  List<LogSpecification> log_specifications = absent;
  List<MetricSpecification> metric_specifications = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct KeyVaultOperationProperties {
  Field<ServiceSpecification> service_specification{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// ARM's `Operation`, with more than other providers say of theirs (ProviderOperation).
struct KeyVaultOperation {
  Field<std::string> name{};  ///< `Microsoft.KeyVault/vaults/read`
  Field<ProviderOperationDisplay> display{};
  Field<std::string> origin{};
  Field<KeyVaultOperationProperties> properties{};
  Field<bool> is_data_action{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
