#include "akv/mgmt/keyvault/network_security_perimeter_configurations.hpp"

namespace akv {

Pager<NetworkSecurityPerimeterConfiguration>
NetworkSecurityPerimeterConfigurationsOperations::list_configurations(
    std::string_view resource_group_name, std::string_view vault_name,
    const CallOptions& options) const {
  constexpr const char* operation = "NetworkSecurityPerimeterConfigurations.list_configurations";
  return pager<NetworkSecurityPerimeterConfiguration>(
      operation,
      vault_path(operation, resource_group_name, vault_name)
          .text("/networkSecurityPerimeterConfigurations")
          .str(),
      {}, options);
}

NetworkSecurityPerimeterConfiguration
NetworkSecurityPerimeterConfigurationsOperations::get_configuration(
    std::string_view resource_group_name, std::string_view vault_name,
    std::string_view configuration_name, const CallOptions& options) const {
  constexpr const char* operation = "NetworkSecurityPerimeterConfigurations.get_configuration";
  return send_get<NetworkSecurityPerimeterConfiguration>(
      operation,
      configuration_path(operation, resource_group_name, vault_name, configuration_name).str(),
      options);
}

void NetworkSecurityPerimeterConfigurationsOperations::reconcile_configuration(
    std::string_view resource_group_name, std::string_view vault_name,
    std::string_view configuration_name, const CallOptions& options) const {
  constexpr const char* operation =
      "NetworkSecurityPerimeterConfigurations.reconcile_configuration";
  send({.method = http::Method::post,
        .operation = operation,
        .path = configuration_path(operation, resource_group_name, vault_name, configuration_name)
                    .text("/reconcile")
                    .str(),
        .idempotent_post = true},
       {200, 202, 204}, options);
}

arm::Path NetworkSecurityPerimeterConfigurationsOperations::configuration_path(
    std::string_view operation, std::string_view resource_group_name, std::string_view vault_name,
    std::string_view configuration_name) const {
  return vault_path(operation, resource_group_name, vault_name)
      .text("/networkSecurityPerimeterConfigurations/")
      .name("network security perimeter configuration name", configuration_name);
}

}  // namespace akv
