#include "akv/mgmt/core/context.hpp"

#include "akv/mgmt/core/errors.hpp"

namespace akv {
namespace {

[[noreturn]] void cancelled(const char* why) { throw CancelledError({.message = why}); }

}  // namespace

std::optional<std::chrono::steady_clock::duration> Context::time_left() const {
  constexpr std::chrono::hours for_ever{24 * 365 * 10};
  if (!deadline) return std::nullopt;
  const auto now = clock->steady_now();
  // In hours, so that neither a deadline at the end of time nor one at its beginning overflows.
  if (std::chrono::duration_cast<std::chrono::hours>(deadline->time_since_epoch()) -
          std::chrono::duration_cast<std::chrono::hours>(now.time_since_epoch()) >
      for_ever)
    return std::nullopt;
  if (*deadline <= now) return std::chrono::steady_clock::duration::zero();
  return *deadline - now;
}

void Context::check() const {
  if (stop.stop_requested()) cancelled("stopped on request");
  if (deadline && clock->steady_now() >= *deadline) cancelled("the deadline has passed");
}

void Context::wait(std::chrono::steady_clock::duration duration) const {
  check();
  const auto until = clock->steady_now() + duration;
  if (deadline && until >= *deadline) cancelled("the wait would go past the deadline");
  if (!clock->sleep_until(until, stop)) cancelled("stopped on request");
}

}  // namespace akv
