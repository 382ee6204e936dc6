/// Time and waiting, injected so that no test sleeps.
#pragma once
#include <chrono>
#include <stop_token>

namespace akv {

/// Safe to use from any thread.
class Clock {
 public:
  using SystemTime = std::chrono::system_clock::time_point;
  using SteadyTime = std::chrono::steady_clock::time_point;

  virtual ~Clock() = default;
  virtual SystemTime now() const = 0;
  virtual SteadyTime steady_now() const = 0;
  /// Waits until `until` or a stop request. True when the time has come, false when stopped.
  virtual bool sleep_until(SteadyTime until, const std::stop_token& stop) const = 0;
};

/// The machine's own clock. Lives as long as the program.
const Clock& system_clock();

}  // namespace akv
