#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/detail/command.hpp"
#include "akv/mgmt/identity/detail/crypto.hpp"
#include "akv/mgmt/identity/detail/loopback_redirect.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/user_session.hpp"
#include "akv/mgmt/identity/user_credentials.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace akv::identity {
namespace {

using OpenBrowser = std::function<void(const std::string& url, const Context& context)>;

// For a launcher to fail in. One that goes on after it may be the browser itself.
constexpr std::chrono::seconds grace{2};

bool has_desktop(const Environment& environment) {
  constexpr std::string_view names[] = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"};
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
    const auto found = environment.find(name);
    return found != environment.end() && !found->second.empty();
  });
}

/// By the desktop's own choice of browser.
OpenBrowser open_by_desktop(Environment environment) {
  return [environment = std::move(environment)](const std::string& url, const Context& context) {
    const auto opener = detail::find_program("xdg-open", environment);
    const auto shell = detail::find_program("sh", environment);
    if (!opener || !shell)
      detail::unavailable(
          "no browser can be opened here (xdg-open is not on PATH), use a device code");
    if (!has_desktop(environment))
      detail::unavailable(
          "no browser can be opened here (none of DISPLAY, WAYLAND_DISPLAY and BROWSER is set), "
          "use a device code");
    // In the background, because it may stay for as long as the browser does; only how it ends is
    // told. The address is an argument and no part of the shell's text.
    const auto launched = detail::run_command(
        {.arguments = {*shell, "-c", R"({ "$0" "$1" >/dev/null 2>&1 || echo "$?"; } &)", *opener,
                       url},
         .environment = environment,
         .timeout = grace,
         .hears_those_left = true},
        context);
    context.check();
    if (launched.ending == detail::CommandResult::Ending::not_started)
      detail::unavailable("no browser can be opened here (" + *shell +
                          " cannot be run: " + launched.reason + "), use a device code");
    if (const std::string code(ascii::trim(launched.out)); !code.empty())
      detail::unavailable("no browser can be opened here (xdg-open ended with exit code " + code +
                          "), use a device code, or show the address by "
                          "InteractiveBrowserOptions::open");
  };
}

class InteractiveBrowserCredential final : public TokenCredential {
 public:
  InteractiveBrowserCredential(InteractiveBrowserOptions browser, CredentialOptions options)
      : browser_(std::move(browser)),
        open_(browser_.open ? browser_.open
                            : open_by_desktop(options.environment.empty() ? process_environment()
                                                                          : options.environment)),
        session_(browser_.tenant_id, browser_.client_id, std::move(options)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    return session_.get(
        request, [&](const TokenRequest& wide) { return sign_in(wide, context); }, context);
  }

  std::string describe() const override {
    return "a person, by browser for application " + browser_.client_id;
  }

 private:
  detail::TokenGrant sign_in(const TokenRequest& request, const Context& context) {
    detail::LoopbackRedirect redirect(browser_.redirect_port);
    const std::string address = "http://localhost:" + std::to_string(redirect.port());
    const std::string state = detail::base64url(detail::random_bytes(16));
    const std::string verifier = detail::base64url(detail::random_bytes(32));
    open_(sign_in_page(request, address, state, verifier), context);
    const std::string query = redirect.wait(state, browser_.timeout, context);
    const std::string code = http::query_parameter(query, "code").value_or("");
    if (code.empty()) {
      const std::string said = detail::quotable(
          http::query_parameter(query, "error_description")
              .value_or(http::query_parameter(query, "error").value_or("no reason given")));
      detail::refuse("the sign-in in the browser did not succeed: " + said + "; try again",
                     session_.client().authority());
    }
    return session_.client().get(
        {.type = "authorization_code",
         .fields = {{"code", code}, {"redirect_uri", address}, {"code_verifier", verifier}},
         .secrets = {code, verifier}},
        request, context);
  }

  std::string sign_in_page(const TokenRequest& request, const std::string& address,
                           const std::string& state, const std::string& verifier) const {
    const detail::TokenClient& client = session_.client();
    return client.endpoint(client.tenant_of(request), "authorize") + "?" +
           detail::form_body({{"client_id", client.client_id()},
                              {"response_type", "code"},
                              {"response_mode", "query"},
                              {"redirect_uri", address},
                              {"scope", detail::scope_parameter(request)},
                              {"state", state},
                              {"code_challenge", detail::base64url(detail::sha256(verifier))},
                              {"code_challenge_method", "S256"},
                              {"claims", detail::claims_parameter(request)},
                              {"login_hint", browser_.login_hint},
                              {"prompt", browser_.login_hint.empty() ? "select_account" : ""}});
  }

  const InteractiveBrowserOptions browser_;
  const OpenBrowser open_;
  detail::UserSession session_;  // locks for itself
};

}  // namespace

std::shared_ptr<TokenCredential> make_interactive_browser_credential(
    InteractiveBrowserOptions browser, CredentialOptions options) {
  return std::make_shared<InteractiveBrowserCredential>(std::move(browser), std::move(options));
}

}  // namespace akv::identity
