/// The operations on the connections of private endpoints to a vault. A connection comes to be when
/// somebody makes a private endpoint for the vault; here it is approved, rejected or removed.
///
/// They throw as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/operation_group.hpp"
#include "akv/mgmt/keyvault/private_endpoint.hpp"

#include <optional>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class PrivateEndpointConnectionsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// Throws NotFoundError when there is none, which the service says with 404 or 204.
  PrivateEndpointConnection get(std::string_view resource_group_name, std::string_view vault_name,
                                std::string_view connection_name,
                                const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<PrivateEndpointConnection> find(std::string_view resource_group_name,
                                                std::string_view vault_name,
                                                std::string_view connection_name,
                                                const CallOptions& options = {}) const;

  /// Writes the state of the connection: `.status = "Approved"` or `"Rejected"`, and why. The
  /// answer may still be on its way (`provisioning_state` is `Updating`): begin_put waits for it.
  PrivateEndpointConnection put(std::string_view resource_group_name, std::string_view vault_name,
                                std::string_view connection_name,
                                const PrivateEndpointConnection& parameters,
                                const CallOptions& options = {}) const;
  /// The same, and result() waits until the service has done it. The description does not call it
  /// long-running, but the service may answer with `Azure-AsyncOperation`, which this follows.
  Poller<PrivateEndpointConnection> begin_put(std::string_view resource_group_name,
                                              std::string_view vault_name,
                                              std::string_view connection_name,
                                              const PrivateEndpointConnection& parameters,
                                              const CallOptions& options = {}) const;
  Poller<PrivateEndpointConnection> resume_put(std::string_view resume_token,
                                               const CallOptions& options = {}) const;

  /// Removes the connection; the endpoint itself stays, disconnected. The result is what the
  /// service shows of it at the end, nullopt where it shows nothing, as when there was none.
  Poller<std::optional<PrivateEndpointConnection>> begin_delete(
      std::string_view resource_group_name, std::string_view vault_name,
      std::string_view connection_name, const CallOptions& options = {}) const;
  Poller<std::optional<PrivateEndpointConnection>> resume_delete(
      std::string_view resume_token, const CallOptions& options = {}) const;

  Pager<PrivateEndpointConnection> list_by_resource(std::string_view resource_group_name,
                                                    std::string_view vault_name,
                                                    const CallOptions& options = {}) const;

 private:
  arm::Path connection_path(std::string_view operation, std::string_view resource_group_name,
                            std::string_view vault_name, std::string_view connection_name) const;
};

}  // namespace akv
