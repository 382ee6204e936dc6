// What role assignments and locks have in common: their mark, and how they go in a teardown.
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

constexpr const char* estate = R"(
apiVersion: akv/v1
deployment: down
principals: {app: 1b2c0000-0000-4000-8000-000000000001}
resourceGroups:
  - name: rg-down
    location: westeurope
    locks: [{name: freeze}]
    vaults:
      - {name: kv-down-a, locks: [{name: keep, level: ReadOnly}]}
      - {name: kv-down-b, roleAssignments: [{principal: app, role: Key Vault Reader}]}
)";

void put_lock(World& world, const std::string& scope, const std::string& name) {
  world.other(http::Method::put, scope + "/providers/Microsoft.Authorization/locks/" + name,
              Document::object({{"properties", Document::object({{"level", "CanNotDelete"}})}}),
              "2020-05-01");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(companions)

BOOST_AUTO_TEST_CASE(the_mark_stands_behind_the_text_of_its_user) {
  BOOST_TEST(kinds::marked("on call", "pay") == "on call [akv-deployment: pay]");
  BOOST_TEST(kinds::marked("", "pay") == "[akv-deployment: pay]");
  for (const std::string text : {"", "on call", "a [b] c", "[akv-deployment: x] and more"}) {
    const auto read = kinds::read_marked(kinds::marked(text, "pay"));
    BOOST_TEST(read.text == text);
    BOOST_TEST(read.deployment == "pay");
    BOOST_TEST(kinds::read_marked(text).deployment == "");
    BOOST_TEST(kinds::read_marked(text).text == text);
  }
}

BOOST_AUTO_TEST_CASE(a_parent_is_what_stands_before_the_last_provider) {
  BOOST_TEST(kinds::parent_of("/subscriptions/s/resourceGroups/g/providers/microsoft.authorization/"
                              "locks/x") == "/subscriptions/s/resourceGroups/g");
  BOOST_TEST(kinds::parent_of("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/"
                              "vaults/v/providers/Microsoft.Authorization/roleAssignments") ==
             "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v");
  BOOST_TEST(kinds::parent_of("/providers/Microsoft.Authorization/roleAssignments/x") == "");
  BOOST_TEST(kinds::parent_of("nonsense") == "");
  BOOST_TEST((kinds::find_companion_list("vault") == nullptr));
}

BOOST_FIXTURE_TEST_CASE(our_own_locks_are_taken_away_before_what_they_protect, World) {
  converge(estate);
  const auto planned = plan_teardown(estate);
  BOOST_TEST(summary(planned.plan) ==
             "delete lock rg-down/freeze\ndelete lock rg-down/kv-down-a/keep\ndelete vault "
             "rg-down/kv-down-a\ndelete vault rg-down/kv-down-b\ndelete resourceGroup rg-down\n");
  BOOST_TEST((planned.plan.changes[2].waits_for == std::vector<std::size_t>{0, 1}));
  BOOST_TEST((planned.plan.changes[3].waits_for == std::vector<std::size_t>{0}));
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 5u);
  BOOST_TEST((other(http::Method::get, group_id("rg-down"), {}, "2021-04-01").status) == 404);
}

BOOST_FIXTURE_TEST_CASE(a_lock_of_somebody_else_is_refused_by_its_name, World) {
  converge(estate);
  put_lock(*this, vault_id("rg-down", "kv-down-b"), "audit");
  const auto planned = plan_teardown(estate);
  BOOST_TEST(
      summary(planned.plan) ==
      "delete lock rg-down/freeze\ndelete lock rg-down/kv-down-a/keep\ndelete vault "
      "rg-down/kv-down-a\nrefused rg-down/kv-down-b locked: lock \"audit\" (CanNotDelete) on "
      "rg-down/kv-down-b forbids it\n");
  put_lock(*this, group_id("rg-down"), "freeze-all");
  const auto refused = plan_teardown(estate).plan.refused;
  BOOST_REQUIRE(refused.size() == 3u);
  BOOST_TEST(refused[0].message == "lock \"freeze-all\" (CanNotDelete) on rg-down forbids it");
  BOOST_TEST(refused[0].remedy == "ask its owner to take it away, then run teardown again");
}

BOOST_FIXTURE_TEST_CASE(locks_that_may_not_be_listed_are_warned_of, World) {
  converge(
      "apiVersion: akv/v1\ndeployment: down\nresourceGroups: [{name: rg-down, location: "
      "westeurope}]\n");
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("/locks") == std::string::npos) return std::nullopt;
    http::Response response{.status = 403};
    response.body = R"({"error":{"code":"AuthorizationFailed","message":"no right"}})";
    return response;
  });
  const auto planned =
      plan_teardown("apiVersion: akv/v1\ndeployment: down\nresourceGroups: [{name: rg-down}]\n");
  BOOST_TEST(planned.plan.changes.size() == 1u);
  BOOST_REQUIRE(planned.plan.warnings.size() == 1u);
  BOOST_TEST(planned.plan.warnings[0].starts_with("no right to list the locks of subscription "));
}

BOOST_FIXTURE_TEST_CASE(what_is_ours_beside_objects_that_stay_goes, World) {
  converge(
      "apiVersion: akv/v1\ndeployment: host\nresourceGroups: [{name: rg-host, location: "
      "westeurope, vaults: [{name: kv-host}]}]\n");
  const std::string guest =
      "apiVersion: akv/v1\ndeployment: guest\nprincipals: {app: "
      "1b2c0000-0000-4000-8000-000000000001}\nresourceGroups:\n  - name: rg-host\n    existing: "
      "true\n    vaults:\n      - name: kv-host\n        existing: true\n        locks: [{name: "
      "guest}]\n        roleAssignments: [{principal: app, role: Key Vault Reader}, {objectId: "
      "2b2c0000-0000-4000-8000-000000000002, role: Key Vault Reader}]\n";
  converge(guest);
  put_lock(*this, vault_id("rg-host", "kv-host"), "hosts-own");
  const auto planned = plan_teardown(guest);
  BOOST_TEST(summary(planned.plan) ==
             "delete roleAssignment rg-host/kv-host/Key Vault Reader of "
             "2b2c0000-0000-4000-8000-000000000002\n"
             "delete roleAssignment rg-host/kv-host/Key Vault Reader of app\n"
             "delete lock rg-host/kv-host/guest\n");
}

BOOST_AUTO_TEST_SUITE_END()
