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
resourceGroups:
  - name: rg-down
    location: westeurope
    vaults:
      - {name: kv-down-a, softDeleteRetentionInDays: 30}
      - {name: kv-down-b}
)";

Document stranger(const std::string& type) {
  return Document::object(
      {{"type", type}, {"location", "westeurope"}, {"properties", Document::object()}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(teardown)

BOOST_FIXTURE_TEST_CASE(deletes_vaults_then_their_group_and_says_what_is_soft_deleted, World) {
  converge(estate);
  emulator->clear_requests();
  const auto planned = plan_teardown(estate);
  BOOST_TEST(summary(planned.plan) ==
             "delete vault rg-down/kv-down-a\ndelete vault rg-down/kv-down-b\n"
             "delete resourceGroup rg-down\n");
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 3u);
  BOOST_TEST(writes().size() == 3u);
  const auto left = kinds::soft_deleted_after(planned, *connection, Context{.clock = &clock});
  BOOST_REQUIRE(left.size() == 2u);
  BOOST_TEST(left[0].name == "kv-down-a");
  BOOST_TEST(left[0].gone_on == "2026-12-22");
  BOOST_TEST((other(http::Method::get, group_id("rg-down"), {}, "2021-04-01").status) == 404);
}

BOOST_FIXTURE_TEST_CASE(a_stranger_in_the_group_stops_it, World) {
  converge(estate);
  emulator->seed(group_id("rg-down") + "/providers/Microsoft.Storage/storageAccounts/logs",
                 stranger("Microsoft.Storage/storageAccounts"));
  const auto planned = plan_teardown(estate);
  BOOST_REQUIRE(planned.plan.guards.size() == 1u);
  BOOST_TEST(planned.plan.guards[0].id == "strangers");
  kinds::TeardownOptions allowed;
  allowed.allow = {{"strangers", "*"}};
  BOOST_TEST(plan_teardown(estate, allowed).plan.guards.empty());
}

BOOST_FIXTURE_TEST_CASE(a_stranger_that_comes_after_the_inventory_saves_the_group, World) {
  converge(estate);
  const auto planned = plan_teardown(estate);
  emulator->seed(group_id("rg-down") + "/providers/Microsoft.Storage/storageAccounts/late",
                 stranger("Microsoft.Storage/storageAccounts"));
  const auto result = apply(planned);
  BOOST_TEST((result.changes.back().outcome == Outcome::failed));
  BOOST_TEST(result.changes.back().error.code == "Strangers");
  BOOST_TEST((other(http::Method::get, group_id("rg-down"), {}, "2021-04-01").status) == 200);
}

BOOST_FIXTURE_TEST_CASE(a_protected_vault_refuses_and_no_option_lifts_it, World) {
  const std::string guarded = std::string(estate) + "      - {name: kv-down-c, protect: true}\n";
  converge(guarded);
  kinds::TeardownOptions all;
  for (const auto id : engine::guard_ids()) all.allow.push_back({std::string(id), "*"});
  const auto planned = plan_teardown(guarded, all);
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  BOOST_TEST(planned.plan.refused[0].code == "protected");
  BOOST_TEST(planned.plan.refused[0].stops_run);
}

BOOST_FIXTURE_TEST_CASE(a_vault_protected_after_the_inventory_is_not_deleted, World) {
  converge(estate);
  const auto planned = plan_teardown(estate);
  const std::string id = vault_id("rg-down", "kv-down-a");
  Document vault = emulator->peek(id);
  vault.set("tags").set("akv-protect", "true");
  emulator->seed(id, vault);
  const auto result = apply(planned);
  BOOST_TEST((result.changes[0].outcome == Outcome::failed));
  BOOST_TEST((result.changes[2].outcome == Outcome::skipped));
  BOOST_TEST(!emulator->peek(id).is_null());
}

BOOST_FIXTURE_TEST_CASE(a_group_protected_after_the_inventory_is_not_deleted, World) {
  converge(estate);
  const auto planned = plan_teardown(estate);
  const Document tags = Document::object({{"akv-deployment", "down"}, {"akv-protect", "true"}});
  other(http::Method::patch, group_id("rg-down"), Document::object({{"tags", tags}}), "2021-04-01");
  const auto result = apply(planned);
  BOOST_TEST((result.changes.back().outcome == Outcome::failed));
  BOOST_TEST(result.changes.back().error.message ==
             "the tag akv-protect was set since the inventory was made");
  BOOST_TEST((other(http::Method::get, group_id("rg-down"), {}, "2021-04-01").status) == 200);
}

BOOST_FIXTURE_TEST_CASE(a_group_that_got_another_mark_after_the_inventory_is_not_deleted, World) {
  converge(estate);
  const auto planned = plan_teardown(estate);
  const Document tags = Document::object({{"akv-deployment", "theirs"}});
  other(http::Method::patch, group_id("rg-down"), Document::object({{"tags", tags}}), "2021-04-01");
  const auto result = apply(planned);
  BOOST_TEST((result.changes.back().outcome == Outcome::failed));
  BOOST_TEST(result.changes.back().error.message ==
             "its mark was changed since the inventory was made");
}

BOOST_FIXTURE_TEST_CASE(a_delete_that_the_plan_saw_nothing_of_needs_the_deployments_mark, World) {
  converge(estate);
  auto planned = plan_teardown(estate);
  for (auto& change : planned.plan.changes) change.live = Document();
  const Document tags = Document::object({{"akv-deployment", "theirs"}});
  other(http::Method::patch, vault_id("rg-down", "kv-down-a"), Document::object({{"tags", tags}}));
  const auto result = apply(planned);
  BOOST_TEST((result.changes[0].outcome == Outcome::failed));
  BOOST_TEST(result.changes[0].error.code == "OtherMark");
  BOOST_TEST((result.changes[1].outcome == Outcome::succeeded));
}

BOOST_FIXTURE_TEST_CASE(a_group_that_akv_did_not_make_stays, World) {
  other(http::Method::put, group_id("rg-theirs"), Document::object({{"location", "westeurope"}}),
        "2021-04-01");
  const std::string yaml = R"(
apiVersion: akv/v1
deployment: down
resourceGroups:
  - {name: rg-theirs, existing: true, vaults: [{name: kv-guest}]}
)";
  converge(yaml);
  const auto planned = plan_teardown(yaml);
  BOOST_TEST(summary(planned.plan) == "delete vault rg-theirs/kv-guest\n");
  apply(planned);
  BOOST_TEST((other(http::Method::get, group_id("rg-theirs"), {}, "2021-04-01").status) == 200);
}

BOOST_FIXTURE_TEST_CASE(purge_ends_what_may_be_purged_and_spares_the_protected, World) {
  const std::string yaml =
      std::string(estate) + "      - {name: kv-down-p, enablePurgeProtection: true}\n";
  converge(yaml);
  kinds::TeardownOptions options;
  options.purge = true;
  const auto planned = plan_teardown(yaml, options);
  BOOST_TEST(planned.plan.count(engine::Action::purge) == 2u);
  apply(planned);
  const auto left = kinds::soft_deleted_after(planned, *connection, Context{.clock = &clock});
  BOOST_REQUIRE(left.size() == 1u);
  BOOST_TEST(left[0].name == "kv-down-p");
  BOOST_TEST(left[0].purge_protected);
}

BOOST_FIXTURE_TEST_CASE(purge_also_works_when_the_groups_are_long_gone, World) {
  converge(estate);
  apply(plan_teardown(estate));
  BOOST_TEST(plan_teardown(estate).plan.changes.empty());
  BOOST_TEST(plan_teardown(estate).plan.soft_deleted.size() == 2u);
  kinds::TeardownOptions options;
  options.purge = true;
  const auto planned = plan_teardown(estate, options);
  BOOST_TEST(summary(planned.plan) ==
             "purge vault rg-down/kv-down-a\npurge vault rg-down/kv-down-b\n");
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 2u);
  BOOST_TEST(plan_teardown(estate).plan.soft_deleted.empty());
}

