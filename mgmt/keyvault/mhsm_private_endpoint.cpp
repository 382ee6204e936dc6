#include "akv/mgmt/keyvault/mhsm_private_endpoint.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> MHSMPrivateEndpointConnection::json_fields() {
  using Connection = MHSMPrivateEndpointConnection;
  static constexpr json::FieldInfo list[] = {
      field<&Connection::id>("id", Flag::read_only),
      field<&Connection::name>("name", Flag::read_only),
      field<&Connection::type>("type", Flag::read_only),
      field<&Connection::location>("location"),
      field<&Connection::sku>("sku"),
      field<&Connection::tags>("tags"),
      field<&Connection::system_data>("systemData", Flag::read_only),
      field<&Connection::identity>("identity"),
      field<&Connection::properties>("properties"),
      field<&Connection::etag>("etag")};
  return list;
}

std::span<const json::FieldInfo> MHSMPrivateLinkResource::json_fields() {
  using Resource = MHSMPrivateLinkResource;
  static constexpr json::FieldInfo list[] = {
      field<&Resource::id>("id", Flag::read_only),
      field<&Resource::name>("name", Flag::read_only),
      field<&Resource::type>("type", Flag::read_only),
      field<&Resource::location>("location"),
      field<&Resource::sku>("sku"),
      field<&Resource::tags>("tags"),
      field<&Resource::system_data>("systemData", Flag::read_only),
      field<&Resource::identity>("identity"),
      field<&Resource::properties>("properties")};
  return list;
}

MHSMPrivateEndpointConnection to_parameters(const MHSMPrivateEndpointConnection& connection) {
  MHSMPrivateEndpointConnection parameters = connection;
  parameters.id.clear();
  parameters.name.clear();
  parameters.type.clear();
  parameters.system_data.reset();
  if (connection.identity) parameters.identity = to_parameters(*connection.identity);
  if (connection.properties) parameters.properties = to_parameters(*connection.properties);
  return parameters;
}

}  // namespace akv
