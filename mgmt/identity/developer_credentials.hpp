/// Whoever is signed in to a developer's tool on this machine.
///
/// Each runs the tool for every token (a second or so) and keeps none: a client keeps its own, and
/// make_cached_credential or make_default_credential one for several. It is run without a shell,
/// with the variables of CredentialOptions::environment and found on its PATH. A tool that is
/// missing, not signed in, hangs or prints something else is unavailable or refuses; the message
/// says which and what to do. To a claims challenge none but azd has an answer, and it only after
/// the person has signed in anew: the message then says what to run.
#pragma once
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace akv::identity {

struct DeveloperToolOptions {
  std::string tenant_id{};     ///< Empty: the one that the tool is signed in to.
  std::string subscription{};  ///< Name or id, for the Azure CLI; empty: its current one.
  std::chrono::milliseconds timeout{10000};  ///< Of one run; raise it on slow disks.
};

/// `az account get-access-token`
std::shared_ptr<TokenCredential> make_azure_cli_credential(DeveloperToolOptions tool = {},
                                                           CredentialOptions options = {});
/// `azd auth token`
std::shared_ptr<TokenCredential> make_azure_developer_cli_credential(
    DeveloperToolOptions tool = {}, CredentialOptions options = {});
/// `pwsh`, with Get-AzAccessToken of module Az.Accounts 2.2.0 or later.
std::shared_ptr<TokenCredential> make_azure_powershell_credential(DeveloperToolOptions tool = {},
                                                                  CredentialOptions options = {});

}  // namespace akv::identity
