#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/user_session.hpp"
#include "akv/mgmt/identity/user_credentials.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

namespace akv::identity {
namespace {

using std::chrono::seconds;

constexpr seconds usual_interval{5}, slower_by{5}, longest_interval{60};
constexpr seconds longest_life{3600};

/// What the service gave out, and how it wants to be asked.
struct Device {
  DeviceCodePrompt prompt;
  std::string code;
  seconds interval{}, life{};
};

std::string in_words(seconds time) {
  return time.count() >= 120 ? std::to_string(time.count() / 60) + " minutes"
                             : std::to_string(time.count()) + " seconds";
}

void show_on_standard_error(const DeviceCodePrompt& prompt) {
  std::string text = prompt.message.empty() ? "To sign in, open " + prompt.verification_uri +
                                                  " and enter the code " + prompt.user_code
                                            : prompt.message;
  // Of the service's text a terminal gets no commands.
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == '\x7f'; },
      ' ');
  std::cerr << text << '\n';
}

class DeviceCodeCredential final : public TokenCredential {
 public:
  DeviceCodeCredential(DeviceCodeOptions device, CredentialOptions options)
      : prompt_(device.prompt ? std::move(device.prompt) : show_on_standard_error),
        session_(std::move(device.tenant_id), std::move(device.client_id), std::move(options)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    return session_.get(
        request, [&](const TokenRequest& wide) { return sign_in(wide, context); }, context);
  }

  std::string describe() const override {
    return "a person, by device code for application " + session_.client().client_id();
  }

 private:
  detail::TokenGrant sign_in(const TokenRequest& request, const Context& context) {
    Device device = start(request, context);
    prompt_(device.prompt);
    const std::string tenant = session_.client().tenant_of(request);
    const detail::GrantRequest grant{.type = "urn:ietf:params:oauth:grant-type:device_code",
                                     .fields = {{"device_code", device.code}},
                                     .secrets = {device.code}};
    for (;;) {
      context.wait(device.interval);
      const auto asked_at = context.clock->now();
      const http::Response response = session_.client().ask(grant, request, context);
      const std::string error = detail::error_of(response);
      const bool waits = error == "authorization_pending" || error == "slow_down";
      if ((waits && asked_at >= device.prompt.expires_on) || error == "expired_token" ||
          error == "code_expired")
        detail::refuse("nobody entered the device code within " + in_words(device.life) +
                           ", and it has ended; ask for the token again, and enter the new code "
                           "that is shown then",
                       session_.client().authority());
      if (error == "authorization_declined" || error == "access_denied")
        detail::refuse("the person declined to sign in by device code; try again",
                       session_.client().authority());
      if (!waits) return session_.client().read(response, grant, tenant, asked_at);
      if (error == "slow_down")
        device.interval = std::min(device.interval + slower_by, longest_interval);
    }
  }

  Device start(const TokenRequest& request, const Context& context) {
    detail::TokenClient& client = session_.client();
    const std::string tenant = client.tenant_of(request);
    const auto asked_at = context.clock->now();
    const http::Response response = client.post(client.endpoint(tenant, "devicecode"),
                                                {{"client_id", client.client_id()},
                                                 {"scope", detail::scope_parameter(request)},
                                                 {"claims", detail::claims_parameter(request)}},
                                                context);
    // Reads a refusal, as of a token.
    if (response.status != 200) client.read(response, {}, tenant, asked_at);
    json::Document answer;
    try {
      answer = json::Document::parse(response.body, {.bytes = std::size_t{1} << 20});
    } catch (const FormatError&) {
      answer = {};
    }
    Device device{
        .prompt = {.user_code = std::string(answer["user_code"].string_or()),
                   .verification_uri = std::string(answer["verification_uri"].string_or()),
                   .message = std::string(answer["message"].string_or()),
                   .expires_on = {}},
        .code = std::string(answer["device_code"].string_or()),
        .interval = seconds(answer["interval"].int_or(usual_interval.count())),
        .life = std::clamp(seconds(answer["expires_in"].int_or(900)), seconds(0), longest_life)};
    if (device.code.empty() || device.prompt.user_code.empty() ||
        device.prompt.verification_uri.empty())
      detail::refuse(client.authority() +
                         " answered without a device code; check "
                         "AZURE_AUTHORITY_HOST",
                     client.authority());
    device.interval = std::clamp(device.interval, seconds(1), longest_interval);
    device.prompt.expires_on = asked_at + device.life;
    return device;
  }

  const std::function<void(const DeviceCodePrompt&)> prompt_;
  detail::UserSession session_;  // locks for itself
};

}  // namespace

std::shared_ptr<TokenCredential> make_device_code_credential(DeviceCodeOptions device,
                                                             CredentialOptions options) {
  return std::make_shared<DeviceCodeCredential>(std::move(device), std::move(options));
}

}  // namespace akv::identity
