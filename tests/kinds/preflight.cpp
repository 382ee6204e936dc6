// Rights, locks and providers, looked at before anything is written: by callers of several roles on
// the emulator, which enforces them.
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Preflight;
using engine::PreflightFinding;
using json::Document;

namespace {

const std::string vault_write = "Microsoft.KeyVault/vaults/write";
const std::string group_write = "Microsoft.Resources/subscriptions/resourceGroups/write";
const std::string assign = "Microsoft.Authorization/roleAssignments/write";

std::string estate(const std::string& group_more, const std::string& vault_more,
                   const std::string& vault = "kv-pay") {
  return "apiVersion: akv/v1\ndeployment: pay\nprincipals:\n  app: "
         "1b2c0000-0000-4000-8000-000000000001\nresourceGroups:\n  - name: rg\n    location: "
         "westeurope\n" +
         group_more + "    vaults:\n      - name: " + vault + "\n" + vault_more;
}

const std::string by_policies =
    "        enableRbacAuthorization: false\n        accessPolicies:\n          - {principal: app, "
    "permissions: {secrets: [get]}}\n";

struct Looked : World {
  std::string plain = estate("", by_policies);
  std::string premium = estate("", "        sku: premium\n" + by_policies);

  Preflight look(const std::string& yaml, engine::PlanOptions options = {}) {
    options.preflight = true;
    options.facts.caller = caller;
    emulator->clear_requests();
    // Not all of these callers may read the subscription.
    auto deployment = load(yaml);
    deployment.tenant = emulator->identity().tenant_id;
    auto planned = plan(deployment, std::move(options));
    BOOST_TEST(writes().empty());
    BOOST_REQUIRE(planned.plan.preflight.has_value());
    return *std::move(planned.plan.preflight);
  }
  emulator::Identity as(std::vector<emulator::RoleGrant> roles) {
    const auto who = emulator->add_principal({.name = "somebody", .roles = std::move(roles)});
    sign_in_as(who);
    caller = who.object_id;
    return who;
  }
  void lock(const std::string& scope, const std::string& level,
            const std::string& name = "freeze") {
    const Document properties = Document::object({{"level", level}});
    BOOST_REQUIRE_LT(
        other(http::Method::put, scope + "/providers/Microsoft.Authorization/locks/" + name,
              Document::object({{"properties", properties}}), "2016-09-01")
            .status,
        300);
  }
  std::string subscription() const {
    return "/subscriptions/" + emulator->identity().subscription_id;
  }

