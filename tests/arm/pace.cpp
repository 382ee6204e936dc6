#include "akv/mgmt/arm/pace.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv;
using namespace std::chrono_literals;

namespace {

struct PaceFixture {
  std::shared_ptr<Pace> pace = arm::make_pace();
  Clock::SteadyTime now{1h};

  std::chrono::milliseconds reserve(RequestClass kind = RequestClass::write,
                                    std::string_view subscription = "s1") {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        pace->reserve(subscription, kind, now) - now);
  }
  void observe(Pace::Observation seen, RequestClass kind = RequestClass::write) {
    pace->observe("s1", kind, seen, now);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pace, PaceFixture)

BOOST_AUTO_TEST_CASE(is_unlimited_until_an_answer_says_otherwise) {
  for (int i = 0; i < 1000; ++i) BOOST_TEST(reserve().count() == 0);
  observe({.status = 200, .remaining = 20});
  BOOST_TEST(reserve().count() == 0);
}

BOOST_AUTO_TEST_CASE(a_low_counter_switches_to_the_refill_rate) {
  observe({.status = 200, .remaining = 19});
  BOOST_TEST(reserve().count() == 100);
  BOOST_TEST(reserve().count() == 200);
  BOOST_TEST(reserve().count() == 300);
  now += 10s;
  BOOST_TEST(reserve().count() == 0);
  BOOST_TEST(reserve().count() == 100);
}

BOOST_AUTO_TEST_CASE(reads_and_deletes_have_rates_and_buckets_of_their_own) {
  observe({.status = 200, .remaining = 3}, RequestClass::read);
  observe({.status = 200, .remaining = 3}, RequestClass::remove);
  BOOST_TEST(reserve(RequestClass::read).count() == 40);
  BOOST_TEST(reserve(RequestClass::read).count() == 80);
  BOOST_TEST(reserve(RequestClass::remove).count() == 100);
  BOOST_TEST(reserve(RequestClass::write).count() == 0);
}

BOOST_AUTO_TEST_CASE(a_subscription_does_not_slow_another_and_its_case_does_not_matter) {
  observe({.status = 429, .remaining = {}, .retry_after = 7s});
  BOOST_TEST(reserve(RequestClass::write, "s2").count() == 0);
  BOOST_TEST(reserve(RequestClass::write, "S1").count() == 7000);
}

BOOST_AUTO_TEST_CASE(retry_after_of_a_429_holds_the_bucket_and_then_lets_it_drip) {
  observe({.status = 429, .remaining = {}, .retry_after = 7s});
  observe({.status = 429, .remaining = {}, .retry_after = 3s});
  BOOST_TEST((pace->next_slot("s1", RequestClass::write, now) - now == 7s));
  BOOST_TEST(reserve().count() == 7000);
  BOOST_TEST(reserve().count() == 7100);
  BOOST_TEST(reserve(RequestClass::read).count() == 0);
}

BOOST_AUTO_TEST_CASE(a_quota_that_is_used_up_holds_the_bucket_before_there_is_a_429) {
  observe({.status = 200, .empty_for = 5s});
  BOOST_TEST(reserve().count() == 5000);
  BOOST_TEST(reserve().count() == 5000);  // it comes back whole
  observe({.status = 200, .empty_for = std::chrono::seconds::max()});
  BOOST_TEST((pace->next_slot("s1", RequestClass::write, now) - now == 24h));
}

BOOST_AUTO_TEST_CASE(a_429_without_retry_after_only_slows_down) {
  observe({.status = 429});
  BOOST_TEST(reserve().count() == 100);
}

BOOST_AUTO_TEST_CASE(retry_after_of_other_answers_is_about_something_else) {
  observe({.status = 202, .remaining = {}, .retry_after = 15s});
  observe({.status = 503, .remaining = {}, .retry_after = 15s});
  BOOST_TEST(reserve().count() == 0);
}

BOOST_AUTO_TEST_CASE(an_absurd_retry_after_blocks_for_a_day_at_most) {
  observe({.status = 429, .remaining = {}, .retry_after = std::chrono::seconds::max()});
  BOOST_TEST((pace->next_slot("s1", RequestClass::write, now) - now == 24h));
}

BOOST_AUTO_TEST_CASE(a_bucket_that_filled_again_lifts_the_limit) {
  observe({.status = 200, .remaining = 0});
  observe({.status = 200, .remaining = 99});
  BOOST_TEST(reserve().count() == 100);
  observe({.status = 200, .remaining = 100});
  BOOST_TEST(reserve().count() == 0);
}

BOOST_AUTO_TEST_CASE(asking_for_the_next_slot_takes_nothing) {
  observe({.status = 200, .remaining = 0});
  const auto first = pace->next_slot("s1", RequestClass::write, now);
  BOOST_TEST((pace->next_slot("s1", RequestClass::write, now) == first));
  BOOST_TEST((pace->next_slot("s9", RequestClass::write, now) == now));
}

BOOST_AUTO_TEST_CASE(principals_have_buckets_of_their_own) {
  const auto one = pace->of_principal("one");
  const auto two = pace->of_principal("two");
  one->observe("s1", RequestClass::write, {.status = 429, .remaining = {}, .retry_after = 7s}, now);
  const auto wait = [&](const Pace& view, std::string_view subscription = "s1") {
    return view.next_slot(subscription, RequestClass::write, now) - now;
  };
  BOOST_TEST((wait(*one) == 7s));
  BOOST_TEST((wait(*two) == 0s));
  BOOST_TEST((wait(*pace->of_principal("one"), "S1") == 7s));
  BOOST_TEST((wait(*two->of_principal("one")) == 7s));
  BOOST_TEST((wait(*one, "s2") == 0s));
  BOOST_TEST((one->reserve("s1", RequestClass::write, now) - now == 7s));
  BOOST_TEST((two->reserve("s1", RequestClass::write, now) - now == 0s));
  // Asked without a principal: the latest of all, whoever has it.
  BOOST_TEST((wait(*pace) == 7100ms));
  BOOST_TEST(reserve().count() == 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_held_back_is_forgotten_beyond_256_principals) {
  pace->of_principal("held")->observe("s1", RequestClass::write,
                                      {.status = 429, .remaining = {}, .retry_after = 1h}, now);
  const auto slowed = pace->of_principal("slowed");
  slowed->observe("s1", RequestClass::write, {.status = 200, .remaining = 0}, now);
  for (int i = 0; i < 600; ++i)
    pace->of_principal(std::to_string(i))->reserve("s1", RequestClass::write, now);
  BOOST_TEST((pace->next_slot("s1", RequestClass::write, now) - now == 1h));
  BOOST_TEST((slowed->next_slot("s1", RequestClass::write, now) - now == 100ms));
}

BOOST_AUTO_TEST_CASE(a_limited_bucket_that_nobody_used_for_an_hour_is_forgotten_too) {
  const auto slow = [&](const std::string& principal) {
    pace->of_principal(principal)->observe("s1", RequestClass::write, {.status = 429}, now);
  };
  const auto second_wait = [&](const std::string& principal) {
    const auto view = pace->of_principal(principal);
    view->reserve("s1", RequestClass::write, now);
    return view->reserve("s1", RequestClass::write, now) - now;
  };
  // The first slot of each comes after 100 ms.
  for (int i = 0; i < 256; ++i) slow(std::to_string(i));
  now += 1h + 99ms;
  slow("one more");
  BOOST_TEST((second_wait("0") == 100ms));
  now += 1ms;
  slow("another");
  BOOST_TEST((second_wait("0") == 299ms));
  BOOST_TEST((second_wait("one more") == 199ms));
  BOOST_TEST((second_wait("1") == 0ms));
}

BOOST_AUTO_TEST_CASE(what_is_not_held_back_is_forgotten_beyond_4096_subscriptions) {
  observe({.status = 429, .remaining = {}, .retry_after = 1h});
  for (int i = 0; i < 10000; ++i) reserve(RequestClass::read, "x" + std::to_string(i));
  BOOST_TEST(reserve().count() == 3600000);
}

BOOST_AUTO_TEST_SUITE_END()
