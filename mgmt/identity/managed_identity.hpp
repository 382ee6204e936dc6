/// The identity that Azure gives to a machine, an app or a job.
#pragma once
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"

#include <memory>
#include <string>

namespace akv::identity {

struct ManagedIdentityOptions {
  // A user-assigned identity by one of these; all empty for the system-assigned one.
  std::string client_id{};
  std::string object_id{};
  std::string resource_id{};
  /// For a place in a chain: asks the instance metadata service for a sign of life first, for a
  /// second at most, so that the next is not held up where there is none, or something else answers
  /// at its address (other clouds' machines, proxies). Without, it is tried for most of a minute.
  /// Azure Arc gives way too, where its agent does not answer or this user may not read its key.
  bool probe = false;
  /// The program of Azure Arc's agent, whose presence tells that this machine is one of Arc's where
  /// the variables say nothing. Empty: only they count.
  std::string arc_agent = "/opt/azcmagent/bin/himds";
};

/// Where the token comes from is told by the variables. The first of these that are all set:
///
/// - IDENTITY_ENDPOINT, IDENTITY_HEADER, IDENTITY_SERVER_THUMBPRINT: Service Fabric, over TLS
///   pinned to that thumbprint. Its identity is chosen in the application's manifest, not here.
/// - IDENTITY_ENDPOINT, IDENTITY_HEADER: App Service, Functions, Container Apps, Automation.
/// - IDENTITY_ENDPOINT, IMDS_ENDPOINT: Azure Arc, by a key file for privileged users only.
///   Has the system-assigned identity only.
/// - MSI_ENDPOINT, MSI_SECRET: Azure Machine Learning, which chooses by client id only; without one
///   DEFAULT_IDENTITY_CLIENT_ID counts.
/// - MSI_ENDPOINT: Cloud Shell. Gives whoever opened it, and no other.
/// - AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE, AZURE_AUTHORITY_HOST: workload identity, with
///   `client_id`, else AZURE_CLIENT_ID.
/// - None of them nor AZURE_POD_IDENTITY_AUTHORITY_HOST, but ManagedIdentityOptions::arc_agent is
///   there when the credential is made: Azure Arc, at its own address. A service or a container
///   sees no variables of the machine's.
/// - Else the instance metadata service, at 169.254.169.254 or AZURE_POD_IDENTITY_AUTHORITY_HOST.
///
/// The instance metadata service is asked again after 404, 410, 429, 5xx and no answer: five times
/// after 0, 2, 6, 14 and 30 s, after 410 seven times every 10 s. 400 means that there is no such
/// identity: unavailable, and so is a service that never answers, or in something else than JSON.
/// Its tokens are refreshed after half of their life unless it says when, because it may give the
/// same one for hours.
///
/// Keeps no token: see application_credentials.hpp.
std::shared_ptr<TokenCredential> make_managed_identity_credential(
    ManagedIdentityOptions identity, const EnvironmentLookup& environment,
    CredentialOptions options = {});

}  // namespace akv::identity
