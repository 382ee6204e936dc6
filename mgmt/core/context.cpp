#include "akv/mgmt/core/context.hpp"

#include "akv/mgmt/core/errors.hpp"

namespace akv {
namespace {

[[noreturn]] void cancelled(const char* why) { throw CancelledError({.message = why}); }

}  // namespace

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
