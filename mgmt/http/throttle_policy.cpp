#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/http/retry_after.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace akv::http {
namespace {

using std::chrono::seconds;

constexpr std::string_view resource_graph = "Microsoft.ResourceGraph";

/// `POST /providers/Microsoft.ResourceGraph/resources`: a query, with a quota of its own.
bool is_graph_query(const Request& request) {
  constexpr std::string_view path = "/providers/microsoft.resourcegraph/resources";
  if (request.method != Method::post) return false;
  const auto url = Url::parse(request.url);
  return url && ascii::equal(url->path, path);
}

/// The `s` of `/subscriptions/{s}[/…]`; empty for every other path, whose bucket is the tenant's.
std::string subscription_of(const Request& request) {
  constexpr std::string_view prefix = "/subscriptions/";
  if (is_graph_query(request)) return std::string(resource_graph);
  const auto url = Url::parse(request.url);
  if (!url || !ascii::starts_with(url->path, prefix)) return {};
  const auto rest = std::string_view(url->path).substr(prefix.size());
  return ascii::lower(rest.substr(0, rest.find('/')));
}

/// What is left in the bucket that the request came from. An answer speaks of the others at times:
/// a tenant's may come with a subscription's.
std::optional<int> remaining_of(const Headers& headers, RequestClass kind,
                                std::string_view subscription) {
  constexpr std::string_view of_subscriptions[][2] = {
      {"x-ms-ratelimit-remaining-subscription-reads",
       "x-ms-ratelimit-remaining-subscription-global-reads"},
      {"x-ms-ratelimit-remaining-subscription-writes",
       "x-ms-ratelimit-remaining-subscription-global-writes"},
      {"x-ms-ratelimit-remaining-subscription-deletes",
       "x-ms-ratelimit-remaining-subscription-global-deletes"},
  };
  constexpr std::string_view of_tenants[][2] = {
      {"x-ms-ratelimit-remaining-tenant-reads", "x-ms-ratelimit-remaining-tenant-global-reads"},
      {"x-ms-ratelimit-remaining-tenant-writes", "x-ms-ratelimit-remaining-tenant-global-writes"},
      {"x-ms-ratelimit-remaining-tenant-deletes", "x-ms-ratelimit-remaining-tenant-global-deletes"},
  };
  if (subscription == resource_graph) return std::nullopt;
  const auto& names = subscription.empty() ? of_tenants : of_subscriptions;
  std::optional<int> least;
  for (const std::string_view name : names[static_cast<std::size_t>(kind)]) {
    const auto text = headers.get(name);
    if (!text) continue;
    int value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error == std::errc() && end == text->data() + text->size() && value >= 0)
      least = least ? std::min(*least, value) : value;
  }
  return least;
}

/// Resource Graph tells with each answer what is left of a principal's quota (15 queries in 5 s)
/// and when it is whole again, as `hh:mm:ss`.
std::optional<seconds> quota_empty_for(const Headers& headers) {
  const auto left = headers.get("x-ms-user-quota-remaining");
  const auto resets = headers.get("x-ms-user-quota-resets-after");
  if (!left || *left != "0" || !resets || resets->size() != 8) return std::nullopt;
  seconds sum{0};
  for (const std::size_t at : {0U, 3U, 6U}) {
    const char tens = (*resets)[at], ones = (*resets)[at + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9' ||
        (at != 6 && (*resets)[at + 2] != ':'))
      return std::nullopt;
    sum = sum * 60 + seconds((tens - '0') * 10 + (ones - '0'));
  }
  return sum;
}

class ThrottlePolicy final : public Policy {
 public:
  ThrottlePolicy(std::shared_ptr<Pace> pace, std::shared_ptr<Counters> counters, const Clock& clock)
      : pace_(std::move(pace)), counters_(std::move(counters)), clock_(&clock) {}

  Response send(Request& request, Next next, const Context& context) const override {
    if (!pace_ || context.clock != clock_) return next(request, context);
    const std::string subscription = subscription_of(request);
    const RequestClass kind = request_class(request);
    take_slot(request, subscription, kind, context);
    Response response = next(request, context);
    Pace::Observation seen{.status = response.status,
                           .remaining = remaining_of(response.headers, kind, subscription)};
    // On a 202 the same header means "poll again then", which is no reason to slow down.
    if (response.status == 429 || response.status == 503)
      if (const auto asked = retry_after(response.headers, context.clock->now()))
        seen.retry_after = std::chrono::ceil<seconds>(*asked);
    if (subscription == resource_graph) seen.empty_for = quota_empty_for(response.headers);
    pace_->observe(subscription, kind, seen, context.clock->steady_now());
    return response;
  }

 private:
  static std::string owner_of(const std::string& subscription) {
    if (subscription == resource_graph) return "Azure Resource Graph";
    return subscription.empty() ? "the tenant" : "subscription " + subscription;
  }

  void take_slot(const Request& request, const std::string& subscription, RequestClass kind,
                 const Context& context) const {
    const auto now = context.clock->steady_now();
    // Asked first, because a slot that is taken and not used is lost to everybody.
    refuse_long_wait(pace_->next_slot(subscription, kind, now) - now, request, subscription,
                     context);
    const auto wait = pace_->reserve(subscription, kind, now) - now;
    refuse_long_wait(wait, request, subscription, context);
    if (wait <= wait.zero()) return;
    if (counters_)
      counters_->throttled_milliseconds += static_cast<std::uint64_t>(
          std::chrono::duration_cast<std::chrono::milliseconds>(wait).count());
    context.wait(wait);
  }

  static void refuse_long_wait(Clock::SteadyTime::duration wait, const Request& request,
                               const std::string& subscription, const Context& context) {
    if (wait <= context.max_wait) return;
    const auto asked = std::chrono::ceil<seconds>(wait);
    throw ThrottledError({.message = owner_of(subscription) +
                                     " may send its next request of this kind in " +
                                     std::to_string(asked.count()) + " s, and this call waits " +
                                     std::to_string(context.max_wait.count()) + " s at most",
                          .target = redact::url(request.url.substr(0, request.url.find('?'))),
                          .operation = request.operation,
                          .attempts = 0,
                          .retry_after = asked});
  }

  const std::shared_ptr<Pace> pace_;  // locks for itself
  const std::shared_ptr<Counters> counters_;
  const Clock* const clock_;  // whose moments the pace knows
};

}  // namespace

RequestClass request_class(const Request& request) {
  if (request.method == Method::get || request.method == Method::head) return RequestClass::read;
  if (request.method == Method::del) return RequestClass::remove;
  if (request.method == Method::post) {
    if (is_graph_query(request)) return RequestClass::read;
    const std::string_view path =
        std::string_view(request.url).substr(0, request.url.find_first_of("?#"));
    const std::string_view action = path.substr(std::min(path.rfind('/'), path.size()));
    if (ascii::equal(action, "/checkNameAvailability") ||
        ascii::equal(action, "/checkMhsmNameAvailability"))
      return RequestClass::read;
  }
  return RequestClass::write;
}

std::unique_ptr<Policy> make_throttle_policy(std::shared_ptr<Pace> pace,
                                             std::shared_ptr<Counters> counters,
                                             const Clock& clock) {
  return std::make_unique<ThrottlePolicy>(std::move(pace), std::move(counters), clock);
}

}  // namespace akv::http
