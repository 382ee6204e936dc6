// Every model that an answer is decoded to: what is read, unknown members included, is written as
// something that reads back as the same. The first byte chooses the model.
#include "akv/mgmt/arm/pager.hpp"
#include "akv/mgmt/arm/provider_operation.hpp"
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/authorization/management_lock.hpp"
#include "akv/mgmt/authorization/role_assignment.hpp"
#include "akv/mgmt/authorization/role_definition.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/keyvault/deleted_managed_hsm.hpp"
#include "akv/mgmt/keyvault/deleted_vault.hpp"
#include "akv/mgmt/keyvault/key.hpp"
#include "akv/mgmt/keyvault/managed_hsm.hpp"
#include "akv/mgmt/keyvault/managed_hsm_key.hpp"
#include "akv/mgmt/keyvault/mhsm_private_endpoint.hpp"
#include "akv/mgmt/keyvault/name_availability.hpp"
#include "akv/mgmt/keyvault/network_security_perimeter.hpp"
#include "akv/mgmt/keyvault/private_endpoint.hpp"
#include "akv/mgmt/keyvault/private_link_resource.hpp"
#include "akv/mgmt/keyvault/provider_operation.hpp"
#include "akv/mgmt/keyvault/secret.hpp"
#include "akv/mgmt/keyvault/vault.hpp"
#include "akv/mgmt/monitor/diagnostic_setting.hpp"
#include "akv/mgmt/resourcegraph/query_response.hpp"
#include "akv/mgmt/resources/export_template.hpp"
#include "akv/mgmt/resources/generic_resource.hpp"
#include "akv/mgmt/resources/provider.hpp"
#include "akv/mgmt/resources/resource_group.hpp"
#include "akv/mgmt/resources/subscription.hpp"

#include <cstdlib>
#include <iterator>

namespace {

using namespace akv;

template <class Model>
void round_trip(std::string_view text) {
  const json::EncodeOptions all{.keep_read_only = true};
  const std::string once = json::encode(json::decode<Model>(text), all);
  if (json::encode(json::decode<Model>(once), all) != once) std::abort();
  (void)json::encode(json::decode<Model>(text));
}

/// Both ways to read a result, each of which may refuse it.
void query_rows(std::string_view text) {
  const auto response = json::decode<QueryResponse>(text);
  const std::vector<json::Document> rows = response.rows();
  const QueryTable table = response.table();
  if (rows.size() != table.rows.size()) std::abort();
}

// One line for each. A list's page wraps its model and adds nextLink.
constexpr void (*models[])(std::string_view) = {
    round_trip<Vault>,
    round_trip<arm::ListResult<Vault>>,
    round_trip<VaultAccessPolicyParameters>,
    round_trip<DeletedVault>,
    round_trip<arm::ListResult<DeletedVault>>,
    round_trip<CheckNameAvailabilityResult>,
    round_trip<arm::ListResult<TrackedResource>>,
    round_trip<ResourceGroup>,
    round_trip<ResourceGroupExportResult>,
    round_trip<Subscription>,
    round_trip<CheckMhsmNameAvailabilityResult>,
    round_trip<DeletedManagedHsm>,
    round_trip<DiagnosticSettingsCategoryResource>,
    round_trip<DiagnosticSettingsResource>,
    round_trip<GenericResource>,
    round_trip<Key>,
    round_trip<KeyVaultOperation>,
    round_trip<MHSMGeoReplicatedRegion>,
    round_trip<MHSMPrivateEndpointConnection>,
    round_trip<MHSMPrivateLinkResource>,
    round_trip<ManagedHsm>,
    round_trip<ManagedHsmKey>,
    round_trip<ManagementLockObject>,
    round_trip<NetworkSecurityPerimeterConfiguration>,
    round_trip<Permission>,
    round_trip<PrivateEndpointConnection>,
    round_trip<PrivateLinkResource>,
    round_trip<Provider>,
    round_trip<ProviderOperation>,
    round_trip<QueryResponse>,
    round_trip<QueryTable>,
    round_trip<RoleAssignment>,
    round_trip<RoleDefinition>,
    round_trip<Secret>,
    query_rows,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    models[data[0] % std::size(models)]({reinterpret_cast<const char*>(data) + 1, size - 1});
  } catch (const FormatError&) {
  }
  return 0;
}
