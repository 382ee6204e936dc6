/// A vault, and what its create and update calls take.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"
#include "akv/mgmt/keyvault/access_policy.hpp"
#include "akv/mgmt/keyvault/network_rules.hpp"
#include "akv/mgmt/keyvault/private_endpoint.hpp"
#include "akv/mgmt/keyvault/sku.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of VaultProperties::create_mode. The service compares without case.
namespace create_mode {
inline constexpr const char* default_mode = "default";
inline constexpr const char* recover = "recover";  ///< Brings a soft-deleted vault back.
}  // namespace create_mode

/// Known values of `public_network_access`.
namespace public_network_access {
inline constexpr const char* enabled = "Enabled";
inline constexpr const char* disabled = "Disabled";
/// The rules of the network security perimeter decide that the vault is associated with.
inline constexpr const char* secured_by_perimeter = "SecuredByPerimeter";
}  // namespace public_network_access

/// Known values of VaultProperties::provisioning_state; every other one means "not ready yet".
namespace vault_provisioning_state {
inline constexpr const char* succeeded = "Succeeded";
inline constexpr const char* registering_dns = "RegisteringDns";
}  // namespace vault_provisioning_state

struct VaultProperties {
  Required<std::string> tenant_id;  ///< The Microsoft Entra tenant that signs in to the vault.
  Sku sku;
  /// At most 1,024. Without Azure RBAC the service wants a list on create, be it empty.
  List<AccessPolicyEntry> access_policies = absent;
  Field<NetworkRuleSet> network_acls{};
  Field<std::string> public_network_access{};     ///< public_network_access::…; absent: Enabled.
  Field<bool> enabled_for_deployment{};           ///< Virtual machines may read certificates.
  Field<bool> enabled_for_disk_encryption{};      ///< Azure Disk Encryption may unwrap keys.
  Field<bool> enabled_for_template_deployment{};  ///< ARM templates may read secrets.
  Field<bool> enable_soft_delete{};               ///< The service accepts only true today.
  Field<int> soft_delete_retention_in_days{};     ///< 7 to 90; cannot be changed once set.
  /// Azure RBAC instead of access policies. Absent on create: true from api-version 2026-02-01 on,
  /// false before; say it. Absent on update: unchanged.
  Field<bool> enable_rbac_authorization{};
  Field<bool> enable_purge_protection{};  ///< Only true, or absent; cannot be taken back.
  Field<std::string> create_mode{};       ///< create_mode::…; never in an answer.

  // Of answers; never sent.
  Field<std::string> vault_uri{};
  Field<std::string> hsm_pool_resource_id{};
  Field<std::string> provisioning_state{};  ///< vault_provisioning_state::…
  List<PrivateEndpointConnectionItem> private_endpoint_connections = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A vault as the service shows it.
struct Vault {
  std::string id{};
  std::string name{};
  std::string type{};
  std::string location{};
  Tags tags{};
  VaultProperties properties;
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The whole vault, for begin_create_or_update: what is left out is reset or gets its default.
struct VaultCreateOrUpdateParameters {
  Required<std::string> location;  ///< `westeurope`; fixed once the vault exists.
  Tags tags{};
  VaultProperties properties;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What a PATCH may change: what is left out stays. Lists and network_acls are replaced whole.
struct VaultPatchProperties {
  Field<std::string> tenant_id{};
  Field<Sku> sku{};
  List<AccessPolicyEntry> access_policies = absent;
  Field<NetworkRuleSet> network_acls{};
  Field<std::string> public_network_access{};
  Field<bool> enabled_for_deployment{};
  Field<bool> enabled_for_disk_encryption{};
  Field<bool> enabled_for_template_deployment{};
  Field<bool> enable_soft_delete{};
  Field<int> soft_delete_retention_in_days{};
  Field<bool> enable_rbac_authorization{};
  Field<bool> enable_purge_protection{};
  Field<std::string> create_mode{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct VaultPatchParameters {
  Tags tags{};  ///< Replaced whole.
  Field<VaultPatchProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The parameters that would write `vault` back as it is, unknown members included: change what you
/// want and pass them to begin_create_or_update. Leaves out what the service sets by itself, and
/// `enablePurgeProtection: false`, which the service shows for some vaults but never accepts.
VaultCreateOrUpdateParameters to_parameters(const Vault& vault);

}  // namespace akv
