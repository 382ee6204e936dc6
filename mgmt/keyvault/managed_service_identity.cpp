#include "akv/mgmt/keyvault/managed_service_identity.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ManagedServiceIdentity::json_fields() {
  using Identity = ManagedServiceIdentity;
  static constexpr json::FieldInfo list[] = {
      field<&Identity::principal_id>("principalId", Flag::read_only),
      field<&Identity::tenant_id>("tenantId", Flag::read_only), field<&Identity::type>("type"),
      field<&Identity::user_assigned_identities>("userAssignedIdentities")};
  return list;
}

ManagedServiceIdentity to_parameters(const ManagedServiceIdentity& identity) {
  ManagedServiceIdentity parameters = identity;
  parameters.principal_id.reset();
  parameters.tenant_id.reset();
  if (!parameters.user_assigned_identities) return parameters;
  for (auto& [id, assigned] : *parameters.user_assigned_identities)
    if (assigned) {
      assigned->principal_id.reset();
      assigned->client_id.reset();
    }
  return parameters;
}

}  // namespace akv
