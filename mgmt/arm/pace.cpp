#include "akv/mgmt/arm/pace.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace akv::arm {
namespace {

using namespace std::chrono_literals;
using Time = Clock::SteadyTime;

constexpr int low_mark = 20;
constexpr int full_again = 100;
// Beyond these, what is not held back is forgotten: it costs a needless question at worst.
constexpr std::size_t most_subscriptions = 4096;
constexpr std::size_t most_principals = 256;
constexpr std::chrono::seconds longest_block =
    24h;  // a nonsense header must not overflow the clock
// A bucket that gave nothing for so long is full, although nobody came by to hear it.
constexpr std::chrono::hours refilled_after = 1h;

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

class ServicePace final : public Pace, public std::enable_shared_from_this<ServicePace> {
 public:
  std::shared_ptr<Pace> of_principal(std::string_view principal) override;

  Time next_slot(std::string_view subscription, RequestClass kind, Time now) const override {
    std::lock_guard lock(mutex_);
    const auto found = buckets_.find(subscription);
    if (found == buckets_.end()) return now;
    Time latest = now;
    for (const auto& [principal, buckets] : found->second)
      latest = std::max(latest, buckets[index(kind)].slot(now));
    return latest;
  }
  Time reserve(std::string_view subscription, RequestClass kind, Time now) override {
    return reserve({}, subscription, kind, now);
  }
  void observe(std::string_view subscription, RequestClass kind, const Observation& seen,
               Time now) override {
    observe({}, subscription, kind, seen, now);
  }

  // The same for one principal.
  Time next_slot(std::string_view principal, std::string_view subscription, RequestClass kind,
                 Time now) const {
    std::lock_guard lock(mutex_);
    const auto found = buckets_.find(subscription);
    if (found == buckets_.end()) return now;
    const auto mine = found->second.find(principal);
    return mine == found->second.end() ? now : mine->second[index(kind)].slot(now);
  }

  Time reserve(std::string_view principal, std::string_view subscription, RequestClass kind,
               Time now) {
    std::lock_guard lock(mutex_);
    Bucket& bucket = at(principal, subscription, kind, now);
    const Time slot = bucket.slot(now);
    bucket.next = slot + refill_interval(kind);
    return slot;
  }

  void observe(std::string_view principal, std::string_view subscription, RequestClass kind,
               const Observation& seen, Time now) {
    std::lock_guard lock(mutex_);
    Bucket& bucket = at(principal, subscription, kind, now);
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
    if (seen.empty_for)
      bucket.blocked_until =
          std::max(bucket.blocked_until, now + std::min(*seen.empty_for, longest_block));
  }

 private:
  using Buckets = std::array<Bucket, 3>;  // by kind
  using ByPrincipal = std::map<std::string, Buckets, std::less<>>;

  static std::size_t index(RequestClass kind) { return static_cast<std::size_t>(kind); }

  Bucket& at(std::string_view principal, std::string_view subscription, RequestClass kind,
             Time now) {
    auto found = buckets_.find(subscription);
    if (found == buckets_.end()) {
      if (buckets_.size() >= most_subscriptions) forget_idle_subscriptions(now);
      found = buckets_.try_emplace(std::string(subscription)).first;
    }
    auto mine = found->second.find(principal);
    if (mine == found->second.end()) {
      if (found->second.size() >= most_principals) forget_idle(found->second, now);
      mine = found->second.try_emplace(std::string(principal)).first;
    }
    return mine->second[index(kind)];
  }

  static bool is_idle(const Buckets& buckets, Time now) {
    return std::all_of(buckets.begin(), buckets.end(), [now](const Bucket& bucket) {
      return (!bucket.limited || bucket.next + refilled_after <= now) &&
             bucket.blocked_until <= now;
    });
  }
  static void forget_idle(ByPrincipal& principals, Time now) {
    std::erase_if(principals, [now](const auto& entry) { return is_idle(entry.second, now); });
  }
  void forget_idle_subscriptions(Time now) {
    for (auto& [subscription, principals] : buckets_) forget_idle(principals, now);
    std::erase_if(buckets_, [](const auto& entry) { return entry.second.empty(); });
  }

  mutable std::mutex mutex_;
  std::map<std::string, ByPrincipal, ascii::Less> buckets_;  // by subscription; guarded by mutex_
};

// A view of the shared pace that names its principal.
class PrincipalPace final : public Pace {
 public:
  PrincipalPace(std::shared_ptr<ServicePace> shared, std::string_view principal)
      : shared_(std::move(shared)), principal_(principal) {}

  std::shared_ptr<Pace> of_principal(std::string_view principal) override {
    return shared_->of_principal(principal);
  }
  Time next_slot(std::string_view subscription, RequestClass kind, Time now) const override {
    return shared_->next_slot(principal_, subscription, kind, now);
  }
  Time reserve(std::string_view subscription, RequestClass kind, Time now) override {
    return shared_->reserve(principal_, subscription, kind, now);
  }
  void observe(std::string_view subscription, RequestClass kind, const Observation& seen,
               Time now) override {
    shared_->observe(principal_, subscription, kind, seen, now);
  }

 private:
  const std::shared_ptr<ServicePace> shared_;
  const std::string principal_;
};

std::shared_ptr<Pace> ServicePace::of_principal(std::string_view principal) {
  return std::make_shared<PrincipalPace>(shared_from_this(), principal);
}

}  // namespace

std::shared_ptr<Pace> make_pace() { return std::make_shared<ServicePace>(); }

std::shared_ptr<Pace> process_pace() {
  // Never destroyed: clients may be made until the process's very end.
  static const std::shared_ptr<Pace>& pace = *new std::shared_ptr<Pace>(make_pace());
  return pace;
}

}  // namespace akv::arm
