#include "akv/emulator/access.hpp"
#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(rights)

BOOST_FIXTURE_TEST_CASE(a_reader_may_read_and_not_write, OthersFixture) {
  const auto reader = add("Reader");
  as(reader);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(get(group()).status == 200);
  for (const Answer& refused : {make_vault(), patch(vault(), "{}")}) {
    BOOST_TEST(refused.status == 403);
    BOOST_TEST(refused.code() == "AuthorizationFailed");
    BOOST_TEST(refused.header("x-ms-failure-cause") == "gateway");
    BOOST_TEST(refused.message() ==
               "The client '" + reader.client_id + "' with object id '" + reader.object_id +
                   "' does not have authorization to perform action 'Microsoft.KeyVault/vaults/"
                   "write' over scope '" +
                   vault() +
                   "' or the scope is invalid. If access was recently granted, please refresh your "
                   "credentials.");
  }
  BOOST_TEST(del(vault()).message().find("'Microsoft.KeyVault/vaults/delete'") !=
             std::string::npos);
  BOOST_TEST(del(group()).status == 403);
  BOOST_TEST(put(group("new"), R"({"location":"westus"})").status == 403);
  BOOST_TEST(post(key_vault() + "/register", {}, "2021-04-01")
                 .message()
                 .find("'Microsoft.KeyVault/register/action'") != std::string::npos);
  BOOST_TEST(put(vault() + "/accessPolicies/add", "{}")
                 .message()
                 .find("'Microsoft.KeyVault/vaults/accessPolicies/write'") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(rights_are_asked_before_anything_is_told, OthersFixture) {
  as(add("Reader", vault()));
  BOOST_TEST(get(group("none")).status == 403);
  BOOST_TEST(get(vault("kv9")).status == 403);
  BOOST_TEST(make_vault("kv9").status == 403);
}

BOOST_FIXTURE_TEST_CASE(a_role_holds_at_its_scope_and_below, OthersFixture) {
  make_group("other");
  put(vault("kv2", "other"), vault_body());
  as(add("Contributor", group()));
  BOOST_TEST(make_vault().status == 200);
  BOOST_TEST(put(vault("kv2", "other"), vault_body()).status == 403);
  BOOST_TEST(get(vault("kv2", "other")).status == 403);
  // A name that only begins like the scope is another scope.
  as_owner();
  make_group("gg");
  as(add("Contributor", group()));
  BOOST_TEST(get(group("gg")).status == 403);
}

BOOST_FIXTURE_TEST_CASE(not_actions_take_away, OthersFixture) {
  as(add("Key Vault Contributor"));
  BOOST_TEST(make_vault("kv2").status == 200);
  BOOST_TEST(del(vault()).status == 200);
  const Answer purge = post(deleted() + "/purge");
  BOOST_TEST(purge.status == 403);
  BOOST_TEST(purge.message().find("'Microsoft.KeyVault/locations/deletedVaults/purge/action'") !=
             std::string::npos);
  as(add("Key Vault Purge Operator"));
  const Answer accepted = post(deleted() + "/purge");
  BOOST_TEST(accepted.status == 202);
  BOOST_TEST(get(accepted.header("Location")).status == 202);
  as(add("Contributor"));
  BOOST_TEST(put(assignment(group()), assign(reader_role, someone), roles_version).status == 403);
  BOOST_TEST(put_lock(group(), "ReadOnly").status == 403);
}

BOOST_FIXTURE_TEST_CASE(what_one_role_takes_away_another_can_give, OthersFixture) {
  del(vault());
  as(emulator->add_principal(
      {.name = "both", .roles = {{"Key Vault Contributor"}, {"Key Vault Purge Operator"}}}));
  BOOST_TEST(post(deleted() + "/purge").status == 202);
}

BOOST_FIXTURE_TEST_CASE(lists_show_what_may_be_read, OthersFixture) {
  make_vault("kv2");
  make_group("other");
  const std::string all = key_vault() + "/vaults";
  const std::string resources = subscription() + "/resources";
  as(add("Reader", vault("kv2")));
  BOOST_TEST(names(all) == "kv2 ");
  BOOST_TEST(names(group() + "/providers/Microsoft.KeyVault/vaults") == "kv2 ");
  BOOST_TEST(names(resources) == "kv2 ");
  BOOST_TEST(names(subscription() + "/resourcegroups") == "");
  BOOST_TEST(names("/subscriptions") == emulator->identity().subscription_id + " ");
  as(add("Reader", group("other")));
  BOOST_TEST(names(all) == "");
  BOOST_TEST(names(subscription() + "/resourcegroups") == "other ");
  as(add("Key Vault Reader"));
  BOOST_TEST(names(all) == "kv1 kv2 ");
  BOOST_TEST(names(resources) == "kv1 kv2 ");
}

BOOST_FIXTURE_TEST_CASE(deleted_vaults_are_not_shown_to_those_without_the_right, OthersFixture) {
  del(vault());
  make_vault("kv2");
  as(add("Reader", vault("kv2")));
  BOOST_TEST(names(key_vault() + "/deletedVaults") == "");
  as(add("Key Vault Reader"));
  BOOST_TEST(names(key_vault() + "/deletedVaults") == "kv1 ");
}

BOOST_FIXTURE_TEST_CASE(who_has_no_role_sees_nothing, OthersFixture) {
  as(emulator->add_principal({.name = "stranger"}));
  BOOST_TEST(names("/subscriptions") == "");
  BOOST_TEST(get(subscription()).status == 403);
  BOOST_TEST(get(key_vault() + "/vaults").status == 403);
  BOOST_TEST(get(subscription() + "/resources").status == 403);
  BOOST_TEST(get("/tenants").json()["value"].as_array()[0]["tenantId"].string_or() ==
             emulator->identity().tenant_id);
}

BOOST_FIXTURE_TEST_CASE(the_access_model_is_switched_by_those_who_give_rights, OthersFixture) {
  const std::string rbac = R"({"properties":{"enableRbacAuthorization":true}})";
  const auto contributor = add("Contributor");
  as(contributor);
  for (const Answer& refused :
       {patch(vault(), rbac), make_vault("kv1", R"(,"enableRbacAuthorization":true)")}) {
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code() == "InsufficientPermissions");
    BOOST_TEST(refused.message().starts_with("Caller is not allowed to change permission model."));
    BOOST_TEST(refused.message().find("oid=" + contributor.object_id) != std::string::npos);
  }
  // What does not switch it is free, and so is a new vault.
  BOOST_TEST(patch(vault(), R"({"properties":{"enableRbacAuthorization":false}})").status == 200);
  BOOST_TEST(make_vault("kv2", R"(,"enableRbacAuthorization":true)").status == 200);
  as(emulator->add_principal(
      {.name = "u", .roles = {{"Key Vault Contributor"}, {"User Access Administrator"}}}));
  BOOST_TEST(patch(vault(), rbac).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_right_under_a_condition_does_not_switch_the_access_model, OthersFixture) {
  const std::string rbac = R"({"properties":{"enableRbacAuthorization":true}})";
  as(emulator->add_principal(
      {.name = "by role",
       .roles = {{"Key Vault Contributor"}, {"Key Vault Data Access Administrator"}}}));
  BOOST_TEST(patch(vault(), rbac).code() == "InsufficientPermissions");
  as_owner();
  const auto other = add("Key Vault Contributor");
  put(assignment(vault()),
      assign("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", other.object_id,
             R"(,"condition":"@Resource[a] StringEquals 'b'","conditionVersion":"2.0")"),
      roles_version);
  as(other);
  BOOST_TEST(patch(vault(), rbac).code() == "InsufficientPermissions");
}

BOOST_FIXTURE_TEST_CASE(a_new_assignment_counts_after_its_delay, EmulatorClient) {
  OthersFixture arm({.role_propagation_delay = 90s});
  const auto other = arm.emulator->add_principal({.name = "other"});
  arm.put(arm.assignment(arm.subscription()), OthersFixture::assign(reader_role, other.object_id),
          roles_version);
  arm.as(other);
  BOOST_TEST(arm.get(arm.vault()).status == 403);
  arm.clock.advance(89s);
  BOOST_TEST(arm.get(arm.vault()).status == 403);
  arm.clock.advance(1s);
  BOOST_TEST(arm.get(arm.vault()).status == 200);
  // One that is taken away stops at once.
  arm.as_owner();
  BOOST_TEST(arm.del(arm.assignment(arm.subscription()), roles_version).status == 200);
  arm.as(other);
  BOOST_TEST(arm.get(arm.vault()).status == 403);
}

BOOST_FIXTURE_TEST_CASE(permissions_are_those_of_the_caller_at_a_scope, OthersFixture) {
  auto shown = [&](const std::string& scope) {
    return get(scope + "/providers/Microsoft.Authorization/permissions", roles_version)
        .json()["value"]
        .dump();
  };
  const std::string all =
      R"([{"actions":["*"],"notActions":[],"dataActions":[],"notDataActions":[]}])";
  BOOST_TEST(shown(vault()) == all);
  as(add("Key Vault Secrets User", vault()));
  BOOST_TEST(shown(group()) == "[]");
  BOOST_TEST(shown(vault()) ==
             R"([{"actions":[],"notActions":[],"dataActions":[)"
             R"("Microsoft.KeyVault/vaults/secrets/getSecret/action",)"
             R"("Microsoft.KeyVault/vaults/secrets/readMetadata/action"],"notDataActions":[]}])");
}

BOOST_AUTO_TEST_CASE(patterns_of_actions_match_without_case_and_with_stars) {
  using emulator::action_matches;
  BOOST_TEST(action_matches("*", "Microsoft.KeyVault/vaults/read"));
  BOOST_TEST(action_matches("*/read", "microsoft.keyvault/vaults/READ"));
  BOOST_TEST(!action_matches("*/read", "Microsoft.KeyVault/vaults/write"));
  BOOST_TEST(action_matches("Microsoft.KeyVault/*", "Microsoft.KeyVault/vaults/write"));
  BOOST_TEST(!action_matches("Microsoft.KeyVault/*", "Microsoft.KeyVaults/vaults/write"));
  BOOST_TEST(action_matches("Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/read"));
  BOOST_TEST(action_matches("a/*/c/*", "a/b/b/c/d"));
  BOOST_TEST(!action_matches("a/*/c", "a/b/d"));
  BOOST_TEST(!action_matches("a", "ab"));
  BOOST_TEST(!action_matches("", "a"));
}

BOOST_AUTO_TEST_CASE(a_scope_covers_itself_and_what_is_within) {
  using emulator::covers;
  BOOST_TEST(covers("", "/subscriptions/s"));
  BOOST_TEST(covers("/a/b", "/a/b"));
  BOOST_TEST(covers("/a/b", "/a/b/c/d"));
  BOOST_TEST(!covers("/a/b", "/a/bb"));
  BOOST_TEST(!covers("/a/b/c/d", "/a/b"));
}

BOOST_AUTO_TEST_SUITE_END()
