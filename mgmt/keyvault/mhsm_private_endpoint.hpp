/// Connections of private endpoints to a managed HSM, and what such endpoints can connect to.
/// Unlike their twins at a vault these resources have the members of an HSM: sku, identity, tags.
#pragma once
#include "akv/mgmt/keyvault/managed_hsm.hpp"
#include "akv/mgmt/keyvault/private_endpoint.hpp"
#include "akv/mgmt/keyvault/private_link_resource.hpp"

#include <span>
#include <string>

namespace akv {

// ARM defines these a second time for managed HSMs, member by member the same.
using MHSMPrivateEndpoint = PrivateEndpoint;
using MHSMPrivateLinkServiceConnectionState = PrivateLinkServiceConnectionState;
using MHSMPrivateEndpointConnectionProperties = PrivateEndpointConnectionProperties;
using MHSMPrivateLinkResourceProperties = PrivateLinkResourceProperties;

/// Request and answer of MHSMPrivateEndpointConnectionsOperations::put.
struct MHSMPrivateEndpointConnection {
  Field<MHSMPrivateEndpointConnectionProperties> properties{};
  Field<std::string> etag{};
  Field<std::string> location{};
  Field<ManagedHsmSku> sku{};
  Tags tags{};
  Field<ManagedServiceIdentity> identity{};

  // Of answers; never sent.
  std::string id{};
  std::string name{};
  std::string type{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct MHSMPrivateLinkResource {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Field<ManagedHsmSku> sku{};
  Tags tags{};
  Field<ManagedServiceIdentity> identity{};
  Field<MHSMPrivateLinkResourceProperties> properties{};  ///< `group_id` is `managedhsm`.
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What would write `connection` back as it is, unknown members included, without what the service
/// sets by itself. Change the state's `status` and pass it to
/// MHSMPrivateEndpointConnectionsOperations.
MHSMPrivateEndpointConnection to_parameters(const MHSMPrivateEndpointConnection& connection);

}  // namespace akv
