/// The pace that the service sets: as fast as it lets us, then as fast as its buckets refill.
#pragma once
#include "akv/mgmt/core/pace.hpp"

#include <memory>

namespace akv::arm {

/// Unlimited until an answer says otherwise. A remaining counter below 20, or a 429, puts that kind
/// of request in that subscription on the published refill rate (10 writes, 10 deletes, 25 reads a
/// second), until a counter of at least 100 shows the bucket filled again. `Retry-After` of a 429
/// holds all requests of that kind in that subscription back until then. Each principal has its own
/// buckets (Pace::of_principal). Beyond 4,096 subscriptions, or 256 principals in one, it forgets
/// those that are not held back: the unlimited, and those that sent nothing for an hour.
/// Deterministic: reads no clock, all time comes from its callers.
std::shared_ptr<Pace> make_pace();

/// The one that all clients of this process share unless ClientOptions::pace names another: the
/// service counts a principal's requests, whichever client sends them. For clients that go by the
/// system's clock.
std::shared_ptr<Pace> process_pace();

}  // namespace akv::arm
