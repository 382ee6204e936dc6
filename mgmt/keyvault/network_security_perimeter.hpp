/// What a network security perimeter means for a vault. In preview: the service may change it.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of NetworkSecurityPerimeterConfigurationProperties::provisioning_state.
namespace network_security_perimeter_provisioning_state {
inline constexpr const char* succeeded = "Succeeded";
inline constexpr const char* creating = "Creating";
inline constexpr const char* updating = "Updating";
inline constexpr const char* deleting = "Deleting";
inline constexpr const char* accepted = "Accepted";
inline constexpr const char* failed = "Failed";
inline constexpr const char* canceled = "Canceled";
}  // namespace network_security_perimeter_provisioning_state

/// Known values of ResourceAssociation::access_mode.
namespace resource_association_access_mode {
inline constexpr const char* enforced = "Enforced";
inline constexpr const char* learning = "Learning";  ///< Traffic is analysed, not blocked.
inline constexpr const char* audit = "Audit";        ///< Traffic is logged, not blocked.
}  // namespace resource_association_access_mode

/// Known values of AccessRuleProperties::direction.
namespace access_rule_direction {
inline constexpr const char* inbound = "Inbound";
inline constexpr const char* outbound = "Outbound";
}  // namespace access_rule_direction

/// Known values of ProvisioningIssueProperties::issue_type.
namespace issue_type {
inline constexpr const char* unknown = "Unknown";
inline constexpr const char* configuration_propagation_failure = "ConfigurationPropagationFailure";
inline constexpr const char* missing_perimeter_configuration = "MissingPerimeterConfiguration";
inline constexpr const char* missing_identity_configuration = "MissingIdentityConfiguration";
}  // namespace issue_type

/// Known values of ProvisioningIssueProperties::severity.
namespace issue_severity {
inline constexpr const char* warning = "Warning";
inline constexpr const char* error = "Error";
}  // namespace issue_severity

struct NetworkSecurityPerimeter {
  Field<std::string> id{};
  Field<std::string> perimeter_guid{};
  Field<std::string> location{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct AccessRuleSubscription {
  Field<std::string> id{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct AccessRuleProperties {
  Field<std::string> direction{};     ///< access_rule_direction::…
  Strings address_prefixes = absent;  ///< Of inbound rules, as CIDR.
  List<AccessRuleSubscription> subscriptions = absent;
  List<NetworkSecurityPerimeter> network_security_perimeters = absent;
  Strings fully_qualified_domain_names = absent;  ///< Of outbound rules.
  Strings email_addresses = absent;
  Strings phone_numbers = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct AccessRule {
  Field<std::string> name{};
  Field<AccessRuleProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ProvisioningIssueProperties {
  Field<std::string> issue_type{};  ///< issue_type::…
  Field<std::string> severity{};    ///< issue_severity::…
  Field<std::string> description{};
  Strings suggested_resource_ids = absent;
  List<AccessRule> suggested_access_rules = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ProvisioningIssue {
  Field<std::string> name{};
  Field<ProvisioningIssueProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ResourceAssociation {
  Field<std::string> name{};
  Field<std::string> access_mode{};  ///< resource_association_access_mode::…
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct NetworkSecurityProfile {
  Field<std::string> name{};
  Field<int> access_rules_version{};
  List<AccessRule> access_rules = absent;
  Field<int> diagnostic_settings_version{};
  Strings enabled_log_categories = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct NetworkSecurityPerimeterConfigurationProperties {
  /// network_security_perimeter_provisioning_state::…
  Field<std::string> provisioning_state{};
  List<ProvisioningIssue> provisioning_issues = absent;
  Field<NetworkSecurityPerimeter> network_security_perimeter{};
  Field<ResourceAssociation> resource_association{};
  Field<NetworkSecurityProfile> profile{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct NetworkSecurityPerimeterConfiguration {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<NetworkSecurityPerimeterConfigurationProperties> properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