  std::string caller = emulator->identity().object_id;
};

std::string text(const Preflight& preflight) {
  std::string out;
  for (const PreflightFinding& finding : preflight.findings) {
    out += finding.code + (finding.stops_run ? "! " : " ") + finding.what + " on " + finding.where +
           " for";
    for (const std::string& object : finding.objects) out += " " + object;
    out += "\n";
  }
  return out;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(preflight, Looked)

BOOST_AUTO_TEST_CASE(an_owner_lacks_nothing_and_costs_three_requests) {
  const Preflight found = look(plain);
  BOOST_TEST(text(found) == "");
  BOOST_TEST(!found.stops_run());
  BOOST_TEST(found.rights == 2u);
  BOOST_TEST(found.scopes == 1u);
  BOOST_TEST(found.providers == 1u);
  BOOST_TEST(found.names == 1u);
  BOOST_TEST(reads("/permissions") == 1u);
  BOOST_TEST(reads("/locks") == 1u);
  BOOST_TEST(reads("/providers/Microsoft.KeyVault?") == 1u);
}

BOOST_AUTO_TEST_CASE(it_is_done_only_where_it_is_asked_for) {
  BOOST_TEST(!plan(plain).plan.preflight.has_value());
  BOOST_TEST(reads("/permissions") == 0u);
}

BOOST_AUTO_TEST_CASE(where_nothing_changes_nothing_is_needed) {
  converge(plain);
  const Preflight found = look(plain);
  BOOST_TEST(found.rights == 0u);
  BOOST_TEST(found.scopes == 0u);
  BOOST_TEST(reads("/permissions") == 0u);
  BOOST_TEST(reads("/locks") == 0u);
}

BOOST_AUTO_TEST_CASE(a_reader_lacks_every_write) {
  as({{.role = "Reader"}});
  const std::string where = "subscription " + emulator->identity().subscription_id;
  const Preflight found = look(plain);
  BOOST_TEST(text(found) == "right-missing! " + group_write + " on " + where +
                                " for rg\nright-missing! " + vault_write + " on " + where +
                                " for rg/kv-pay\n");
  BOOST_TEST(found.stops_run());
  BOOST_TEST(found.findings.at(1).remedy ==
             "a role with it, such as Key Vault Contributor, on " + where);
  // It is right: that is where apply fails.
  const auto planned = plan(plain);
  const auto result = apply(planned);
  BOOST_TEST(result.changes.at(0).error.code == "AuthorizationFailed");
}

BOOST_AUTO_TEST_CASE(a_role_on_the_group_does_for_what_is_in_it) {
  converge(plain);
  as({{.role = "Key Vault Contributor", .scope = group_id("rg")}});
  BOOST_TEST(text(look(premium)) == "");
  BOOST_TEST(reads("/permissions") == 2u);
  const Preflight both =
      look(estate("    tags: {team: pay}\n", "        sku: premium\n" + by_policies));
  BOOST_TEST(text(both) == "right-missing! " + group_write + " on rg for rg\n");
}

BOOST_AUTO_TEST_CASE(a_role_on_the_vault_does_for_it_alone) {
  converge(plain);
  as({{.role = "Reader"}, {.role = "Key Vault Contributor", .scope = vault_id("rg", "kv-pay")}});
  BOOST_TEST(text(look(premium)) == "");
  const Preflight found = look(premium + "      - {name: kv-two}\n");
  BOOST_TEST(text(found) == "right-missing! " + vault_write + " on rg for rg/kv-two\n");
}

BOOST_AUTO_TEST_CASE(a_contributor_may_neither_assign_roles_nor_lock) {
  const std::string wanted =
      estate("", by_policies +
                     "        roleAssignments: [{principal: app, role: Key Vault Reader}]\n"
                     "        locks: [{name: keep, level: CanNotDelete}]\n");
  as({{.role = "Contributor"}});
  const std::string where = "subscription " + emulator->identity().subscription_id;
  BOOST_TEST(text(look(wanted)) ==
             "right-missing! " + assign + " on " + where +
                 " for rg/kv-pay\nright-missing! Microsoft.Authorization/locks/write on " + where +
                 " for rg/kv-pay\n");
  as({{.role = "Contributor"}, {.role = "User Access Administrator"}});
  BOOST_TEST(text(look(wanted)) == "");
}

BOOST_AUTO_TEST_CASE(taking_roles_and_locks_away_are_rights_of_their_own) {
  const std::string roles = "        roleAssignments: [{principal: app, role: Key Vault Reader}]\n";
  converge(
      estate("", by_policies + roles + "        locks: [{name: keep, level: CanNotDelete}]\n"));
  as({{.role = "Contributor"}});
  const Preflight found = look(estate(
      "", by_policies + "        roleAssignments: []\n        manage: {roleAssignments: exact}\n"
                        "        locks: [{name: keep, state: absent}]\n"));
  BOOST_TEST(text(found) ==
             "right-missing! Microsoft.Authorization/locks/delete on rg/kv-pay for rg/kv-pay\n"
             "right-missing! Microsoft.Authorization/roleAssignments/delete on rg/kv-pay for "
             "rg/kv-pay\n");
}

BOOST_AUTO_TEST_CASE(a_right_under_a_condition_may_do) {
  converge(plain);
  as({{.role = "Key Vault Contributor"}, {.role = "Key Vault Data Access Administrator"}});
  const Preflight found = look(estate(
      "", by_policies + "        roleAssignments: [{principal: app, role: Key Vault Reader}]\n"));
  BOOST_TEST(text(found) == "right-conditional " + assign + " on rg/kv-pay for rg/kv-pay\n");
  BOOST_TEST(!found.stops_run());
}

// The access model
// ----------------------------------------------------------------------------------

struct Switching : Looked {
  std::string to_roles = estate("", "        enableRbacAuthorization: true\n");
  Switching() { converge(plain); }
  std::string missing() const {
    return "right-missing! " + assign + " on rg/kv-pay for rg/kv-pay\n";
  }
};

BOOST_FIXTURE_TEST_CASE(a_switch_to_roles_takes_the_right_to_assign_them, Switching) {
  BOOST_TEST(text(look(to_roles)) == "");
  as({{.role = "Contributor"}});
  BOOST_TEST(text(look(to_roles)) == missing());
  as({{.role = "Contributor"},
      {.role = "User Access Administrator", .scope = vault_id("rg", "kv-pay")}});
  BOOST_TEST(text(look(to_roles)) == "");
}

BOOST_FIXTURE_TEST_CASE(a_right_that_the_role_s_own_condition_limits_does_not_do, Switching) {
  as({{.role = "Contributor"}, {.role = "Key Vault Data Access Administrator"}});
  const Preflight found = look(to_roles);
  BOOST_TEST(text(found) == missing());
  BOOST_TEST(
      found.findings.at(0).remedy ==
      "a role with it, such as Role Based Access Control Administrator, without a condition, "
      "on rg/kv-pay");
}

BOOST_FIXTURE_TEST_CASE(nor_does_one_that_the_assignment_s_condition_limits, Switching) {
  const auto who = as({{.role = "Contributor"}});
  const auto give = [&](const char* name, const Document& more) {
    Document properties = Document::object({{"principalId", who.object_id},
                                            {"roleDefinitionId",
                                             "/providers/Microsoft.Authorization/roleDefinitions/"
                                             "f58310d9-a9f6-439a-9e8d-f62e7b41a168"}});
    for (const json::Member& member : more.as_object()) properties.set(member.name, member.value);
    BOOST_REQUIRE_EQUAL(
        other(http::Method::put,
              group_id("rg") + "/providers/Microsoft.Authorization/roleAssignments/" + name,
              Document::object({{"properties", std::move(properties)}}), "2022-04-01")
            .status,
        201);
  };
  give("77770000-0000-4000-8000-000000000001",
       Document::object(
           {{"condition", "(@Resource[a] StringEquals 'b')"}, {"conditionVersion", "2.0"}}));
  BOOST_TEST(text(look(to_roles)) == missing());
  // The emulator thinks so too.
  const engine::Allowances allow{{"access-model"}, {"lockout"}};
  const auto planned = plan(to_roles, {.allow = allow});
  BOOST_TEST(apply(planned, 4, allow).changes.at(0).error.code == "InsufficientPermissions");
}

BOOST_FIXTURE_TEST_CASE(of_a_caller_without_a_name_it_is_not_known, Switching) {
  caller.clear();
  const Preflight found = look(to_roles);
  BOOST_REQUIRE_EQUAL(found.findings.size(), 1u);
  BOOST_TEST(found.findings[0].code == "right-unknown");
  BOOST_TEST(found.findings[0].message ==
             "your rights there could not be read: the token does not say who you are");
}

// Deletes and purges
// --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_purge_is_a_right_on_the_subscription) {
  converge(plain);
  BOOST_REQUIRE_EQUAL(other(http::Method::del, vault_id("rg", "kv-pay")).status, 200);
  const std::string purging = estate("", by_policies + "        onSoftDeleted: purge\n");
  as({{.role = "Reader"}, {.role = "Key Vault Contributor"}});
  BOOST_TEST(
      text(look(purging)) ==
      "right-missing! Microsoft.KeyVault/locations/deletedVaults/purge/action on subscription " +
          emulator->identity().subscription_id + " for rg/kv-pay\n");
  as({{.role = "Reader"}, {.role = "Key Vault Contributor"}, {.role = "Key Vault Purge Operator"}});
  BOOST_TEST(text(look(purging)) == "");
  as({{.role = "Reader"}});
  BOOST_TEST(text(look(estate("", by_policies + "        onSoftDeleted: recover\n"))) ==
             "right-missing! " + vault_write + " on rg for rg/kv-pay\n");
}

BOOST_AUTO_TEST_CASE(what_is_pruned_takes_the_right_to_delete) {
  converge(plain + "      - {name: kv-two}\n");
  as({{.role = "Reader"}});
  engine::PlanOptions options;
  options.prune = true;
  BOOST_TEST(text(look(plain, options)) ==
             "right-missing! Microsoft.KeyVault/vaults/delete on rg/kv-two for rg/kv-two\n");
}

BOOST_AUTO_TEST_CASE(merged_policies_have_a_right_of_their_own) {
  converge(plain);
  as({{.role = "Reader"}});
  BOOST_TEST(text(look(estate("",
                              "        enableRbacAuthorization: false\n        manage: "
                              "{accessPolicies: merge}\n        accessPolicies:\n          - "
                              "{principal: app, permissions: {secrets: [get, list]}}\n"))) ==
             "right-missing! Microsoft.KeyVault/vaults/accessPolicies/write on rg/kv-pay for "
             "rg/kv-pay\n");
}

BOOST_AUTO_TEST_CASE(who_lets_a_subnet_in_must_be_allowed_to_join_it) {
  converge(plain);
  const std::string subnet =
      group_id("rg-net") + "/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
  emulator->seed(subnet, Document::object({{"properties", Document::object()}}));
  as({{.role = "Key Vault Contributor"}});
  const Preflight found =
      look(estate("", by_policies + "        networkAcls:\n          virtualNetworkRules: [{id: " +
                          subnet + "}]\n"));
  BOOST_TEST(
      text(found) ==
      "right-missing! Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action "
      "on " +
          subnet + " for rg/kv-pay\n");
}

// Locks and providers
// -------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_read_only_lock_is_in_the_way_and_one_against_deletes_is_not) {
  converge(plain);
  lock(group_id("rg"), "CanNotDelete", "keep");
  BOOST_TEST(text(look(premium)) == "");
  lock(group_id("rg"), "ReadOnly");
  const Preflight found = look(premium);
  BOOST_TEST(text(found) == "locked! lock freeze (ReadOnly) on rg for rg/kv-pay\n");
  BOOST_TEST(found.locks == 2u);
  BOOST_TEST(apply(plan(premium)).changes.at(0).error.code == "ScopeLocked");
}

