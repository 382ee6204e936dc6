/// Applications that sign in as themselves, or on behalf of the user who called them.
///
/// All ask `{authority_host}/{tenant}/oauth2/v2.0/token` (the tenant `adfs` its own endpoint) and
/// repeat what is passing (429, 5xx, no answer) as CredentialOptions::retry says, within the
/// context's deadline. Settings
/// that cannot work are told by get_token, not when the credential is made.
///
/// They keep no token: each get_token asks the service. Every client keeps its own token of the
/// credential that it is given; several that are to share one, and a program that calls get_token
/// itself, put make_cached_credential around it.
#pragma once
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"

#include <functional>
#include <memory>
#include <string>

namespace akv::identity {

/// An application with a secret (OAuth 2.0 client credentials).
std::shared_ptr<TokenCredential> make_client_secret_credential(std::string tenant_id,
                                                               std::string client_id,
                                                               std::string client_secret,
                                                               CredentialOptions options = {});

/// An application's certificate with its private key (RSA): one file, or its content.
struct CertificateSource {
  /// PEM (key and certificates in any order) or PFX, at most 1 MiB. Read anew for every token, so
  /// that a renewed certificate needs no restart.
  std::string path{};
  /// The same bytes in place of a path.
  std::string content{};
  std::string password{};  ///< Of an encrypted key or a PFX. Never shown.
  /// Sends the whole chain (`x5c`), for applications whose certificates are trusted by subject name
  /// and issuer.
  bool send_chain = false;
  /// Signs with RS256 and names the certificate by its SHA-1 thumbprint (`x5t`), which AD FS needs;
  /// else PS256 and `x5t#S256`. The tenant `adfs` always gets the old form.
  bool sha1_thumbprint = false;
};
/// An application with a certificate: signs an assertion for each request, good for ten minutes.
std::shared_ptr<TokenCredential> make_client_certificate_credential(std::string tenant_id,
                                                                    std::string client_id,
                                                                    CertificateSource certificate,
                                                                    CredentialOptions options = {});

/// Gives a fresh assertion (a JWT that the tenant trusts). May throw AzureError; called from any
/// thread, without any lock, once for each token. `context` bounds it.
using AssertionCallback = std::function<std::string(const Context& context)>;
/// An application whose assertions somebody else makes: another cloud, a signing service.
std::shared_ptr<TokenCredential> make_client_assertion_credential(std::string tenant_id,
                                                                  std::string client_id,
                                                                  AssertionCallback assertion,
                                                                  CredentialOptions options = {});

struct WorkloadIdentityOptions {
  std::string tenant_id{};   ///< Empty: AZURE_TENANT_ID.
  std::string client_id{};   ///< Empty: AZURE_CLIENT_ID.
  std::string token_file{};  ///< Empty: AZURE_FEDERATED_TOKEN_FILE. At most 64 KiB.
};
/// A pod of Kubernetes, or anything else with a token of its own in a file that somebody renews.
/// The file is read anew for every token. Unavailable where one of the three is not known.
std::shared_ptr<TokenCredential> make_workload_identity_credential(
    const WorkloadIdentityOptions& identity, const EnvironmentLookup& environment,
    CredentialOptions options = {});

struct AzurePipelinesOptions {
  std::string tenant_id, client_id;   ///< Of the service connection.
  std::string service_connection_id;  ///< `resourceId` in the connection's address.
  std::string system_access_token;    ///< `$(System.AccessToken)`. Never shown.
};
/// A job of Azure Pipelines, by the workload identity federation of a service connection. Asks
/// SYSTEM_OIDCREQUESTURI for an assertion each time. Unavailable outside of a pipeline.
std::shared_ptr<TokenCredential> make_azure_pipelines_credential(
    AzurePipelinesOptions pipeline, const EnvironmentLookup& environment,
    CredentialOptions options = {});

/// A service that was called with a user's token and acts for that user further on. Exactly one of
/// secret, certificate and assertion shows that it is the service.
struct OnBehalfOfOptions {
  std::string tenant_id, client_id;
  std::string user_assertion;  ///< The access token that came with the call. Never shown.
  std::string client_secret{};
  CertificateSource certificate{};
  AssertionCallback assertion{};
};
std::shared_ptr<TokenCredential> make_on_behalf_of_credential(OnBehalfOfOptions on_behalf_of,
                                                              CredentialOptions options = {});

}  // namespace akv::identity
