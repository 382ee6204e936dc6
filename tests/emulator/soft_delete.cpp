#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

constexpr auto day = 24h;

struct SoftDeleteFixture : EmulatorClient {
  explicit SoftDeleteFixture(emulator::Options options = {}) : EmulatorClient(std::move(options)) {
    make_group();
  }
  void lose(const std::string& more = {}) {
    put(vault(), vault_body(more, R"({"a":"1"})"));
    clock.advance(2s);
    del(vault());
  }
  std::string recovery(const std::string& more = {}) const {
    return R"({"location":"West US","properties":{"tenantId":")" + emulator->identity().tenant_id +
           R"(","sku":{"family":"A","name":"standard"},"createMode":"recover")" + more + "}}";
  }
};

struct ApplyingFixture : SoftDeleteFixture {
  ApplyingFixture() : SoftDeleteFixture({.recover_applies_properties = true}) {}
};

}  // namespace

BOOST_AUTO_TEST_SUITE(soft_delete)

BOOST_FIXTURE_TEST_CASE(a_deleted_vault_is_listed_with_its_dates, SoftDeleteFixture) {
  lose(R"(,"softDeleteRetentionInDays":7)");
  const Answer found = get(deleted("KV1", "West%20US"));
  BOOST_TEST(
      found.body ==
      R"({"id":")" + deleted() +
          R"(","name":"kv1","type":"Microsoft.KeyVault/deletedVaults","properties":{"vaultId":")" +
          vault() +
          R"(","location":"westus","tags":{"a":"1"},"deletionDate":"2026-11-22T10:00:02Z",)"
          R"("scheduledPurgeDate":"2026-11-29T10:00:02Z"}})");
  BOOST_TEST(get(key_vault() + "/deletedVaults").json()["value"].size() == 1u);
  BOOST_TEST(found.headers.has("x-ms-keyvault-service-version"));
}

BOOST_FIXTURE_TEST_CASE(ninety_days_where_no_retention_was_set, SoftDeleteFixture) {
  lose();
  BOOST_TEST(get(deleted()).property("scheduledPurgeDate").string_or() == "2027-02-20T10:00:02Z");
}

BOOST_FIXTURE_TEST_CASE(an_absent_one_is_named_by_the_provider, SoftDeleteFixture) {
  lose();
  for (const Answer& answer :
       {get(deleted("kv2")), get(deleted("kv1", "eastus")), post(deleted("kv2") + "/purge")}) {
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(answer.code() == "ResourceNotFound");
    BOOST_TEST(answer.message() == "The specified resource does not exist.");
    BOOST_TEST(!answer.headers.has("x-ms-failure-cause"));
  }
}

BOOST_FIXTURE_TEST_CASE(it_vanishes_on_its_date, SoftDeleteFixture) {
  lose(R"(,"softDeleteRetentionInDays":7)");
  emulator->advance(7 * day - 1s);
  sign_in();
  BOOST_TEST(get(deleted()).status == 200);
  BOOST_TEST(make_vault().code() == "ConflictError");
  emulator->advance(1s);
  BOOST_TEST(get(deleted()).status == 404);
  BOOST_TEST(make_vault().status == 200);
}

BOOST_FIXTURE_TEST_CASE(its_name_is_taken_until_then, SoftDeleteFixture) {
  lose();
  make_group("other");
  for (const std::string& id : {vault(), vault("kv1", "other")}) {
    const Answer taken = put(id, vault_body());
    BOOST_TEST(taken.status == 409);
    BOOST_TEST(taken.code() == "ConflictError");
    BOOST_TEST(taken.message().starts_with(
        "A vault with the same name already exists in deleted state. You need to either recover or "
        "purge existing key vault."));
  }
}

BOOST_FIXTURE_TEST_CASE(another_subscription_only_learns_that_the_name_is_taken,
                        SoftDeleteFixture) {
  lose();
  const std::string other = "00000000-0000-4000-8000-000000000009";
  emulator->add_subscription(other);
  put("/subscriptions/" + other + "/resourcegroups/g", R"({"location":"westus"})");
  BOOST_TEST(put(vault_id(other, "g", "kv1"), vault_body()).code() == "VaultAlreadyExists");
  BOOST_TEST(put(vault_id(other, "g", "kv1"), recovery()).code() == "SoftDeletedVaultDoesNotExist");
  BOOST_TEST(get("/subscriptions/" + other +
                 "/providers/Microsoft.KeyVault/locations/westus/deletedVaults/kv1")
                 .status == 404);
}

