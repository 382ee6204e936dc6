#include "akv/mgmt/http/detail/in_flight.hpp"

#include "akv/mgmt/core/errors.hpp"

namespace akv::http::detail {

std::chrono::steady_clock::time_point real_deadline(const Context& context) {
  const auto left = context.time_left();
  return left ? std::chrono::steady_clock::now() + *left
              : std::chrono::steady_clock::time_point::max();
}

InFlight::Permit InFlight::acquire(const std::shared_ptr<InFlight>& counter,
                                   const Context& context) {
  context.check();
  {
    std::unique_lock lock(counter->mutex_);
    const auto free = [&] { return counter->used_ < counter->limit_; };
    const auto left = context.time_left();
    const bool got = left ? counter->changed_.wait_for(lock, context.stop, *left, free)
                          : counter->changed_.wait(lock, context.stop, free);
    if (!got)
      throw CancelledError({.message = context.stop.stop_requested()
                                           ? "stopped on request while waiting for a connection"
                                           : "the deadline has passed while waiting for a "
                                             "connection",
                            .attempts = 0});
    ++counter->used_;
  }
  return {counter.get(), [counter](void*) { counter->release(); }};
}

void InFlight::drain(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [this] { return used_ == 0; });
}

void InFlight::release() {
  {
    std::lock_guard lock(mutex_);
    --used_;
  }
  changed_.notify_all();
}

}  // namespace akv::http::detail
