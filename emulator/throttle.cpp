#include "akv/emulator/throttle.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <cmath>

namespace akv::emulator {
namespace {

using Seconds = std::chrono::duration<double>;

std::chrono::seconds wait_for_one(double tokens, double refill) {
  return std::chrono::ceil<std::chrono::seconds>(Seconds((1 - tokens) / refill));
}

}  // namespace

Throttle::Bucket& Throttle::bucket(std::string key, double capacity, double refill,
                                   Clock::SystemTime now) {
  auto [found, is_new] = buckets_.try_emplace(std::move(key), Bucket{capacity, now});
  Bucket& bucket = found->second;
  if (now > bucket.filled) {
    bucket.tokens =
        std::min(capacity, bucket.tokens + refill * Seconds(now - bucket.filled).count());
    bucket.filled = now;
  }
  return bucket;
}

Allowance Throttle::take(std::string_view subscription, std::string_view principal,
                         RequestKind kind, Clock::SystemTime now) {
  const int capacity = kind == RequestKind::read ? read_capacity : write_capacity;
  const int refill = kind == RequestKind::read ? read_refill : write_refill;
  const std::string shared =
      ascii::lower(subscription) + "|" + std::to_string(static_cast<int>(kind));
  Bucket& own = bucket(shared + "|" + ascii::lower(principal), capacity, refill, now);
  Bucket& all = bucket(shared, capacity * principals, refill * principals, now);
  if (own.tokens < 1 || all.tokens < 1)
    return {.retry_after = std::max(wait_for_one(own.tokens, refill),
                                    wait_for_one(all.tokens, refill * principals))};
  own.tokens -= 1;
  all.tokens -= 1;
  return {.left = static_cast<int>(own.tokens), .left_globally = static_cast<int>(all.tokens)};
}

}  // namespace akv::emulator
