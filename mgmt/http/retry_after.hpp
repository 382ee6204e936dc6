/// How long a service asks to wait.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/http/message.hpp"

#include <chrono>
#include <optional>

namespace akv::http {

/// From `retry-after-ms` or `x-ms-retry-after-ms`, which some services of Azure send besides, else
/// from `Retry-After` as seconds or as a date. A date is meant by the service's own clock, so it
/// counts from the answer's `Date`; where there is none, from `now`, and without one not at all.
/// Never below 0 nor above a year. Does not throw.
std::optional<std::chrono::milliseconds> retry_after(const Headers& headers,
                                                     std::optional<Clock::SystemTime> now = {});

}  // namespace akv::http
