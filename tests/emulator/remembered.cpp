#include "akv/emulator/remembered.hpp"

#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/store.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::emulator;

namespace {

const std::string subscription = "00000000-0000-0000-0000-000000000001";
const std::string vault =
    "/subscriptions/" + subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";

struct Site {
  Store store{std::filesystem::path()};

  std::string location_of_group() {
    const auto group = store.group(subscription, "RG");
    return group ? group->location : "none";
  }
  void put_group(const std::string& location) {
    store.put_group({subscription, "rg", location, "{}"});
  }
  std::string body_of_vault() {
    const auto found = store.resource(vault);
    return found ? found->body : "none";
  }
  void put_vault(const std::string& body) {
    store.put_resource({.id = vault,
                        .subscription = subscription,
                        .group = "rg",
                        .type = "Microsoft.KeyVault/vaults",
                        .name = "kv",
                        .location = "eastus",
                        .body = body,
                        .summary = "{}"});
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(remembered)

BOOST_FIXTURE_TEST_CASE(what_was_asked_is_asked_again_after_every_change, Site) {
  BOOST_TEST(location_of_group() == "none");
  put_group("eastus");
  BOOST_TEST(location_of_group() == "eastus");
  put_group("westus");
  BOOST_TEST(location_of_group() == "westus");
  store.remove_group(subscription, "rg");
  BOOST_TEST(location_of_group() == "none");

  BOOST_TEST(body_of_vault() == "none");
  put_vault("first");
  BOOST_TEST(body_of_vault() == "first");
  put_vault("second");
  BOOST_TEST(body_of_vault() == "second");
  store.remove_resource(vault);
  BOOST_TEST(body_of_vault() == "none");

  BOOST_TEST(!store.subscription(subscription));
  store.put_subscription({subscription, "tenant"});
  BOOST_TEST(store.subscription(subscription)->tenant_id == "tenant");

  ExtensionStore extensions(store);
  BOOST_TEST(store.roles_of("somebody").empty());
  extensions.put({.id = vault + "/providers/Microsoft.Authorization/roleAssignments/a",
                  .type = "Microsoft.Authorization/roleAssignments",
                  .scope = vault,
                  .name = "a",
                  .body = "{}",
                  .principal = "Somebody",
                  .detail = "reader"});
  BOOST_REQUIRE(store.roles_of("somebody").size() == 1U);
  BOOST_TEST(store.roles_of("SOMEBODY")[0].role == "reader");
  extensions.remove_within(vault);
  BOOST_TEST(store.roles_of("somebody").empty());
}

BOOST_FIXTURE_TEST_CASE(what_a_transaction_took_back_is_forgotten_with_it, Site) {
  put_group("eastus");
  {
    const Transaction undone(store.database());
    put_group("westus");
    BOOST_TEST(location_of_group() == "westus");
  }
  BOOST_TEST(location_of_group() == "eastus");
  Transaction transaction(store.database());
  {
    const Savepoint undone(store.database());
    put_vault("first");
    BOOST_TEST(body_of_vault() == "first");
  }
  BOOST_TEST(body_of_vault() == "none");
  transaction.commit();
}

BOOST_FIXTURE_TEST_CASE(a_store_that_is_replaced_by_another_forgets_what_it_said, Site) {
  put_group("eastus");
  BOOST_TEST(location_of_group() == "eastus");
  Site other;
  other.put_group("westus");
  other.store.database().copy_to(store.database());
  BOOST_TEST(location_of_group() == "westus");
}

BOOST_AUTO_TEST_CASE(no_more_is_kept_than_its_cap_says) {
  Remembered<std::string> answers;
  int asked = 0;
  const auto ask = [&](const std::string& question, std::size_t size) {
    answers.at(
        1, question,
        [&] {
          ++asked;
          return std::string();
        },
        [&](const std::string&) { return size - sizeof(std::string) - question.size(); });
  };
  constexpr std::size_t cap = Remembered<std::string>::most_bytes;
  ask("a", cap - 100);
  ask("b", 100);
  BOOST_TEST(answers.bytes() == cap);
  ask("a", 0);
  ask("b", 0);
  BOOST_TEST(asked == 2);  // at the cap, both are known

  ask("c", 100);  // the last one over it
  ask("a", 200);
  BOOST_TEST(asked == 4);
  BOOST_TEST(answers.bytes() == 200U);
}

BOOST_AUTO_TEST_SUITE_END()
