// Whose objects they are: marks, adoption, existing ones, soft-deleted twins.
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

std::string yaml_of(const std::string& vault, const std::string& deployment = "mine") {
  return "apiVersion: akv/v1\ndeployment: " + deployment +
         "\nprincipals: {app: 1b2c0000-0000-4000-8000-000000000001}\n"
         "resourceGroups:\n  - name: rg-own\n    location: westeurope\n    vaults:\n" +
         vault;
}

constexpr const char* plain = "      - {name: kv-own, sku: standard}\n";
constexpr const char* with_policy =
    "      - name: kv-own\n        enableRbacAuthorization: false\n"
    "        accessPolicies: [{principal: app, permissions: {secrets: [get]}}]\n";

struct Theirs : World {
  Theirs() {
    other(http::Method::put, group_id("rg-own"), Document::object({{"location", "westeurope"}}),
          "2021-04-01");
    const std::string tenant = emulator->identity().tenant_id;
    other(
        http::Method::put, vault_id("rg-own", "kv-own"),
        Document::parse(
            R"({"location":"westeurope","properties":{"tenantId":")" + tenant +
            R"(","sku":{"family":"A","name":"standard"},"enableRbacAuthorization":false,"accessPolicies":[{"tenantId":")" +
            tenant +
            R"(","objectId":"9f3e0000-0000-4000-8000-000000000007","permissions":{"secrets":["Get"]}}]}})"));
    clock.advance(std::chrono::seconds(60));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ownership)

BOOST_FIXTURE_TEST_CASE(what_others_made_is_not_touched_without_adopt, Theirs) {
  const auto planned = plan(yaml_of(with_policy));
  BOOST_TEST(planned.plan.changes.empty());
  BOOST_REQUIRE(planned.plan.refused.size() == 2u);
  BOOST_TEST(planned.plan.refused[1].code == "not-adopted");
}

BOOST_FIXTURE_TEST_CASE(adopting_removes_nothing_and_the_next_run_does, Theirs) {
  converge(yaml_of(with_policy), {.adopt = {"*"}});
  const Document vault = live("rg-own", "kv-own");
  BOOST_TEST(vault["tags"]["akv-deployment"].string_or() == "mine");
  BOOST_TEST(vault["properties"]["accessPolicies"].size() == 2u);
  BOOST_TEST(summary(plan(yaml_of(with_policy), {.allow = {{"access-removed", "*"}}}).plan) ==
             "update vault rg-own/kv-own\n"
             "  accessPolicies[9f3e0000-0000-4000-8000-000000000007].permissions.secrets -get\n");
}

