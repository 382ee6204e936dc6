#include "akv/mgmt/keyvault/managed_hsm_key.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ManagedHsmKey::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ManagedHsmKey::id>("id", Flag::read_only),
      field<&ManagedHsmKey::name>("name", Flag::read_only),
      field<&ManagedHsmKey::type>("type", Flag::read_only),
      field<&ManagedHsmKey::tags>("tags"),
      field<&ManagedHsmKey::system_data>("systemData", Flag::read_only),
      field<&ManagedHsmKey::properties>("properties")};
  return list;
}

}  // namespace akv
