#include "akv/emulator/service.hpp"

#include "akv/emulator/detail/wire_format.hpp"
#include "akv/emulator/gate.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/time.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace akv::emulator {
namespace {

constexpr std::size_t max_url = std::size_t{16} << 10;

/// The type that a path ends in, `vaults` or `vaults/keys`, as far as Azure's messages name it.
std::string type_in(const std::vector<std::string>& segments) {
  for (std::size_t i = segments.size(); i-- > 0;)
    if (i + 2 < segments.size() && ascii::equal(segments[i], "providers")) return segments[i + 2];
  return {};
}

/// The last one: an extension's, where there is one.
std::string_view provider_in(const std::vector<std::string>& segments) {
  for (std::size_t i = segments.size(); i-- > 0;)
    if (i + 1 < segments.size() && ascii::equal(segments[i], "providers")) return segments[i + 1];
  return {};
}

/// Why no route has this path.
Refusal unroutable(const std::vector<std::string>& segments, std::string_view version) {
  const std::string_view name_space = provider_in(segments);
  if (name_space.empty()) return errors::missing_subscription();
  const Provider* provider = find_provider(name_space);
  if (!provider || provider->name_space.empty())
    return errors::invalid_resource_namespace(name_space);
  return errors::invalid_resource_type(provider->name_space, version);
}

void check_api_version(const Match& match, std::string_view version,
                       const std::vector<std::string>& segments) {
  auto versions = match.provider->api_versions;
  if (match.route && !match.route->api_versions.empty()) versions = match.route->api_versions;
  if (std::find(versions.begin(), versions.end(), version) != versions.end()) return;
  if (match.provider->name_space.empty()) throw errors::invalid_api_version(version, versions);
  throw errors::no_registered_provider(version, type_in(segments), versions);
}

/// The 401 of a token that is good, but for another tenant than the subscription's.
http::Response wrong_tenant(const http::Request& request, const Caller& caller,
                            const Subscription& subscription) {
  const std::string message =
      "The access token is from the wrong issuer 'https://sts.windows.net/" + caller.tenant_id +
      "/'. It must match the tenant 'https://sts.windows.net/" + subscription.tenant_id +
      "/' associated with this subscription. Please use the authority (URL) "
      "'https://login.windows.net/" +
      subscription.tenant_id + "' to get the token.";
  http::Response response = answer(401, error_body("InvalidAuthenticationTokenTenant", message));
  response.headers.set("WWW-Authenticate",
                       "Bearer authorization_uri=\"" +
                           authorization_uri(request.headers, subscription.tenant_id) +
                           "\", error=\"invalid_token\", error_description=\"" + message + "\"");
  response.headers.set("x-ms-failure-cause", "gateway");
  return response;
}

Subscription find_subscription(Store& store, std::string_view id) {
  if (!is_uuid(id)) throw errors::invalid_subscription_id(id);
  auto found = store.subscription(id);
  if (!found) throw errors::subscription_not_found(id);
  return std::move(*found);
}

/// What ARM asks before it lets a provider answer.
void enter_group(Call& call) {
  const std::string_view name = call.path["group"];
  auto found = call.store.group(call.subscription.id, name);
  if (!found) throw errors::group_not_found(name);
  call.group = std::move(*found);
  if (is_write(call.request.method) && !call.group.deleted_by.empty())
    throw errors::group_being_deleted(name);
}

void check_registration(const Call& call) {
  if (!is_write(call.request.method) || call.provider->registration_free) return;
  const Registration found =
      call.store.registration(call.subscription.id, call.provider->name_space);
  const bool arrived = call.now >= found.since;
  if (found.registered != arrived) throw errors::missing_registration(call.provider->name_space);
}

http::Response dispatch(Call& call, Authentication caller, Throttle& throttle, const Route*& route,
                        std::optional<Allowance>& allowance) {
  if (auto* refused = std::get_if<http::Response>(&caller)) return std::move(*refused);
  call.caller = std::get<Caller>(std::move(caller));

  if (call.request.url.size() > max_url) throw errors::uri_too_long(max_url);
  if (call.request.body.size() > max_body) throw errors::request_too_large(max_body);
  const auto segments = split_path(call.url.path);
  if (!segments || call.url.host.empty() || !is_clean_text(http::percent_decode(call.url.query)))
    throw errors::bad_uri();

  call.api_version = http::query_parameter(call.url.query, "api-version").value_or("");
  if (call.api_version.empty()) throw errors::missing_api_version();
  auto found = match(call.request.method, *segments);
  if (!found) throw unroutable(*segments, call.api_version);
  call.path = std::move(found->captures);
  call.provider = found->provider;
  check_api_version(*found, call.api_version, *segments);

  if (const auto id = call.path["subscription"]; !id.empty()) {
    call.subscription = find_subscription(call.store, id);
    if (!ascii::equal(call.subscription.tenant_id, call.caller.tenant_id))
      return wrong_tenant(call.request, call.caller, call.subscription);
  }
  if (!found->route) throw errors::method_not_allowed(http::to_string(call.request.method));
  if (call.options.throttle) {
    allowance = throttle.take(bucket_of(call), call.caller.object_id,
                              kind_of(call.request.method, *found->route), call.now);
    if (allowance->retry_after.count() > 0)
      return throttled(call, *found->route, allowance->retry_after);
  }
  const Target target = authorize(call, *found->route, *segments);
  if (call.request.method == http::Method::head && target.is_list)
    throw errors::method_not_allowed(http::to_string(call.request.method));
  if (!call.provider->name_space.empty()) {
    if (!call.subscription.id.empty()) check_registration(call);
    if (!call.path["group"].empty()) enter_group(call);
  }
  refuse_locked(call, *found->route, target);
  route = found->route;
  return route->handler(call);
}

void add_missing(http::Response& response, const char* name, std::string value) {
  if (!response.headers.has(name)) response.headers.add(name, std::move(value));
}

std::string correlation_of(const http::Request& request, RandomSource& random) {
  const auto sent = request.headers.get("x-ms-correlation-request-id");
  return sent && is_uuid(*sent) ? std::string(*sent) : new_uuid(random);
}

/// Those that the answer has already stay.
void add_request_ids(const http::Request& request, std::string request_id,
                     const std::string& correlation, SystemTime now, http::Response& response) {
  add_missing(response, "x-ms-request-id", std::move(request_id));
  add_missing(response, "x-ms-correlation-request-id", correlation);
  std::string stamp;
  for (char c : time::format_rfc3339(now))
    if (c != '-' && c != ':') stamp += c;
  add_missing(response, "x-ms-routing-request-id", "EASTUS:" + stamp + ":" + correlation);
  if (const auto wish = request.headers.get("x-ms-return-client-request-id");
      wish && ascii::equal(*wish, "true"))
    if (const auto id = request.headers.get("x-ms-client-request-id"))
      add_missing(response, "x-ms-client-request-id", std::string(*id));
}

void add_request_ids(const Call& call, http::Response& response) {
  const std::string correlation = correlation_of(call.request, call.random);
  // The provider has ids of its own; where ARM answers for itself the two are one.
  const bool by_provider = call.provider && !call.provider->name_space.empty() &&
                           !response.headers.has("x-ms-failure-cause") && response.status != 401;
  add_request_ids(call.request, by_provider ? new_uuid(call.random) : correlation, correlation,
                  call.now, response);
  if (by_provider && ascii::equal(call.provider->name_space, "Microsoft.KeyVault"))
    response.headers.set("x-ms-keyvault-service-version", "1.5.1363.0");
}

void keep_out_of_caches(http::Response& response) {
  for (const auto& [name, value] :
       {std::pair{"Cache-Control", "no-cache"},
        {"Pragma", "no-cache"},
        {"Expires", "-1"},
        {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
        {"X-Content-Type-Options", "nosniff"}})
    add_missing(response, name, value);
}

http::Response refused(const Refusal& refusal) {
  http::Response response =
      answer(refusal.status(), error_body(refusal.code(), refusal.what(), refusal.detail()));
  if (refusal.by() == Refusal::By::gateway) response.headers.set("x-ms-failure-cause", "gateway");
  return response;
}

}  // namespace

json::Document Call::read_body(std::span<const Property> known) const {
  Content content = read_content(request.body, known, api_version);
  if (content.problem.empty()) return std::move(content.body);
  if (provider->name_space.empty()) throw errors::invalid_request_content(content.problem);
  throw errors::bad_json(content.problem);
}

std::string Call::origin() const { return shown_origin(url); }

http::Response answer(int status, std::string json) {
  http::Response response{.status = status, .body = std::move(json)};
  if (!response.body.empty())
    response.headers.set("Content-Type", "application/json; charset=utf-8");
  return response;
}

http::Response serve(const http::Request& request, const http::Url& url, Authentication caller,
                     Store& store, Throttle& throttle, const Options& options, SystemTime now) {
  Call call{.request = request,
            .url = url,
            .store = store,
            .options = options,
            .random = *options.random,
            .now = now};
  const Route* route = nullptr;
  std::optional<Allowance> allowance;
  http::Response response;
  try {
    Transaction transaction(store.database());
    response = dispatch(call, std::move(caller), throttle, route, allowance);
    transaction.commit();
  } catch (const Refusal& refusal) {
    response = refused(refusal);
  }
  add_request_ids(call, response);
  if (route && response.status < 400) add_rate_counters(call, *route, allowance, response);
  if (request.method == http::Method::head) {
    // What is asked is only whether it is there.
    if (response.status == 200) response.status = 204;
    response.body.clear();
    response.headers.erase("Content-Type");
  }
  keep_out_of_caches(response);
  return response;
}

void complete_answer(const http::Request& request, RandomSource& random, SystemTime now,
                     http::Response& response) {
  if (!response.body.empty() &&
      response.headers.get("Content-Type").value_or("").find("json") == std::string_view::npos)
    return;
  const std::string correlation = correlation_of(request, random);
  add_request_ids(request, correlation, correlation, now, response);
  keep_out_of_caches(response);
}

}  // namespace akv::emulator