BOOST_FIXTURE_TEST_CASE(another_deployments_mark_is_refused, World) {
  converge(yaml_of(plain, "theirs"));
  const auto planned = plan(yaml_of(plain), {.adopt = {"*"}});
  BOOST_TEST(!planned.plan.guards.empty() + !planned.plan.refused.empty() > 0);
  BOOST_TEST(summary(planned.plan).find("theirs") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_existing_vault_gets_its_policies_and_no_mark, Theirs) {
  const std::string yaml =
      "apiVersion: akv/v1\ndeployment: mine\nprincipals: {app: "
      "1b2c0000-0000-4000-8000-000000000001}\n"
      "resourceGroups:\n  - name: rg-own\n    existing: true\n    vaults:\n"
      "      - name: kv-own\n        existing: true\n"
      "        accessPolicies: [{principal: app, permissions: {secrets: [get]}}]\n";
  converge(yaml);
  const Document vault = live("rg-own", "kv-own");
  BOOST_TEST(vault["tags"].find("akv-deployment") == nullptr);
  BOOST_TEST(vault["properties"]["accessPolicies"].size() == 2u);
  BOOST_TEST(summary(plan(yaml).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_soft_deleted_name_is_refused_before_anything_is_written, World) {
  converge(yaml_of(plain));
  other(http::Method::del, vault_id("rg-own", "kv-own"));
  const auto planned = plan(yaml_of(plain));
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  BOOST_TEST(planned.plan.refused[0].code == "soft-deleted");
  BOOST_TEST(planned.plan.refused[0].message ==
             "deleted on 2026-11-22; Azure keeps its name and contents until 2027-02-20");
  BOOST_TEST(planned.plan.refused[0].stops_run);
}

BOOST_FIXTURE_TEST_CASE(recover_brings_it_back_and_then_in_line, World) {
  converge(yaml_of("      - {name: kv-own, sku: standard, tags: {a: '1'}}\n"));
  other(http::Method::del, vault_id("rg-own", "kv-own"));
  const std::string yaml =
      yaml_of("      - {name: kv-own, sku: premium, tags: {a: '2'}, onSoftDeleted: recover}\n");
  const auto planned = plan(yaml);
  BOOST_TEST(planned.plan.count(engine::Action::recover) == 1u);
  emulator->clear_requests();
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 1u);
  BOOST_TEST(writes().size() == 2u);
  BOOST_TEST(summary(plan(yaml).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_guard_that_refuses_after_a_recover_leaves_it_recovered, World) {
  converge(
      yaml_of("      - name: kv-own\n        enableRbacAuthorization: false\n"
              "        accessPolicies: [{principal: app, permissions: {secrets: [get, list, set, "
              "delete]}}]\n"));
  other(http::Method::del, vault_id("rg-own", "kv-own"));
  const std::string yaml = yaml_of(
      "      - name: kv-own\n        onSoftDeleted: recover\n        enableRbacAuthorization: "
      "false\n"
      "        accessPolicies: []\n");
  const auto planned = plan(yaml);
  const auto result = apply(planned);
  BOOST_TEST((result.changes[0].outcome == Outcome::failed));
  BOOST_TEST(result.changes[0].error.code == "RefusedByGuard");
  // All at once, so that one more run does.
  for (const char* guard : {"access-removed", "access-emptied"}) {
    BOOST_TEST(result.changes[0].error.message.find(std::string(guard) + ": ") !=
               std::string::npos);
    BOOST_TEST(result.changes[0].remedy.find(std::string("--allow ") + guard + "=rg-own/kv-own") !=
                   std::string::npos,
               result.changes[0].remedy);
  }
  // An applied plan takes no options: what makes it anew does.
  const auto of_saved = kinds::apply(planned, registry, *connection, {}, {.clock = &clock},
                                     "akv plan own.yaml --save today");
  BOOST_TEST(of_saved.changes[0].remedy ==
             "Put the entries back at test.yaml:11, or mean it:\nakv plan own.yaml --save today "
             "--allow access-removed=rg-own/kv-own --allow access-emptied=rg-own/kv-own --allow "
             "lockout=rg-own/kv-own");
  BOOST_TEST(live("rg-own", "kv-own")["properties"]["accessPolicies"].size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(purge_ends_the_old_vault_and_makes_a_new_one, World) {
  converge(yaml_of(plain));
  other(http::Method::del, vault_id("rg-own", "kv-own"));
  const std::string yaml = yaml_of("      - {name: kv-own, onSoftDeleted: purge}\n");
  BOOST_REQUIRE(plan(yaml).plan.guards.size() == 1u);
  BOOST_TEST(plan(yaml).plan.guards[0].id == "purge");
  const auto planned = plan(yaml, {.allow = {{"purge", "*"}}});
  BOOST_TEST(summary(planned.plan) == "purge vault rg-own/kv-own\ncreate vault rg-own/kv-own\n");
  BOOST_TEST(apply(planned, 4, {{"purge", "*"}}).count(Outcome::succeeded) == 2u);
  BOOST_TEST(summary(plan(yaml).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_vault_of_that_name_in_another_group_is_named_and_never_created_again,
                        World) {
  converge(yaml_of(plain));
  std::string moved = yaml_of(plain);
  moved.replace(moved.find("rg-own"), 6, "rg-new");
  const auto planned = plan(moved);
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  BOOST_TEST(planned.plan.refused[0].code == "twin");
  BOOST_TEST(summary(planned.plan).find(vault_id("rg-own", "kv-own")) != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(immutable_differences_block_one_object_and_the_rest_goes_on, World) {
  converge(
      yaml_of("      - {name: kv-own, softDeleteRetentionInDays: 30}\n      - {name: kv-own-b}\n"));
  const auto planned =
      plan(yaml_of("      - {name: kv-own, softDeleteRetentionInDays: 31}\n      - {name: "
                   "kv-own-b, sku: premium}\n"));
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  BOOST_TEST(!planned.plan.refused[0].stops_run);
  BOOST_TEST(planned.plan.refused[0].message ==
             "softDeleteRetentionInDays is 30, and Azure never changes it once it is set");
  BOOST_TEST(planned.plan.count(engine::Action::update) == 1u);
}

BOOST_FIXTURE_TEST_CASE(all_that_cannot_change_is_told_at_once, World) {
  converge(yaml_of(
      "      - {name: kv-own, softDeleteRetentionInDays: 30, enablePurgeProtection: true}\n"));
  const auto planned =
      plan(yaml_of("      - {name: kv-own, location: northeurope, softDeleteRetentionInDays: 31, "
                   "enablePurgeProtection: false}\n"));
  BOOST_REQUIRE(planned.plan.refused.size() == 1u);
  const engine::Refusal& refused = planned.plan.refused[0];
  BOOST_TEST(refused.code == "immutable");
  BOOST_TEST(!refused.stops_run);
  BOOST_TEST(refused.message ==
             "location is westeurope and cannot become northeurope; purge protection is on, and "
             "Azure never lets it be switched off; softDeleteRetentionInDays is 30, and Azure "
             "never changes it once it is set");
  BOOST_TEST(refused.remedy ==
             "a vault cannot move: give it another name, or keep the location it has; take "
             "enablePurgeProtection: false out, or set it to true; write 30, or leave "
             "softDeleteRetentionInDays out");
}

BOOST_FIXTURE_TEST_CASE(what_left_the_manifest_is_kept_and_named, World) {
  converge(yaml_of("      - {name: kv-own}\n      - {name: kv-own-b}\n"));
  const auto planned = plan(yaml_of("      - {name: kv-own}\n"));
  BOOST_TEST(planned.plan.changes.empty());
  BOOST_REQUIRE(planned.plan.kept.size() == 1u);
  BOOST_TEST(planned.plan.kept[0].find("kv-own-b") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(one_group_without_rights_does_not_stop_the_plan, World) {
  const std::string yaml = R"(
apiVersion: akv/v1
deployment: mine
resourceGroups:
  - {name: rg-own, location: westeurope, vaults: [{name: kv-own}]}
  - {name: rg-shut, location: westeurope, vaults: [{name: kv-shut}]}
)";
  emulator->intercept([this](const http::Request& request) -> std::optional<http::Response> {
    const bool whole =
        request.url.find("/resourcegroups?") != std::string::npos ||
        request.url.find(emulator->identity().subscription_id + "/providers/") != std::string::npos;
    if (!whole && request.url.find("rg-shut") == std::string::npos) return std::nullopt;
    return http::Response{
        .status = 403,
        .headers = {{"x-ms-request-id", "6f1f"}},
        .body = R"({"error":{"code":"AuthorizationFailed","message":"no right"}})"};
  });
  const auto planned = plan(yaml);
  // The group, and the vault in it.
  BOOST_REQUIRE(planned.plan.unreadable.size() == 2u);
  BOOST_TEST(planned.plan.unreadable[0].request_id == "6f1f");
  BOOST_TEST(summary(planned.plan).find("create vault rg-own/kv-own") != std::string::npos);
  BOOST_TEST(summary(planned.plan).find("create vault rg-shut") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(allowing_takeovers_does_not_adopt_what_has_no_mark, Theirs) {
  const auto planned = plan(yaml_of(with_policy), {.allow = {{"takeover", "*"}}});
  BOOST_TEST(planned.plan.changes.empty());
  BOOST_TEST(planned.plan.refused.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(many_recovered_vaults_that_lose_access_meet_the_guard, World) {
  std::string before, after;
  for (int i = 0; i < 5; ++i) {
    const std::string head =
        "      - name: kv-own-" + std::to_string(i) +
        "\n        onSoftDeleted: recover\n        enableRbacAuthorization: false\n"
        "        accessPolicies: [{principal: app, permissions: {secrets: ";
    before += head + "[get, list, set, delete]}}]\n";
    after += head + "[get, list, set]}}]\n";
  }
  converge(yaml_of(before));
  for (int i = 0; i < 5; ++i)
    other(http::Method::del, vault_id("rg-own", "kv-own-" + std::to_string(i)));
  const auto result = apply(plan(yaml_of(after)), 1);
  BOOST_TEST(result.count(Outcome::succeeded) == 2u);
  BOOST_TEST(result.count(Outcome::failed) == 3u);
}

// Two subscriptions, the second of which answers as it is told to.
struct TwoSubscriptions : World {
  const std::string other_subscription = "9c0d0000-0000-4000-8000-0000000000ff";
  std::string yaml = R"(
apiVersion: akv/v1
deployment: mine
resourceGroups:
  - {name: rg-own, location: westeurope, vaults: [{name: kv-own}]}
  - name: rg-own
    location: westeurope
    subscription: 9c0d0000-0000-4000-8000-0000000000ff
    vaults: [{name: kv-far}]
    roleAssignments: [{principal: app, role: A role of our own}]
principals: {app: 1b2c0000-0000-4000-8000-000000000001}
)";
  void answer(int status, const std::string& code) {
    emulator->intercept([=, this](const http::Request& request) -> std::optional<http::Response> {
      if (request.url.find(other_subscription) == std::string::npos) return std::nullopt;
      return http::Response{status,
                            {{"x-ms-request-id", "6f1f"}},
                            R"({"error":{"code":")" + code + R"(","message":"no"}})"};
    });
  }
};

BOOST_FIXTURE_TEST_CASE(a_subscription_that_is_closed_does_not_stop_the_plan, TwoSubscriptions) {
  struct Row {
    int status;
    std::string code, remedy;
  };
  const Row table[] = {
      {403, "AuthorizationFailed",
       "a role with read access on subscription " + other_subscription +
           ", such as Reader, or on its groups"},
      {404, "SubscriptionNotFound",
       "correct the subscription's id at test.yaml:8, or ask for a role in subscription " +
           other_subscription},
      {401, "InvalidAuthenticationTokenTenant",
       "sign in to the tenant of subscription " + other_subscription +
           ", or correct the subscription's id at test.yaml:8"}};
  for (const bool tenant_is_known : {false, true})
    for (const Row& row : table) {
      answer(row.status, row.code);
      auto deployment = load(yaml);
      if (tenant_is_known) deployment.tenant = emulator->identity().tenant_id;
      const auto planned = plan(deployment);
      BOOST_TEST(summary(planned.plan) ==
                 "create resourceGroup rg-own\ncreate vault rg-own/kv-own\nunreadable "
                 "rg-own\nunreadable rg-own\nunreadable rg-own/kv-far\n");
      const engine::Unreadable& vault = planned.plan.unreadable.back();
      BOOST_TEST(vault.code == row.code);
      BOOST_TEST(vault.request_id == "6f1f");
      // Of rights on groups each group speaks for itself.
      if (!tenant_is_known || row.status != 403) BOOST_TEST(vault.remedy == row.remedy);
    }
  const auto planned = plan(yaml);
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 2u);
}

BOOST_FIXTURE_TEST_CASE(where_all_subscriptions_are_closed_there_is_no_plan, TwoSubscriptions) {
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("/subscriptions/") == std::string::npos) return std::nullopt;
    return http::Response{404, {}, R"({"error":{"code":"SubscriptionNotFound","message":"none"}})"};
  });
  BOOST_CHECK_THROW(plan(yaml), NotFoundError);
}

BOOST_FIXTURE_TEST_CASE(a_closed_subscription_does_not_stop_a_teardown_of_the_rest,
                        TwoSubscriptions) {
  const std::string own = yaml.substr(0, yaml.find("  - name: rg-own"));
  converge(own);
  answer(404, "SubscriptionNotFound");
  const auto planned = plan_teardown(yaml);
  BOOST_TEST(planned.plan.count(engine::Action::del) == 2u);
  BOOST_REQUIRE(planned.plan.unreadable.size() == 1u);
  BOOST_TEST(planned.plan.unreadable[0].name == "rg-own");
  BOOST_TEST(planned.plan.unreadable[0].remedy ==
             "correct the subscription's id, or ask for a role in subscription " +
                 other_subscription);
}

BOOST_AUTO_TEST_SUITE_END()
