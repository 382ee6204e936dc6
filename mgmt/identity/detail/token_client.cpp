#include "akv/mgmt/identity/detail/token_client.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <utility>

namespace akv::identity::detail {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-';
}

bool stands_for_many(std::string_view tenant) {
  constexpr std::string_view words[] = {"organizations", "common", "consumers"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](auto word) { return ascii::equal(word, tenant); });
}

std::string without_trailing_slashes(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

/// The public cloud has one regional host for all its names; the others put the region in front.
std::string regional(const std::string& authority, const std::string& region) {
  if (region.empty()) return authority;
  const auto url = http::Url::parse(authority);
  // The region becomes a part of the host to which the secret goes.
  if (!url || region.size() > 63 || !std::all_of(region.begin(), region.end(), [](char c) {
        return is_name_char(c) && c != '.';
      }))
    return {};
  constexpr std::string_view public_hosts[] = {"login.microsoftonline.com", "login.microsoft.com",
                                               "login.windows.net", "sts.windows.net"};
  const bool is_public = std::any_of(std::begin(public_hosts), std::end(public_hosts),
                                     [&](auto host) { return ascii::equal(host, url->host); });
  const std::string port = url->port == 443 ? "" : ":" + std::to_string(url->port);
  return url->scheme + "://" + ascii::lower(region) + "." +
         (is_public ? "login.microsoft.com" : url->host) + port;
}

}  // namespace

TokenClient::TokenClient(std::string tenant_id, std::string client_id, CredentialOptions options,
                         Region region)
    : tenant_id_(std::move(tenant_id)),
      client_id_(std::move(client_id)),
      authority_(without_trailing_slashes(options.authority_host)),
      shown_authority_(redact::url(authority_)),
      token_authority_(region == Region::allowed ? regional(authority_, options.regional_authority)
                                                 : authority_),
      allowed_tenants_(std::move(options.additionally_allowed_tenants)),
      own_tenant_only_(options.disable_multitenant_auth),
      channel_(options) {}

std::string TokenClient::tenant_of(const TokenRequest& request) const {
  if (client_id_.empty())
    refuse("the application's client id is empty; set AZURE_CLIENT_ID", shown_authority_);
  const bool other = !request.tenant_id.empty() && !ascii::equal(request.tenant_id, tenant_id_);
  // Who signs in wherever they belong has no tenant of their own that another could be foreign to.
  const bool has_own = !stands_for_many(tenant_id_);
  const std::string& tenant = other ? request.tenant_id : tenant_id_;
  if (!is_tenant(tenant))
    refuse("the tenant is neither a GUID nor a domain name; check AZURE_TENANT_ID",
           shown_authority_);
  if (other && has_own && !is_allowed_tenant(tenant, allowed_tenants_))
    refuse("application " + client_id_ + " is not to ask for tokens of tenant " + tenant +
               "; name that tenant, or *, in AZURE_ADDITIONALLY_ALLOWED_TENANTS",
           shown_authority_);
  const auto url = http::Url::parse(authority_);
  if (!url || url->scheme != "https")
    refuse("a secret is sent over https only; check AZURE_AUTHORITY_HOST", shown_authority_);
  if (token_authority_.empty())
    refuse(
        "the region of the token service is no region's name; check "
        "AZURE_REGIONAL_AUTHORITY_NAME",
        shown_authority_);
  return tenant;
}

std::string TokenClient::endpoint(std::string_view tenant, std::string_view name) const {
  const std::string& host = name == "token" ? token_authority_ : authority_;
  const std::string_view version = ascii::equal(tenant, "adfs") ? "/oauth2/" : "/oauth2/v2.0/";
  return host + "/" + std::string(tenant) + std::string(version) + std::string(name);
}

http::Response TokenClient::post(const std::string& url, const Form& form, const Context& context) {
  http::Request request{.method = http::Method::post,
                        .url = url,
                        .headers = {{"Accept", "application/json"},
                                    {"Content-Type", "application/x-www-form-urlencoded"}},
                        .body = form_body(form),
                        .operation = "sign-in",
                        // Asking twice gives two tokens, of which one is not used.
                        .idempotent_post = true};
  try {
    return channel_.send(std::move(request), context);
  } catch (const TransportError& error) {
    // To the caller this is "no token", which must not look like a lost answer to their request.
    ErrorInfo info = error.info();
    info.message = "no token for application " + client_id_ + ": " + info.message;
    info.maybe_delivered = false;
    throw AuthenticationError(std::move(info));
  }
}

http::Response TokenClient::ask(const GrantRequest& grant, const TokenRequest& request,
                                const Context& context) {
  Form form{{"grant_type", grant.type}, {"client_id", client_id_}};
  form.insert(form.end(), grant.fields.begin(), grant.fields.end());
  form.emplace_back("scope", scope_parameter(request));
  form.emplace_back("claims", claims_parameter(request));
  return post(endpoint(tenant_of(request), "token"), form, context);
}

TokenGrant TokenClient::get(const GrantRequest& grant, const TokenRequest& request,
                            const Context& context) {
  const std::string tenant = tenant_of(request);
  const auto asked_at = context.clock->now();
  return read(ask(grant, request, context), grant, tenant, asked_at);
}

TokenGrant TokenClient::read(const http::Response& response, const GrantRequest& grant,
                             const std::string& tenant, Clock::SystemTime asked_at) const {
  return read_token_grant(response,
                          {.client_id = client_id_,
                           .tenant_id = tenant,
                           .authority = shown_authority_,
                           .secrets = grant.secrets},
                          asked_at);
}

std::string claims_parameter(const TokenRequest& request) {
  if (!request.enable_cae) return request.claims;
  json::Document claims = json::Document::object();
  if (!request.claims.empty()) {
    try {
      claims = json::Document::parse(request.claims);
    } catch (const FormatError&) {
      claims = {};
    }
    if (!claims.is_object())
      refuse("the claims to ask for are no JSON object; pass them on as the service gave them");
  }
  if (const json::Document* of_access = claims.find("access_token");
      !of_access || !of_access->is_object())
    claims.set("access_token", json::Document::object());
  claims.set("access_token")
      .set("xms_cc",
           json::Document::object({{"values", json::Document::array({json::Document("CP1")})}}));
  return claims.dump();
}

std::string scope_parameter(const TokenRequest& request) {
  std::string text;
  for (const std::string& scope : request.scopes) text += (text.empty() ? "" : " ") + scope;
  return text;
}

bool is_tenant(std::string_view text) {
  return !text.empty() && text != "." && text != ".." && text.size() <= 253 &&
         std::all_of(text.begin(), text.end(), is_name_char);
}

bool is_allowed_tenant(std::string_view tenant, const std::vector<std::string>& allowed) {
  return std::any_of(allowed.begin(), allowed.end(), [tenant](const std::string& entry) {
    return entry == "*" || ascii::equal(entry, tenant);
  });
}

}  // namespace akv::identity::detail
