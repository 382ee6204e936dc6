#include "akv/mgmt/arm/client.hpp"

#include "akv/mgmt/arm/pace.hpp"
#include "akv/mgmt/arm/principal.hpp"
#include "akv/mgmt/arm/registration_policy.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/identity/auth_policy.hpp"

#include <algorithm>
#include <cassert>

namespace akv::arm {
namespace {

constexpr std::string_view client_request_id = "x-ms-client-request-id";
constexpr std::size_t most_auxiliary_tenants = 3;  // more, and ARM refuses the request

/// A link as it is sent: services leave blanks in their filters and regions, and `#` in tokens,
/// where it would cut off the rest.
std::string usable_link(std::string_view link) {
  std::string usable;
  for (const char c : link)
    if (c == ' ')
      usable += "%20";
    else if (c == '#')
      usable += "%23";
    else
      usable += c;
  return usable;
}

// A gateway's own page carries no id. Ours is then the only one that a support ticket can name.
class AnswerIdPolicy final : public http::Policy {
 public:
  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    http::Response response = next(request, context);
    if (const auto id = request.headers.get(client_request_id);
        id && !response.headers.has(client_request_id))
      response.headers.set(client_request_id, std::string(*id));
    return response;
  }
};

/// The token must not leave the origin it was issued for, and the answer's author decides where a
/// link points.
void check_origin(const http::Url& origin, std::string_view text, std::string_view operation) {
  const auto url = http::Url::parse(text);
  const char* reason = nullptr;
  if (!url)
    reason = "this is not an absolute URL";
  else if (url->scheme != origin.scheme || url->authority() != origin.authority())
    reason = "this URL is not on the client's own origin, so no request and no token goes there";
  if (reason != nullptr)
    throw FormatError({.code = "ForeignUrl",
                       .message = std::string(reason) + " (" + origin.origin() + ")",
                       .target = redact::url(text),
                       .operation = std::string(operation),
                       .attempts = 0});
}

// One of the user's, which several clients may share.
class SharedPolicy final : public http::Policy {
 public:
  explicit SharedPolicy(std::shared_ptr<const http::Policy> policy) : policy_(std::move(policy)) {}
  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    return policy_->send(request, next, context);
  }

 private:
  const std::shared_ptr<const http::Policy> policy_;
};

// Takes the client's tokens off a request, however the attempt ends.
class TokensOff {
 public:
  TokensOff(http::Request& request, bool has_auxiliary_tenants)
      : request_(request), has_auxiliary_tenants_(has_auxiliary_tenants) {}
  TokensOff(const TokensOff&) = delete;
  TokensOff& operator=(const TokensOff&) = delete;
  ~TokensOff() {
    request_.headers.erase("Authorization");
    // Without such tenants it is a caller's own, and the next attempt's too.
    if (has_auxiliary_tenants_) request_.headers.erase("x-ms-authorization-auxiliary");
  }

 private:
  http::Request& request_;  // of the call, which outlives this
  const bool has_auxiliary_tenants_;
};

// Between the user's policies and the tokens: they may have changed where the request goes, and
// see it again on the way back.
class OriginPolicy final : public http::Policy {
 public:
  OriginPolicy(http::Url origin, bool has_auxiliary_tenants)
      : origin_(std::move(origin)), has_auxiliary_tenants_(has_auxiliary_tenants) {}
  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    check_origin(origin_, request.url, request.operation);
    const TokensOff afterwards(request, has_auxiliary_tenants_);
    return next(request, context);
  }

 private:
  const http::Url origin_;
  const bool has_auxiliary_tenants_;
};

std::vector<std::unique_ptr<http::Policy>> make_policies(
    std::shared_ptr<identity::TokenCredential> credential, const ClientOptions& options,
    const http::Url& origin) {
  std::vector<std::unique_ptr<http::Policy>> policies;
  const auto add_own = [&](const std::vector<std::shared_ptr<const http::Policy>>& own) {
    for (const auto& policy : own) policies.push_back(std::make_unique<SharedPolicy>(policy));
  };
  policies.push_back(http::make_request_id_policy(*options.random));
  policies.push_back(std::make_unique<AnswerIdPolicy>());
  policies.push_back(
      http::make_user_agent_policy(options.user_agent_prefix.substr(0, 24), options.telemetry));
  if (options.register_providers) policies.push_back(make_registration_policy());
  add_own(options.per_call_policies);
  policies.push_back(http::make_retry_policy(options.retry, *options.random, options.counters));
  add_own(options.per_retry_policies);
  if (!options.per_call_policies.empty() || !options.per_retry_policies.empty())
    policies.push_back(std::make_unique<OriginPolicy>(origin, !options.auxiliary_tenants.empty()));
  policies.push_back(http::make_throttle_policy(options.pace, options.counters, *options.clock));
  policies.push_back(identity::make_auth_policy(
      std::move(credential), options.cloud.audience + "/.default", options.auxiliary_tenants));
  policies.push_back(http::make_log_policy(options.log));
  policies.push_back(http::make_trace_policy(options.on_attempt, options.log));
  return policies;
}

