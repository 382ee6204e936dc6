/// Who may reach a managed HSM over the network.
#pragma once
#include "akv/mgmt/keyvault/network_rules.hpp"

#include <span>
#include <string>

namespace akv {

// ARM defines it a second time for managed HSMs, member by member the same.
using MHSMIPRule = IPRule;

struct MHSMVirtualNetworkRule {
  Required<std::string> id;  ///< Of a subnet.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct MHSMServiceTagRule {
  Required<std::string> tag;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct MHSMNetworkRuleSet {
  Field<std::string> bypass{};          ///< network_rule_bypass::…; absent: AzureServices.
  Field<std::string> default_action{};  ///< network_rule_action::…: what no rule allows.
  List<MHSMIPRule> ip_rules = absent;
  List<MHSMVirtualNetworkRule> virtual_network_rules = absent;
  List<MHSMServiceTagRule> service_tags = absent;  ///< From api-version 2025-05-01 on.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
