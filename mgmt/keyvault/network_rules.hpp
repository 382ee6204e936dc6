/// The firewall of a vault.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of NetworkRuleSet::bypass.
namespace network_rule_bypass {
inline constexpr const char* azure_services = "AzureServices";
inline constexpr const char* none = "None";
}  // namespace network_rule_bypass

/// Known values of NetworkRuleSet::default_action.
namespace network_rule_action {
inline constexpr const char* allow = "Allow";
inline constexpr const char* deny = "Deny";
}  // namespace network_rule_action

struct IPRule {
  Required<std::string> value;  ///< IPv4 address or CIDR; an address comes back as `…/32`.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct VirtualNetworkRule {
  Required<std::string> id;  ///< Of a subnet.
  Field<bool> ignore_missing_vnet_service_endpoint{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The service leaves the whole set out of its answers when it equals the default: AzureServices,
/// Allow, no rules.
struct NetworkRuleSet {
  Field<std::string> bypass{};          ///< network_rule_bypass::…; absent: AzureServices.
  Field<std::string> default_action{};  ///< network_rule_action::…: what no rule allows.
  List<IPRule> ip_rules = absent;
  List<VirtualNetworkRule> virtual_network_rules = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
