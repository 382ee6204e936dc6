#include "akv/mgmt/keyvault/vault.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> VaultProperties::json_fields() {
  using Properties = VaultProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::sku>("sku"), field<&Properties::tenant_id>("tenantId"),
      field<&Properties::network_acls>("networkAcls"),
      field<&Properties::access_policies>("accessPolicies"),
      field<&Properties::private_endpoint_connections>("privateEndpointConnections",
                                                       Flag::read_only),
      field<&Properties::enabled_for_deployment>("enabledForDeployment"),
      field<&Properties::enabled_for_disk_encryption>("enabledForDiskEncryption"),
      field<&Properties::enabled_for_template_deployment>("enabledForTemplateDeployment"),
      field<&Properties::enable_soft_delete>("enableSoftDelete"),
      field<&Properties::soft_delete_retention_in_days>("softDeleteRetentionInDays"),
      field<&Properties::enable_rbac_authorization>("enableRbacAuthorization"),
      field<&Properties::enable_purge_protection>("enablePurgeProtection"),
      field<&Properties::create_mode>("createMode", Flag::write_only),
      field<&Properties::hsm_pool_resource_id>("hsmPoolResourceId", Flag::read_only),
      // The description calls these two writable, but the service sets them, whatever is sent.
      field<&Properties::vault_uri>("vaultUri", Flag::read_only),
      field<&Properties::provisioning_state>("provisioningState", Flag::read_only),
      field<&Properties::public_network_access>("publicNetworkAccess")};
  return list;
}

std::span<const json::FieldInfo> Vault::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Vault::id>("id", Flag::read_only),
      field<&Vault::name>("name", Flag::read_only),
      field<&Vault::type>("type", Flag::read_only),
      field<&Vault::location>("location"),
      field<&Vault::tags>("tags"),
      field<&Vault::system_data>("systemData", Flag::read_only),
      field<&Vault::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> VaultCreateOrUpdateParameters::json_fields() {
  using Parameters = VaultCreateOrUpdateParameters;
  static constexpr json::FieldInfo list[] = {field<&Parameters::location>("location"),
                                             field<&Parameters::tags>("tags"),
                                             field<&Parameters::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> VaultPatchProperties::json_fields() {
  using Properties = VaultPatchProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::tenant_id>("tenantId"),
      field<&Properties::sku>("sku"),
      field<&Properties::access_policies>("accessPolicies"),
      field<&Properties::enabled_for_deployment>("enabledForDeployment"),
      field<&Properties::enabled_for_disk_encryption>("enabledForDiskEncryption"),
      field<&Properties::enabled_for_template_deployment>("enabledForTemplateDeployment"),
      field<&Properties::enable_soft_delete>("enableSoftDelete"),
      field<&Properties::enable_rbac_authorization>("enableRbacAuthorization"),
      field<&Properties::soft_delete_retention_in_days>("softDeleteRetentionInDays"),
      field<&Properties::create_mode>("createMode", Flag::write_only),
      field<&Properties::enable_purge_protection>("enablePurgeProtection"),
      field<&Properties::network_acls>("networkAcls"),
      field<&Properties::public_network_access>("publicNetworkAccess")};
  return list;
}

std::span<const json::FieldInfo> VaultPatchParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&VaultPatchParameters::tags>("tags"),
      field<&VaultPatchParameters::properties>("properties")};
  return list;
}

VaultCreateOrUpdateParameters to_parameters(const Vault& vault) {
  VaultCreateOrUpdateParameters parameters{.location = vault.location,
                                           .tags = vault.tags,
                                           .properties = vault.properties,
                                           .unknown = vault.unknown};
  VaultProperties& properties = parameters.properties;
  properties.vault_uri.reset();
  properties.hsm_pool_resource_id.reset();
  properties.provisioning_state.reset();
  properties.private_endpoint_connections.reset();
  if (properties.enable_purge_protection && !*properties.enable_purge_protection)
    properties.enable_purge_protection.reset();
  // A vault that says nothing goes by access policies; a PUT that says nothing means, since
  // 2026-02-01, role assignments.
  if (!properties.enable_rbac_authorization) properties.enable_rbac_authorization = false;
  return parameters;
}

}  // namespace akv
