/// What the Azure SDKs call DefaultAzureCredential: whoever can sign in where the program runs.
#pragma once
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace akv::identity {

/// What a program says of the default credential. All of it counts more than the variables.
struct DefaultCredentialOptions {
  /// The user-assigned identity to sign in as, by its client id (empty: AZURE_CLIENT_ID) or by its
  /// resource id, with which AZURE_CLIENT_ID is left to the others. Give one of the two; where both
  /// are given, the client id counts.
  std::string managed_identity_client_id{};
  std::string managed_identity_resource_id{};
  /// The application that a pod signs in as. Empty: `managed_identity_client_id`, else
  /// AZURE_CLIENT_ID.
  std::string workload_identity_client_id{};
  /// Where workload identity, the developers' tools and the browser sign in. Empty: AZURE_TENANT_ID
  /// for the first and the last, and for the tools whichever they are signed in to. The
  /// environment's application has its own, AZURE_TENANT_ID.
  std::string tenant_id{};
  /// Of one run of a developer's tool; raise it on slow disks.
  std::chrono::milliseconds process_timeout{10000};
  /// A public client of your own for the browser. Empty: that of the Azure SDKs' developer tools.
  std::string interactive_browser_client_id{};

  /// Leaves these out, also where AZURE_TOKEN_CREDENTIALS names them: for a program that must not
  /// sign in as whoever is at the keyboard, or that pays for a probe which never succeeds.
  bool exclude_environment_credential = false;
  bool exclude_workload_identity_credential = false;
  bool exclude_managed_identity_credential = false;
  bool exclude_cli_credential = false;
  bool exclude_powershell_credential = false;
  bool exclude_developer_cli_credential = false;
  /// Off: a browser opens last of all, when no other is available, unless AZURE_TOKEN_CREDENTIALS
  /// says `prod` or names another. For programs with a person before them. On, it has to be named.
  bool exclude_interactive_browser_credential = true;

  /// Refuses to sign in where AZURE_TOKEN_CREDENTIALS is not set: so that nobody forgets to say, in
  /// production, that developers' tools are not to be asked.
  bool require_envvar = false;
};

/// The first of these that is available, and from then on that one only.
///
/// 1. EnvironmentCredential: AZURE_TENANT_ID, AZURE_CLIENT_ID, and AZURE_CLIENT_SECRET or
///    AZURE_CLIENT_CERTIFICATE_PATH (with AZURE_CLIENT_CERTIFICATE_PASSWORD and
///    AZURE_CLIENT_SEND_CERTIFICATE_CHAIN)
/// 2. WorkloadIdentityCredential: AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE
/// 3. ManagedIdentityCredential: see managed_identity.hpp; user-assigned by AZURE_CLIENT_ID
/// 4. AzureCliCredential: az, in the tenant that it is signed in to, as the two below
/// 5. AzurePowerShellCredential: pwsh
/// 6. AzureDeveloperCliCredential: azd
///
/// AZURE_TOKEN_CREDENTIALS restricts it: `prod` to the first three, `dev` to the last three, a name
/// (without case) to that one; InteractiveBrowserCredential can be named too. Names that only the
/// Azure SDKs know (VisualStudioCodeCredential, VisualStudioCredential, SharedTokenCacheCredential,
/// BrokerCredential) are unavailable here; whatever else stands there is refused. A developer's
/// tool that fails, for whatever reason, is passed over; a refusal by one of the first three ends
/// the chain.
///
/// The variables that CredentialOptions names are looked up in `environment` too, and not in that
/// of the options, here and by all others that are given one. An
/// empty variable counts as not set. Never throws here: what is missing is said by get_token, with
/// every credential that was passed over and why.
///
/// Its tokens are kept in the object, as make_cached_credential does: share one object between all
/// clients, and a tool runs once for all of them.
std::shared_ptr<TokenCredential> make_default_credential(
    const EnvironmentLookup& environment, CredentialOptions options = {},
    const DefaultCredentialOptions& chain = {});
/// From the process's environment, read once, now.
std::shared_ptr<TokenCredential> make_default_credential(
    CredentialOptions options = {}, const DefaultCredentialOptions& chain = {});

}  // namespace akv::identity
