/// How many requests are under way, and waiting for one's turn.
#pragma once
#include "akv/mgmt/core/context.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

namespace akv::http::detail {

/// The moment of `context.deadline` on the machine's own clock, or the end of time. The network
/// knows no other clock, whichever one the context has.
std::chrono::steady_clock::time_point real_deadline(const Context& context);

/// A counting semaphore whose waits end with the context. Safe to use from any thread.
class InFlight {
 public:
  explicit InFlight(std::size_t limit) : limit_(limit) {}

  /// One place. It goes back when the permit dies, on whichever thread that is; the permit shares
  /// ownership of the counter.
  using Permit = std::shared_ptr<void>;

  /// Waits until a place is free. Throws CancelledError when the context ends first.
  static Permit acquire(const std::shared_ptr<InFlight>& counter, const Context& context);
  /// Waits until nothing is under way, at most for `patience`.
  void drain(std::chrono::milliseconds patience);

 private:
  void release();

  const std::size_t limit_;
  std::mutex mutex_;  // guards used_
  std::condition_variable_any changed_;
  std::size_t used_ = 0;
};

}  // namespace akv::http::detail
