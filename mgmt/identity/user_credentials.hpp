/// A person who signs in: on another device, or in this machine's browser.
///
/// Both keep the refresh token in memory, by tenant, so that the person is asked once for as long
/// as it holds; nothing is written to disk. The access tokens are kept by each client, or for
/// several by make_cached_credential; without, get_token asks the service each time. One thread at
/// a time asks the person, the others wait.
#pragma once
#include "akv/mgmt/identity/credential.hpp"
#include "akv/mgmt/identity/credential_options.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace akv::identity {

/// What the person needs to know.
struct DeviceCodePrompt {
  std::string user_code;         ///< `EAC8Q2JLM`
  std::string verification_uri;  ///< `https://microsoft.com/devicelogin`
  std::string message;           ///< Both in a sentence, in the service's words.
  Clock::SystemTime expires_on{};
};

struct DeviceCodeOptions {
  /// Any tenant of a company, and then a TokenRequest may name whichever it likes; or a certain
  /// one, besides which it may name CredentialOptions::additionally_allowed_tenants only.
  std::string tenant_id = "organizations";
  /// A public client; that of the Azure SDKs' developer tools unless you have your own.
  std::string client_id = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  /// Shows the prompt to the person. Called from get_token's thread, which then waits. Empty: its
  /// message goes to standard error.
  std::function<void(const DeviceCodePrompt&)> prompt{};
};
/// Device code (RFC 8628): prompts, then asks every few seconds until the person has signed in,
/// declined, or run out of time. The context's deadline and stop token end it too.
std::shared_ptr<TokenCredential> make_device_code_credential(DeviceCodeOptions device = {},
                                                             CredentialOptions options = {});

struct InteractiveBrowserOptions {
  std::string tenant_id = "organizations";  ///< As of DeviceCodeOptions.
  std::string client_id = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  std::string login_hint{};  ///< The account to offer, such as an e-mail address.
  unsigned short redirect_port =
      0;  ///< 0: the system picks one; else as registered for the client.
  std::chrono::seconds timeout{300};  ///< For the person, on the machine's own clock.
  /// Opens the address in a browser, or shows it. Empty: `xdg-open` from the PATH of
  /// CredentialOptions::environment; unavailable where there is none, where none of DISPLAY,
  /// WAYLAND_DISPLAY and BROWSER is set, and where it fails within 2 s. May throw AzureError.
  std::function<void(const std::string& url, const Context& context)> open{};
};
/// Authorization code with PKCE (RFC 7636, 8252): opens the sign-in page and takes the answer at
/// `http://localhost:PORT`, on the loopback interface only, with a state that nobody can guess.
std::shared_ptr<TokenCredential> make_interactive_browser_credential(
    InteractiveBrowserOptions browser = {}, CredentialOptions options = {});

}  // namespace akv::identity
