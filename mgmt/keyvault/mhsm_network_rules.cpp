#include "akv/mgmt/keyvault/mhsm_network_rules.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> MHSMVirtualNetworkRule::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&MHSMVirtualNetworkRule::id>("id")};
  return list;
}

std::span<const json::FieldInfo> MHSMServiceTagRule::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&MHSMServiceTagRule::tag>("tag")};
  return list;
}

std::span<const json::FieldInfo> MHSMNetworkRuleSet::json_fields() {
  using Rules = MHSMNetworkRuleSet;
  static constexpr json::FieldInfo list[] = {
      field<&Rules::bypass>("bypass"), field<&Rules::default_action>("defaultAction"),
      field<&Rules::ip_rules>("ipRules"),
      field<&Rules::virtual_network_rules>("virtualNetworkRules"),
      field<&Rules::service_tags>("serviceTags")};
  return list;
}

}  // namespace akv
