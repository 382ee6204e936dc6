#include "akv/emulator/token_service.hpp"

#include "akv/emulator/azure_names.hpp"
#include "akv/emulator/detail/discovery.hpp"
#include "akv/emulator/detail/openssl.hpp"
#include "akv/emulator/detail/sign_in_errors.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/mgmt/json/document.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

std::int64_t unix_seconds(Clock::SystemTime at) {
  return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string_view without_last_slash(std::string_view text) {
  if (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

/// Azure issues no token for a resource that the tenant does not hold.
bool is_known_resource(std::string_view asked) {
  const std::string_view resource = without_last_slash(asked);
  const auto is = [&](std::string_view known) { return ascii::equal(known, resource); };
  const auto clouds = cloud_audiences();
  return std::any_of(clouds.begin(), clouds.end(), [&](const CloudAudiences& cloud) {
    return is(cloud.management) || is(cloud.management_core) || is(cloud.graph) ||
           is(cloud.vault) || is(cloud.managed_hsm);
  });
}

bool is_audience(std::string_view of_token, Audience wanted) {
  const std::string_view audience = without_last_slash(of_token);
  const auto is = [&](std::string_view known) { return ascii::equal(known, audience); };
  const auto clouds = cloud_audiences();
  return std::any_of(clouds.begin(), clouds.end(), [&](const CloudAudiences& cloud) {
    return wanted == Audience::graph ? is(cloud.graph)
                                     : is(cloud.management) || is(cloud.management_core);
  });
}

/// In both spellings each, as the refusal of another one lists them.
std::string allowed_audiences(Audience wanted) {
  const CloudAudiences& cloud = cloud_audiences().front();
  const auto both = [](std::string_view audience) {
    return "'" + std::string(audience) + "/','" + std::string(audience) + "'";
  };
  if (wanted == Audience::graph) return both(cloud.graph);
  return both(cloud.management_core) + ',' + both(cloud.management);
}

// Digests have one length, so the time tells nothing of the secret, not even how long it is.
bool same_secret(std::string_view a, std::string_view b) {
  std::array<unsigned char, 32> left{}, right{};
  auto digest = [](std::string_view text, auto& out) {
    openssl::check(
        EVP_Digest(text.data(), text.size(), out.data(), nullptr, EVP_sha256(), nullptr) == 1,
        "cannot compute a digest");
  };
  digest(a, left);
  digest(b, right);
  return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

// --- The form of the token route -----------------------------------------------------------------

class Form {
 public:
  /// nullopt where the body is beyond the caps.
  static std::optional<Form> parse(std::string_view body) {
    if (body.size() > TokenService::max_form) return std::nullopt;
    Form form;
    while (!body.empty()) {
      auto end = std::min(body.find('&'), body.size());
      auto field = body.substr(0, end);
      body.remove_prefix(std::min(end + 1, body.size()));
      if (field.empty()) continue;
      if (form.fields_.size() == TokenService::max_form_fields) return std::nullopt;
      auto equals = std::min(field.find('='), field.size());
      form.fields_.emplace_back(decode(field.substr(0, equals)),
                                decode(field.substr(std::min(equals + 1, field.size()))));
    }
    return form;
  }
  /// Empty where it is missing: the service makes no difference either.
  std::string_view operator[](std::string_view name) const {
    for (const auto& [key, value] : fields_)
      if (key == name) return value;
    return {};
  }
  /// The first of our own parameters that is there twice, if any.
  std::optional<std::string_view> repeated() const {
    for (std::string_view name : {"grant_type", "client_id", "client_secret", "scope", "resource",
                                  "client_assertion", "username", "password"})
      if (std::count_if(fields_.begin(), fields_.end(),
                        [&](const auto& field) { return field.first == name; }) > 1)
        return name;
    return std::nullopt;
  }

 private:
  static std::string decode(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return http::percent_decode(spaced);
  }
  std::vector<std::pair<std::string, std::string>> fields_;
};

// --- What ARM says to a token --------------------------------------------------------------------

}  // namespace

// The Host header is the client's own text: it is repeated only where it is a plain host and port.
// Azure's resource managers name where their cloud signs in.
std::string authorization_uri(const http::Headers& headers, std::string_view tenant) {
  auto host = headers.get("Host").value_or("");
  bool plain = !host.empty() && host.find_first_not_of(
                                    "abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789.-:[]") == std::string::npos;
  std::string_view name = host;
  if (name.ends_with(":443")) name.remove_suffix(4);
  if (const CloudAudiences* cloud = cloud_managed_at(name))
    return std::string(cloud->challenge) + '/' + std::string(tenant);
  return "https://" + std::string(plain ? host : "login.microsoftonline.com") + '/' +
         std::string(tenant);
}

namespace {

http::Response refuse(const std::string& authority, const char* code, const std::string& message) {
  auto response = sign_in_response(
      401, Document::object({{"error", Document::object({{"code", code}, {"message", message}})}}));
  response.headers.set("Cache-Control", "no-cache");
  response.headers.set("WWW-Authenticate", "Bearer authorization_uri=\"" + authority +
                                               "\", error=\"invalid_token\", error_description=\"" +
                                               message + '"');
  response.headers.set("x-ms-failure-cause", "gateway");
  return response;
}

}  // namespace

TokenService::TokenService(const std::string& signing_key_pem,
                           std::vector<Application> applications)
    : key_(signing_key_pem), applications_(std::move(applications)) {}

std::string TokenService::new_signing_key() { return SigningKey::generate_pem(); }

std::string TokenService::new_secret() {
  std::string secret;
  while (secret.size() < 40) {
    std::array<unsigned char, 32> bytes{};
    openssl::check(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1,
                   "no random bytes for a secret");
    for (char c : base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()}))
      if (c != '-' && c != '_' && secret.size() < 40) secret += c;
    OPENSSL_cleanse(bytes.data(), bytes.size());
  }
  return secret;
}

bool TokenService::knows_tenant(std::string_view tenant) const {
  std::shared_lock lock(mutex_);
  return std::any_of(applications_.begin(), applications_.end(),
                     [&](const Application& app) { return ascii::equal(app.tenant_id, tenant); });
}

void TokenService::add(Application application) {
  std::unique_lock lock(mutex_);
  applications_.push_back(std::move(application));
}

std::optional<TokenService::Application> TokenService::find(std::string_view tenant,
                                                            std::string_view client_id) const {
  std::shared_lock lock(mutex_);
  for (const auto& app : applications_)
    if (ascii::equal(app.tenant_id, tenant) && ascii::equal(app.client_id, client_id)) return app;
  return std::nullopt;
}

std::optional<TokenService::Application> TokenService::principal(std::string_view tenant,
                                                                 std::string_view id) const {
  std::shared_lock lock(mutex_);
  for (const auto& app : applications_)
    if (ascii::equal(app.tenant_id, tenant) &&
        (ascii::equal(app.object_id, id) || ascii::equal(app.client_id, id)))
      return app;
  return std::nullopt;
}

bool TokenService::owns(const http::Url& url) const {
  return sign_in_target(url).route != SignInRoute::none;
}

http::Response TokenService::handle(const http::Request& request, Clock::SystemTime now,
                                    RandomSource& random) const {
  http::Response response = dispatch(request, now, random);
  if (const auto id = request.headers.get("client-request-id"); id && is_uuid(*id))
    response.headers.set("client-request-id", std::string(*id));
  return response;
}

http::Response TokenService::dispatch(const http::Request& request, Clock::SystemTime now,
                                      RandomSource& random) const {
  auto url = http::Url::parse(request.url).value_or(http::Url{});
  auto [route, tenant] = sign_in_target(url);
  SignInErrors errors(request, now, random);

  bool for_token = route == SignInRoute::token_v1 || route == SignInRoute::token_v2;
  auto method = request.method;
  if (for_token ? method != http::Method::post
                : method != http::Method::get && method != http::Method::head) {
    auto response = errors(405, "invalid_request", 900561,
                           for_token ? "The endpoint only accepts POST requests."
                                     : "The endpoint only accepts GET requests.");
    response.headers.set("Allow", for_token ? "POST" : "GET, HEAD");
    return response;
  }
  if (route == SignInRoute::instance) return instance_discovery(url, errors);
  if (!knows_tenant(tenant) && (for_token || !is_any_tenant(tenant)))
    return errors.unknown_tenant(tenant);

  switch (route) {
    case SignInRoute::keys:
      return sign_in_response(200,
                              Document::object({{"keys", Document::array({key_.public_jwk()})}}));
    case SignInRoute::openid_v1:
    case SignInRoute::openid_v2:
      return openid_configuration(url, tenant, route == SignInRoute::openid_v2);
    default:
      return issue_token(tenant, route == SignInRoute::token_v2, request, now, random);
  }
}

http::Response TokenService::issue_token(std::string_view tenant, bool v2,
                                         const http::Request& request, Clock::SystemTime now,
                                         RandomSource& random) const {
  SignInErrors errors(request, now, random);
  // A body of another type is no form: the service then misses every parameter.
  auto type = request.headers.get("Content-Type").value_or("application/x-www-form-urlencoded");
  bool is_form = ascii::starts_with(type, "application/x-www-form-urlencoded");
  auto form = Form::parse(is_form ? std::string_view(request.body) : std::string_view());
  if (!form) return errors(400, "invalid_request", 90013, "Invalid input received from the user.");
  if (auto name = form->repeated())
    return errors(400, "invalid_request", 9000411,
                  "The request is not properly formatted. The parameter '" + std::string(*name) +
                      "' is duplicated.");

  auto grant = (*form)["grant_type"], client_id = (*form)["client_id"],
       secret = (*form)["client_secret"], scope = (*form)["scope"], resource = (*form)["resource"];
  if (grant.empty()) return errors.missing("grant_type");
  const bool by_password = grant == "password" && !(*form)["username"].empty();
  if (grant != "client_credentials" && !by_password)
    return errors(400, "unsupported_grant_type", 70003,
                  "The app requested an unsupported grant type '" + shown(grant) + "'.");
  if (client_id.empty()) return errors.missing("client_id");

  if (v2 && !resource.empty())
    return errors(400, "invalid_request", 901002,
                  "The 'resource' request parameter is not supported.");
  if (resource.empty() && scope.empty()) return errors.missing(v2 ? "scope" : "resource");
  if (resource.empty()) {
    constexpr std::string_view suffix = "/.default";
    // A user's client asks for a refresh token and the like beside the resource.
    if (by_password) scope = scope.substr(0, std::min(scope.find(' '), scope.size()));
    if (!scope.ends_with(suffix) || scope.find(' ') != std::string_view::npos)
      return errors(400, "invalid_scope", 1002012,
                    "The provided value for scope " + shown(scope) +
                        " is not valid. Client credential flows must have a scope value with "
                        "/.default suffixed to the resource identifier (application ID URI).");
    // The resource keeps its own slash: `https://management.core.windows.net//.default`.
    resource = scope.substr(0, scope.size() - suffix.size());
  }

  const auto app = by_password ? principal(tenant, (*form)["username"]) : find(tenant, client_id);
  if (by_password &&
      (!app || !app->is_user || !same_secret((*form)["password"], app->client_secret)))
    return errors(400, "invalid_grant", 50126,
                  "Error validating credentials due to invalid username or password.");
  if (!app)
    return errors(400, "unauthorized_client", 700016,
                  "Application with identifier '" + shown(client_id) +
                      "' was not found in the directory '" + std::string(tenant) +
                      "'. This can happen if the application has not been installed by the "
                      "administrator of the tenant or consented to by any user in the tenant. You "
                      "may have sent your authentication request to the wrong tenant.");
  if (by_password) secret = (*form)["password"];
  if (secret.empty() && !(*form)["client_assertion"].empty())
    return errors(401, "invalid_client", 70021,
                  "No matching federated identity record found for presented assertion.");
  if (secret.empty())
    return errors(401, "invalid_client", 7000216,
                  "'client_assertion', 'client_secret' or 'request' is required for the "
                  "'client_credentials' grant type.");
  if (!same_secret(secret, app->client_secret))
    return errors(401, "invalid_client", 7000215,
                  "Invalid client secret provided. Ensure the secret being sent in the request is "
                  "the client secret value, not the client secret ID, for a secret added to app '" +
                      app->client_id + "'.");
  if (now >= app->secret_expires)
    return errors(401, "invalid_client", 7000222,
                  "The provided client secret keys for app '" + app->client_id +
                      "' are expired. Visit the Azure portal to create new keys for your app: "
                      "https://aka.ms/NewClientSecret, or consider using certificate credentials "
                      "for added security: https://aka.ms/certCreds.");
  if (!is_known_resource(resource))
    return errors(400, "invalid_resource", 500011,
                  "The resource principal named " + shown(resource) +
                      " was not found in the tenant named " + app->tenant_id +
                      ". This can happen if the application has not been installed by the "
                      "administrator of the tenant or consented to by any user in the tenant. You "
                      "might have sent your authentication request to the wrong tenant.");

  std::string issuer = "https://sts.windows.net/" + app->tenant_id + '/';
  std::int64_t issued = unix_seconds(now), expires = issued + lifetime.count();
  Document claims = Document::object({{"aud", resource},
                                      {"iss", issuer},
                                      {"iat", issued},
                                      {"nbf", issued},
                                      {"exp", expires},
                                      {"appid", by_password ? client_id : app->client_id},
                                      {"appidacr", by_password ? "0" : "1"},
                                      {"idp", issuer},
                                      {"idtyp", by_password ? "user" : "app"},
                                      {"oid", app->object_id},
                                      {"sub", app->object_id},
                                      {"tid", app->tenant_id},
                                      {"uti", new_uuid(random)},
                                      {"ver", "1.0"},
                                      {"xms_tcdt", issued}});
  if (by_password) {
    claims.set("upn", app->name);
    claims.set("unique_name", app->name);
    claims.set("scp", "user_impersonation");
  }
  auto token = key_.sign(claims);
  if (v2)
    return sign_in_response(200,
                            Document::object({{"token_type", "Bearer"},
                                              {"expires_in", std::int64_t{lifetime.count()}},
                                              {"ext_expires_in", std::int64_t{lifetime.count()}},
                                              {"access_token", std::move(token)}}));
  // The older route writes its numbers as texts.
  std::string seconds = std::to_string(lifetime.count());
  return sign_in_response(200, Document::object({{"token_type", "Bearer"},
                                                 {"expires_in", seconds},
                                                 {"ext_expires_in", seconds},
                                                 {"expires_on", std::to_string(expires)},
                                                 {"not_before", std::to_string(issued)},
                                                 {"resource", resource},
                                                 {"access_token", std::move(token)}}));
}

std::variant<Caller, http::Response> TokenService::authenticate(const http::Headers& headers,
                                                                Clock::SystemTime now,
                                                                Audience wanted) const {
  auto authority = [&] {
    std::shared_lock lock(mutex_);
    return authorization_uri(headers,
                             applications_.empty() ? "common" : applications_[0].tenant_id);
  };
  auto invalid = [&](const std::string& why) {
    return refuse(authority(), "InvalidAuthenticationToken", why);
  };

  auto header = headers.get("Authorization");
  if (!header)
    return refuse(authority(), "AuthenticationFailed",
                  "Authentication failed. The 'Authorization' header is missing.");
  constexpr std::string_view scheme = "Bearer ";
  if (!ascii::starts_with(*header, scheme))
    return invalid("The 'Authorization' header must hold the scheme 'Bearer' and an access token.");
  auto token = ascii::trim(header->substr(scheme.size()));
  if (token.size() > SigningKey::max_token)
    return invalid("The access token is longer than " + std::to_string(SigningKey::max_token) +
                   " bytes.");
  auto claims = key_.verify(token);
  if (!claims) return invalid("The access token is invalid.");

  std::int64_t at = unix_seconds(now);
  std::int64_t expires = (*claims)["exp"].int_or(0);
  if (at >= expires)
    return refuse(authority(), "ExpiredAuthenticationToken",
                  "The access token expiry UTC time '" +
                      time::format_rfc3339(Clock::SystemTime(std::chrono::seconds(expires))) +
                      "' is earlier than current UTC time '" +
                      time::format_rfc3339(Clock::SystemTime(std::chrono::seconds(at))) + "'.");
  // Azure grants five minutes between the clocks of its machines.
  constexpr std::int64_t skew = 300;
  if (at + skew < (*claims)["nbf"].int_or(0)) return invalid("The access token is not valid yet.");
  auto audience = (*claims)["aud"].string_or();
  if (!is_audience(audience, wanted))
    return invalid("The access token has been obtained for wrong audience or resource '" +
                   shown(audience) +
                   "'. It should exactly match with one of the allowed audiences " +
                   allowed_audiences(wanted) + '.');
  const auto app = principal((*claims)["tid"].string_or(), (*claims)["oid"].string_or());
  if (!app || (!app->is_user && !ascii::equal(app->client_id, (*claims)["appid"].string_or())))
    return invalid("The access token is for an application that is not there any more.");
  return Caller{.object_id = app->object_id,
                .app_id = app->client_id,
                .tenant_id = app->tenant_id,
                .name = app->name,
                .is_user = app->is_user};
}

}  // namespace akv::emulator
