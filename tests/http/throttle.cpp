#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace akv;
using namespace akv::http;
using namespace std::chrono_literals;

namespace {

/// Says what it is told and writes down what it hears.
class ScriptedPace final : public Pace {
 public:
  Clock::SteadyTime next_slot(std::string_view, RequestClass,
                              Clock::SteadyTime now) const override {
    return now + next_in;
  }
  Clock::SteadyTime reserve(std::string_view subscription, RequestClass kind,
                            Clock::SteadyTime now) override {
    reserved.emplace_back(subscription, kind);
    return now + reserve_in;
  }
  void observe(std::string_view, RequestClass, const Observation& seen,
               Clock::SteadyTime) override {
    observed.push_back(seen);
  }

  std::chrono::milliseconds next_in{0}, reserve_in{0};
  std::vector<std::pair<std::string, RequestClass>> reserved;
  std::vector<Observation> observed;
};

constexpr const char* vault_url =
    "https://management.azure.com/SUBSCRIPTIONS/S-1/resourceGroups/g/providers/Microsoft.KeyVault/"
    "vaults/v?api-version=1";

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  std::shared_ptr<ScriptedPace> pace = std::make_shared<ScriptedPace>();
  std::shared_ptr<Counters> counters = std::make_shared<Counters>();
  test::FakeClock clock;
  Context context{.clock = &clock};

