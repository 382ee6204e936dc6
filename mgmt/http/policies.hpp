/// The pipeline's policies. Order, outermost first: request id, user agent, provider registration
/// (mgmt/arm), retry, throttle, auth (mgmt/identity), log, trace, then the transport. The request
/// id stays the same over attempts; auth, log and trace see every attempt.
#pragma once
#include "akv/mgmt/core/log.hpp"
#include "akv/mgmt/core/pace.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/pipeline.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace akv::http {

/// What was sent, by class. Shared by all clients that are given the same object; each member is
/// an atomic of its own, so a reader sees no torn value but perhaps a newer one.
struct Counters {
  std::atomic<std::uint64_t> reads{0}, writes{0}, retries{0}, throttled_milliseconds{0};
};

/// One attempt, as a tracer sees it after its end: what an OpenTelemetry span needs. In quotes the
/// attributes of its conventions for HTTP clients. Holds no query, no header and no body.
struct Attempt {
  std::string operation;                 ///< The span's name: `Vaults.get`.
  Method method = Method::get;           ///< `http.request.method`
  std::string host;                      ///< `server.address`
  std::string target;                    ///< `url.path`
  int number = 1;                        ///< `http.request.resend_count` + 1
  int status = 0;                        ///< `http.response.status_code`; 0: no answer.
  Clock::SystemTime started_at{};        ///< The span's start.
  std::chrono::nanoseconds duration{0};  ///< And its length.
  std::string client_request_id;         ///< `x-ms-client-request-id`, the same over attempts.
  std::string request_id;                ///< `x-ms-request-id`; empty where there was none.
  std::string error;                     ///< Why there was no answer, redacted.
};
/// Called after each attempt on the thread of the call, which waits for it: from many threads at a
/// time. Give a `traceparent` for the service along in CallOptions::headers.
using AttemptHook = std::function<void(const Attempt&)>;

/// Sets `x-ms-client-request-id` unless the caller did. `random` must outlive the policy.
std::unique_ptr<Policy> make_request_id_policy(RandomSource& random);
/// `prefix akv/0.1.0 (Linux; cpprestsdk)`, without `telemetry` the prefix alone; the caller's own
/// User-Agent stays.
std::unique_ptr<Policy> make_user_agent_policy(const std::string& prefix, bool telemetry = true);
/// Repeats idempotent requests after TransportError, 408, 429, 500, 502, 503, 504; others only
/// after 429, 503 with Retry-After, and a TransportError that is certainly undelivered. Waits as
/// long as retry_after() reads, where that is more than nothing; else exponential backoff with full
/// jitter. Never after 409 and 412, which ask for a new look at the resource. `Request::retry`
/// stands in for `options`. A wait longer than `context.max_wait`, or
/// past the deadline, ends it: the last answer comes back (or the last TransportError is thrown)
/// with `attempts` counted. `counters` may be null.
std::unique_ptr<Policy> make_retry_policy(RetryOptions options, RandomSource& random,
                                          std::shared_ptr<Counters> counters);
/// Waits for the pace's slot before each attempt and tells it what came of it. The subscription is
/// read from the URL (`/subscriptions/{s}`); others are the tenant's, but for Resource Graph's. A
/// slot further away than `context.max_wait` throws ThrottledError with `retry_after`, and nothing
/// is sent. `clock` is the one that all who share the pace go by; a context with another passes
/// as if there were no pace. It is compared only, and never read.
std::unique_ptr<Policy> make_throttle_policy(std::shared_ptr<Pace> pace,
                                             std::shared_ptr<Counters> counters,
                                             const Clock& clock);
/// One line for each attempt: method, redacted URL, status, milliseconds, request ids, allowed
/// headers; never a body. `sink` may be null: then the policy only passes on.
std::unique_ptr<Policy> make_log_policy(std::shared_ptr<LogSink> sink);

/// Counts the attempts and calls `hook` after each. An exception of the hook ends there: `log` gets
/// a warning, and the call goes on as if the hook had returned. Both may be null.
std::unique_ptr<Policy> make_trace_policy(AttemptHook hook, std::shared_ptr<LogSink> log);

/// Which bucket a request takes from: GET, HEAD, POST checkNameAvailability and queries of Resource
/// Graph read; DELETE removes; all else writes.
RequestClass request_class(const Request& request);

}  // namespace akv::http