BOOST_AUTO_TEST_CASE(a_lock_that_the_plan_itself_takes_away_or_loosens_is_not_in_the_way) {
  const auto with = [](const std::string& sku, const std::string& lock) {
    return estate("", sku + by_policies + "        locks: [{name: freeze, " + lock + "}]\n");
  };
  converge(with("", "level: ReadOnly"));
  BOOST_TEST(text(look(premium)) == "locked! lock freeze (ReadOnly) on rg/kv-pay for rg/kv-pay\n");
  BOOST_TEST(text(look(with("        sku: premium\n", "state: absent"))) == "");
  BOOST_TEST(text(look(with("        sku: premium\n", "level: CanNotDelete"))) == "");
}

BOOST_AUTO_TEST_CASE(a_lock_of_the_same_manifest_is_named_as_its_own) {
  const std::string locked =
      estate("    locks: [{name: freeze, level: ReadOnly}]\n", "        sku: premium\n");
  converge(estate("    locks: [{name: freeze, level: ReadOnly}]\n", ""));
  const Preflight found = look(locked);
  BOOST_TEST(text(found) == "locked! lock freeze (ReadOnly) on rg for rg/kv-pay\n");
  BOOST_TEST(found.findings.at(0).message ==
             "it forbids to change what it locks, and it is of this manifest, test.yaml:8");
  // Once it has left the manifest it still is ours, and elsewhere it is theirs.
  const std::string left = estate("", "        sku: premium\n");
  BOOST_TEST(look(left).findings.at(0).message.ends_with(
      "it is of this deployment, and the manifest no longer names it"));
  engine::PlanOptions pruning;
  pruning.prune = true;
  BOOST_TEST(text(look(left, pruning)) == "");
  lock(group_id("rg"), "ReadOnly");
  BOOST_TEST(look(left).findings.at(0).message.ends_with("it carries no mark of akv"));
}

