#include "akv/emulator/throttle.hpp"

#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

struct ThrottleFixture : OthersFixture {
  ThrottleFixture() : OthersFixture({.throttle = true}) { clock.advance(60s); }
  std::string left(const Answer& answer, const std::string& kind) const {
    return answer.header("x-ms-ratelimit-remaining-subscription-" + kind);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(throttle)

BOOST_FIXTURE_TEST_CASE(what_remains_counts_down_by_kind, ThrottleFixture) {
  BOOST_TEST(left(get(vault()), "reads") == "249");
  BOOST_TEST(left(get(group()), "reads") == "248");
  BOOST_TEST(left(get(group()), "global-reads") == "3747");
  BOOST_TEST(left(make_vault(), "writes") == "199");
  BOOST_TEST(left(make_vault(), "global-writes") == "2998");
  BOOST_TEST(left(del(vault()), "deletes") == "199");
  BOOST_TEST(left(post(key_vault() + "/checkNameAvailability",
                       R"({"name":"kv9","type":"Microsoft.KeyVault/vaults"})"),
                  "reads") == "246");
}

BOOST_FIXTURE_TEST_CASE(an_empty_bucket_answers_429_until_it_fills, ThrottleFixture) {
  for (int i = 0; i < 200; ++i) BOOST_REQUIRE(patch(vault(), "{}").status == 200);
  const Answer refused = patch(vault(), "{}");
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.code() == "SubscriptionRequestsThrottled");
  BOOST_TEST(refused.header("Retry-After") == "1");
  BOOST_TEST(refused.header("x-ms-failure-cause") == "gateway");
  BOOST_TEST(refused.message() ==
             "Number of 'write' requests for subscription '" +
                 emulator->identity().subscription_id + "' actor '" +
                 emulator->identity().object_id +
                 "' exceeded. Please try again after '1' seconds after additional tokens are "
                 "available. Refer to https://aka.ms/arm-throttling for additional information.");
  // Reads have a bucket of their own.
  BOOST_TEST(get(vault()).status == 200);
  clock.advance(1s);
  for (int i = 0; i < 10; ++i) BOOST_TEST(patch(vault(), "{}").status == 200);
  BOOST_TEST(patch(vault(), "{}").status == 429);
  clock.advance(3600s);
  sign_in();
  BOOST_TEST(left(patch(vault(), "{}"), "writes") == "199");
}

BOOST_FIXTURE_TEST_CASE(others_have_buckets_of_their_own, ThrottleFixture) {
  const auto other = add("Contributor");
  for (int i = 0; i < 200; ++i) patch(vault(), "{}");
  BOOST_TEST(patch(vault(), "{}").status == 429);
  as(other);
  BOOST_TEST(patch(vault(), "{}").status == 200);
  as_owner();
  const std::string second = "00000000-0000-4000-8000-00000000000c";
  emulator->add_subscription(second);
  BOOST_TEST(
      put("/subscriptions/" + second + "/resourcegroups/g", R"({"location":"westus"})").status ==
      201);
}

BOOST_FIXTURE_TEST_CASE(requests_of_the_tenant_are_counted_by_it, ThrottleFixture) {
  const Answer list = get("/subscriptions");
  BOOST_TEST(list.header("x-ms-ratelimit-remaining-tenant-reads") == "249");
  BOOST_TEST(!list.headers.has("x-ms-ratelimit-remaining-subscription-reads"));
  for (int i = 0; i < 249; ++i) get("/subscriptions");
  BOOST_TEST(get("/subscriptions").code() == "TenantRequestsThrottled");
}

BOOST_AUTO_TEST_CASE(all_principals_together_have_fifteen_times_one) {
  emulator::Throttle throttle;
  const FakeClock clock;
  int taken = 0;
  for (int principal = 0; principal < 20; ++principal)
    for (int i = 0; i < 250; ++i)
      taken +=
          throttle.take("s", std::to_string(principal), emulator::RequestKind::read, clock.now())
              .retry_after.count() == 0;
  BOOST_TEST(taken == 3750);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_counted_unless_asked_for, VaultFixture) {
  for (int i = 0; i < 300; ++i) get(vault());
  struct Row {
    Answer answer;
    std::string kind, left, left_globally;
  };
  for (const Row& row : {Row{get(vault()), "reads", "249", "3749"},
                         Row{patch(vault(), "{}"), "writes", "199", "2999"},
                         Row{del(vault()), "deletes", "199", "2999"}}) {
    const std::string prefix = "x-ms-ratelimit-remaining-subscription-";
    BOOST_TEST(row.answer.header(prefix + row.kind) == row.left);
    BOOST_TEST(row.answer.header(prefix + "global-" + row.kind) == row.left_globally);
  }
}

BOOST_AUTO_TEST_SUITE_END()
