#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/application_credential.hpp"
#include "akv/mgmt/identity/detail/small_file.hpp"
#include "akv/mgmt/identity/detail/unavailable_credential.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <utility>

namespace akv::identity {
namespace {

constexpr std::size_t max_token_file_bytes = std::size_t{64} << 10;

}  // namespace

std::shared_ptr<TokenCredential> make_workload_identity_credential(
    const WorkloadIdentityOptions& identity, const EnvironmentLookup& environment,
    CredentialOptions options) {
  using detail::given_or;
  std::string tenant_id = given_or(identity.tenant_id, environment, "AZURE_TENANT_ID");
  std::string client_id = given_or(identity.client_id, environment, "AZURE_CLIENT_ID");
  std::string file = given_or(identity.token_file, environment, "AZURE_FEDERATED_TOKEN_FILE");
  if (std::string reason = detail::missing({{"AZURE_TENANT_ID", tenant_id},
                                            {"AZURE_CLIENT_ID", client_id},
                                            {"AZURE_FEDERATED_TOKEN_FILE", file}});
      !reason.empty())
    return detail::make_unavailable_credential("workload identity", std::move(reason));

  // Such a pod has to ask that proxy; to ask Entra ID itself would go past the cluster's rules.
  if (!detail::value_of(environment, "AZURE_KUBERNETES_TOKEN_PROXY").empty())
    return detail::make_unavailable_credential(
        "workload identity",
        "AZURE_KUBERNETES_TOKEN_PROXY is set, and this library does not know AKS identity "
        "bindings");
  options = detail::with_variables(std::move(options), environment);
  std::string description = "workload identity of application " + client_id;
  // Whoever issues the tokens replaces the file long before the old token's end.
  auto prove = [file = std::move(file)](const std::string&, const Context&) {
    return detail::proof_of_assertion(detail::read_small_file(
        file, max_token_file_bytes, "the federated token", "check AZURE_FEDERATED_TOKEN_FILE"));
  };
  return detail::make_application_credential(std::move(tenant_id), std::move(client_id),
                                             std::move(options), std::move(prove),
                                             std::move(description));
}

}  // namespace akv::identity