BOOST_AUTO_TEST_CASE(who_may_read_groups_only_is_told_of_their_locks) {
  converge(plain);
  lock(group_id("rg"), "ReadOnly");
  as({{.role = "Key Vault Contributor", .scope = group_id("rg")}});
  const auto refuse = [this](const std::string& part) {
    emulator->intercept([part](const http::Request& request) -> std::optional<http::Response> {
      if (request.url.find(part) == std::string::npos) return std::nullopt;
      return http::Response{403, {}, R"({"error":{"code":"AuthorizationFailed","message":"No."}})"};
    });
  };
  refuse(subscription() + "/providers/Microsoft.Authorization/locks");
  BOOST_TEST(text(look(premium)) == "locked! lock freeze (ReadOnly) on rg for rg/kv-pay\n");
  refuse("/providers/Microsoft.Authorization/locks");
  const Preflight found = look(premium);
  BOOST_TEST(text(found) == "locks-unknown locks on rg for rg/kv-pay\n");
  BOOST_TEST(found.findings.at(0).message ==
             "the locks there could not be read: AuthorizationFailed, No.");
}

BOOST_AUTO_TEST_CASE(a_provider_that_is_not_registered_is_found_before_the_first_write) {
  BOOST_REQUIRE_EQUAL(
      other(http::Method::post, subscription() + "/providers/Microsoft.KeyVault/unregister", {},
            "2021-04-01")
          .status,
      200);
  emulator->advance(std::chrono::hours(1));
  sign_in_as(emulator->identity());
  const std::string where = "subscription " + emulator->identity().subscription_id;
  const Preflight found = look(plain);
  BOOST_TEST(text(found) ==
             "provider-not-registered! Microsoft.KeyVault on " + where + " for rg/kv-pay\n");
  BOOST_TEST(found.findings.at(0).message ==
             "the subscription is not registered to use it (NotRegistered)");
  BOOST_TEST(found.findings.at(0).remedy ==
             "az provider register --namespace Microsoft.KeyVault --subscription " +
                 emulator->identity().subscription_id + ", and wait some minutes");
}

