#include "akv/mgmt/keyvault/mhsm_private_endpoint_connections.hpp"

namespace akv {
namespace {

using arm::FinalState;
using http::Method;
using Connection = MHSMPrivateEndpointConnection;

constexpr const char* begin_put_name = "MHSMPrivateEndpointConnections.begin_put";
constexpr const char* begin_delete_name = "MHSMPrivateEndpointConnections.begin_delete";

}  // namespace

Connection MHSMPrivateEndpointConnectionsOperations::get(std::string_view resource_group_name,
                                                         std::string_view name,
                                                         std::string_view connection_name,
                                                         const CallOptions& options) const {
  constexpr const char* operation = "MHSMPrivateEndpointConnections.get";
  return send_get<Connection>(
      operation, connection_path(operation, resource_group_name, name, connection_name).str(),
      options);
}

std::optional<Connection> MHSMPrivateEndpointConnectionsOperations::find(
    std::string_view resource_group_name, std::string_view name, std::string_view connection_name,
    const CallOptions& options) const {
  constexpr const char* operation = "MHSMPrivateEndpointConnections.find";
  return send_find<Connection>(
      operation, connection_path(operation, resource_group_name, name, connection_name).str(),
      options);
}

Connection MHSMPrivateEndpointConnectionsOperations::put(std::string_view resource_group_name,
                                                         std::string_view name,
                                                         std::string_view connection_name,
                                                         const Connection& parameters,
                                                         const CallOptions& options) const {
  constexpr const char* operation = "MHSMPrivateEndpointConnections.put";
  return send_put<Connection>(
      operation, connection_path(operation, resource_group_name, name, connection_name).str(),
      parameters, options);
}

Poller<Connection> MHSMPrivateEndpointConnectionsOperations::begin_put(
    std::string_view resource_group_name, std::string_view name, std::string_view connection_name,
    const Connection& parameters, const CallOptions& options) const {
  return start<Connection>(
      {.method = Method::put,
       .operation = begin_put_name,
       .path = connection_path(begin_put_name, resource_group_name, name, connection_name).str(),
       .body = json::encode(parameters)},
      {200, 201, 202}, {FinalState::resource, interval}, options);
}

Poller<Connection> MHSMPrivateEndpointConnectionsOperations::resume_put(
    std::string_view resume_token, const CallOptions& options) const {
  return resume<Connection>(begin_put_name, resume_token, {FinalState::resource, interval},
                            options);
}

Poller<std::optional<Connection>> MHSMPrivateEndpointConnectionsOperations::begin_delete(
    std::string_view resource_group_name, std::string_view name, std::string_view connection_name,
    const CallOptions& options) const {
  return start<std::optional<Connection>>(
      {.method = Method::del,
       .operation = begin_delete_name,
       .path =
           connection_path(begin_delete_name, resource_group_name, name, connection_name).str()},
      {200, 202, 204}, {FinalState::location, interval}, options);
}

Poller<std::optional<Connection>> MHSMPrivateEndpointConnectionsOperations::resume_delete(
    std::string_view resume_token, const CallOptions& options) const {
  return resume<std::optional<Connection>>(begin_delete_name, resume_token,
                                           {FinalState::location, interval}, options);
}

Pager<Connection> MHSMPrivateEndpointConnectionsOperations::list_by_resource(
    std::string_view resource_group_name, std::string_view name, const CallOptions& options) const {
  constexpr const char* operation = "MHSMPrivateEndpointConnections.list_by_resource";
  return pager<Connection>(operation,
                           managed_hsm_path(operation, resource_group_name, name)
                               .text("/privateEndpointConnections")
                               .str(),
                           {}, options);
}

arm::Path MHSMPrivateEndpointConnectionsOperations::connection_path(
    std::string_view operation, std::string_view resource_group_name, std::string_view name,
    std::string_view connection_name) const {
  return managed_hsm_path(operation, resource_group_name, name)
      .text("/privateEndpointConnections/")
      .name("private endpoint connection name", connection_name);
}

}  // namespace akv
