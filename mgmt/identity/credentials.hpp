/// The credentials. Each family has a header of its own:
///
/// - application_credentials.hpp: client secret, client certificate, client assertion, workload
///   identity, Azure Pipelines, on behalf of a user
/// - managed_identity.hpp: the identity of a machine, an app or a job in Azure
/// - developer_credentials.hpp: Azure CLI, Azure Developer CLI, Azure PowerShell
/// - user_credentials.hpp: device code, interactive browser
/// - default_credential.hpp: whoever of them can sign in here
/// - here: a given token, chains, a shared cache, the application of the environment
#pragma once
#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"
#include "akv/mgmt/identity/default_credential.hpp"
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

/// An application by the variables that EnvironmentCredential names in default_credential.hpp;
/// unavailable where one is missing.
std::shared_ptr<TokenCredential> make_environment_credential(const EnvironmentLookup& environment,
                                                             CredentialOptions options = {});

}  // namespace akv::identity
