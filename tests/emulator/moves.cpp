#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct MoveFixture : OthersFixture {
  MoveFixture() { make_group("to"); }
  std::string body(const std::string& id, const std::string& target) const {
    return R"({"resources":[")" + id + R"("],"targetResourceGroup":")" + target + "\"}";
  }
  Answer move(const std::string& id, const std::string& target) {
    return post(group() + "/moveResources", body(id, target));
  }
  std::string to() const { return group("to"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(moves)

BOOST_FIXTURE_TEST_CASE(a_vault_goes_to_another_group_with_all_that_it_has, MoveFixture) {
  put(vault() + "/keys/k1", R"({"properties":{"kty":"RSA"}})");
  emulator->seed(vault() + "/privateEndpointConnections/pe1",
                 Document::object({{"properties", Document::object()}}));
  put_lock(vault(), "CanNotDelete");
  const Answer accepted = move(vault(), to());
  BOOST_TEST(accepted.status == 202, accepted.body);
  BOOST_TEST(accepted.header("Retry-After") == "1");
  BOOST_TEST(get(accepted.header("Location")).status == 202);
  BOOST_TEST(get(vault()).status == 200);
  clock.advance(2s);
  BOOST_TEST(get(accepted.header("Location")).status == 204);

  BOOST_TEST(get(vault()).code() == "ResourceNotFound");
  const Answer moved = get(vault("kv1", "to"));
  BOOST_TEST(moved.status == 200);
  BOOST_TEST(moved.json()["id"].string_or() == vault("kv1", "to"));
  BOOST_TEST(moved.property("privateEndpointConnections").as_array()[0]["id"].string_or() ==
             vault("kv1", "to") + "/privateEndpointConnections/pe1");
  const Answer key = get(vault("kv1", "to") + "/keys/k1");
  BOOST_TEST(key.status == 200);
  BOOST_TEST(key.json()["id"].string_or() == vault("kv1", "to") + "/keys/k1");
  BOOST_TEST(names(vault("kv1", "to") + "/keys") == "k1 ");
  BOOST_TEST(get(vault("kv1", "to") + "/keys/k1/versions").json()["value"].size() == 1u);
  BOOST_TEST(names(to() + "/resources") == "kv1 ");
  BOOST_TEST(names(group() + "/resources") == "");
  // The lock went along.
  const Answer moved_lock = get(lock(vault("kv1", "to")), locks_version);
  BOOST_TEST(moved_lock.status == 200);
  BOOST_TEST(moved_lock.json()["id"].string_or() == lock(vault("kv1", "to")));
  BOOST_TEST(get(lock(vault()), locks_version).status == 404);
  BOOST_TEST(del(vault("kv1", "to")).code() == "ScopeLocked");
  BOOST_TEST(del(lock(vault("kv1", "to")), locks_version).status == 200);
  BOOST_TEST(del(vault("kv1", "to")).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_move_is_checked_without_being_made, MoveFixture) {
  const Answer accepted = post(group() + "/validateMoveResources", body(vault(), to()));
  BOOST_TEST(accepted.status == 202, accepted.body);
  clock.advance(2s);
  BOOST_TEST(get(accepted.header("Location")).status == 204);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(post(group() + "/validateMoveResources", body(vault("none"), to())).code() ==
             "ResourceNotFound");
}

BOOST_FIXTURE_TEST_CASE(a_move_that_cannot_be_made_is_refused, MoveFixture) {
  BOOST_TEST(move(vault(), group("none")).code() == "ResourceGroupNotFound");
  BOOST_TEST(
      move(vault(), group()).message().find("The source and the target group are the same.") !=
      std::string::npos);
  BOOST_TEST(
      move(vault(), "x").message().find("The targetResourceGroup 'x' is no resource group id.") !=
      std::string::npos);
  BOOST_TEST(move("x", to()).code() == "ResourceNotFound");
  BOOST_TEST(move(vault(), vault()).status == 400);
  BOOST_TEST(move(vault(), "/subscriptions/00000000-0000-4000-8000-00000000000c/resourceGroups/g")
                 .code() == "SubscriptionNotFound");
  BOOST_TEST(post(group("none") + "/moveResources", body(vault(), to())).code() ==
             "ResourceGroupNotFound");
  BOOST_TEST(post(to() + "/moveResources", body(vault(), group())).code() == "ResourceNotFound");
  const Answer none =
      post(group() + "/moveResources", R"({"resources":[],"targetResourceGroup":")" + to() + "\"}");
  BOOST_TEST(none.message().find("The resources must be 1 to 800.") != std::string::npos);
  std::string many = "\"" + vault() + "\"";
  for (int i = 0; i < 800; ++i) many += ",\"" + vault() + "\"";
  BOOST_TEST(post(group() + "/moveResources",
                  R"({"resources":[)" + many + R"(],"targetResourceGroup":")" + to() + "\"}")
                 .status == 400);
  del(to());
  BOOST_TEST(move(vault(), to()).code() == "ResourceGroupBeingDeleted");
  del(group());
  make_group("third");
  BOOST_TEST(move(vault(), group("third")).code() == "ResourceGroupBeingDeleted");
}

BOOST_FIXTURE_TEST_CASE(a_move_writes_over_nothing_of_the_same_name, MoveFixture) {
  const std::string id = group() + "/providers/Microsoft.Other/things/t1";
  const std::string there = resource_group_id(emulator->identity().subscription_id, "to") +
                            "/providers/Microsoft.Other/things/t1";
  const auto thing = [](const char* mark) {
    return Document::object({{"properties", Document::object({{"mark", mark}})}});
  };
  emulator->seed(id, thing("source"));
  emulator->seed(there, thing("target"));
  for (const char* verb : {"/moveResources", "/validateMoveResources"}) {
    const Answer refused = post(group() + verb, body(id, to()));
    BOOST_TEST(refused.status == 409);
    BOOST_TEST(refused.message() ==
               "The resource '" + there + "' already exists in the target resource group.");
  }
  // It comes there while the move is under way.
  emulator->seed(there, nullptr);
  emulator->seed(group() + "/providers/Microsoft.Other/things/t0", thing("first"));
  const Answer accepted =
      post(group() + "/moveResources", R"({"resources":[")" + group() +
                                           R"(/providers/Microsoft.Other/things/t0",")" + id +
                                           R"("],"targetResourceGroup":")" + to() + "\"}");
  BOOST_TEST(accepted.status == 202, accepted.body);
  emulator->seed(there, thing("target"));
  clock.advance(2s);
  const Answer failed = get(accepted.header("Location"));
  BOOST_TEST(failed.status == 409);
  BOOST_TEST(failed.message() ==
             "Nothing was moved: since the move began, the target resource group has got a "
             "resource of the same type and name.");
  BOOST_TEST(emulator->peek(there)["properties"]["mark"].string_or() == "target");
  BOOST_TEST(emulator->peek(id)["properties"]["mark"].string_or() == "source");
  BOOST_TEST(names(group() + "/resources") == "kv1 t0 t1 ");
}

BOOST_FIXTURE_TEST_CASE(a_move_is_refused_by_a_read_only_lock_wherever_it_would_write,
                        MoveFixture) {
  for (const std::string& scope : {vault(), group(), to(), subscription()}) {
    put_lock(scope, "ReadOnly");
    const Answer refused = move(vault(), to());
    BOOST_TEST(refused.status == 409);
    BOOST_TEST(refused.code() == "ScopeLocked", scope);
    BOOST_TEST(del(lock(scope), locks_version).status == 200);
  }
  put_lock(to(), "CanNotDelete");
  BOOST_TEST(move(vault(), to()).status == 202);
}

BOOST_FIXTURE_TEST_CASE(a_move_needs_the_right_to_write_to_the_target, MoveFixture) {
  as(add("Contributor", group()));
  const Answer refused = move(vault(), to());
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.message().find("Microsoft.Resources/subscriptions/resourceGroups/write") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_move_to_a_group_that_goes_meanwhile_moves_nothing, MoveFixture) {
  move(vault(), to());
  del(to());
  clock.advance(2s);
  BOOST_TEST(get(to()).status == 404);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(get(deleted()).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
