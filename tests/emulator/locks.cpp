#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

BOOST_AUTO_TEST_SUITE(locks)

BOOST_FIXTURE_TEST_CASE(a_lock_is_made_updated_and_taken_away, OthersFixture) {
  const Answer made = put_lock(group(), "CanNotDelete", "Mine");
  BOOST_TEST(made.status == 201);
  BOOST_TEST(made.json()["id"].string_or() ==
             subscription() + "/resourceGroups/g/providers/Microsoft.Authorization/locks/Mine");
  BOOST_TEST(made.json()["type"].string_or() == "Microsoft.Authorization/locks");
  BOOST_TEST(made.property("level").string_or() == "CanNotDelete");
  BOOST_TEST(made.json()["systemData"]["createdBy"].string_or() == emulator->identity().client_id);
  const Answer again =
      put(lock(group(), "mine"),
          R"({"properties":{"level":"readonly","notes":"n","owners":[{"applicationId":"a"}]}})",
          locks_version);
  BOOST_TEST(again.status == 200);
  BOOST_TEST(again.json()["name"].string_or() == "Mine");
  BOOST_TEST(again.property("level").string_or() == "ReadOnly");
  BOOST_TEST(again.property("owners").dump() == R"([{"applicationId":"a"}])");
  BOOST_TEST(get(lock(group(), "MINE"), locks_version).body == again.body);
  BOOST_TEST(del(lock(group(), "mine"), locks_version).status == 200);
  BOOST_TEST(del(lock(group(), "mine"), locks_version).status == 204);
  const Answer absent = get(lock(group(), "mine"), locks_version);
  BOOST_TEST(absent.status == 404);
  BOOST_TEST(absent.message() == "The lock 'mine' could not be found.");
}