BOOST_FIXTURE_TEST_CASE(recovery_brings_back_what_was_there, SoftDeleteFixture) {
  const std::string policies =
      R"(,"softDeleteRetentionInDays":7,"enablePurgeProtection":true,"networkAcls":{"defaultAction":"Deny"})";
  put(vault(), vault_body(policies, R"({"a":"1"})"));
  clock.advance(2s);
  const Answer before = get(vault());
  del(vault());
  const Answer back = put(
      vault(), recovery(R"(,"enabledForDiskEncryption":true,"publicNetworkAccess":"Disabled")"));
  BOOST_TEST(back.status == 200);
  BOOST_TEST(back.property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(back.json()["properties"].dump() == before.json()["properties"].dump());
  BOOST_TEST(back.json()["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(get(vault()).body == back.body);
  BOOST_TEST(get(deleted()).status == 404);
}

BOOST_FIXTURE_TEST_CASE(recovery_can_be_told_to_apply_what_is_sent, ApplyingFixture) {
  lose();
  std::string body = recovery(R"(,"enabledForDiskEncryption":true)");
  body.insert(1, R"("tags":{"b":"2"},)");
  const Answer back = put(vault(), body);
  BOOST_TEST(back.property("enabledForDiskEncryption").bool_or(false));
  BOOST_TEST(back.json()["tags"].dump() == R"({"b":"2"})");
}

BOOST_FIXTURE_TEST_CASE(nothing_is_recovered_where_nothing_was_deleted, SoftDeleteFixture) {
  lose();
  make_group("other");
  std::string elsewhere = recovery();
  elsewhere.replace(elsewhere.find("West US"), 7, "eastus");
  for (const Answer& answer : {put(vault("kv2"), recovery()),
                               put(vault("kv1", "other"), recovery()), put(vault(), elsewhere)}) {
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(answer.code() == "SoftDeletedVaultDoesNotExist");
  }
  BOOST_TEST(put(vault(), recovery()).status == 200);
  BOOST_TEST(put(vault(), recovery()).code() == "SoftDeletedVaultDoesNotExist");
}

BOOST_FIXTURE_TEST_CASE(recovery_needs_the_group_again, SoftDeleteFixture) {
  make_vault();
  del(group());
  clock.advance(1s);
  BOOST_TEST(put(vault(), recovery()).code() == "ResourceGroupNotFound");
  make_group();
  BOOST_TEST(put(vault(), recovery()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_purge_goes_on_by_the_clock_and_frees_the_name, SoftDeleteFixture) {
  lose();
  const Answer accepted = post(deleted() + "/purge");
  BOOST_TEST(accepted.status == 202);
  BOOST_TEST(accepted.body == "");
  BOOST_TEST(accepted.header("Retry-After") == "1");
  BOOST_TEST(accepted.header("Location")
                 .starts_with("https://management.azure.com" + key_vault() +
                              "/locations/westus/operationResults/"));
  BOOST_TEST(accepted.header("Location").ends_with("?api-version=2023-07-01"));
  BOOST_TEST(post(deleted() + "/purge").header("Location") == accepted.header("Location"));

  const Answer busy = get(accepted.header("Location"));
  BOOST_TEST(busy.status == 202);
  BOOST_TEST(busy.body == R"({"createdDateTime":"2026-11-22 10:00:02Z","status":"NotStarted"})");
  BOOST_TEST(busy.header("Location") == accepted.header("Location"));
  BOOST_TEST(busy.header("Retry-After") == "1");
  BOOST_TEST(get(deleted()).status == 200);
  const Answer conflict = put(vault(), recovery());
  BOOST_TEST(conflict.status == 409);
  BOOST_TEST(conflict.code() == "ConflictError");
  BOOST_TEST(conflict.message().ends_with("The vault 'kv1' is being purged."));

  clock.advance(1s);
  const Answer done = get(accepted.header("Location"));
  BOOST_TEST(done.status == 200);
  BOOST_TEST(done.body == R"({"createdDateTime":"2026-11-22 10:00:02Z",)"
                          R"("lastActionDateTime":"2026-11-22 10:00:03Z","status":"Succeeded"})");
  BOOST_TEST(get(deleted()).status == 404);
  BOOST_TEST(make_vault().status == 200);
}

BOOST_FIXTURE_TEST_CASE(purge_protection_forbids_the_purge, SoftDeleteFixture) {
  lose(R"(,"enablePurgeProtection":true)");
  BOOST_TEST(get(deleted()).property("purgeProtectionEnabled").bool_or(false));
  const Answer refused = post(deleted() + "/purge");
  BOOST_TEST(refused.status == 405);
  BOOST_TEST(refused.code() == "MethodNotAllowed");
  BOOST_TEST(refused.message() == "Operation 'DeletedVaultPurge' is not allowed.");
}

BOOST_AUTO_TEST_SUITE_END()
