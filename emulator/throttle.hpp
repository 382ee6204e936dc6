/// ARM's token buckets: per subscription, principal and kind of request, and per subscription over
/// all principals.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace akv::emulator {

enum class RequestKind { read, write, del };

/// What is left after a request, or how long to wait for it.
struct Allowance {
  int left = 0, left_globally = 0;
  std::chrono::seconds retry_after{0};  ///< Not zero: refused.
};

/// For one thread at a time: the emulator's lock is around it. In memory only: a restart fills all
/// buckets.
class Throttle {
 public:
  /// Since 2024. All principals of a subscription together have 15 times that.
  static constexpr int read_capacity = 250, read_refill = 25;  ///< Requests, and each second.
  static constexpr int write_capacity = 200, write_refill = 10;
  static constexpr int principals = 15;

  /// Takes one request out of both buckets, or none out of either.
  Allowance take(std::string_view subscription, std::string_view principal, RequestKind kind,
                 Clock::SystemTime now);

 private:
  struct Bucket {
    double tokens = 0;
    Clock::SystemTime filled{};
  };
  Bucket& bucket(std::string key, double capacity, double refill, Clock::SystemTime now);
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace akv::emulator
