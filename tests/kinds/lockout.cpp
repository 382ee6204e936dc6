// The lock-out guard over the emulator: at plan, and again before a write.
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

constexpr const char* me = "0a0b0000-0000-4000-8000-00000000000a";

std::string estate(const std::string& of_vault) {
  return R"(
apiVersion: akv/v1
deployment: locks-out
principals:
  me: 0a0b0000-0000-4000-8000-00000000000a
  app: 1b2c0000-0000-4000-8000-000000000001
  rescue: {objectId: 1b2c0000-0000-4000-8000-000000000009, breakGlass: true}
resourceGroups:
  - name: rg
    location: westeurope
    vaults:
      - name: kv-out
)" + of_vault;
}

const std::string both = R"(        accessPolicies:
          - {principal: me, permissions: {secrets: [get, list]}}
          - {principal: app, permissions: {keys: [get], secrets: [all]}}
)";
const std::string without_me = R"(        accessPolicies:
          - {principal: app, permissions: {keys: [get], secrets: [all]}}
)";

struct Caller : World {
  engine::PlanOptions as_me() const {
    engine::PlanOptions options;
    options.facts.caller = me;
    return options;
  }
};

std::string guards(const engine::Plan& plan) {
  std::string text;
  for (const auto& guard : plan.guards)
    text += guard.id + ": " + guard.message + " | " + guard.remedy + "\n";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lockout)

BOOST_FIXTURE_TEST_CASE(who_plans_is_told_before_losing_access, Caller) {
  converge(estate(both));
  BOOST_TEST(guards(plan(estate(without_me)).plan) == "");
  BOOST_TEST(guards(plan(estate(without_me), as_me()).plan) ==
             "lockout: you (me) would lose all access to rg/kv-out: secrets | Put the entries back"
             " at test.yaml:14\n");
  auto options = as_me();
  options.allow = {{"lockout"}};
  converge(estate(without_me), options);
  BOOST_TEST(summary(plan(estate(without_me), as_me()).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_break_glass_principal_keeps_its_access, Caller) {
  const std::string rescue =
      "          - {principal: rescue, permissions: {secrets: [get, set]}}\n";
  converge(estate(both + rescue));
  BOOST_TEST(guards(plan(estate(both)).plan) ==
             "lockout: break-glass principal rescue would lose all access to rg/kv-out: secrets |"
             " Put the entries back at test.yaml:14\n");
}

BOOST_FIXTURE_TEST_CASE(access_that_came_after_the_plan_is_not_taken_away_unseen, Caller) {
  converge(estate(without_me));
  const std::string tagged = estate(without_me + "        tags: {a: b}\n");
  const auto planned = plan(tagged, as_me());
  BOOST_TEST(guards(planned.plan) == "");
  const auto added = other(http::Method::put, vault_id("rg", "kv-out") + "/accessPolicies/add",
                           Document::parse(R"({"properties": {"accessPolicies": [{"tenantId": ")" +
                                           emulator->identity().tenant_id + R"(", "objectId": ")" +
                                           me + R"(", "permissions": {"secrets": ["get"]}}]}})"));
  BOOST_REQUIRE(added.status < 300);
  const auto result = apply(planned);
  BOOST_REQUIRE(result.changes.size() == 1u);
  BOOST_TEST(result.changes[0].error.code == "RefusedByGuard");
  BOOST_TEST(result.changes[0].error.message ==
             "lockout: you (me) would lose all access to rg/kv-out: secrets");
  BOOST_TEST(result.changes[0].remedy ==
             "Put the entries back at test.yaml:14, or mean it:\n--allow lockout=rg/kv-out");
  BOOST_TEST(live("rg", "kv-out")["properties"]["accessPolicies"].size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(one_allowance_lifts_all_that_a_guard_finds_in_a_run, Caller) {
  converge(estate(without_me));
  const auto planned = plan(estate(without_me + "        tags: {a: b}\n"), as_me());
  Document policies = Document::array();
  for (const char* who : {me, "1b2c0000-0000-4000-8000-000000000009"})
    policies.push_back(Document::parse(R"({"tenantId": ")" + emulator->identity().tenant_id +
                                       R"(", "objectId": ")" + who +
                                       R"(", "permissions": {"secrets": ["get"]}})"));
  const auto added =
      other(http::Method::put, vault_id("rg", "kv-out") + "/accessPolicies/add",
            Document::object(
                {{"properties", Document::object({{"accessPolicies", std::move(policies)}})}}));
  BOOST_REQUIRE(added.status < 300);
  const auto result = apply(planned);
  BOOST_TEST(result.changes.at(0).error.message.find("break-glass principal rescue") !=
             std::string::npos);
  const std::string& remedy = result.changes.at(0).remedy;
  BOOST_TEST(remedy.find("--allow lockout=rg/kv-out") == remedy.rfind("--allow lockout=rg/kv-out"),
             remedy);
}

