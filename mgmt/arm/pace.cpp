#include "akv/mgmt/arm/pace.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <string>

namespace akv::arm {
namespace {

using namespace std::chrono_literals;
using Time = Clock::SteadyTime;

constexpr int low_mark = 20;
constexpr int full_again = 100;
constexpr std::chrono::seconds longest_block =
    24h;  // a nonsense header must not overflow the clock

constexpr std::chrono::milliseconds refill_interval(RequestClass kind) {
  return kind == RequestClass::read ? 40ms : 100ms;
}

// One kind of request in one subscription.
struct Bucket {
  bool limited = false;
  Time next = Time::min();           // when limited: the first slot not yet given away
  Time blocked_until = Time::min();  // the end of the longest Retry-After seen

  Time slot(Time now) const { return std::max({now, blocked_until, limited ? next : Time::min()}); }
};

class ServicePace final : public Pace {
 public:
  Time next_slot(std::string_view subscription, RequestClass kind, Time now) const override {
    std::lock_guard lock(mutex_);
    const auto found = buckets_.find(subscription);
    return found == buckets_.end() ? now : found->second[index(kind)].slot(now);
  }

  Time reserve(std::string_view subscription, RequestClass kind, Time now) override {
    std::lock_guard lock(mutex_);
    Bucket& bucket = at(subscription, kind);
    const Time slot = bucket.slot(now);
    bucket.next = slot + refill_interval(kind);
    return slot;
  }

  void observe(std::string_view subscription, RequestClass kind, const Observation& seen,
               Time now) override {
    std::lock_guard lock(mutex_);
    Bucket& bucket = at(subscription, kind);
    const bool throttled = seen.status == 429;
    if (throttled || (seen.remaining && *seen.remaining < low_mark)) {
      if (!bucket.limited) bucket.next = now + refill_interval(kind);
      bucket.limited = true;
    } else if (seen.remaining && *seen.remaining >= full_again) {
      bucket.limited = false;
    }
    // Only a 429 speaks of the bucket: on a 202 Retry-After is about a job, on a 503 about a host.
    if (throttled && seen.retry_after)
      bucket.blocked_until =
          std::max(bucket.blocked_until, now + std::min(*seen.retry_after, longest_block));
  }

 private:
  static std::size_t index(RequestClass kind) { return static_cast<std::size_t>(kind); }
  Bucket& at(std::string_view subscription, RequestClass kind) {
    auto found = buckets_.find(subscription);
    if (found == buckets_.end()) found = buckets_.try_emplace(std::string(subscription)).first;
    return found->second[index(kind)];
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::array<Bucket, 3>, ascii::Less> buckets_;  // guarded by mutex_
};

}  // namespace

std::shared_ptr<Pace> make_pace() { return std::make_shared<ServicePace>(); }

}  // namespace akv::arm
