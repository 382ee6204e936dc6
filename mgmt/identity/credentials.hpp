/// The credentials. Each family has a header of its own:
///
/// - application_credentials.hpp: client secret, client certificate, client assertion, workload
///   identity, Azure Pipelines, on behalf of a user
/// - managed_identity.hpp: the identity of a machine, an app or a job in Azure
/// - developer_credentials.hpp: Azure CLI, Azure Developer CLI, Azure PowerShell
/// - user_credentials.hpp: device code, interactive browser
/// - here: a given token, chains, a shared cache, and the default chain
#pragma once
#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"
#include "akv/mgmt/identity/developer_credentials.hpp"
#include "akv/mgmt/identity/managed_identity.hpp"
#include "akv/mgmt/identity/user_credentials.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace akv::identity {

/// A token had elsewhere, for tests and scripts.
std::shared_ptr<TokenCredential> make_static_credential(std::string token,
                                                        Clock::SystemTime expires_on);

/// Asks one after the other until one gives a token, and from then on that one only. A credential
/// that is unavailable (CredentialUnavailableError) is passed over; a refusal by one that is not
/// ends it. The error names those that were passed over, and why.
std::shared_ptr<TokenCredential> make_chained_credential(
    std::vector<std::shared_ptr<TokenCredential>> credentials);

/// Keeps the tokens of `inner` by scope, tenant and capability, at most 64 of them, so that several
/// clients share them: each client's own cache then finds them here. Refreshed ahead of their end
/// by one thread, as make_auth_policy says.
std::shared_ptr<TokenCredential> make_cached_credential(std::shared_ptr<TokenCredential> inner);

/// Gives the text of a token for `scope`, from a cache that is refreshed as make_auth_policy says:
/// for clients of other services that take a function (get_bearer_token_provider of the Azure
/// SDKs). The function may be copied and called from any thread; throws what
/// TokenCredential::get_token does.
std::function<std::string(const Context&)> make_bearer_token_provider(
    std::shared_ptr<TokenCredential> credential, std::string scope);

/// An application by the variables that EnvironmentCredential names below; unavailable where one is
/// missing.
std::shared_ptr<TokenCredential> make_environment_credential(const EnvironmentLookup& environment,
                                                             CredentialOptions options = {});

/// What the Azure SDKs call DefaultAzureCredential: the first of these that is available, and from
/// then on that one only.
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
/// (without case) to that one; InteractiveBrowserCredential can be named too. Whatever else stands
/// there is refused. A developer's tool that fails, for whatever reason, is passed over; a refusal
/// by one of the first three ends the chain.
///
/// Also read, here and by make_environment_credential, where the options say nothing:
/// AZURE_AUTHORITY_HOST, AZURE_REGIONAL_AUTHORITY_NAME (a region, or `TryAutoDetect` or
/// `AutoDiscoverRegion` for the one in REGION_NAME), AZURE_ADDITIONALLY_ALLOWED_TENANTS (with `;`
/// between them, or `*`); and AZURE_IDENTITY_DISABLE_MULTITENANTAUTH (set: a request's tenant is
/// ignored). An authority in the options that is not the public cloud's goes before the variable.
/// An empty variable counts as not set. Never throws here: what is missing is said by get_token,
/// with every credential that was passed over and why.
std::shared_ptr<TokenCredential> make_default_credential(const EnvironmentLookup& environment,
                                                         CredentialOptions options = {});
/// From the process's environment, read once, now.
std::shared_ptr<TokenCredential> make_default_credential(CredentialOptions options = {});

}  // namespace akv::identity
