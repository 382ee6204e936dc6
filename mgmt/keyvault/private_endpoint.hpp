/// Connections of private endpoints to a vault: what the vault lists among its properties, and the
/// resource that is approved or rejected.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of PrivateLinkServiceConnectionState::status.
namespace private_endpoint_service_connection_status {
inline constexpr const char* pending = "Pending";
inline constexpr const char* approved = "Approved";
inline constexpr const char* rejected = "Rejected";
inline constexpr const char* disconnected = "Disconnected";
}  // namespace private_endpoint_service_connection_status

/// Known values of PrivateEndpointConnectionProperties::provisioning_state.
namespace private_endpoint_connection_provisioning_state {
inline constexpr const char* succeeded = "Succeeded";
inline constexpr const char* creating = "Creating";
inline constexpr const char* updating = "Updating";
inline constexpr const char* deleting = "Deleting";
inline constexpr const char* failed = "Failed";
inline constexpr const char* disconnected = "Disconnected";  ///< The endpoint is gone.
}  // namespace private_endpoint_connection_provisioning_state

struct PrivateEndpoint {
  Field<std::string> id{};  ///< The service's to set.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct PrivateLinkServiceConnectionState {
  Field<std::string> status{};            ///< private_endpoint_service_connection_status::…
  Field<std::string> description{};       ///< Why it was approved or rejected.
  Field<std::string> actions_required{};  ///< `None`, …
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct PrivateEndpointConnectionProperties {
  Field<PrivateEndpoint> private_endpoint{};
  Field<PrivateLinkServiceConnectionState> private_link_service_connection_state{};
  /// private_endpoint_connection_provisioning_state::…; the service's to set.
  Field<std::string> provisioning_state{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// As a vault lists it. All of it is the service's to set.
struct PrivateEndpointConnectionItem {
  Field<std::string> id{};
  Field<std::string> etag{};
  Field<PrivateEndpointConnectionProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// As a resource of its own: request and answer of PrivateEndpointConnectionsOperations::put.
struct PrivateEndpointConnection {
  Field<PrivateEndpointConnectionProperties> properties{};
  Field<std::string> etag{};

  // Of answers; never sent.
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Tags tags{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// What would write `connection` back as it is, unknown members included, without what the service
/// sets by itself. Change the state's `status` and pass it to PrivateEndpointConnectionsOperations.
PrivateEndpointConnection to_parameters(const PrivateEndpointConnection& connection);
PrivateEndpointConnectionProperties to_parameters(
    const PrivateEndpointConnectionProperties& properties);

}  // namespace akv
