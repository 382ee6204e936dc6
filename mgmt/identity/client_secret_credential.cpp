#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/token_answer.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace akv::identity {
namespace {

constexpr std::chrono::seconds shortest_patience{5};

/// Tenant ids and domain names; anything else would reach into the URL's path.
bool is_tenant(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
}

std::string without_trailing_slashes(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!body.empty()) body += '&';
    body += std::string(name) + "=" + http::percent_encode(value);
  }
  return body;
}

class ClientSecretCredential final : public TokenCredential {
 public:
  ClientSecretCredential(std::string tenant_id, std::string client_id, std::string client_secret,
                         CredentialOptions options)
      : tenant_id_(std::move(tenant_id)),
        client_id_(std::move(client_id)),
        client_secret_(std::move(client_secret)),
        authority_(without_trailing_slashes(options.authority_host)),
        random_(options.random),
        transport_(std::move(options.transport)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    const std::string tenant = request.tenant_id.empty() ? tenant_id_ : request.tenant_id;
    check_settings(tenant);
    const auto asked_at = context.clock->now();
    const http::Response response = ask(tenant, request, context);
    return detail::read_token_answer(response,
                                     {.client_id = client_id_,
                                      .tenant_id = tenant,
                                      .authority = authority_,
                                      .secrets = {client_secret_}},
                                     asked_at);
  }

  std::string describe() const override { return "client secret of application " + client_id_; }

 private:
  [[noreturn]] void refuse(std::string message) const {
    throw AuthenticationError({.message = std::move(message),
                               .target = authority_,
                               .operation = "sign-in",
                               .attempts = 0});
  }

  void check_settings(const std::string& tenant) const {
    if (client_id_.empty()) refuse("the application's client id is empty; set AZURE_CLIENT_ID");
    if (client_secret_.empty())
      refuse("the secret of application " + client_id_ + " is empty; set AZURE_CLIENT_SECRET");
    if (!is_tenant(tenant))
      refuse("the tenant is neither a GUID nor a domain name; check AZURE_TENANT_ID");
    const auto url = http::Url::parse(authority_);
    if (!url || url->scheme != "https")
      refuse("a secret is sent over https only; check AZURE_AUTHORITY_HOST");
  }

  http::Response ask(const std::string& tenant, const TokenRequest& request,
                     const Context& context) {
    http::Request post{.method = http::Method::post,
                       .url = authority_ + "/" + tenant + "/oauth2/v2.0/token",
                       .headers = {{"Accept", "application/json"},
                                   {"Content-Type", "application/x-www-form-urlencoded"}},
                       .body = form({{"grant_type", "client_credentials"},
                                     {"client_id", client_id_},
                                     {"client_secret", client_secret_},
                                     {"scope", join(request.scopes)},
                                     {"claims", request.claims}}),
                       .operation = "sign-in",
                       // Asking twice gives two tokens, of which one is not used.
                       .idempotent_post = true};
    // Whoever waits for nothing himself still needs a token: a passing fault of the token service
    // must not look like a refusal.
    Context patient = context;
    patient.max_wait = std::max(patient.max_wait, shortest_patience);
    try {
      return pipeline().send(std::move(post), patient);
    } catch (const TransportError& error) {
      // To the caller this is "no token", which must not look like a lost answer to their request.
      ErrorInfo info = error.info();
      info.message = "no token for application " + client_id_ + ": " + info.message;
      info.maybe_delivered = false;
      throw AuthenticationError(std::move(info));
    }
  }

  /// Made at the first use: a transport starts threads.
  http::Pipeline& pipeline() {
    std::lock_guard lock(mutex_);
    if (!pipeline_) {
      if (!transport_) transport_ = http::make_cpprest_transport();
      std::vector<std::unique_ptr<http::Policy>> policies;
      policies.push_back(http::make_user_agent_policy({}));
      policies.push_back(http::make_retry_policy({}, *random_, nullptr));
      pipeline_ = std::make_unique<http::Pipeline>(std::move(policies), transport_);
    }
    return *pipeline_;
  }

  const std::string tenant_id_;
  const std::string client_id_;
  const std::string client_secret_;
  const std::string authority_;
  RandomSource* const random_;  // the caller's; outlives the credential, locks for itself
  std::mutex mutex_;            // guards all below
  std::shared_ptr<http::Transport> transport_;
  std::unique_ptr<http::Pipeline> pipeline_;  // never replaced once made
};

}  // namespace

std::shared_ptr<TokenCredential> make_client_secret_credential(std::string tenant_id,
                                                               std::string client_id,
                                                               std::string client_secret,
                                                               CredentialOptions options) {
  return std::make_shared<ClientSecretCredential>(std::move(tenant_id), std::move(client_id),
                                                  std::move(client_secret), std::move(options));
}

}  // namespace akv::identity
