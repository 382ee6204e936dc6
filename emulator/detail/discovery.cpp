#include "akv/emulator/detail/discovery.hpp"

#include "akv/emulator/detail/wire_format.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

// A tenant is an id or a domain. Nothing else is repeated in an answer.
bool looks_like_tenant(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
    char l = ascii::to_lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

}  // namespace

SignInTarget sign_in_target(const http::Url& url) {
  constexpr std::pair<std::string_view, SignInRoute> routes[] = {
      {"/oauth2/v2.0/token", SignInRoute::token_v2},
      {"/oauth2/token", SignInRoute::token_v1},
      {"/v2.0/.well-known/openid-configuration", SignInRoute::openid_v2},
      {"/.well-known/openid-configuration", SignInRoute::openid_v1},
      {"/discovery/instance", SignInRoute::instance},
      {"/discovery/v2.0/keys", SignInRoute::keys},
      {"/discovery/keys", SignInRoute::keys}};
  std::string_view path = url.path;
  auto second = path.find('/', 1);
  if (second == std::string_view::npos || second == 1) return {};
  for (const auto& [suffix, route] : routes)
    if (ascii::equal(path.substr(second), suffix))
      return {route, http::percent_decode(path.substr(1, second - 1))};
  return {};
}

bool is_any_tenant(std::string_view tenant) {
  return ascii::equal(tenant, "common") || ascii::equal(tenant, "organizations");
}

http::Response openid_configuration(const http::Url& url, std::string_view tenant, bool v2) {
  std::string authority = shown_origin(url) + '/' + std::string(tenant);
  std::string version = v2 ? "/v2.0" : "";
  // Tokens of ARM are of version 1 whichever route issued them, so this is their issuer.
  std::string issuer =
      v2 ? authority + "/v2.0" : "https://sts.windows.net/" + std::string(tenant) + '/';
  return sign_in_response(
      200, Document::object(
               {{"token_endpoint", authority + "/oauth2" + version + "/token"},
                {"token_endpoint_auth_methods_supported", Document::array({"client_secret_post"})},
                {"jwks_uri", authority + "/discovery" + version + "/keys"},
                {"response_modes_supported", Document::array({"query", "fragment", "form_post"})},
                {"subject_types_supported", Document::array({"pairwise"})},
                {"id_token_signing_alg_values_supported", Document::array({"RS256"})},
                {"response_types_supported", Document::array({"code", "token"})},
                {"scopes_supported", Document::array({"openid"})},
                {"issuer", std::move(issuer)},
                {"authorization_endpoint", authority + "/oauth2" + version + "/authorize"},
                {"device_authorization_endpoint", authority + "/oauth2" + version + "/devicecode"},
                {"end_session_endpoint", authority + "/oauth2" + version + "/logout"},
                {"tenant_region_scope", nullptr},
                {"cloud_instance_name", "microsoftonline.com"},
                {"cloud_graph_host_name", "graph.windows.net"},
                {"msgraph_host", "graph.microsoft.com"}}));
}

http::Response instance_discovery(const http::Url& url, const SignInErrors& errors) {
  auto endpoint = http::query_parameter(url.query, "authorization_endpoint");
  if (!endpoint) return errors.missing("authorization_endpoint");
  auto asked = http::Url::parse(*endpoint);
  std::string tenant;
  if (asked && asked->path.size() > 1)
    tenant = asked->path.substr(1, std::min(asked->path.find('/', 1), asked->path.size()) - 1);
  if (!looks_like_tenant(tenant))
    return errors(400, "invalid_instance", 50049, "Unknown or invalid instance.");

  // MSAL drops the port of the authority it asks about, so the answer holds our own address.
  std::string base = shown_origin(url);
  std::string host = base.substr(base.find("//") + 2);
  auto metadata = Document::array({Document::object(
      {{"preferred_network", "login.microsoftonline.com"},
       {"preferred_cache", "login.windows.net"},
       {"aliases", Document::array({"login.microsoftonline.com", "login.windows.net",
                                    "login.microsoft.com", "sts.windows.net"})}})});
  if (host != "login.microsoftonline.com")
    metadata.push_back(Document::object({{"preferred_network", host},
                                         {"preferred_cache", host},
                                         {"aliases", Document::array({host})}}));
  return sign_in_response(
      200, Document::object({{"tenant_discovery_endpoint",
                              base + '/' + tenant + "/v2.0/.well-known/openid-configuration"},
                             {"api-version", "1.1"},
                             {"metadata", std::move(metadata)}}));
}

}  // namespace akv::emulator
