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

}  // namespace akv