BOOST_AUTO_TEST_CASE(a_state_of_a_provider_that_is_not_yet_or_not_known_is_told) {
  const auto answer = [this](int status, const std::string& body) {
    emulator->intercept([=](const http::Request& request) -> std::optional<http::Response> {
      if (request.url.find("/providers/Microsoft.KeyVault?") == std::string::npos)
        return std::nullopt;
      return http::Response{status, {}, body};
    });
  };
  answer(200, R"({"registrationState":"Registering"})");
  BOOST_TEST(look(plain).findings.at(0).remedy == "wait until it is; that takes minutes");
  answer(200, "{}");
  BOOST_TEST(look(plain).findings.at(0).message ==
             "the subscription is not registered to use it (it does not say so)");
  answer(403, R"({"error":{"code":"AuthorizationFailed","message":"No."}})");
  const Preflight found = look(plain);
  BOOST_TEST(found.findings.at(0).code == "provider-unknown");
  BOOST_TEST(!found.stops_run());
  BOOST_TEST(found.findings.at(0).message ==
             "whether it is registered could not be read: AuthorizationFailed, No.");
}

BOOST_AUTO_TEST_CASE(rights_that_cannot_be_read_are_unknown_and_stop_nothing) {
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("/permissions?") == std::string::npos) return std::nullopt;
    return http::Response{403, {}, R"({"error":{"code":"AuthorizationFailed","message":"No."}})"};
  });
  const Preflight found = look(plain);
  BOOST_TEST(found.findings.size() == 2u);
  BOOST_TEST(found.findings.at(0).code == "right-unknown");
  BOOST_TEST(!found.stops_run());
}

BOOST_AUTO_TEST_CASE(an_interrupt_while_looking_ends_the_planning) {
  std::stop_source stop;
  emulator->before_each([&stop](const http::Request& request) {
    if (request.url.find("/permissions") != std::string::npos) stop.request_stop();
  });
  const auto deployment = load(plain);
  engine::PlanOptions options;
  options.preflight = true;
  BOOST_CHECK_THROW(kinds::plan(deployment, registry, *connection, options,
                                Context{.stop = stop.get_token(), .clock = &clock}),
                    CancelledError);
  emulator->before_each({});
}

BOOST_AUTO_TEST_SUITE_END()
