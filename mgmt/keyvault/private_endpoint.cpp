#include "akv/mgmt/keyvault/private_endpoint.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> PrivateEndpoint::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&PrivateEndpoint::id>("id", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> PrivateLinkServiceConnectionState::json_fields() {
  using State = PrivateLinkServiceConnectionState;
  static constexpr json::FieldInfo list[] = {field<&State::status>("status"),
                                             field<&State::description>("description"),
                                             field<&State::actions_required>("actionsRequired")};
  return list;
}

std::span<const json::FieldInfo> PrivateEndpointConnectionProperties::json_fields() {
  using Properties = PrivateEndpointConnectionProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::private_endpoint>("privateEndpoint"),
      field<&Properties::private_link_service_connection_state>(
          "privateLinkServiceConnectionState"),
      field<&Properties::provisioning_state>("provisioningState", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> PrivateEndpointConnectionItem::json_fields() {
  using Item = PrivateEndpointConnectionItem;
  static constexpr json::FieldInfo list[] = {field<&Item::id>("id"), field<&Item::etag>("etag"),
                                             field<&Item::properties>("properties")};
  return list;
}

std::span<const json::FieldInfo> PrivateEndpointConnection::json_fields() {
  using Connection = PrivateEndpointConnection;
  static constexpr json::FieldInfo list[] = {
      field<&Connection::id>("id", Flag::read_only),
      field<&Connection::name>("name", Flag::read_only),
      field<&Connection::type>("type", Flag::read_only),
      field<&Connection::location>("location", Flag::read_only),
      field<&Connection::tags>("tags", Flag::read_only),
      field<&Connection::system_data>("systemData", Flag::read_only),
      field<&Connection::properties>("properties"),
      field<&Connection::etag>("etag")};
  return list;
}

PrivateEndpointConnectionProperties to_parameters(
    const PrivateEndpointConnectionProperties& properties) {
  PrivateEndpointConnectionProperties parameters = properties;
  // The id is all that an endpoint has, and it cannot be changed here.
  parameters.private_endpoint.reset();
  parameters.provisioning_state.reset();
  return parameters;
}

PrivateEndpointConnection to_parameters(const PrivateEndpointConnection& connection) {
  PrivateEndpointConnection parameters{.etag = connection.etag, .unknown = connection.unknown};
  if (connection.properties) parameters.properties = to_parameters(*connection.properties);
  return parameters;
}

}  // namespace akv