BOOST_FIXTURE_TEST_CASE(a_vault_that_cannot_be_deleted_can_be_changed, OthersFixture) {
  put_lock(vault(), "CanNotDelete");
  BOOST_TEST(make_vault().status == 200);
  const Answer refused = del(vault());
  BOOST_TEST(refused.status == 409);
  BOOST_TEST(refused.code() == "ScopeLocked");
  BOOST_TEST(refused.header("x-ms-failure-cause") == "gateway");
  BOOST_TEST(refused.message() ==
             "The scope '" + vault() +
                 "' cannot perform delete operation because following scope(s) are locked: '" +
                 vault() + "'. Please remove the lock and try again.");
  BOOST_TEST(get(vault()).status == 200);
  del(lock(vault()), locks_version);
  BOOST_TEST(del(vault()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_lock_counts_below_its_scope, OthersFixture) {
  for (const std::string& scope : {subscription(), group(), vault()}) {
    put_lock(scope, "ReadOnly");
    for (const Answer& refused :
         {make_vault(), patch(vault(), "{}"), put(vault() + "/accessPolicies/add", "{}")}) {
      BOOST_TEST(refused.code() == "ScopeLocked", scope);
      BOOST_TEST(refused.message().find("cannot perform write operation") != std::string::npos);
    }
    BOOST_TEST(del(vault()).code() == "ScopeLocked", scope);
    BOOST_TEST(get(vault()).status == 200);
    BOOST_TEST(post(key_vault() + "/checkNameAvailability",
                    R"({"name":"kv9","type":"Microsoft.KeyVault/vaults"})")
                   .status == 200);
    BOOST_TEST(del(lock(scope), locks_version).status == 200);
  }
  BOOST_TEST(make_vault().status == 200);
  // Not in the group beside it.
  make_group("gg");
  put_lock(group(), "ReadOnly");
  BOOST_TEST(put(group("gg"), R"({"location":"westus","tags":{"a":"1"}})").status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_group_with_a_locked_vault_stays, OthersFixture) {
  put_lock(vault(), "CanNotDelete");
  const Answer refused = del(group());
  BOOST_TEST(refused.status == 409);
  BOOST_TEST(refused.message().find("are locked: '" + vault() + "'") != std::string::npos);
  BOOST_TEST(patch(group(), R"({"tags":{"a":"1"}})").status == 200);
  put_lock(group(), "CanNotDelete");
  BOOST_TEST(del(group()).message().find("are locked: '" + subscription() + "/resourceGroups/g," +
                                         vault() + "'") != std::string::npos);
  BOOST_TEST(get(group()).property("provisioningState").string_or() == "Succeeded");
}

BOOST_FIXTURE_TEST_CASE(other_extensions_are_locked_too, OthersFixture) {
  put(assignment(vault()), assign(reader_role, someone), roles_version);
  put_lock(vault(), "CanNotDelete");
  BOOST_TEST(del(assignment(vault()), roles_version).code() == "ScopeLocked");
  BOOST_TEST(put_lock(vault(), "ReadOnly").status == 200);
  BOOST_TEST(put(assignment(vault(), 2), assign(owner_role, someone), roles_version).code() ==
             "ScopeLocked");
  BOOST_TEST(put_lock(vault(), "CanNotDelete", "second").status == 201);
}

BOOST_FIXTURE_TEST_CASE(a_level_that_is_not_specified_locks_nothing, OthersFixture) {
  put_lock(vault(), "NotSpecified");
  BOOST_TEST(del(vault()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(lists_hold_what_is_below_or_above, OthersFixture) {
  put_lock(subscription(), "CanNotDelete", "s");
  put_lock(group(), "CanNotDelete", "g");
  put_lock(vault(), "CanNotDelete", "v");
  auto at = [&](const std::string& scope, const std::string& filter = {}) {
    return names(scope + "/providers/Microsoft.Authorization/locks" + filter, locks_version);
  };
  BOOST_TEST(at(subscription()) == "s g v ");
  BOOST_TEST(at(group()) == "g v ");
  BOOST_TEST(at(vault()) == "v ");
  BOOST_TEST(at(vault(), "?$filter=atScope()") == "s g v ");
  BOOST_TEST(at(group(), "?$filter=atScope()") == "s g ");
}

BOOST_FIXTURE_TEST_CASE(bad_locks_are_refused_with_the_reason, OthersFixture) {
  BOOST_TEST(put_lock(vault(), "Never").message() ==
             "The lock is not valid. Its level must be 'CanNotDelete' or 'ReadOnly'.");
  BOOST_TEST(put(lock(vault()), "{}", locks_version).code() == "InvalidLock");
  BOOST_TEST(put_lock(vault(), "ReadOnly", "a%3Cb").message() ==
             "The lock is not valid. Its name must not hold any of <, >, %, &, \\, ?, /.");
  BOOST_TEST(put_lock(vault(), "ReadOnly", std::string(260, 'x')).status == 201);
  BOOST_TEST(put_lock(vault(), "ReadOnly", std::string(261, 'x')).message() ==
             "The lock is not valid. Its name is longer than 260 bytes.");
  auto notes = [&](std::size_t size) {
    return put(lock(vault()),
               R"({"properties":{"level":"ReadOnly","notes":")" + std::string(size, 'n') + "\"}}",
               locks_version);
  };
  BOOST_TEST(notes(512).status == 201);
  BOOST_TEST(notes(513).message() == "The lock is not valid. Its notes are longer than 512 bytes.");
  BOOST_TEST(put_lock(vault("kv9"), "ReadOnly").code() == "ResourceNotFound");
  BOOST_TEST(put(lock(vault()), R"({"properties":{"level":"ReadOnly"}})", roles_version).code() ==
             "NoRegisteredProviderFound");
}

BOOST_FIXTURE_TEST_CASE(locks_go_with_their_vault, OthersFixture) {
  put_lock(vault(), "ReadOnly");
  emulator->seed(vault(), nullptr);
  make_vault();
  BOOST_TEST(get(lock(vault()), locks_version).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
