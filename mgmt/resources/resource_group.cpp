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
      field<&ResourceGroupPatchable::managed_by>("managedBy"),
      field<&ResourceGroupPatchable::name>("name"),
      field<&ResourceGroupPatchable::properties>("properties")};
  return list;
}

}  // namespace akv
