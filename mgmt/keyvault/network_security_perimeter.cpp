#include "akv/mgmt/keyvault/network_security_perimeter.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> NetworkSecurityPerimeter::json_fields() {
  using Perimeter = NetworkSecurityPerimeter;
  static constexpr json::FieldInfo list[] = {field<&Perimeter::id>("id"),
                                             field<&Perimeter::perimeter_guid>("perimeterGuid"),
                                             field<&Perimeter::location>("location")};
  return list;
}

std::span<const json::FieldInfo> AccessRuleSubscription::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&AccessRuleSubscription::id>("id")};
  return list;
}

std::span<const json::FieldInfo> AccessRuleProperties::json_fields() {
  using Properties = AccessRuleProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::direction>("direction"),
      field<&Properties::address_prefixes>("addressPrefixes"),
      field<&Properties::subscriptions>("subscriptions"),
      field<&Properties::network_security_perimeters>("networkSecurityPerimeters"),
      field<&Properties::fully_qualified_domain_names>("fullyQualifiedDomainNames"),
      field<&Properties::email_addresses>("emailAddresses"),
      field<&Properties::phone_numbers>("phoneNumbers")};
  return list;
}

std::span<const json::FieldInfo> AccessRule::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&AccessRule::name>("name"),
                                             field<&AccessRule::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> ProvisioningIssueProperties::json_fields() {
  using Properties = ProvisioningIssueProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::issue_type>("issueType", Flag::read_only),
      field<&Properties::severity>("severity", Flag::read_only),
      field<&Properties::description>("description", Flag::read_only),
      field<&Properties::suggested_resource_ids>("suggestedResourceIds", Flag::read_only),
      field<&Properties::suggested_access_rules>("suggestedAccessRules", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ProvisioningIssue::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ProvisioningIssue::name>("name", Flag::read_only),
      field<&ProvisioningIssue::properties>("properties", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ResourceAssociation::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ResourceAssociation::name>("name"),
      field<&ResourceAssociation::access_mode>("accessMode")};
  return list;
}

std::span<const json::FieldInfo> NetworkSecurityProfile::json_fields() {
  using Profile = NetworkSecurityProfile;
  static constexpr json::FieldInfo list[] = {
      field<&Profile::name>("name"), field<&Profile::access_rules_version>("accessRulesVersion"),
      field<&Profile::access_rules>("accessRules"),
      field<&Profile::diagnostic_settings_version>("diagnosticSettingsVersion"),
      field<&Profile::enabled_log_categories>("enabledLogCategories")};
  return list;
}

std::span<const json::FieldInfo> NetworkSecurityPerimeterConfigurationProperties::json_fields() {
  using Properties = NetworkSecurityPerimeterConfigurationProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::provisioning_state>("provisioningState", Flag::read_only),
      field<&Properties::provisioning_issues>("provisioningIssues", Flag::read_only),
      field<&Properties::network_security_perimeter>("networkSecurityPerimeter"),
      field<&Properties::resource_association>("resourceAssociation"),
      field<&Properties::profile>("profile")};
  return list;
}

std::span<const json::FieldInfo> NetworkSecurityPerimeterConfiguration::json_fields() {
  using Configuration = NetworkSecurityPerimeterConfiguration;
  static constexpr json::FieldInfo list[] = {
      field<&Configuration::id>("id", Flag::read_only),
      field<&Configuration::name>("name", Flag::read_only),
      field<&Configuration::type>("type", Flag::read_only),
      field<&Configuration::system_data>("systemData", Flag::read_only),
      field<&Configuration::properties>("properties")};
  return list;
}

}  // namespace akv
