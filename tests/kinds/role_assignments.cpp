// Role assignments beside groups and vaults, over the emulator.
#include "akv/mgmt/authorization/role_assignment_name.hpp"
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

constexpr const char* app = "1b2c0000-0000-4000-8000-000000000001";
constexpr const char* ops = "1b2c0000-0000-4000-8000-000000000002";
constexpr const char* other_guid = "77770000-0000-4000-8000-000000000007";
constexpr const char* version = "2022-04-01";

std::string estate(const std::string& of_vault, const std::string& of_group = {},
                   const std::string& more = {}) {
  return R"(
apiVersion: akv/v1
deployment: roles
principals:
  app: 1b2c0000-0000-4000-8000-000000000001
  ops: {objectId: 1b2c0000-0000-4000-8000-000000000002, type: Group}
resourceGroups:
  - name: rg
    location: westeurope
)" + of_group +
         R"(    vaults:
      - name: kv-roles
        enableRbacAuthorization: true
)" + of_vault +
         more;
}

const std::string both = R"(        roleAssignments:
          - {principal: app, role: Key Vault Secrets User}
          - {principal: ops, role: Key Vault Administrator, description: on call}
)";

struct Roles : World {
  std::string scope() const { return vault_id("rg", "kv-roles"); }
  std::string path(const std::string& at, const std::string& name) const {
    return at + "/providers/Microsoft.Authorization/roleAssignments/" + name;
  }
  http::Response assign(const std::string& at, const std::string& principal, const char* role,
                        const std::string& name, const Document& more = Document::object()) {
    Document properties = Document::object(
        {{"principalId", principal},
         {"roleDefinitionId", role_definition_id(role, emulator->identity().subscription_id)}});
    for (const json::Member& member : more.as_object()) properties.set(member.name, member.value);
    return other(http::Method::put, path(at, name),
                 Document::object({{"properties", std::move(properties)}}), version);
  }
  /// The assignments at exactly this scope.
  std::vector<Document> assigned(const std::string& at) {
    const auto response = other(
        http::Method::get, at + "/providers/Microsoft.Authorization/roleAssignments", {}, version);
    std::vector<Document> found;
    const Document page = Document::parse(response.body);
    for (const Document& entry : page["value"].as_array())
      if (ascii::equal(entry["properties"]["scope"].string_or(), at)) found.push_back(entry);
    return found;
  }
  std::size_t reads_of(const std::string& part) const {
    std::size_t n = 0;
    for (const auto& request : emulator->requests())
      n += request.method == http::Method::get && request.url.find(part) != std::string::npos ? 1
                                                                                              : 0;
    return n;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(role_assignments)

BOOST_FIXTURE_TEST_CASE(are_made_after_their_parents_and_then_there_is_nothing_to_do, Roles) {
  const std::string yaml = estate(both, "    roleAssignments: [{principal: ops, role: Reader}]\n");
  const auto first = plan(yaml);
  BOOST_TEST(summary(first.plan) ==
             "create resourceGroup rg\ncreate roleAssignment rg\ncreate vault rg/kv-roles\n"
             "create roleAssignment rg/kv-roles\n");
  BOOST_TEST((first.plan.changes[1].waits_for == std::vector<std::size_t>{0}));
  BOOST_TEST((first.plan.changes[3].waits_for == std::vector<std::size_t>{2}));
  BOOST_TEST(first.plan.planned_writes == 5u);
  converge(yaml);
  BOOST_TEST(summary(plan(yaml).plan) == "");
  BOOST_TEST(plan(yaml).plan.unchanged == 4u);

  const auto made = assigned(scope());
  BOOST_REQUIRE(made.size() == 2u);
  for (const Document& assignment : made) {
    const bool is_app = assignment["properties"]["principalId"].string_or() == app;
    const char* role = is_app ? role_id::key_vault_secrets_user : role_id::key_vault_administrator;
    BOOST_TEST(assignment["name"].string_or() ==
               role_assignment_name(scope(), is_app ? app : ops, role));
    BOOST_TEST(assignment["properties"]["description"].string_or() ==
               (is_app ? "[akv-deployment: roles]" : "on call [akv-deployment: roles]"));
    BOOST_TEST(assignment["properties"]["principalType"].string_or() ==
               (is_app ? "User" : "Group"));
  }
}

BOOST_FIXTURE_TEST_CASE(are_read_by_one_list_however_many_vaults_there_are, Roles) {
  std::string vaults;
  for (int i = 0; i < 5; ++i)
    vaults += "      - {name: kv-more-" + std::to_string(i) +
              ", roleAssignments: [{principal: app, role: Key Vault Reader}]}\n";
  const std::string second =
      "  - {name: rg-2, location: westeurope, roleAssignments: [{principal: app, role: Reader}]}\n";
  const std::string yaml = estate(both, {}, vaults + second);
  converge(yaml);
  emulator->clear_requests();
  BOOST_TEST(summary(plan(yaml).plan) == "");
  BOOST_TEST(reads_of("/roleAssignments") == 1u);
  BOOST_TEST(reads_of("/locks") == 1u);
  // Who names no list at all does not pay for them.
  emulator->clear_requests();
  plan(estate(""));
  BOOST_TEST(reads_of("Microsoft.Authorization") == 0u);
  // Beside what is not there nothing can be.
  World empty;
  empty.plan(estate(both));
  BOOST_TEST(empty.reads("Microsoft.Authorization") == 0u);
}

BOOST_FIXTURE_TEST_CASE(one_of_another_name_is_recognised_and_changed_under_its_own, Roles) {
  converge(estate(""));
  assign(scope(), app, role_id::key_vault_secrets_user, other_guid);
  const std::string yaml =
      estate("        roleAssignments: [{principal: app, role: key vault secrets user}]\n");
  BOOST_TEST(summary(plan(yaml).plan) == "");
  const std::string described = estate(
      "        roleAssignments: [{principal: app, role: Key Vault Secrets User, description: "
      "reads}]\n");
  emulator->clear_requests();
  converge(described);
  BOOST_TEST((writes() == std::vector<std::string>{"PUT " + path(scope(), other_guid) + " 200"}));
  // Somebody else's stays theirs.
  BOOST_TEST(assigned(scope())[0]["properties"]["description"].string_or() == "reads");
  BOOST_TEST(summary(plan(described).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(merge_leaves_others_alone_and_exact_removes_them_by_their_names, Roles) {
  converge(estate(both));
  assign(scope(), other_guid, role_id::key_vault_reader, other_guid);
  const auto merged = plan(estate(both));
  BOOST_TEST(summary(merged.plan) == "");
  BOOST_REQUIRE(merged.plan.left_alone.size() == 1u);
  BOOST_TEST(merged.plan.left_alone[0].second.entry ==
             std::string(other_guid) + "/Key Vault Reader");
  const std::string exact = estate(both, {}, "        manage: {roleAssignments: exact}\n");
  const auto planned = plan(exact);
  BOOST_TEST(summary(planned.plan) == "update roleAssignment rg/kv-roles\n  roleAssignments[" +
                                          std::string(other_guid) + "/Key Vault Reader] " +
                                          planned.plan.changes[0].fields[0].before.dump() +
                                          " -> null\n");
  BOOST_TEST((planned.plan.changes[0].risks == std::vector<std::string>{"access-removed"}));
  BOOST_TEST(planned.plan.changes[0].effects.at(0).second ==
             std::string(other_guid) +
                 " can no longer see which keys, secrets and certificates there are");
  emulator->clear_requests();
  converge(exact);
  BOOST_TEST(
      (writes() == std::vector<std::string>{"DELETE " + path(scope(), other_guid) + " 200"}));
  BOOST_TEST(assigned(scope()).size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(state_absent_removes_one_and_what_comes_from_above_is_not_ours, Roles) {
  converge(estate(both));
  assign(group_id("rg"), app, role_id::key_vault_secrets_user, other_guid);
  const std::string gone = estate(
      "        roleAssignments: [{principal: app, role: Key Vault Secrets User, state: absent}]\n");
  BOOST_TEST(plan(gone).plan.changes.size() == 1u);
  converge(gone);
  BOOST_TEST(summary(plan(gone).plan) == "");
  BOOST_TEST(assigned(scope()).size() == 1u);
  BOOST_TEST(assigned(group_id("rg")).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_emptied_list_and_a_large_loss_are_guarded, Roles) {
  converge(estate(both));
  const auto planned = plan(
      estate("        roleAssignments: []\n", {}, "        manage: {roleAssignments: exact}\n"));
  BOOST_TEST(planned.plan.changes.at(0).impact.pairs_lost == 2u);
  BOOST_REQUIRE(planned.plan.guards.size() == 2u);
  BOOST_TEST(planned.plan.guards[0].message == "rg/kv-roles would have no role assignment left");
  BOOST_TEST(planned.plan.guards[1].message ==
             "ops (group) is the last administrator of rg/kv-roles: nobody could administer it any "
             "more");
}

BOOST_FIXTURE_TEST_CASE(a_condition_is_part_of_the_entry, Roles) {
  const auto with = [](const std::string& condition) {
    return estate("        roleAssignments: [{principal: app, role: Key Vault Secrets User" +
                  condition + "}]\n");
  };
  const std::string conditional = with(", condition: \"@Resource[name] StringEquals 'a'\"");
  converge(with(""));
  // One difference: the version of its language goes without saying.
  const auto narrowed = plan(conditional);
  BOOST_REQUIRE(narrowed.plan.changes.size() == 1u);
  BOOST_REQUIRE(narrowed.plan.changes[0].fields.size() == 1u);
  BOOST_TEST(narrowed.plan.changes[0].fields[0].leaf == "condition");
  BOOST_TEST(narrowed.plan.changes[0].effects.at(0).second ==
             "app has the role only under a condition now");
  converge(conditional);
  BOOST_TEST(assigned(scope())[0]["properties"]["conditionVersion"].string_or() == "2.0");
  BOOST_TEST(summary(plan(conditional).plan) == "");
  const auto lifted = plan(with(""));
  BOOST_REQUIRE(lifted.plan.changes.size() == 1u);
  BOOST_TEST(lifted.plan.changes[0].fields.at(0).path ==
             "roleAssignments[app/Key Vault Secrets User].condition");
  BOOST_TEST(lifted.plan.changes[0].effects.at(0).second ==
             "app has the role without a condition now");
  converge(with(""));
  BOOST_TEST(assigned(scope())[0]["properties"]["condition"].is_null());
  BOOST_TEST(summary(plan(with("")).plan) == "");
  BOOST_TEST(assigned(scope()).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(one_that_appears_meanwhile_is_no_failure, Roles) {
  converge(estate(""));
  const auto planned = plan(estate(both));
  bool once = false;
  emulator->before_each([&](const http::Request& request) {
    if (request.method != http::Method::put || std::exchange(once, true)) return;
    assign(scope(), app, role_id::key_vault_secrets_user, other_guid);
  });
  const auto result = apply(planned);
  BOOST_TEST((result.changes.at(0).outcome == Outcome::succeeded));
  emulator->before_each({});
  BOOST_TEST(assigned(scope()).size() == 2u);
  BOOST_TEST(summary(plan(estate(both)).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_new_principal_is_waited_for_and_not_for_ever, Roles) {
  converge(estate(""));
  int refusals = 3;
  emulator->intercept([&](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::put || refusals-- <= 0) return std::nullopt;
    http::Response response{.status = 400};
    response.body =
        R"({"error":{"code":"PrincipalNotFound","message":"Principal x does not exist"}})";
    return response;
  });
  const auto before = clock.now();
  BOOST_TEST((apply(plan(estate(both))).changes.at(0).outcome == Outcome::succeeded));
  BOOST_TEST((clock.now() - before >= std::chrono::seconds(30)));
  BOOST_TEST(assigned(scope()).size() == 2u);

  refusals = 1000;
  const auto given_up =
      apply(plan(estate("        roleAssignments: [{principal: ops, role: Reader}]\n")));
  BOOST_TEST((given_up.changes.at(0).outcome == Outcome::failed));
  BOOST_TEST(given_up.changes.at(0).error.code == "PrincipalNotFound");
  BOOST_TEST(given_up.changes.at(0).remedy.find("type: ServicePrincipal") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_lost_answer_is_read_before_it_is_sent_again, Roles) {
  converge(estate(""));
  int lost = 1;
  emulator->intercept(
      [&](const http::Request& request) -> std::optional<http::Response> {
        if (request.method != http::Method::put || lost-- <= 0) return std::nullopt;
        return http::Response{.status = 0};
      },
      true);
  emulator->clear_requests();
  BOOST_TEST((apply(plan(estate(both))).changes.at(0).outcome == Outcome::succeeded));
  BOOST_TEST(writes().size() == 2u);
  BOOST_TEST(summary(plan(estate(both)).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(of_an_existing_vault_only_the_named_ones_are_managed, Roles) {
  converge(estate(""));
  assign(scope(), other_guid, role_id::key_vault_reader, other_guid);
  const std::string yaml =
      "apiVersion: akv/v1\ndeployment: guest\nresourceGroups:\n  - name: rg\n    existing: true\n"
      "    vaults:\n      - name: kv-roles\n        existing: true\n        roleAssignments: "
      "[{objectId: 1b2c0000-0000-4000-8000-000000000001, role: Key Vault Reader}]\n";
  const auto planned = plan(yaml);
  BOOST_TEST(planned.plan.changes.size() == 1u);
  converge(yaml);
  BOOST_TEST(assigned(scope()).size() == 2u);
  BOOST_TEST(summary(plan(yaml).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(of_a_vault_that_is_not_ours_nothing_is_touched, Roles) {
  converge(estate(""));
  assign(scope(), other_guid, role_id::key_vault_reader, other_guid);
  const auto yaml = [](const std::string& adopt) {
    return "apiVersion: akv/v1\ndeployment: other\nresourceGroups:\n  - name: rg\n    existing: "
           "true\n    vaults:\n      - name: kv-roles\n" +
           adopt +
           "        manage: {roleAssignments: exact}\n        roleAssignments: [{objectId: "
           "1b2c0000-0000-4000-8000-000000000001, role: Key Vault Reader}]\n";
  };
  BOOST_TEST(summary(plan(yaml("")).plan) ==
             "refused rg/kv-roles other-deployment: it belongs to deployment roles\n");
  // Who adopts removes nothing at first.
  engine::PlanOptions options;
  options.allow = {{"takeover", "*"}};
  const auto adopting = plan(yaml("        adopt: true\n"), options);
  BOOST_REQUIRE(adopting.plan.changes.size() == 2u);
  BOOST_TEST(adopting.plan.changes[1].kind == "roleAssignment");
  BOOST_TEST(adopting.plan.changes[1].fields.size() == 1u);
  BOOST_TEST(adopting.plan.changes[1].notes.at(0) ==
             "adopting removes nothing; the next run removes roleAssignments[" +
                 std::string(other_guid) + "/Key Vault Reader]");
  BOOST_TEST(apply(adopting, 4, options.allow).count(Outcome::succeeded) == 2u);
  BOOST_TEST(plan(yaml("")).plan.changes.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_read_is_listed_and_the_rest_goes_on, Roles) {
  converge(estate(both));
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::get ||
        request.url.find("/roleAssignments") == std::string::npos)
      return std::nullopt;
    http::Response response{.status = 403};
    response.body = R"({"error":{"code":"AuthorizationFailed","message":"no right"}})";
    return response;
  });
  const std::string yaml = estate(both, {},
                                  "        tags: {a: b}\n      - {name: kv-new, roleAssignments: "
                                  "[{principal: app, role: Reader}]}\n");
  const auto planned = plan(yaml);
  BOOST_REQUIRE(planned.plan.unreadable.size() == 1u);
  BOOST_TEST(planned.plan.unreadable[0].kind == "roleAssignment");
  BOOST_TEST(planned.plan.unreadable[0].name == "rg/kv-roles");
  std::string kinds;
  for (const auto& change : planned.plan.changes) kinds += change.kind + " " + change.name + "\n";
  BOOST_TEST(kinds == "vault rg/kv-roles\nvault rg/kv-new\nroleAssignment rg/kv-new\n");
}

BOOST_FIXTURE_TEST_CASE(a_custom_role_is_found_by_its_name_and_another_is_a_mistake, Roles) {
  const std::string custom = "99990000-0000-4000-8000-000000000009";
  const std::string subscription = "/subscriptions/" + emulator->identity().subscription_id;
  const Document role = Document::object(
      {{"properties",
        Document::object(
            {{"roleName", "Payments Reader"},
             {"assignableScopes", Document::array({Document(group_id("rg"))})},
             {"permissions",
              Document::array({Document::object(
                  {{"actions", Document::array({"Microsoft.KeyVault/vaults/read"})}})})}})}});
  // One that can be given in one group only.
  converge(estate(""));
  BOOST_TEST(other(http::Method::put,
                   subscription + "/providers/Microsoft.Authorization/roleDefinitions/" + custom,
                   role, version)
                 .status == 201);
  const std::string yaml =
      estate("        roleAssignments: [{principal: app, role: payments reader}]\n");
  const auto first = plan(yaml);
  BOOST_TEST(first.plan.changes.back().fields.at(0).path == "roleAssignments[app/Payments Reader]");
  emulator->clear_requests();
  converge(yaml);
  BOOST_TEST(reads_of("/roleDefinitions") == 1u);
  BOOST_TEST(summary(plan(yaml).plan) == "");
  BOOST_TEST(
      summary(plan(estate("        roleAssignments: [{principal: app, role: " + custom + "}]\n"))
                  .plan) == "");
  const std::string mistaken = estate(
      "        roleAssignments: [{principal: app, role: Payment Reader}, {principal: app, "
      "role: Nonsense}]\n");
  BOOST_CHECK_EXCEPTION(plan(mistaken), kinds::NameMistakes, [](const kinds::NameMistakes& e) {
    std::string text;
    for (const auto& mistake : e.diagnostics) text += manifest::to_string(mistake) + "\n";
    BOOST_TEST(text ==
               "test.yaml:13:50: unknown role \"Payment Reader\"; did you mean \"Payments "
               "Reader\"?\n"
               "test.yaml:13:90: unknown role \"Nonsense\"; write its GUID, or make the role "
               "first\n");
    return e.files == 1;
  });
}

BOOST_FIXTURE_TEST_CASE(roles_that_may_not_be_listed_leave_out_who_needs_them, Roles) {
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.url.find("/roleDefinitions") == std::string::npos) return std::nullopt;
    http::Response response{.status = 403};
    response.body = R"({"error":{"code":"AuthorizationFailed","message":"no right"}})";
    return response;
  });
  const auto planned = plan(estate("        roleAssignments: [{principal: app, role: Ours}]\n"));
  BOOST_TEST(summary(planned.plan) ==
             "create resourceGroup rg\ncreate vault rg/kv-roles\nunreadable rg/kv-roles\n");
  BOOST_TEST(planned.plan.unreadable.at(0).message == "the roles of the subscription: no right");
}

BOOST_FIXTURE_TEST_CASE(a_switch_to_roles_waits_until_they_can_be_read_back, Roles) {
  const auto yaml = [](const std::string& rbac, const std::string& more) {
    const std::string of_group =
        more.empty() ? ""
                     : "    roleAssignments: [{objectId: 1b2c0000-0000-4000-8000-000000000002, "
                       "role: Key Vault Reader}]\n";
    return "apiVersion: akv/v1\ndeployment: roles\nresourceGroups:\n  - name: rg\n    location: "
           "westeurope\n" +
           of_group +
           "    vaults:\n      - name: kv-roles\n        enableRbacAuthorization: " + rbac + "\n" +
           more;
  };
  converge(yaml("false", ""));
  const std::string switching =
      yaml("true",
           "        roleAssignments: [{objectId: 1b2c0000-0000-4000-8000-000000000001, role: Key "
           "Vault Administrator}]\n");
  const auto guarded = plan(switching);
  BOOST_REQUIRE(guarded.plan.guards.size() == 1u);
  BOOST_TEST(guarded.plan.guards[0].id == "access-model");
  std::string order;
  for (const auto& change : guarded.plan.changes) order += change.kind + " " + change.name + "\n";
  BOOST_TEST(order == "roleAssignment rg\nroleAssignment rg/kv-roles\nvault rg/kv-roles\n");
  BOOST_TEST((guarded.plan.changes[2].waits_for == std::vector<std::size_t>{0, 1}));

  // The service takes the assignment and shows it two polls later.
  int hidden = 2;
  bool sent = false;
  emulator->intercept([&](const http::Request& request) -> std::optional<http::Response> {
    const bool of_vault = request.url.find("/kv-roles/providers/") != std::string::npos;
    if (of_vault && request.method == http::Method::put) sent = true;
    if (!of_vault || request.method != http::Method::get || !sent || hidden-- <= 0)
      return std::nullopt;
    http::Response response{.status = 200};
    response.body = R"({"value":[]})";
    return response;
  });
  emulator->clear_requests();
  const engine::Allowances allow = {{"access-model", "*"}};
  BOOST_TEST(apply(guarded, 4, allow).count(Outcome::succeeded) == 3u);
  const auto sent_writes = writes();
  BOOST_REQUIRE(sent_writes.size() == 3u);
  BOOST_TEST(sent_writes.back() == "PATCH " + scope() + " 200");
  BOOST_TEST(hidden < 0);
  BOOST_TEST(summary(plan(switching).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_role_that_never_shows_keeps_the_vault_from_switching, Roles) {
  const std::string policies = R"(
apiVersion: akv/v1
deployment: roles
resourceGroups: [{name: rg, location: westeurope, vaults: [{name: kv-roles, enableRbacAuthorization: false}]}]
)";
  converge(policies);
  const auto planned = plan(estate(both));
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::get ||
        request.url.find("/roleAssignments?") == std::string::npos)
      return std::nullopt;
    return http::Response{.status = 200, .body = R"({"value":[]})"};
  });
  const auto result = apply(planned, 4, {{"access-model", "*"}});
  BOOST_TEST(result.changes.at(0).error.code == "NotReadBack");
  BOOST_TEST((result.changes.at(1).outcome == Outcome::skipped));
}

BOOST_FIXTURE_TEST_CASE(a_switch_does_not_happen_where_a_role_could_not_be_given, Roles) {
  const std::string policies = R"(
apiVersion: akv/v1
deployment: roles
resourceGroups: [{name: rg, location: westeurope, vaults: [{name: kv-roles, enableRbacAuthorization: false}]}]
)";
  converge(policies);
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    if (request.method != http::Method::put) return std::nullopt;
    http::Response response{.status = 403};
    response.body = R"({"error":{"code":"AuthorizationFailed","message":"no right"}})";
    return response;
  });
  const auto result = apply(plan(estate(both)), 4, {{"access-model", "*"}});
  BOOST_TEST(result.count(Outcome::failed) == 1u);
  BOOST_TEST(result.count(Outcome::skipped) == 1u);
  BOOST_TEST(result.changes.back().because == "roleAssignment rg/kv-roles");
  BOOST_TEST(!live("rg", "kv-roles")["properties"]["enableRbacAuthorization"].bool_or(true));
}

BOOST_FIXTURE_TEST_CASE(roles_for_content_do_nothing_where_access_policies_decide, World) {
  const auto warnings = [this](const std::string& vault, const std::string& role) {
    std::string text;
    for (const std::string& warning :
         plan("apiVersion: akv/v1\ndeployment: idle\nprincipals: {app: "
              "1b2c0000-0000-4000-8000-000000000001}\nresourceGroups:\n  - name: rg-idle\n    "
              "location: westeurope\n    vaults:\n      - {name: kv-idle, " +
              vault + "roleAssignments: [{principal: app, role: " + role + "}]}\n")
             .plan.warnings)
      if (warning.find("do nothing") != std::string::npos) text += warning + "\n";
    return text;
  };
  const std::string idle =
      "roles for keys, secrets and certificates do nothing on rg-idle/kv-idle: access policies "
      "decide there, not roles (enableRbacAuthorization)\n";
  const std::string policies = "accessPolicies: [{principal: app, permissions: {keys: [get]}}], ";
  BOOST_TEST(warnings(policies, "Key Vault Secrets User") == idle);
  BOOST_TEST(warnings("enableRbacAuthorization: false, ", "Key Vault Secrets User") == idle);
  // By roles, or a role for the resource.
  BOOST_TEST(warnings("", "Key Vault Secrets User") == "");
  BOOST_TEST(warnings(policies, "Key Vault Contributor") == "");
  BOOST_TEST(warnings(policies, "Key Vault Data Access Administrator") == "");
  // What the manifest leaves open is as it is live.
  converge(
      "apiVersion: akv/v1\ndeployment: idle\nresourceGroups:\n  - name: rg-idle\n    "
      "location: westeurope\n    vaults:\n      - {name: kv-idle, enableRbacAuthorization: "
      "false}\n");
  BOOST_TEST(warnings("", "Key Vault Secrets User") == idle);
}

BOOST_AUTO_TEST_SUITE_END()
