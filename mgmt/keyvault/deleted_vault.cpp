#include "akv/mgmt/keyvault/deleted_vault.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> DeletedVaultProperties::json_fields() {
  using Properties = DeletedVaultProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::vault_id>("vaultId", Flag::read_only),
      field<&Properties::location>("location", Flag::read_only),
      field<&Properties::tags>("tags", Flag::read_only),
      field<&Properties::deletion_date>("deletionDate", Flag::read_only),
      field<&Properties::scheduled_purge_date>("scheduledPurgeDate", Flag::read_only),
      field<&Properties::purge_protection_enabled>("purgeProtectionEnabled", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> DeletedVault::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&DeletedVault::id>("id", Flag::read_only),
      field<&DeletedVault::name>("name", Flag::read_only),
      field<&DeletedVault::type>("type", Flag::read_only),
      field<&DeletedVault::properties>("properties"),
      field<&DeletedVault::system_data>("systemData", Flag::read_only)};
  return list;
}

}  // namespace akv
