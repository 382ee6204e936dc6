#include "akv/mgmt/keyvault/deleted_managed_hsm.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> DeletedManagedHsmProperties::json_fields() {
  using Properties = DeletedManagedHsmProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::mhsm_id>("mhsmId", Flag::read_only),
      field<&Properties::location>("location", Flag::read_only),
      field<&Properties::tags>("tags", Flag::read_only),
      field<&Properties::deletion_date>("deletionDate", Flag::read_only),
      field<&Properties::scheduled_purge_date>("scheduledPurgeDate", Flag::read_only),
      field<&Properties::purge_protection_enabled>("purgeProtectionEnabled", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> DeletedManagedHsm::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&DeletedManagedHsm::id>("id", Flag::read_only),
      field<&DeletedManagedHsm::name>("name", Flag::read_only),
      field<&DeletedManagedHsm::type>("type", Flag::read_only),
      field<&DeletedManagedHsm::properties>("properties"),
      field<&DeletedManagedHsm::system_data>("systemData", Flag::read_only)};
  return list;
}

}  // namespace akv
