#include "akv/mgmt/resources/generic_resource.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ExtendedLocation::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&ExtendedLocation::type>("type"),
                                             field<&ExtendedLocation::name>("name")};
  return list;
}

std::span<const json::FieldInfo> ResourcePlan::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&ResourcePlan::name>("name"),
                                             field<&ResourcePlan::publisher>("publisher"),
                                             field<&ResourcePlan::product>("product"),
                                             field<&ResourcePlan::promotion_code>("promotionCode"),
                                             field<&ResourcePlan::version>("version")};
  return list;
}

std::span<const json::FieldInfo> ResourceSku::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ResourceSku::name>("name"),   field<&ResourceSku::tier>("tier"),
      field<&ResourceSku::size>("size"),   field<&ResourceSku::family>("family"),
      field<&ResourceSku::model>("model"), field<&ResourceSku::capacity>("capacity")};
  return list;
}

std::span<const json::FieldInfo> ResourceIdentity::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ResourceIdentity::principal_id>("principalId", Flag::read_only),
      field<&ResourceIdentity::tenant_id>("tenantId", Flag::read_only),
      field<&ResourceIdentity::type>("type"),
      field<&ResourceIdentity::user_assigned_identities>("userAssignedIdentities")};
  return list;
}

std::span<const json::FieldInfo> GenericResource::json_fields() {
  using Resource = GenericResource;
  static constexpr json::FieldInfo list[] = {
      field<&Resource::id>("id", Flag::read_only),
      field<&Resource::name>("name", Flag::read_only),
      field<&Resource::type>("type", Flag::read_only),
      field<&Resource::location>("location"),
      field<&Resource::extended_location>("extendedLocation"),
      field<&Resource::tags>("tags"),
      field<&Resource::plan>("plan"),
      field<&Resource::properties>("properties"),
      field<&Resource::kind>("kind"),
      field<&Resource::managed_by>("managedBy"),
      field<&Resource::sku>("sku"),
      field<&Resource::identity>("identity"),
      field<&Resource::created_time>("createdTime", Flag::read_only),
      field<&Resource::changed_time>("changedTime", Flag::read_only),
      field<&Resource::provisioning_state>("provisioningState", Flag::read_only),
      field<&Resource::system_data>("systemData", Flag::read_only)};
  return list;
}

}  // namespace akv
