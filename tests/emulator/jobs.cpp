#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(jobs)

BOOST_AUTO_TEST_CASE(the_wait_between_polls_is_azures_at_azures_pace_and_never_zero) {
  struct Row {
    std::chrono::milliseconds delay;
    const char *purge, *group;
  };
  for (const Row& row :
       {Row{0ms, "1", "1"}, Row{1500ms, "2", "2"}, Row{10s, "5", "10"}, Row{60s, "5", "15"}}) {
    VaultFixture arm({.job_delay = row.delay});
    arm.del(arm.vault());
    BOOST_TEST(arm.post(arm.deleted() + "/purge").header("Retry-After") == row.purge);
    BOOST_TEST(arm.del(arm.group()).header("Retry-After") == row.group);
  }
}

BOOST_AUTO_TEST_CASE(without_a_delay_the_first_poll_finds_the_job_done) {
  VaultFixture arm({.job_delay = 0ms});
  arm.del(arm.vault());
  BOOST_TEST(arm.get(arm.post(arm.deleted() + "/purge").header("Location")).status == 200);
  BOOST_TEST(arm.get(arm.del(arm.group()).header("Location")).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_token_is_good_for_its_own_kind_and_subscription, VaultFixture) {
  del(vault());
  const std::string location = post(deleted() + "/purge").header("Location");
  const std::string path = location.substr(0, location.find('?'));
  const std::string job_token = path.substr(path.rfind('/') + 1);
  const std::string other = "00000000-0000-4000-8000-000000000009";
  emulator->add_subscription(other);
  for (const Answer& answer :
       {get(subscription() + "/operationresults/" + job_token),
        get("/subscriptions/" + other +
            "/providers/Microsoft.KeyVault/locations/westus/operationResults/" + job_token),
        get(key_vault() + "/locations/westus/operationResults/none")}) {
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(answer.code() == "OperationNotFound");
  }
}

BOOST_FIXTURE_TEST_CASE(results_are_kept_for_a_day, VaultFixture) {
  const std::string location = del(group()).header("Location");
  clock.advance(23h);
  sign_in();
  BOOST_TEST(get(location).status == 200);
  clock.advance(48h);
  sign_in();
  make_group("a");
  del(group("a"));
  clock.advance(1s);
  get(group("a"));  // old ones are swept when another ends
  BOOST_TEST(get(location).status == 404);
}

BOOST_FIXTURE_TEST_CASE(vaults_of_a_deleted_group_date_from_its_end_however_late_one_asks,
                        VaultFixture) {
  make_vault("kv7", R"(,"softDeleteRetentionInDays":7)");
  del(group());
  emulator->advance(8 * 24h);
  sign_in();
  BOOST_TEST(get(deleted("kv1")).property("deletionDate").string_or() == "2026-11-22T10:00:03Z");
  BOOST_TEST(get(deleted("kv7")).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
