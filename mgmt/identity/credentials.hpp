/// The credentials.
///
/// This header has those that need nothing of their own, and the chains; the others stand in one
/// header for each family.
#pragma once
#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"

#include <memory>
#include <string>

namespace akv::identity {

/// A token had elsewhere, for tests and scripts.
std::shared_ptr<TokenCredential> make_static_credential(std::string token,
                                                        Clock::SystemTime expires_on);

/// As the Azure SDKs have it, as far as it goes today: the environment's client secret
/// (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_AUTHORITY_HOST). Never throws
/// here: what is missing is said by get_token, with every credential that was passed over and why.
std::shared_ptr<TokenCredential> make_default_credential(const EnvironmentLookup& environment,
                                                         CredentialOptions options = {});
/// From the process's environment, read once, now.
std::shared_ptr<TokenCredential> make_default_credential(CredentialOptions options = {});

}  // namespace akv::identity
