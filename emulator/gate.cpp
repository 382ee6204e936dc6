#include "akv/emulator/gate.hpp"

#include "akv/emulator/authorization_errors.hpp"
#include "akv/mgmt/core/ascii.hpp"

namespace akv::emulator {
namespace {

constexpr std::string_view lock_actions = "Microsoft.Authorization/locks/";

const char* plural_of(RequestKind kind) {
  switch (kind) {
    case RequestKind::read:
      return "reads";
    case RequestKind::write:
      return "writes";
    case RequestKind::del:
      break;
  }
  return "deletes";
}

const char* word_of(RequestKind kind) {
  switch (kind) {
    case RequestKind::read:
      return "read";
    case RequestKind::write:
      return "write";
    case RequestKind::del:
      break;
  }
  return "delete";
}

bool is_read_only(const Extension& lock) { return ascii::equal(lock.detail, "ReadOnly"); }
bool locks_anything(const Extension& lock) {
  return is_read_only(lock) || ascii::equal(lock.detail, "CanNotDelete");
}

}  // namespace

bool is_write(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

Target authorize(Call& call, const Route& route, const std::vector<std::string>& segments) {
  call.access = Access(call.store, call.caller.object_id, call.now);
  Target target = target_of(route, *call.provider, segments);
  if (route.open || call.access.may(target.action, target.scope)) return target;
  const bool asks = !is_write(call.request.method) || route.counts_as_read;
  // What belongs to the tenant may be read by all in it; lists show what their elements allow.
  if (call.subscription.id.empty() ? asks : target.is_list && call.access.touches(target.scope)) {
    if (target.is_list) call.list_action = target.action;
    return target;
  }
  throw errors::authorization_failed(call.caller.by(), call.caller.object_id, target.action,
                                     target.scope);
}

namespace {

/// Those that keep from that at the scope and above it, and for a deletion within it: `a,b`.
std::string locks_against(Store& store, std::string_view scope_shown, bool deletes) {
  ExtensionStore extensions(store);
  std::string locked;
  auto note = [&](const Extension& lock) {
    if (!(deletes ? locks_anything(lock) : is_read_only(lock))) return;
    if (!locked.empty()) locked += ',';
    locked += lock.scope;
  };
  // Every second slash ends a scope above, and the end this one.
  const std::string scope = scope_key(scope_shown);
  std::size_t slashes = 0;
  for (std::size_t i = 1; i <= scope.size(); ++i)
    if (i == scope.size() || (scope[i] == '/' && ++slashes % 2 == 0))
      for (const Extension& lock : extensions.at(lock_type, scope.substr(0, i))) note(lock);
  if (deletes)
    for (const Extension& lock : extensions.within(lock_type, scope))
      if (scope_key(lock.scope) != scope) note(lock);
  return locked;
}

}  // namespace

void refuse_read_only(const Call& call, std::string_view scope) {
  const std::string locked = locks_against(call.store, scope, false);
  if (!locked.empty()) throw errors::scope_locked(scope, "write", locked);
}

void refuse_locked(const Call& call, const Route& route, const Target& target) {
  if (!is_write(call.request.method) || route.counts_as_read || call.subscription.id.empty())
    return;
  if (ascii::starts_with(target.action, lock_actions)) return;
  const std::string whole = "/subscriptions/" + call.subscription.id;
  if (!ExtensionStore(call.store).any_within(lock_type, whole)) return;

  const bool deletes = call.request.method == http::Method::del;
  const std::string locked = locks_against(call.store, target.scope, deletes);
  if (!locked.empty())
    throw errors::scope_locked(target.scope, deletes ? "delete" : "write", locked);
}

RequestKind kind_of(http::Method method, const Route& route) {
  if (method == http::Method::del) return RequestKind::del;
  return is_write(method) && !route.counts_as_read ? RequestKind::write : RequestKind::read;
}

std::string_view bucket_of(const Call& call) {
  return call.subscription.id.empty() ? call.caller.tenant_id : call.subscription.id;
}

http::Response throttled(const Call& call, const Route& route, std::chrono::seconds wait) {
  const std::string seconds = std::to_string(wait.count());
  const bool by_tenant = call.subscription.id.empty();
  http::Response response = answer(
      429, error_body(by_tenant ? "TenantRequestsThrottled" : "SubscriptionRequestsThrottled",
                      "Number of '" + std::string(word_of(kind_of(call.request.method, route))) +
                          "' requests for " + (by_tenant ? "tenant" : "subscription") + " '" +
                          std::string(bucket_of(call)) + "' actor '" + call.caller.object_id +
                          "' exceeded. Please try again after '" + seconds +
                          "' seconds after additional tokens are available. Refer to "
                          "https://aka.ms/arm-throttling for additional information."));
  response.headers.set("Retry-After", seconds);
  response.headers.set("x-ms-failure-cause", "gateway");
  return response;
}

void add_rate_counters(const Call& call, const Route& route,
                       const std::optional<Allowance>& allowance, http::Response& response) {
  const std::string kind = plural_of(kind_of(call.request.method, route));
  const std::string prefix = std::string("x-ms-ratelimit-remaining-") +
                             (call.subscription.id.empty() ? "tenant-" : "subscription-");
  // Where nothing is counted, each request is the first one out of full buckets.
  const int full = kind_of(call.request.method, route) == RequestKind::read
                       ? Throttle::read_capacity
                       : Throttle::write_capacity;
  const Allowance left = allowance.value_or(
      Allowance{.left = full - 1, .left_globally = full * Throttle::principals - 1});
  response.headers.set(prefix + kind, std::to_string(left.left));
  response.headers.set(prefix + "global-" + kind, std::to_string(left.left_globally));
}

}  // namespace akv::emulator
