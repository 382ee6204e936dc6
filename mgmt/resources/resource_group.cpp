#include "akv/mgmt/resources/resource_group.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ResourceGroupProperties::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ResourceGroupProperties::provisioning_state>("provisioningState", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ResourceGroup::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ResourceGroup::id>("id", Flag::read_only),
      field<&ResourceGroup::name>("name", Flag::read_only),
      field<&ResourceGroup::type>("type", Flag::read_only),
      field<&ResourceGroup::location>("location"),
      field<&ResourceGroup::tags>("tags"),
      field<&ResourceGroup::managed_by>("managedBy"),
      field<&ResourceGroup::properties>("properties", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> ResourceGroupPatchable::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ResourceGroupPatchable::tags>("tags"),
      field<&ResourceGroupPatchable::managed_by>("managedBy")};
  return list;
}

std::span<const json::FieldInfo> GenericResource::json_fields() {
  using Resource = GenericResource;
  static constexpr json::FieldInfo list[] = {
      field<&Resource::id>("id", Flag::read_only),
      field<&Resource::name>("name", Flag::read_only),
      field<&Resource::type>("type", Flag::read_only),
      field<&Resource::location>("location"),
      field<&Resource::tags>("tags"),
      field<&Resource::kind>("kind"),
      field<&Resource::managed_by>("managedBy"),
      field<&Resource::created_time>("createdTime", Flag::read_only),
      field<&Resource::changed_time>("changedTime", Flag::read_only),
      field<&Resource::provisioning_state>("provisioningState", Flag::read_only),
      field<&Resource::system_data>("systemData", Flag::read_only)};
  return list;
}

}  // namespace akv
