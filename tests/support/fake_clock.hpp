/// A clock that a test owns: sleeping moves it on at once.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <mutex>

namespace akv::test {

class FakeClock final : public Clock {
 public:
  SystemTime now() const override {
    std::lock_guard lock(mutex_);
    return now_;
  }
  SteadyTime steady_now() const override {
    std::lock_guard lock(mutex_);
    return steady_;
  }
  bool sleep_until(SteadyTime until, const std::stop_token& stop) const override {
    if (stop.stop_requested()) return false;
    std::lock_guard lock(mutex_);
    if (until > steady_) move(until - steady_);
    return true;
  }
  void advance(std::chrono::steady_clock::duration by) {
    std::lock_guard lock(mutex_);
    move(by);
  }
  /// All that was slept or advanced so far.
  std::chrono::milliseconds slept() const {
    std::lock_guard lock(mutex_);
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_ - SteadyTime{});
  }

 private:
  void move(std::chrono::steady_clock::duration by) const {
    steady_ += by;
    now_ += std::chrono::duration_cast<SystemTime::duration>(by);
  }
  // mutex_ guards both.
  mutable std::mutex mutex_;
  mutable SteadyTime steady_{};
  // 2026-11-22 10:00:00 UTC
  mutable SystemTime now_{std::chrono::seconds{1795341600}};
};

}  // namespace akv::test