BOOST_FIXTURE_TEST_CASE(without_a_manifest_a_group_is_known_by_its_marks, World) {
  converge(estate);
  kinds::TeardownOptions options;
  options.groups = {"RG-down"};
  options.subscription = emulator->identity().subscription_id;
  const auto planned =
      kinds::plan_teardown(nullptr, registry, *connection, options, Context{.clock = &clock});
  BOOST_TEST(planned.plan.guards.empty());
  BOOST_TEST(planned.plan.count(engine::Action::del) == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_vault_that_the_manifest_only_uses_keeps_its_group, World) {
  converge(std::string(estate) + "      - {name: kv-down-used}\n");
  const std::string uses = std::string(estate) + "      - {name: kv-down-used, existing: true}\n";
  const auto planned = plan_teardown(uses);
  BOOST_TEST(summary(planned.plan) ==
             "delete vault rg-down/kv-down-a\ndelete vault rg-down/kv-down-b\n");
  BOOST_TEST(planned.plan.warnings.size() == 1u);
  // Nor is it purged once somebody has deleted it.
  other(http::Method::del, vault_id("rg-down", "kv-down-used"));
  kinds::TeardownOptions purge;
  purge.purge = true;
  BOOST_TEST(summary(plan_teardown(uses, purge).plan).find("purge vault rg-down/kv-down-used") ==
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_copied_manifest_does_not_delete_the_vaults_of_the_original, World) {
  converge(estate);
  std::string copy = estate;
  copy.replace(copy.find("deployment: down"), 16, "deployment: copy");
  const auto planned = plan_teardown(copy);
  BOOST_TEST(planned.plan.changes.empty());
  BOOST_REQUIRE(planned.plan.refused.size() == 2u);
  BOOST_TEST(planned.plan.refused[0].message == "it belongs to deployment down");
}

BOOST_FIXTURE_TEST_CASE(a_vault_without_a_mark_is_not_deleted, World) {
  converge(estate);
  const std::string id = vault_id("rg-down", "kv-down-a");
  Document vault = emulator->peek(id);
  vault.set("tags", Document::object());
  emulator->seed(id, vault);
  const auto planned = plan_teardown(estate);
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  BOOST_TEST(planned.plan.refused[0].code == "not-adopted");
  BOOST_TEST(summary(planned.plan).find("delete vault rg-down/kv-down-a") == std::string::npos);
  BOOST_TEST(summary(planned.plan).find("delete resourceGroup") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_mistyped_group_is_no_job_done, World) {
  kinds::TeardownOptions options;
  options.groups = {"rg-typo"};
  options.subscription = emulator->identity().subscription_id;
  const auto planned =
      kinds::plan_teardown(nullptr, registry, *connection, options, Context{.clock = &clock});
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  BOOST_TEST(planned.plan.refused[0].code == "missing");
}

namespace {

constexpr const char* closed_id = "9c0d0000-0000-4000-8000-00000000000b";

void close_subscription(World& world, int status, const std::string& code) {
  world.emulator->intercept([=](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find(closed_id) == std::string::npos) return std::nullopt;
    http::Response response{.status = status};
    response.body = R"({"error":{"code":")" + code + R"(","message":"closed"}})";
    return response;
  });
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(
    nothing_but_closed_subscriptions_is_an_error_and_no_right_on_a_group_is_none, World) {
  kinds::TeardownOptions options;
  options.groups = {"rg-down"};
  options.subscription = closed_id;
  const Context context{.clock = &clock};
  const auto teardown = [&] {
    return kinds::plan_teardown(nullptr, registry, *connection, options, context).plan;
  };
  close_subscription(*this, 404, "SubscriptionNotFound");
  BOOST_CHECK_THROW(teardown(), NotFoundError);
  close_subscription(*this, 401, "InvalidAuthenticationTokenTenant");
  BOOST_CHECK_THROW(teardown(), AuthenticationError);
  close_subscription(*this, 403, "AuthorizationFailed");
  BOOST_TEST(teardown().unreadable.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(one_closed_subscription_leaves_the_others_to_a_teardown, World) {
  converge(estate);
  const std::string with_closed =
      std::string(estate) +
      "  - name: rg-there\n    location: westeurope\n    subscription: " + closed_id +
      "\n    existing: true\n    locks: [{name: keep}]\n    vaults: [{name: kv-there, "
      "existing: true}]\n";
  for (const auto& [status, code] : {std::pair(404, "SubscriptionNotFound"),
                                     std::pair(401, "InvalidAuthenticationTokenTenant")}) {
    close_subscription(*this, status, code);
    const engine::Plan plan = plan_teardown(with_closed).plan;
    BOOST_TEST(plan.changes.size() == 3U, code);
    BOOST_TEST(plan.warnings.empty(), code);
    // The group, and the list beside it.
    BOOST_REQUIRE_EQUAL(plan.unreadable.size(), 2U);
    for (const engine::Unreadable& what : plan.unreadable)
      BOOST_TEST(what.remedy.find(closed_id) != std::string::npos, what.remedy);
  }
}

BOOST_AUTO_TEST_SUITE_END()
