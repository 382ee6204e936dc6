#include "akv/mgmt/keyvault/network_rules.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> IPRule::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&IPRule::value>("value")};
  return list;
}

std::span<const json::FieldInfo> VirtualNetworkRule::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&VirtualNetworkRule::id>("id"),
      field<&VirtualNetworkRule::ignore_missing_vnet_service_endpoint>(
          "ignoreMissingVnetServiceEndpoint")};
  return list;
}

std::span<const json::FieldInfo> NetworkRuleSet::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&NetworkRuleSet::bypass>("bypass"),
      field<&NetworkRuleSet::default_action>("defaultAction"),
      field<&NetworkRuleSet::ip_rules>("ipRules"),
      field<&NetworkRuleSet::virtual_network_rules>("virtualNetworkRules")};
  return list;
}

}  // namespace akv
