/// The credentials there are so far: client secret, static token, and the default chain.
#pragma once
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace akv::identity {

struct CredentialOptions {
  std::string authority_host = "https://login.microsoftonline.com";
  std::shared_ptr<http::Transport> transport{};  ///< Empty: the one over cpprestsdk.
  RandomSource* random = &system_random();       ///< Must outlive the credential.
};

/// An application with a secret (OAuth 2.0 client credentials, v2.0 endpoint). Retries what is
/// passing (429, 5xx, no answer) a few times within the context's deadline.
std::shared_ptr<TokenCredential> make_client_secret_credential(std::string tenant_id,
                                                               std::string client_id,
                                                               std::string client_secret,
                                                               CredentialOptions options = {});
/// A token had elsewhere, for tests and scripts.
std::shared_ptr<TokenCredential> make_static_credential(std::string token,
                                                        Clock::SystemTime expires_on);

/// Looks a variable up; nullopt when it is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view)>;
/// As the Azure SDKs have it, as far as it goes today: the environment's client secret
/// (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_AUTHORITY_HOST). Never throws
/// here: what is missing is said by get_token, with every credential that was passed over and why.
std::shared_ptr<TokenCredential> make_default_credential(const EnvironmentLookup& environment,
                                                         CredentialOptions options = {});
/// From the process's environment, read once, now.
std::shared_ptr<TokenCredential> make_default_credential(CredentialOptions options = {});

}  // namespace akv::identity
