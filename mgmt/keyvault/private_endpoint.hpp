/// The private endpoint connections that a vault lists among its properties. All of it is the
/// service's to set.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct PrivateEndpoint {
  Field<std::string> id{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct PrivateLinkServiceConnectionState {
  Field<std::string> status{};  ///< `Pending`, `Approved`, `Rejected`, `Disconnected`, …
  Field<std::string> description{};
  Field<std::string> actions_required{};  ///< `None`, …
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct PrivateEndpointConnectionProperties {
  Field<PrivateEndpoint> private_endpoint{};
  Field<PrivateLinkServiceConnectionState> private_link_service_connection_state{};
  Field<std::string> provisioning_state{};  ///< `Succeeded`, `Creating`, `Updating`, `Deleting`, …
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct PrivateEndpointConnectionItem {
  Field<std::string> id{};
  Field<std::string> etag{};
  Field<PrivateEndpointConnectionProperties> properties{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
