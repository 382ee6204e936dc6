#include "akv/mgmt/identity/auth_policy.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/identity/detail/token_cache.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace akv::identity {
namespace {

constexpr std::size_t max_claims_bytes = 8192;

/// Standard and URL-safe base64 with or without padding; nullopt for anything else.
std::optional<std::string> decode_base64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z')
      value = static_cast<std::uint32_t>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    else if (c >= '0' && c <= '9')
      value = static_cast<std::uint32_t>(c - '0' + 52);
    else if (c == '+' || c == '-')
      value = 62;
    else if (c == '/' || c == '_')
      value = 63;
    else
      return std::nullopt;
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return out;
}

/// The claims that a challenge asks for (`Bearer …, error="insufficient_claims", claims="eyJ…"`):
/// JSON, to be sent on to the token service. Empty when it asks for none.
std::string claims_of(const http::Response& response) {
  const auto challenge = response.headers.get("WWW-Authenticate");
  if (!challenge) return {};
  const std::string lower = ascii::lower(*challenge);
  constexpr std::string_view key = "claims=\"";
  auto begin = lower.find(key);
  // Not `…_claims="`.
  while (begin != std::string::npos && begin > 0 && lower[begin - 1] != ' ' &&
         lower[begin - 1] != ',')
    begin = lower.find(key, begin + 1);
  if (begin == std::string::npos) return {};
  begin += key.size();
  const auto end = lower.find('"', begin);
  if (end == std::string::npos || end - begin > max_claims_bytes) return {};
  const auto claims = decode_base64(challenge->substr(begin, end - begin));
  return claims && claims->starts_with('{') ? *claims : std::string();
}

class AuthPolicy final : public http::Policy {
 public:
  AuthPolicy(std::shared_ptr<TokenCredential> credential, std::string scope,
             const std::vector<std::string>& auxiliary_tenants)
      : auxiliary_(slots_of(auxiliary_tenants, credential, scope)),
        tokens_(std::move(credential), {.scopes = {std::move(scope)}, .enable_cae = true}) {}

  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    const auto url = http::Url::parse(request.url);
    if (!url || url->scheme != "https")
      throw AuthenticationError({.message = "a token is sent over https only, and not to " +
                                            redact::url(request.url) + "; use an https address",
                                 .operation = request.operation,
                                 .attempts = 0});
    const std::string token = tokens_.get(context).token;
    std::vector<std::string> others;
    for (const auto& slot : auxiliary_) others.push_back(slot->get(context).token);
    http::Response response = send_with(token, others, request, next, context);
    if (response.status != 401 || is_about_the_tenant(response)) return response;
    const std::string claims = claims_of(response);
    const std::string renewed = tokens_.renew(token, claims, context).token;
    bool is_new = renewed != token;
    if (claims.empty())
      for (std::size_t i = 0; i < others.size(); ++i) {
        std::string other = auxiliary_[i]->renew(others[i], {}, context).token;
        is_new = is_new || other != others[i];
        others[i] = std::move(other);
      }
    if (!is_new) return response;
    return send_with(renewed, others, request, next, context);
  }

 private:
  using Slots = std::vector<std::unique_ptr<detail::TokenSlot>>;

  static Slots slots_of(const std::vector<std::string>& tenants,
                        const std::shared_ptr<TokenCredential>& credential,
                        const std::string& scope) {
    Slots slots;
    for (const std::string& tenant : tenants)
      slots.push_back(std::make_unique<detail::TokenSlot>(
          credential, TokenRequest{.scopes = {scope}, .tenant_id = tenant, .enable_cae = true}));
    return slots;
  }

  static http::Response send_with(const std::string& token, const std::vector<std::string>& others,
                                  http::Request& request, const http::Next& next,
                                  const Context& context) {
    request.headers.set("Authorization", "Bearer " + token);
    if (!others.empty()) {
      std::string list;
      for (const std::string& other : others)
        list.append(list.empty() ? "" : ", ").append("Bearer ").append(other);
      request.headers.set("x-ms-authorization-auxiliary", std::move(list));
    }
    return next(request, context);
  }

  /// A token of the wrong tenant is a matter of configuration: the next one is of the same.
  static bool is_about_the_tenant(const http::Response& response) {
    return response.body.find("InvalidAuthenticationTokenTenant") != std::string::npos;
  }

  // Each slot locks for itself.
  const Slots auxiliary_;  // in the tenants' order
  mutable detail::TokenSlot tokens_;
};

}  // namespace

std::unique_ptr<http::Policy> make_auth_policy(std::shared_ptr<TokenCredential> credential,
                                               std::string scope,
                                               const std::vector<std::string>& auxiliary_tenants) {
  return std::make_unique<AuthPolicy>(std::move(credential), std::move(scope), auxiliary_tenants);
}

}  // namespace akv::identity
