/// What bounds one call: a deadline, a stop request, and how long it may wait.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <chrono>
#include <optional>
#include <stop_token>

namespace akv {

/// Passed by const reference through every layer; copies are cheap. `clock` must outlive the call.
struct Context {
  std::optional<Clock::SteadyTime> deadline{};  ///< None means no limit.
  std::stop_token stop{};
  const Clock* clock = &system_clock();
  /// The longest single wait for a retry or the pace; a longer one ends the call with the error
  /// that asked for it. Set low where somebody else can wait better (the provisioner does). Zero:
  /// nothing is repeated at all.
  std::chrono::seconds max_wait{300};

  /// How long until the deadline, by `clock`. None where there is none, or one so far away (ten
  /// years) that it means none: a sum with `max()` would overflow.
  std::optional<std::chrono::steady_clock::duration> time_left() const;
  /// Waits for `duration`, at most until the deadline. Throws CancelledError when the deadline
  /// would pass before the end of the wait (at once, without waiting) or on a stop request.
  void wait(std::chrono::steady_clock::duration duration) const;
  /// Throws CancelledError if the deadline has passed or a stop was requested.
  void check() const;
};

}  // namespace akv