ClientOptions with_defaults(ClientOptions options,
                            const std::shared_ptr<identity::TokenCredential>& credential) {
  while (options.cloud.resource_manager.ends_with('/')) options.cloud.resource_manager.pop_back();
  // Another clock's moments would mean nothing to those who share it.
  if (!options.pace) options.pace = options.clock == &system_clock() ? process_pace() : make_pace();
  // Two credentials may stand for one principal; then each learns of the service's limits by
  // itself.
  const std::string principal =
      options.principal.empty() ? principal_of(credential) : options.principal;
  if (auto own = options.pace->of_principal(options.cloud.resource_manager + ' ' + principal))
    options.pace = std::move(own);
  if (!options.transport) options.transport = http::make_cpprest_transport();
  return options;
}

http::Url origin_of(const std::string& resource_manager) {
  const auto url = http::Url::parse(resource_manager);
  if (!url || url->scheme != "https")
    throw FormatError({.message = "the resource manager's address must be an https URL",
                       .target = redact::url(resource_manager),
                       .operation = "ArmClient"});
  return *url;
}

void check_auxiliary_tenants(const std::vector<std::string>& tenants) {
  const auto is_empty = [](const std::string& tenant) { return tenant.empty(); };
  const char* reason = nullptr;
  if (tenants.size() > most_auxiliary_tenants)
    reason = "a request takes tokens of at most three auxiliary tenants";
  else if (std::any_of(tenants.begin(), tenants.end(), is_empty))
    reason = "an auxiliary tenant is empty; name it by its id";
  if (reason != nullptr) throw FormatError({.message = reason, .operation = "ArmClient"});
}

void check_policies(std::string_view list,
                    const std::vector<std::shared_ptr<const http::Policy>>& policies) {
  const auto null = std::find(policies.begin(), policies.end(), nullptr);
  if (null != policies.end())
    throw FormatError({.message = std::string(list) + "[" +
                                  std::to_string(null - policies.begin()) +
                                  "] is null; give a policy there, or leave it out",
                       .operation = "ArmClient"});
}

}  // namespace

struct ArmClient::Core {
  Core(std::shared_ptr<identity::TokenCredential> credential, ClientOptions given)
      : options(with_defaults(std::move(given), credential)),
        origin(origin_of(options.cloud.resource_manager)),
        pipeline(make_policies(std::move(credential), options, origin), options.transport) {
    check_auxiliary_tenants(options.auxiliary_tenants);
    check_policies("per_call_policies", options.per_call_policies);
    check_policies("per_retry_policies", options.per_retry_policies);
  }

  const ClientOptions options;
  const http::Url origin;
  const http::Pipeline pipeline;

  http::Response send(http::Request request, const CallOptions& call) const {
    http::Response answer = pipeline.send(std::move(request), on_client_clock(call.context));
    if (call.on_response) call.on_response(answer);
    return answer;
  }

  /// A call that names no clock of its own goes by the client's.
  Context on_client_clock(Context context) const {
    if (context.clock == &system_clock()) context.clock = options.clock;
    return context;
  }
};

ArmClient::ArmClient(std::shared_ptr<identity::TokenCredential> credential, ClientOptions options) {
  assert(credential != nullptr);
  core_ = std::make_shared<const Core>(std::move(credential), std::move(options));
}

const Cloud& ArmClient::cloud() const { return core_->options.cloud; }
const ClientOptions& ArmClient::options() const { return core_->options; }

std::string ArmClient::url(std::string_view path,
                           const std::vector<std::pair<std::string, std::string>>& query,
                           std::string_view api_version) const {
  std::string url = core_->options.cloud.resource_manager + std::string(path);
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    url += separator;
    url += name;
    url += '=' + http::percent_encode(value);
    separator = '&';
  };
  for (const auto& [name, value] : query) add(name, value);
  if (!api_version.empty()) add("api-version", api_version);
  return url;
}

http::Response ArmClient::send(http::Method method, std::string_view path,
                               const std::vector<std::pair<std::string, std::string>>& query,
                               std::string body, std::string_view operation,
                               std::string_view api_version, const CallOptions& options,
                               bool idempotent_post) const {
  http::Request request{
      .method = method,
      .url = url(path, query, options.api_version.empty() ? api_version : options.api_version),
      .headers = {{"Accept", "application/json"}},
      .body = std::move(body),
      .operation = std::string(operation),
      .idempotent_post = idempotent_post,
      .retry = options.retry};
  if (!request.body.empty()) request.headers.set("Content-Type", "application/json; charset=utf-8");
  for (const auto& [name, value] : options.headers) request.headers.set(name, value);
  return core_->send(std::move(request), options);
}

http::Response ArmClient::send_to(http::Method method, std::string_view url,
                                  std::string_view operation, const CallOptions& options) const {
  http::Request request{.method = method,
                        .url = usable_link(url),
                        .headers = {{"Accept", "application/json"}},
                        .operation = std::string(operation),
                        .retry = options.retry};
  check_origin(core_->origin, request.url, operation);
  // A condition was meant for the request that began it all.
  for (const auto& [name, value] : options.headers)
    if (!ascii::equal(name, "If-Match") && !ascii::equal(name, "If-None-Match"))
      request.headers.set(name, value);
  return core_->send(std::move(request), options);
}

http::Response ArmClient::send_request(http::Request request, const Context& context) const {
  if (request.url.starts_with('/')) request.url.insert(0, core_->options.cloud.resource_manager);
  if (request.operation.empty()) request.operation = "send_request";
  check_origin(core_->origin, request.url, request.operation);
  return core_->pipeline.send(std::move(request), core_->on_client_clock(context));
}

Context ArmClient::on_client_clock(const Context& context) const {
  return core_->on_client_clock(context);
}

}  // namespace akv::arm
