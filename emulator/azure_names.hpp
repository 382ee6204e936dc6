/// The names under which Azure's own clients look for it: what the proxy answers for.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace akv::emulator {

/// Whether `authority` (`management.azure.com:443`) is one of them, on port 443: the management,
/// sign-in and Graph endpoints and the vaults of the public cloud, China and US Government.
bool is_azure_address(std::string_view authority);
/// All of them as a certificate names them: `DNS:management.azure.com,DNS:*.vault.azure.net,…`
std::string azure_certificate_names();

/// For whom tokens are issued in a cloud, without the last slash, and by whom.
struct CloudAudiences {
  std::string_view management, management_core;  ///< Both are ARM; the second is its older name.
  std::string_view graph, vault, managed_hsm;
  std::string_view name;       ///< `AzureCloud`, as `/metadata/endpoints` calls it.
  std::string_view sign_in;    ///< `https://login.microsoftonline.com`
  std::string_view challenge;  ///< The same in a 401 of ARM, which has an older name in one cloud.
};
/// Of the same three clouds.
std::span<const CloudAudiences> cloud_audiences();
/// The cloud whose resource manager has that host, or nullptr.
const CloudAudiences* cloud_managed_at(std::string_view host);
/// The cloud in which a vault or managed HSM has that host (`kv1.vault.azure.net`), or nullptr.
const CloudAudiences* cloud_of_content_at(std::string_view host);

}  // namespace akv::emulator
