#include "akv/mgmt/keyvault/managed_hsm.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ManagedHsmSku::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&ManagedHsmSku::family>("family"),
                                             field<&ManagedHsmSku::name>("name")};
  return list;
}

std::span<const json::FieldInfo> MHSMGeoReplicatedRegion::json_fields() {
  using Region = MHSMGeoReplicatedRegion;
  static constexpr json::FieldInfo list[] = {
      field<&Region::name>("name"),
      field<&Region::provisioning_state>("provisioningState", Flag::read_only),
      field<&Region::is_primary>("isPrimary")};
  return list;
}

std::span<const json::FieldInfo> ManagedHSMSecurityDomainProperties::json_fields() {
  using Properties = ManagedHSMSecurityDomainProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::activation_status>("activationStatus", Flag::read_only),
      field<&Properties::activation_status_message>("activationStatusMessage", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ManagedHsmProperties::json_fields() {
  using Properties = ManagedHsmProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::tenant_id>("tenantId"),
      field<&Properties::initial_admin_object_ids>("initialAdminObjectIds"),
      field<&Properties::hsm_uri>("hsmUri", Flag::read_only),
      field<&Properties::enable_soft_delete>("enableSoftDelete"),
      field<&Properties::soft_delete_retention_in_days>("softDeleteRetentionInDays"),
      field<&Properties::enable_purge_protection>("enablePurgeProtection"),
      field<&Properties::create_mode>("createMode", Flag::write_only),
      field<&Properties::status_message>("statusMessage", Flag::read_only),
      field<&Properties::provisioning_state>("provisioningState", Flag::read_only),
      field<&Properties::network_acls>("networkAcls"),
      field<&Properties::regions>("regions"),
      field<&Properties::private_endpoint_connections>("privateEndpointConnections",
                                                       Flag::read_only),
      field<&Properties::public_network_access>("publicNetworkAccess"),
      field<&Properties::scheduled_purge_date>("scheduledPurgeDate", Flag::read_only),
      field<&Properties::security_domain_properties>("securityDomainProperties", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ManagedHsm::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ManagedHsm::id>("id", Flag::read_only),
      field<&ManagedHsm::name>("name", Flag::read_only),
      field<&ManagedHsm::type>("type", Flag::read_only),
      field<&ManagedHsm::location>("location"),
      field<&ManagedHsm::sku>("sku"),
      field<&ManagedHsm::tags>("tags"),
      field<&ManagedHsm::system_data>("systemData", Flag::read_only),
      field<&ManagedHsm::identity>("identity"),
      field<&ManagedHsm::properties>("properties")};
  return list;
}

namespace {

void drop_read_only(ManagedHsmProperties& properties) {
  properties.hsm_uri.reset();
  properties.status_message.reset();
  properties.provisioning_state.reset();
  properties.scheduled_purge_date.reset();
  properties.security_domain_properties.reset();
  properties.private_endpoint_connections.reset();
  if (!properties.regions) return;
  for (MHSMGeoReplicatedRegion& region : *properties.regions) region.provisioning_state.reset();
}

}  // namespace

ManagedHsm to_parameters(const ManagedHsm& hsm) {
  ManagedHsm parameters = hsm;
  parameters.id.clear();
  parameters.name.clear();
  parameters.type.clear();
  parameters.system_data.reset();
  if (hsm.identity) parameters.identity = to_parameters(*hsm.identity);
  if (parameters.properties) drop_read_only(*parameters.properties);
  return parameters;
}

}  // namespace akv