// Whether a vault goes by roles or by policies is known although only its list of roles changes.
BOOST_FIXTURE_TEST_CASE(roles_that_may_write_a_vault_administer_it_only_where_policies_decide,
                        Caller) {
  const std::string admin = "{principal: me, role: Key Vault Administrator}";
  const std::string writer = "{principal: app, role: Key Vault Contributor}";
  const std::string by_roles = "        enableRbacAuthorization: true\n";
  const std::string list = "        manage: {roleAssignments: exact}\n        roleAssignments: ";
  converge(estate(by_roles + list + "[" + admin + ", " + writer + "]\n"));
  BOOST_TEST(guards(plan(estate(by_roles + list + "[" + writer + "]\n")).plan) ==
             "lockout: me is the last administrator of rg/kv-out: nobody could administer it any "
             "more | Put the entries back at test.yaml:15\n");

  World other;
  const std::string by_policies = "        enableRbacAuthorization: false\n" + both;
  other.converge(estate(by_policies + list + "[" + writer + "]\n"));
  BOOST_TEST(guards(other.plan(estate(by_policies + list + "[]\n")).plan).find("last") ==
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(roles_at_a_group_are_judged_for_each_vault_in_it, Caller) {
  const auto at_group = [](const std::string& entries) {
    std::string yaml = estate("        enableRbacAuthorization: true\n");
    const std::string group = "    location: westeurope\n";
    yaml.insert(yaml.find(group) + group.size(),
                "    manage: {roleAssignments: exact}\n    roleAssignments: [" + entries + "]\n");
    return yaml;
  };
  const std::string writer = "{principal: app, role: Key Vault Contributor}";
  converge(at_group("{principal: me, role: Key Vault Administrator}, " + writer));
  BOOST_TEST(guards(plan(at_group(writer)).plan) ==
             "lockout: me is the last administrator of rg/kv-out: nobody could administer it any "
             "more | Put the entries back at test.yaml:12\n");
}

BOOST_FIXTURE_TEST_CASE(who_may_only_update_keys_does_not_administer_them, Caller) {
  const std::string filler = "          - {principal: me, permissions: {secrets: [set]}}\n";
  const std::string updater = "          - {principal: app, permissions: {keys: [get, update]}}\n";
  converge(estate("        accessPolicies:\n" + filler + updater));
  BOOST_TEST(guards(plan(estate("        accessPolicies:\n" + updater)).plan)
                 .starts_with("lockout: me is the last administrator of rg/kv-out"));
}

BOOST_FIXTURE_TEST_CASE(a_switch_to_roles_wants_a_role_for_the_caller, Caller) {
  converge(estate(both));
  const std::string flipped = "        enableRbacAuthorization: true\n";
  const std::string mine =
      "        roleAssignments: [{principal: me, role: Key Vault Administrator}]\n";
  auto options = as_me();
  options.allow = {{"access-model"}};
  BOOST_TEST(guards(plan(estate(flipped), options).plan)
                 .starts_with("lockout: you (me) would lose all access to rg/kv-out: secrets | "
                              "Give them a role first"));
  BOOST_TEST(guards(plan(estate(flipped + mine), options).plan) == "");
  // One that the last run made is no change, and counts.
  converge(estate(both + mine), options);
  const auto planned = plan(estate(flipped + mine), options);
  BOOST_TEST(guards(planned.plan) == "");
  const auto result = apply(planned, 4, options.allow);
  BOOST_TEST(result.count(Outcome::succeeded) == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_role_of_ones_own_is_not_removed_unseen, Caller) {
  const std::string roles = "        enableRbacAuthorization: true\n        roleAssignments:\n";
  const std::string ours = "          - {principal: app, role: Owner}\n";
  converge(estate(roles + ours + "          - {principal: me, role: Key Vault Secrets User}\n"));
  BOOST_TEST(
      guards(plan(estate(roles + ours +
                         "          - {principal: me, role: Key Vault Secrets User, state: "
                         "absent}\n"),
                  as_me())
                 .plan) ==
      "lockout: you (me) would lose all access to rg/kv-out: Key Vault Secrets User | Put the"
      " entries back at test.yaml:16\n");
}

BOOST_FIXTURE_TEST_CASE(the_address_of_the_caller_is_judged_by_the_firewall, Caller) {
  converge(estate(both));
  const std::string closed =
      both + "        networkAcls: {defaultAction: Deny, ipRules: [198.51.100.0/24]}\n";
  auto options = as_me();
  options.allow = {{"network-closed"}};
  BOOST_TEST(guards(plan(estate(closed), options).plan) == "");
  options.facts.address = engine::parse_ipv4_range("203.0.113.7")->address;
  BOOST_TEST(guards(plan(estate(closed), options).plan) ==
             "lockout: 203.0.113.7/32 would no longer reach rg/kv-out, and it has no approved"
             " private endpoint | Let 203.0.113.7/32 in by networkAcls.ipRules at test.yaml:16,"
             " or approve a private endpoint first\n");
  options.facts.address = engine::parse_ipv4_range("198.51.100.9")->address;
  BOOST_TEST(guards(plan(estate(closed), options).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_condition_on_the_last_administrators_role_is_a_loss, Caller) {
  const std::string list = "        enableRbacAuthorization: true\n        roleAssignments:\n";
  const std::string condition = ", condition: \"@Resource[name] StringEquals 'a'\"";
  const auto mine = [&](const std::string& more) {
    return estate(list + "          - {principal: me, role: Key Vault Administrator" + more +
                  "}\n");
  };
  converge(mine(""));
  const auto planned = plan(mine(condition), as_me());
  BOOST_TEST(guards(planned.plan) ==
             "lockout: me is the last administrator of rg/kv-out: only under a condition could "
             "anybody administer it any more | Put the entries back without a condition at "
             "test.yaml:15\n");
  BOOST_TEST((planned.plan.changes.at(0).risks == std::vector<std::string>{"access-removed"}));
  const std::string other = "          - {principal: app, role: Key Vault Secrets Officer}\n";
  converge(mine("") + other);
  BOOST_TEST(guards(plan(mine(condition) + other, as_me()).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_group_that_left_the_manifest_with_its_entry_is_warned_of, Caller) {
  const std::string crew = "          - {principal: crew, permissions: {secrets: [get]}}\n";
  std::string declared = estate(without_me + crew);
  const std::string principals = "principals:\n";
  declared.insert(declared.find(principals) + principals.size(),
                  "  crew: {objectId: 1b2c0000-0000-4000-8000-000000000005, type: Group}\n");
  converge(declared);
  BOOST_TEST(
      plan(estate(without_me), as_me()).plan.warnings ==
      std::vector<std::string>{"1b2c0000-0000-4000-8000-000000000005 would lose all access to "
                               "rg/kv-out; the manifest does not name it, so it may be a "
                               "group that you are in"});
}

BOOST_FIXTURE_TEST_CASE(who_cannot_be_told_from_the_token_is_told_so, Caller) {
  converge(estate(both));
  const std::string unknown =
      "access to rg/kv-out is taken away, and the token does not say who you are: whether you "
      "would "
      "lock yourself out is not judged";
  BOOST_TEST(plan(estate(without_me)).plan.warnings == std::vector<std::string>{unknown});
  // The subject of a token is no object id.
  engine::PlanOptions options;
  options.facts.caller = "AAAAAFh3SnkWGDPm0123456789abcdefghijklmnop";
  const auto planned = plan(estate(without_me), options);
  BOOST_TEST(planned.plan.warnings == std::vector<std::string>{unknown});
  BOOST_TEST(planned.facts.caller == "");
  BOOST_TEST(plan(estate(both)).plan.warnings.empty());
}

BOOST_FIXTURE_TEST_CASE(a_vault_that_nobody_could_use_is_warned_of, Caller) {
  const auto planned = plan(estate("        enableRbacAuthorization: false\n"));
  BOOST_REQUIRE(planned.plan.warnings.size() == 1u);
  BOOST_TEST(planned.plan.warnings[0] ==
             "nobody would have access to rg/kv-out: access policies decide there, and the"
             " manifest gives none");
  BOOST_TEST(plan(estate(both)).plan.warnings.empty());
}

// An application that acts for a user has an entry of its own, and gets at the vault with it.
BOOST_FIXTURE_TEST_CASE(an_entry_of_a_compound_identity_is_access, Caller) {
  const std::string head = "        enableRbacAuthorization: false\n        accessPolicies:\n";
  const std::string compound =
      "          - {principal: me, applicationId: 3d4e0000-0000-4000-8000-000000000003, "
      "permissions: {secrets: [get, set]}}\n";
  const auto warnings = [this](const std::string& yaml) {
    std::string text;
    for (const std::string& warning : plan(yaml, as_me()).plan.warnings) text += warning + "\n";
    return text;
  };
  BOOST_TEST(warnings(estate(head + compound)) == "");
  BOOST_TEST(
      warnings(estate("        enableRbacAuthorization: false\n        accessPolicies: []\n"))
          .starts_with("nobody would have access to rg/kv-out"));
  // It is none of the user alone, whose own entry goes.
  const std::string own = "          - {principal: me, permissions: {secrets: [get, set]}}\n";
  converge(estate(head + own + compound));
  const std::string lost = guards(plan(estate(head + compound), as_me()).plan);
  BOOST_TEST(lost.starts_with("lockout: you (me) would lose all access to rg/kv-out: secrets | Put "
                              "the entries back at test.yaml:15\n"),
             lost);
  // Nor is anybody an administrator who can act through that application only.
  BOOST_TEST(guards(plan(estate(head + compound)).plan) ==
             "lockout: me is the last administrator of rg/kv-out: nobody could administer it any "
             "more | Put the entries back at test.yaml:15\n");
}

BOOST_AUTO_TEST_SUITE_END()
