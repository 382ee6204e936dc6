/// The pipeline's policies. Order, outermost first: request id, user agent, retry, throttle, auth
/// (mgmt/identity), log, then the transport. The request id stays the same over attempts; auth and
/// log see every attempt.
#pragma once
#include "akv/mgmt/core/log.hpp"
#include "akv/mgmt/core/pace.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/pipeline.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace akv::http {

struct RetryOptions {
  int max_attempts = 4;                  ///< The first one included.
  std::chrono::milliseconds delay{800};  ///< Doubles each time, with full jitter.
  std::chrono::milliseconds max_delay{60000};
};

/// What was sent, by class. Shared by all clients that are given the same object; each member is
/// an atomic of its own, so a reader sees no torn value but perhaps a newer one.
struct Counters {
  std::atomic<std::uint64_t> reads{0}, writes{0}, retries{0}, throttled_milliseconds{0};
};

/// Sets `x-ms-client-request-id` unless the caller did. `random` must outlive the policy.
std::unique_ptr<Policy> make_request_id_policy(RandomSource& random);
/// `prefix akv/0.1.0 (Linux; cpprestsdk)`; the caller's own User-Agent stays.
std::unique_ptr<Policy> make_user_agent_policy(const std::string& prefix);
/// Repeats idempotent requests after TransportError, 408, 429, 500, 502, 503, 504; others only
/// after 429, 503 with Retry-After, and a TransportError that is certainly undelivered. Reads
/// `Retry-After` as seconds and as a date; else exponential backoff with full jitter. A wait longer
/// than `context.max_wait`, or past the deadline, ends it: the last answer comes back (or the last
/// TransportError is thrown) with `attempts` counted. `counters` may be null.
std::unique_ptr<Policy> make_retry_policy(RetryOptions options, RandomSource& random,
                                          std::shared_ptr<Counters> counters);
/// Waits for the pace's slot before each attempt and tells it what came of it. The subscription is
/// read from the URL (`/subscriptions/{s}`); other URLs pass. A slot further away than
/// `context.max_wait` throws ThrottledError with `retry_after`, and nothing is sent.
std::unique_ptr<Policy> make_throttle_policy(std::shared_ptr<Pace> pace,
                                             std::shared_ptr<Counters> counters);
/// One line for each attempt: method, redacted URL, status, milliseconds, request ids, allowed
/// headers; never a body. `sink` may be null: then the policy only passes on.
std::unique_ptr<Policy> make_log_policy(std::shared_ptr<LogSink> sink);

/// Which bucket a request takes from: GET, HEAD and POST checkNameAvailability read; DELETE
/// removes; all else writes.
RequestClass request_class(const Request& request);

}  // namespace akv::http
