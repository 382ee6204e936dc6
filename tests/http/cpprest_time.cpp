// Deadlines, stop requests and the limit of requests in flight.
#include "http/cpprest_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

using namespace akv;
using namespace akv::http;
using namespace std::chrono_literals;
using test::CpprestFixture;
using test::LoopbackServer;

namespace {

/// Sends on a thread of its own, where Boost.Test's macros may not be used.
bool is_cancelled(Transport& transport, const std::string& url, const Context& context) {
  try {
    transport.send({.url = url}, context);
  } catch (const CancelledError&) {
    return true;
  }
  return false;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cpprest_time, CpprestFixture)

BOOST_AUTO_TEST_CASE(the_deadline_holds_against_a_body_that_drips) {
  server.then(test::drip(std::string(10000, 'x'), 20));
  context.deadline = system_clock().steady_now() + 300ms;
  const auto begun = std::chrono::steady_clock::now();
  BOOST_CHECK_EXCEPTION(send(Method::put), CancelledError, [&](const CancelledError& error) {
    return error.info().message == "the deadline has passed before " + peer() + " answered" &&
           error.info().maybe_delivered;
  });
  BOOST_TEST((std::chrono::steady_clock::now() - begun < 5s));
}

BOOST_AUTO_TEST_CASE(the_deadline_holds_against_a_head_that_drips) {
  server.then([](test::PeerConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nX-Long: ");
    while (connection.pause(20) && connection.send("x")) {
    }
    return false;
  });
  context.deadline = system_clock().steady_now() + 300ms;
  BOOST_CHECK_EXCEPTION(send(Method::get), CancelledError, [&](const CancelledError& error) {
    return error.info().message == "the deadline has passed before " + peer() + " answered";
  });
}

// pplx ends the process when a task fails and nobody asks for its exception.
BOOST_AUTO_TEST_CASE(requests_that_were_given_up_fail_on_their_own_and_end_nothing) {
  options.attempt_timeout = 50ms;
  transport();
  for (int i = 0; i < 40; ++i) server.then(test::never_answer());
  std::vector<std::jthread> threads;
  std::atomic<int> given_up{0};
  for (int i = 0; i < 40; ++i)
    threads.emplace_back([&] {
      try {
        transport().send({.method = Method::post, .url = server.url("/")}, Context{});
      } catch (const TransportError&) {
        ++given_up;
      }
    });
  threads.clear();
  BOOST_TEST(given_up == 40);
  transport_ = nullptr;
  // Some may not have arrived, and so have left their reaction to the next one.
  LoopbackServer next;
  BOOST_TEST(make_cpprest_transport()->send({.url = next.url("/")}, Context{}).status == 200);
}

BOOST_AUTO_TEST_CASE(the_attempt_has_its_own_time_limit) {
  options.attempt_timeout = 200ms;
  server.then(test::never_answer());
  const ErrorInfo info = lost(Method::put);
  BOOST_TEST(info.message == "no answer from " + peer() + " within 200 ms");
  BOOST_TEST(info.maybe_delivered);
  BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_time_limit_on_a_used_connection_repeats_nothing) {
  options.attempt_timeout = 200ms;
  warm_up();
  server.then(test::never_answer());
  BOOST_TEST(lost(Method::put).maybe_delivered);
  BOOST_TEST(send(Method::put, "/next").status == 200);
  BOOST_TEST(sent_to("/x?y=z") == 1u);
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_a_request_that_hangs) {
  server.then(test::never_answer());
  std::stop_source source;
  context.stop = source.get_token();
  std::jthread stopper([&] {
    server.wait_until([](const LoopbackServer& s) { return s.busy() == 1; });
    source.request_stop();
  });
  BOOST_CHECK_EXCEPTION(send(Method::put), CancelledError, [](const CancelledError& error) {
    return error.info().message == "stopped on request" && error.info().maybe_delivered;
  });
}

BOOST_AUTO_TEST_CASE(a_context_that_has_ended_sends_nothing) {
  context.deadline = system_clock().steady_now() - 1s;
  BOOST_CHECK_THROW(send(Method::get), CancelledError);
  BOOST_TEST(server.connections() == 0);
}

BOOST_AUTO_TEST_CASE(the_seventeenth_request_waits) {
  transport();  // made here, before any thread needs it
  for (int i = 0; i < 16; ++i) server.then(test::never_answer());
  std::stop_source stop;
  std::atomic<int> cancelled{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      cancelled += is_cancelled(transport(), server.url("/hang"), {.stop = stop.get_token()});
    });
  BOOST_TEST(server.wait_until([](const LoopbackServer& s) { return s.busy() == 16; }));
  Context impatient{.deadline = system_clock().steady_now() + 100ms};
  BOOST_CHECK_EXCEPTION(transport().send({.url = server.url("/17")}, impatient), CancelledError,
                        [](const CancelledError& error) {
                          return error.info().message ==
                                     "the deadline has passed while waiting for a connection" &&
                                 !error.info().maybe_delivered;
                        });
  BOOST_TEST(sent_to("/17") == 0u);
  stop.request_stop();
  threads.clear();
  BOOST_TEST(cancelled == 16);
  BOOST_TEST(send(Method::get, "/17").status == 200);
  BOOST_TEST(server.connections() <= 17);
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_wait_for_a_connection) {
  options.max_in_flight = 1;
  transport();
  server.then(test::never_answer());
  std::stop_source stop;
  bool cancelled = false;
  std::jthread first(
      [&] { cancelled = is_cancelled(transport(), server.url("/1"), {.stop = stop.get_token()}); });
  BOOST_TEST(server.wait_until([](const LoopbackServer& s) { return s.busy() == 1; }));
  std::stop_source source;
  Context waiting{.stop = source.get_token()};
  std::jthread stopper([&] { source.request_stop(); });
  BOOST_CHECK_THROW(transport().send({.url = server.url("/2")}, waiting), CancelledError);
  BOOST_TEST(sent_to("/2") == 0u);
  stop.request_stop();
  first.join();
  BOOST_TEST(cancelled);
}

BOOST_AUTO_TEST_SUITE_END()
