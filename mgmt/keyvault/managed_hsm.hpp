/// A managed HSM pool: request and answer of its create and update calls in one.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"
#include "akv/mgmt/keyvault/managed_service_identity.hpp"
#include "akv/mgmt/keyvault/mhsm_network_rules.hpp"
#include "akv/mgmt/keyvault/private_endpoint.hpp"

#include <span>
#include <string>

namespace akv {

// ARM defines it a second time for managed HSMs, member by member the same.
using MHSMPrivateEndpointConnectionItem = PrivateEndpointConnectionItem;

/// Known values of ManagedHsmSku::name.
namespace managed_hsm_sku_name {
inline constexpr const char* standard_b1 = "Standard_B1";
inline constexpr const char* custom_b6 = "Custom_B6";
inline constexpr const char* custom_b32 = "Custom_B32";
inline constexpr const char* custom_c10 = "Custom_C10";
inline constexpr const char* custom_c42 = "Custom_C42";
}  // namespace managed_hsm_sku_name

/// Known values of ManagedHsmSku::family.
namespace managed_hsm_sku_family {
inline constexpr const char* b = "B";
inline constexpr const char* c = "C";
}  // namespace managed_hsm_sku_family

/// Known values of ManagedHsmProperties::provisioning_state.
namespace managed_hsm_provisioning_state {
inline constexpr const char* succeeded = "Succeeded";
inline constexpr const char* provisioning = "Provisioning";
inline constexpr const char* failed = "Failed";
inline constexpr const char* updating = "Updating";
inline constexpr const char* deleting = "Deleting";
inline constexpr const char* activated = "Activated";  ///< In use.
/// Waits for its owner to restore the security domain.
inline constexpr const char* security_domain_restore = "SecurityDomainRestore";
inline constexpr const char* restoring = "Restoring";
}  // namespace managed_hsm_provisioning_state

/// Known values of MHSMGeoReplicatedRegion::provisioning_state.
namespace geo_replication_region_provisioning_state {
inline constexpr const char* preprovisioning = "Preprovisioning";
inline constexpr const char* provisioning = "Provisioning";
inline constexpr const char* succeeded = "Succeeded";
inline constexpr const char* failed = "Failed";
inline constexpr const char* deleting = "Deleting";
inline constexpr const char* cleanup = "Cleanup";
}  // namespace geo_replication_region_provisioning_state

/// Known values of ManagedHSMSecurityDomainProperties::activation_status.
namespace activation_status {
inline constexpr const char* active = "Active";
inline constexpr const char* not_activated = "NotActivated";
inline constexpr const char* unknown = "Unknown";
inline constexpr const char* failed = "Failed";
}  // namespace activation_status

struct ManagedHsmSku {
  Required<std::string> name;       ///< managed_hsm_sku_name::…
  Field<std::string> family = "B";  ///< managed_hsm_sku_family::…, that of the name.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A region that the HSM is extended to.
struct MHSMGeoReplicatedRegion {
  Field<std::string> name{};
  Field<bool> is_primary{};
  /// geo_replication_region_provisioning_state::…; the service's to set.
  Field<std::string> provisioning_state{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The service sets both.
struct ManagedHSMSecurityDomainProperties {
  Field<std::string> activation_status{};  ///< activation_status::…
  Field<std::string> activation_status_message{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ManagedHsmProperties {
  Field<std::string> tenant_id{};              ///< Needed on create.
  Strings initial_admin_object_ids = absent;   ///< Needed on create, and used only there.
  Field<bool> enable_soft_delete{};            ///< Always true.
  Field<int> soft_delete_retention_in_days{};  ///< 7 to 90; absent on create: 90; then fixed.
  /// Cannot be taken back. Absent on create: true by the service's own description, false in its
  /// examples and recordings; say what you want.
  Field<bool> enable_purge_protection{};
  Field<std::string> create_mode{};  ///< create_mode::…; never in an answer.
  Field<MHSMNetworkRuleSet> network_acls{};
  Field<std::string> public_network_access{};  ///< public_network_access::…; absent: Enabled.
  List<MHSMGeoReplicatedRegion> regions = absent;

  // Of answers; never sent.
  Field<std::string> hsm_uri{};  ///< Null until there is one.
  Field<std::string> status_message{};
  Field<std::string> provisioning_state{};    ///< managed_hsm_provisioning_state::…
  Field<std::string> scheduled_purge_date{};  ///< RFC 3339.
  Field<ManagedHSMSecurityDomainProperties> security_domain_properties{};
  List<MHSMPrivateEndpointConnectionItem> private_endpoint_connections = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// In a create it is the whole HSM; in an update, what is left out stays.
struct ManagedHsm {
  Field<std::string> location{};  ///< Fixed once the HSM exists.
  Field<ManagedHsmSku> sku{};
  Tags tags{};
  Field<ManagedServiceIdentity> identity{};
  Field<ManagedHsmProperties> properties{};

  // Of answers; never sent.
  std::string id{};
  std::string name{};
  std::string type{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What would write `hsm` back as it is, unknown members included, without what the service sets by
/// itself: change what you want and pass it to begin_create_or_update.
ManagedHsm to_parameters(const ManagedHsm& hsm);

}  // namespace akv
