// Many threads that need one token.
#include "identity/auth_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <latch>
#include <thread>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;
using test::AuthFixture;
using test::refuse;

BOOST_FIXTURE_TEST_SUITE(auth_threads, AuthFixture)

BOOST_AUTO_TEST_CASE(sixteen_threads_share_one_fetch) {
  credential->hold();
  for (int i = 0; i < 16; ++i) transport->reply(200);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) threads.emplace_back([this] { send(); });
  credential->wait_until_asked(1);
  credential->release();
  threads.clear();
  BOOST_TEST(credential->asked == 1);
  for (std::size_t i = 0; i < 16; ++i) BOOST_TEST(token_sent(i) == "Bearer token-1");
}

BOOST_AUTO_TEST_CASE(the_old_token_serves_all_others_while_one_thread_refreshes) {
  transport->reply(200);
  send();
  clock.advance(3100s);
  credential->hold();
  for (int i = 0; i < 4; ++i) transport->reply(200);
  std::jthread refresher([this] { send(); });
  credential->wait_until_asked(2);
  for (int i = 0; i < 3; ++i) send();  // would hang if they waited
  BOOST_TEST(token_sent(3) == "Bearer token-1");
  credential->release();
  refresher.join();
  BOOST_TEST(token_sent(4) == "Bearer token-2");
  BOOST_TEST(credential->asked == 2);
}

BOOST_AUTO_TEST_CASE(threads_that_waited_for_a_failed_fetch_get_its_failure) {
  credential->hold();
  credential->failure = refuse;
  std::atomic<int> refused{0};
  std::vector<std::jthread> threads;
  threads.emplace_back([&] {
    try {
      send();
    } catch (const AuthenticationError&) {
      ++refused;
    }
  });
  credential->wait_until_asked(1);
  std::latch ready(8);
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      ready.count_down();
      try {
        send();
      } catch (const AuthenticationError& error) {
        if (error.info().code == "AADSTS7000222") ++refused;
      }
    });
  ready.wait();
  credential->release();
  threads.clear();
  BOOST_TEST(refused == 9);
  // Those who came too late to wait asked for themselves; nobody asked twice.
  BOOST_TEST(credential->asked <= 9);
}

BOOST_AUTO_TEST_CASE(
    threads_that_waited_for_an_unavailable_credential_know_that_it_is_unavailable) {
  credential->hold();
  credential->failure = [] { throw CredentialUnavailableError({.message = "not here"}); };
  std::atomic<int> passed_over{0};
  std::latch ready(9);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 9; ++i)
    threads.emplace_back([&] {
      ready.count_down();
      try {
        send();
      } catch (const CredentialUnavailableError&) {
        ++passed_over;
      } catch (const AuthenticationError&) {
        // Counted by its absence.
      }
    });
  ready.wait();
  credential->wait_until_asked(1);
  credential->release();
  threads.clear();
  BOOST_TEST(passed_over == 9);
}

BOOST_AUTO_TEST_CASE(a_401_on_sixteen_threads_renews_once) {
  transport->reply(200);
  send();
  std::latch all_rejected(16);
  for (int i = 0; i < 16; ++i)
    transport->then([&](const http::Request&) {
      all_rejected.arrive_and_wait();
      return http::Response{.status = 401};
    });
  for (int i = 0; i < 16; ++i) transport->reply(200);
  std::atomic<int> served{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] { served += send().status == 200 ? 1 : 0; });
  threads.clear();
  BOOST_TEST(served == 16);
  BOOST_TEST(credential->asked == 2);
}

BOOST_AUTO_TEST_CASE(waiting_for_another_threads_fetch_ends_with_the_context) {
  credential->hold();
  transport->reply(200);
  std::jthread first([this] { send(); });
  credential->wait_until_asked(1);
  Context impatient{.deadline = system_clock().steady_now() + 20ms};
  BOOST_CHECK_EXCEPTION(pipeline.send({.url = "https://h/"}, impatient), CancelledError,
                        [](const CancelledError& error) {
                          return error.info().message ==
                                 "the deadline has passed while waiting for a token";
                        });
  std::stop_source source;
  Context stopped{.stop = source.get_token(), .clock = &clock};
  std::jthread stopper([&] { source.request_stop(); });
  BOOST_CHECK_THROW(pipeline.send({.url = "https://h/"}, stopped), CancelledError);
  credential->release();
}

BOOST_AUTO_TEST_CASE(a_fetch_that_was_cancelled_is_no_news_for_those_who_wait) {
  credential->hold();
  std::atomic<bool> cancelled{false};
  credential->failure = [&] {
    if (!cancelled.exchange(true)) throw CancelledError({.message = "the first caller gave up"});
  };
  transport->reply(200);
  std::jthread first([this] {
    try {
      send();
    } catch (const CancelledError&) {
      // Its own affair: token_sent(0) below is the second's.
    }
  });
  credential->wait_until_asked(1);
  std::jthread second([this] { send(); });
  credential->release();
  first.join();
  second.join();
  BOOST_TEST(token_sent(0) == "Bearer token-2");
}

BOOST_AUTO_TEST_SUITE_END()