  Response send(Method method, std::string url = vault_url) {
    std::vector<std::unique_ptr<Policy>> policies;
    policies.push_back(make_throttle_policy(pace, counters, clock));
    return Pipeline(std::move(policies), transport)
        .send({.method = method, .url = std::move(url), .operation = "Vaults.get"}, context);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(throttle, Fixture)

BOOST_AUTO_TEST_CASE(each_request_takes_from_the_bucket_of_its_class) {
  const auto kind = [](Method method, const char* url) {
    return request_class({.method = method, .url = url});
  };
  BOOST_TEST((kind(Method::get, "https://h/x") == RequestClass::read));
  BOOST_TEST((kind(Method::head, "https://h/x") == RequestClass::read));
  BOOST_TEST((kind(Method::put, "https://h/x") == RequestClass::write));
  BOOST_TEST((kind(Method::patch, "https://h/x") == RequestClass::write));
  BOOST_TEST((kind(Method::del, "https://h/x") == RequestClass::remove));
  BOOST_TEST(
      (kind(Method::post, "https://h/a/purge?x=/checkNameAvailability") == RequestClass::write));
  BOOST_TEST((kind(Method::post, "https://h/a/CheckNameAvailability?api-version=1") ==
              RequestClass::read));
  BOOST_TEST((kind(Method::post, "https://h/a/checkMhsmNameAvailability?api-version=1") ==
              RequestClass::read));
  BOOST_TEST(
      (kind(Method::post, "https://h/a/nocheckMhsmNameAvailability") == RequestClass::write));
}

BOOST_AUTO_TEST_CASE(takes_the_subscription_from_the_url) {
  transport->reply(200);
  send(Method::put);
  BOOST_TEST(pace->reserved.size() == 1u);
  BOOST_TEST(pace->reserved.at(0).first == "s-1");
  BOOST_TEST((pace->reserved.at(0).second == RequestClass::write));
}

BOOST_AUTO_TEST_CASE(what_belongs_to_no_subscription_takes_from_the_tenants_bucket) {
  transport
      ->reply(200, {{"x-ms-ratelimit-remaining-tenant-reads", "11"},
                    {"x-ms-ratelimit-remaining-subscription-reads", "3"}})
      .reply(200, {{"x-ms-ratelimit-remaining-subscription-reads", "3"}})
      .reply(200, {{"x-ms-ratelimit-remaining-tenant-writes", "12"}})
      .reply(200, {{"x-ms-ratelimit-remaining-tenant-reads", "11"}});
  send(Method::get, "https://h/providers/Microsoft.KeyVault/operations");
  send(Method::get, "https://h/subscriptions?api-version=1");
  send(Method::put, "https://h/providers/Microsoft.Management/managementGroups/m");
  send(Method::get);
  const std::vector<std::string> expected{"", "", "", "s-1"};
  std::vector<std::string> reserved;
  for (const auto& [subscription, kind] : pace->reserved) reserved.push_back(subscription);
  BOOST_TEST(reserved == expected, boost::test_tools::per_element());
  BOOST_TEST(pace->observed[0].remaining.value() == 11);
  BOOST_TEST(!pace->observed[1].remaining.has_value());
  BOOST_TEST(pace->observed[2].remaining.value() == 12);
  BOOST_TEST(!pace->observed[3].remaining.has_value());
  context.max_wait = 10s;
  pace->next_in = 11s;
  BOOST_CHECK_EXCEPTION(send(Method::get, "https://h/subscriptions?api-version=1"), ThrottledError,
                        [](const ThrottledError& error) {
                          return std::string(error.what()) ==
                                 "Vaults.get: the tenant may send its next request of this kind in "
                                 "11 s, and this call waits 10 s at most (https://h/subscriptions)";
                        });
}

BOOST_AUTO_TEST_CASE(queries_of_resource_graph_read_and_have_a_quota_of_their_own) {
  transport->reply(429, {{"Retry-After", "7"}, {"x-ms-ratelimit-remaining-tenant-reads", "3"}})
      .reply(200, {{"x-ms-ratelimit-remaining-subscription-reads", "3"}})
      .reply(200)
      .reply(200);
  const std::string query = "https://h/providers/microsoft.resourcegraph/Resources?api-version=1";
  send(Method::post, query);
  send(Method::post, query);
  send(Method::get, query);
  send(Method::post, "https://h/subscriptions/s/providers/Microsoft.ResourceGraph/resources");
  using Taken = std::pair<std::string, RequestClass>;
  BOOST_TEST((pace->reserved == std::vector<Taken>{{"Microsoft.ResourceGraph", RequestClass::read},
                                                   {"Microsoft.ResourceGraph", RequestClass::read},
                                                   {"", RequestClass::read},
                                                   {"s", RequestClass::write}}));
  BOOST_TEST((pace->observed[0].retry_after.value() == 7s));
  // What is left for other requests says nothing of it.
  BOOST_TEST(!pace->observed[0].remaining.has_value());
  BOOST_TEST(!pace->observed[1].remaining.has_value());
  context.max_wait = 10s;
  pace->next_in = 11s;
  BOOST_CHECK_EXCEPTION(send(Method::post, query), ThrottledError, [](const ThrottledError& error) {
    return error.info().message ==
           "Azure Resource Graph may send its next request of this kind in 11 s, and this call "
           "waits 10 s at most";
  });
}

BOOST_AUTO_TEST_CASE(an_empty_quota_of_resource_graph_is_told_with_the_time_until_it_is_whole) {
  const std::string query = "https://h/providers/Microsoft.ResourceGraph/resources?api-version=1";
  const auto told = [&](std::string left, std::string resets, const std::string& url) {
    transport->reply(200, {{"x-ms-user-quota-remaining", std::move(left)},
                           {"x-ms-user-quota-resets-after", std::move(resets)}});
    send(Method::post, url);
    return pace->observed.back().empty_for;
  };
  BOOST_TEST((told("0", "00:00:05", query) == 5s));
  BOOST_TEST((told("0", "01:02:03", query) == 3723s));
  BOOST_TEST(!told("1", "00:00:05", query).has_value());
  for (const char* text : {"", "5", "00-00-05", "00:00:5x", "0:00:050"})
    BOOST_TEST(!told("0", text, query).has_value(), text);
  BOOST_TEST(!told("0", "00:00:05", vault_url).has_value());
}

BOOST_AUTO_TEST_CASE(a_context_with_another_clock_neither_waits_nor_tells) {
  const test::FakeClock own;
  context.clock = &own;
  pace->next_in = pace->reserve_in = 2500ms;
  transport->reply(429, {{"Retry-After", "7"}});
  BOOST_TEST(send(Method::get).status == 429);
  BOOST_TEST((own.slept() == 0ms));
  BOOST_TEST(pace->reserved.empty());
  BOOST_TEST(pace->observed.empty());
}

BOOST_AUTO_TEST_CASE(without_a_pace_nothing_waits) {
  transport->reply(200);
  pace = nullptr;
  BOOST_TEST(send(Method::get).status == 200);
}

BOOST_AUTO_TEST_CASE(waits_for_its_slot_and_counts_the_wait) {
  transport->reply(200);
  pace->next_in = pace->reserve_in = 2500ms;
  send(Method::get);
  BOOST_TEST((clock.slept() == 2500ms));
  BOOST_TEST(counters->throttled_milliseconds == 2500u);
}

BOOST_AUTO_TEST_CASE(a_slot_too_far_away_sends_and_takes_nothing) {
  context.max_wait = 10s;
  pace->next_in = 10s;
  pace->reserve_in = 10s;
  transport->reply(200);
  BOOST_TEST(send(Method::get).status == 200);
  pace->next_in = 10001ms;
  BOOST_CHECK_EXCEPTION(send(Method::get), ThrottledError, [](const ThrottledError& error) {
    return error.info().retry_after == 11s && error.info().attempts == 0 &&
           std::string(error.what()) ==
               "Vaults.get: subscription s-1 may send its next request of this kind in 11 s, and "
               "this call waits 10 s at most "
               "(https://management.azure.com/SUBSCRIPTIONS/S-1/resourceGroups/g/providers/"
               "Microsoft.KeyVault/vaults/v)";
  });
  BOOST_TEST(pace->reserved.size() == 1u);
  BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_slot_that_others_took_meanwhile_is_too_far_away_as_well) {
  context.max_wait = 10s;
  pace->reserve_in = 11s;
  BOOST_CHECK_THROW(send(Method::get), ThrottledError);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(a_wait_past_the_deadline_is_a_cancellation) {
  context.deadline = clock.steady_now() + 1s;
  pace->next_in = pace->reserve_in = 2s;
  BOOST_CHECK_THROW(send(Method::get), CancelledError);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(tells_the_pace_what_came_of_it) {
  transport
      ->reply(200, {{"x-ms-ratelimit-remaining-subscription-reads", "249"},
                    {"x-ms-ratelimit-remaining-subscription-global-reads", "3749"},
                    {"x-ms-ratelimit-remaining-subscription-writes", "5"}})
      .reply(429, {{"Retry-After", "17"}})
      .reply(202,
             {{"Retry-After", "15"}, {"x-ms-ratelimit-remaining-subscription-deletes", "many"}});
  send(Method::get);
  send(Method::put);
  send(Method::del);
  BOOST_TEST(pace->observed.size() == 3u);
  BOOST_TEST(pace->observed[0].remaining.value() == 249);
  BOOST_TEST(!pace->observed[0].retry_after.has_value());
  BOOST_TEST(pace->observed[1].status == 429);
  BOOST_TEST((pace->observed[1].retry_after.value() == 17s));
  BOOST_TEST(!pace->observed[2].retry_after.has_value());
  BOOST_TEST(!pace->observed[2].remaining.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
