/// The operations on the connections of private endpoints to a managed HSM. A connection comes to
/// be when somebody makes a private endpoint for the HSM; here it is approved, rejected or removed.
///
/// They throw as those on vaults do (vaults.hpp).
#pragma once
#include "akv/mgmt/keyvault/mhsm_private_endpoint.hpp"
#include "akv/mgmt/keyvault/operation_group.hpp"

#include <optional>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class MHSMPrivateEndpointConnectionsOperations : public KeyVaultOperationGroup {
 public:
  using KeyVaultOperationGroup::KeyVaultOperationGroup;

  /// Throws NotFoundError when there is none, which the service says with 404 or 204.
  MHSMPrivateEndpointConnection get(std::string_view resource_group_name, std::string_view name,
                                    std::string_view connection_name,
                                    const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<MHSMPrivateEndpointConnection> find(std::string_view resource_group_name,
                                                    std::string_view name,
                                                    std::string_view connection_name,
                                                    const CallOptions& options = {}) const;

  /// Writes the state of the connection: `.status = "Approved"` or `"Rejected"`, and why. The
  /// answer may still be on its way (`provisioning_state` is `Updating`): begin_put waits for it.
  MHSMPrivateEndpointConnection put(std::string_view resource_group_name, std::string_view name,
                                    std::string_view connection_name,
                                    const MHSMPrivateEndpointConnection& parameters,
                                    const CallOptions& options = {}) const;
  /// The same, and result() waits until the service has done it. The description does not call it
  /// long-running, but the service may answer with `Azure-AsyncOperation`, which this follows.
  Poller<MHSMPrivateEndpointConnection> begin_put(std::string_view resource_group_name,
                                                  std::string_view name,
                                                  std::string_view connection_name,
                                                  const MHSMPrivateEndpointConnection& parameters,
                                                  const CallOptions& options = {}) const;
  Poller<MHSMPrivateEndpointConnection> resume_put(std::string_view resume_token,
                                                   const CallOptions& options = {}) const;

  /// Removes the connection; the endpoint itself stays, disconnected. The result is what the
  /// service shows of it at the end, nullopt where it shows nothing, as when there was none.
  Poller<std::optional<MHSMPrivateEndpointConnection>> begin_delete(
      std::string_view resource_group_name, std::string_view name, std::string_view connection_name,
      const CallOptions& options = {}) const;
  Poller<std::optional<MHSMPrivateEndpointConnection>> resume_delete(
      std::string_view resume_token, const CallOptions& options = {}) const;

  Pager<MHSMPrivateEndpointConnection> list_by_resource(std::string_view resource_group_name,
                                                        std::string_view name,
                                                        const CallOptions& options = {}) const;

 private:
  arm::Path connection_path(std::string_view operation, std::string_view resource_group_name,
                            std::string_view name, std::string_view connection_name) const;
};

}  // namespace akv
