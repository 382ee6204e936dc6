#include "akv/mgmt/core/context.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "support/fake_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

namespace akv::test {
using namespace std::chrono_literals;

namespace {

struct ContextFixture {
  FakeClock clock;
  std::stop_source stop;
  Context context{.stop = stop.get_token(), .clock = &clock};

  template <class F>
  static std::string error_of(F call) {
    try {
      call();
    } catch (const CancelledError& error) {
      return error.what();
    }
    return "no error";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(context, ContextFixture)

BOOST_AUTO_TEST_CASE(waits_on_the_clock_that_it_was_given) {
  context.wait(7s);
  context.check();
  BOOST_TEST((clock.slept() == 7s));
}

BOOST_AUTO_TEST_CASE(a_wait_past_the_deadline_ends_at_once) {
  context.deadline = clock.steady_now() + 10s;
  context.wait(9s);
  BOOST_TEST(error_of([&] { context.wait(1s); }) == "the wait would go past the deadline");
  BOOST_TEST((clock.slept() == 9s));
}

BOOST_AUTO_TEST_CASE(after_the_deadline_nothing_goes_on) {
  context.deadline = clock.steady_now() + 10s;
  clock.advance(10s);
  BOOST_TEST(error_of([&] { context.check(); }) == "the deadline has passed");
  BOOST_TEST(error_of([&] { context.wait(0s); }) == "the deadline has passed");
}

BOOST_AUTO_TEST_CASE(a_deadline_at_the_end_of_time_is_none) {
  BOOST_TEST(!context.time_left());
  context.deadline = clock.steady_now() + 10s;
  BOOST_TEST((context.time_left() == 10s));
  clock.advance(11s);
  BOOST_TEST((context.time_left() == 0s));
  context.deadline = Clock::SteadyTime::min();
  BOOST_TEST((context.time_left() == 0s));
  context.deadline = Clock::SteadyTime::max();
  BOOST_TEST(!context.time_left());
  context.wait(1h);
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_checks_and_waits) {
  stop.request_stop();
  BOOST_TEST(error_of([&] { context.check(); }) == "stopped on request");
  BOOST_TEST(error_of([&] { context.wait(1s); }) == "stopped on request");
  BOOST_TEST((clock.slept() == 0s));
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_a_wait_under_way) {
  class StoppingClock final : public Clock {
   public:
    explicit StoppingClock(std::stop_source& stop) : stop_(stop) {}
    SystemTime now() const override { return {}; }
    SteadyTime steady_now() const override { return {}; }
    bool sleep_until(SteadyTime, const std::stop_token& token) const override {
      stop_.request_stop();
      return !token.stop_requested();
    }

   private:
    std::stop_source& stop_;  // the fixture's
  } stopping(stop);
  context.clock = &stopping;
  BOOST_TEST(error_of([&] { context.wait(1s); }) == "stopped on request");
}

BOOST_AUTO_TEST_CASE(the_machines_clock_wakes_on_a_stop_request) {
  std::jthread requester([&] { stop.request_stop(); });
  BOOST_TEST(!system_clock().sleep_until(Clock::SteadyTime::clock::now() + 24h, stop.get_token()));
}

BOOST_AUTO_TEST_CASE(the_machines_clock_returns_when_the_time_has_come) {
  const auto now = system_clock().steady_now();
  BOOST_TEST(system_clock().sleep_until(now, {}));
  BOOST_TEST((system_clock().steady_now() >= now));
  BOOST_TEST((system_clock().now() > Clock::SystemTime{}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
