#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

constexpr auto day = 24h;

struct DeletedHsmFixture : HsmFixture {
  void lose() {
    del(hsm());
    clock.advance(1s);
  }
  std::string recovery() const { return hsm_body(R"(,"createMode":"Recover")"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(deleted_hsms)

BOOST_FIXTURE_TEST_CASE(a_deletion_takes_its_time, DeletedHsmFixture) {
  const Answer accepted = del(hsm());
  BOOST_TEST(accepted.status == 202);
  BOOST_TEST(accepted.body == "");
  const std::string location = accepted.header("Location");
  BOOST_TEST(location.starts_with("https://management.azure.com" + key_vault() +
                                  "/locations/westus/managedHsmOperationResults/"));
  BOOST_TEST(state(hsm()) == "Deleting");
  BOOST_TEST(del(hsm()).header("Location") == location);
  BOOST_TEST(patch(hsm(), "{}").code() == "ConflictError");
  BOOST_TEST(get(location).status == 202);
  BOOST_TEST(get(location).body == "");
  clock.advance(1s);
  BOOST_TEST(get(location).status == 200);
  BOOST_TEST(get(location).body == "");
  BOOST_TEST(get(hsm()).status == 404);
  BOOST_TEST(del(hsm()).status == 204);
  BOOST_TEST(get(key_vault() + "/locations/westus/managedHsmOperationResults/none").code() ==
             "OperationNotFound");
}

BOOST_FIXTURE_TEST_CASE(it_is_listed_with_its_dates_until_they_come, DeletedHsmFixture) {
  lose();
  const Answer found = get(key_vault() + "/locations/West%20US/deletedManagedHSMs/HSM1");
  BOOST_TEST(found.body ==
             R"({"id":")" + deleted_hsm() +
                 R"(","name":"hsm1","type":"Microsoft.KeyVault/deletedManagedHSMs","properties":)"
                 R"({"mhsmId":")" +
                 hsm() +
                 R"(","location":"westus","tags":{},"deletionDate":"2026-11-22T10:00:03Z",)"
                 R"("scheduledPurgeDate":"2027-02-20T10:00:03Z"}})");
  const Document page = get(key_vault() + "/deletedManagedHSMs").json();
  BOOST_TEST(page["value"].as_array()[0].dump() == found.body);
  BOOST_TEST(get(key_vault() + "/deletedVaults").body == R"({"value":[]})");
  emulator->advance(90 * day);
  sign_in();
  BOOST_TEST(get(deleted_hsm()).message() == "The specified resource does not exist.");
  BOOST_TEST(make_hsm().status == 200);
}

BOOST_FIXTURE_TEST_CASE(its_name_is_taken_until_it_is_recovered_or_purged, DeletedHsmFixture) {
  lose();
  const Answer taken = make_hsm();
  BOOST_TEST(taken.status == 409);
  BOOST_TEST(taken.code() == "ConflictError");
  BOOST_TEST(taken.message().find("already exists in deleted state") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(recovery_brings_it_back_with_its_keys, DeletedHsmFixture) {
  const Answer key = put(hsm() + "/keys/k1", R"({"properties":{"kty":"RSA"}})");
  const Answer before = get(hsm());
  lose();
  const Answer back = put(hsm(), recovery());
  BOOST_TEST(back.status == 202);
  BOOST_TEST(back.property("provisioningState").string_or() == "Provisioning");
  BOOST_TEST((back.json()["properties"].find("hsmUri") != nullptr));
  BOOST_TEST(back.property("hsmUri").is_null());
  clock.advance(1s);
  const Answer done = get(back.header("Location"));
  BOOST_TEST(done.json()["properties"].dump_sorted() == before.json()["properties"].dump_sorted());
  BOOST_TEST(get(hsm() + "/keys/k1").body == key.body);
  BOOST_TEST(get(deleted_hsm()).status == 404);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_recovered_where_nothing_was_deleted, DeletedHsmFixture) {
  const Answer live = put(hsm(), recovery());
  BOOST_TEST(live.status == 404);
  BOOST_TEST(live.code() == "SoftDeletedManagedHsmDoesNotExist");
  lose();
  make_group("other");
  BOOST_TEST(put(hsm("hsm1", "other"), recovery()).status == 404);
  BOOST_TEST(put(hsm("hsm2"), recovery()).status == 404);
}

BOOST_FIXTURE_TEST_CASE(a_purge_is_a_job_and_frees_the_name, DeletedHsmFixture) {
  put(hsm() + "/keys/k1", R"({"properties":{"kty":"RSA"}})");
  lose();
  make_vault("hsm1");
  const Answer accepted = post(deleted_hsm() + "/purge");
  BOOST_TEST(accepted.status == 202);
  const std::string location = accepted.header("Location");
  BOOST_TEST(post(deleted_hsm() + "/purge").header("Location") == location);
  BOOST_TEST(put(hsm(), recovery()).message().ends_with("The managed HSM 'hsm1' is being purged."));
  BOOST_TEST(get(location).status == 202);
  BOOST_TEST(get(location).body == "");
  clock.advance(1s);
  BOOST_TEST(get(location).status == 200);
  BOOST_TEST(get(location).body == "");
  BOOST_TEST(get(deleted_hsm()).status == 404);
  BOOST_TEST(post(deleted_hsm() + "/purge").status == 404);
  BOOST_TEST(get(vault("hsm1")).status == 200);
  make_hsm();
  BOOST_TEST(get(hsm() + "/keys/k1").status == 404);
}

BOOST_FIXTURE_TEST_CASE(purge_protection_forbids_the_purge, HsmClient) {
  put(hsm(), hsm_body(R"(,"enablePurgeProtection":true)"));
  clock.advance(1s);
  del(hsm());
  clock.advance(1s);
  BOOST_TEST(get(deleted_hsm()).property("purgeProtectionEnabled").bool_or(false));
  const Answer refused = post(deleted_hsm() + "/purge");
  BOOST_TEST(refused.status == 405);
  BOOST_TEST(refused.message() == "Operation 'DeletedManagedHsmPurge' is not allowed.");
}

BOOST_FIXTURE_TEST_CASE(a_group_takes_what_is_in_it_along, DeletedHsmFixture) {
  make_vault();
  patch(hsm(), "{}");
  const Answer accepted = del(group());
  clock.advance(1s);
  BOOST_TEST(get(accepted.header("Location")).status == 200);
  make_group();
  BOOST_TEST(get(hsm()).status == 404);
  BOOST_TEST(get(deleted_hsm()).status == 200);
  BOOST_TEST(get(deleted()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_group_may_go_before_a_change_of_its_hsm_ends, HsmClient) {
  del(group());
  clock.advance(500ms);
  emulator->seed(hsm("hsm1", "h"), Document::object({{"location", "westus"}}));
  const Answer accepted = patch(hsm("hsm1", "h"), R"({"properties":{"tenantId":")" +
                                                      emulator->identity().tenant_id + R"("}})");
  BOOST_TEST(accepted.status == 202);
  emulator->seed(hsm("hsm1", "h"), nullptr);
  clock.advance(1s);
  BOOST_TEST(get(accepted.header("Location")).status == 200);
  BOOST_TEST(get(accepted.header("Location")).body == "");
}

BOOST_AUTO_TEST_SUITE_END()
