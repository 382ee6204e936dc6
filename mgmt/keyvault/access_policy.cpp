#include "akv/mgmt/keyvault/access_policy.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> Permissions::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Permissions::keys>("keys"), field<&Permissions::secrets>("secrets"),
      field<&Permissions::certificates>("certificates"), field<&Permissions::storage>("storage")};
  return list;
}

std::span<const json::FieldInfo> AccessPolicyEntry::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&AccessPolicyEntry::tenant_id>("tenantId"),
      field<&AccessPolicyEntry::object_id>("objectId"),
      field<&AccessPolicyEntry::application_id>("applicationId"),
      field<&AccessPolicyEntry::permissions>("permissions")};
  return list;
}

std::span<const json::FieldInfo> VaultAccessPolicyProperties::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&VaultAccessPolicyProperties::access_policies>("accessPolicies")};
  return list;
}

std::span<const json::FieldInfo> VaultAccessPolicyParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&VaultAccessPolicyParameters::id>("id", Flag::read_only),
      field<&VaultAccessPolicyParameters::name>("name", Flag::read_only),
      field<&VaultAccessPolicyParameters::type>("type", Flag::read_only),
      field<&VaultAccessPolicyParameters::location>("location", Flag::read_only),
      field<&VaultAccessPolicyParameters::properties>("properties")};
  return list;
}

}  // namespace akv
