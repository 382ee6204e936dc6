#include "akv/provision/engine/lockout.hpp"

#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

using Way = Grant::Way;

Grant policy(const std::string& id, bool administers = false, const std::string& what = "secrets") {
  return {id, Way::policy, administers, what};
}
Grant role(const std::string& id, Way way, const std::string& what, bool administers = true) {
  return {id, way, administers, what};
}

Change vault(const std::string& name, std::vector<Grant> before, std::vector<Grant> after,
             AccessModel was = AccessModel::policies, AccessModel is = AccessModel::policies) {
  Change change;
  change.action = Action::update;
  change.kind = "vault";
  change.name = name;
  change.subscription = "s1";
  change.group = name.substr(0, name.find('/'));
  change.impact.before = {.model = was, .grants = std::move(before)};
  change.impact.after = {.model = is, .grants = std::move(after)};
  return change;
}

Change roles(const std::string& name, std::vector<Grant> before, std::vector<Grant> after) {
  Change change =
      vault(name, std::move(before), std::move(after), AccessModel::unknown, AccessModel::unknown);
  change.kind = "roleAssignment";
  return change;
}

FieldChange gone(const std::string& id, std::uint32_t origin) {
  FieldChange field;
  field.path = "accessPolicies[" + id + "].permissions.secrets";
  field.entry = id;
  field.before = doc("['get']");
  field.key = Document::object({{"objectId", id}});
  field.origin = origin;
  return field;
}

std::string text(const std::vector<GuardFinding>& findings) {
  std::string out;
  for (const GuardFinding& finding : findings) {
    out += finding.id + ": " + finding.message + " | " + finding.remedy + " | " +
           finding.lifted_by + " |";
    for (const auto& object : finding.objects) out += " " + object;
    out += "\n";
  }
  return out;
}

struct Scene {
  Plan plan;
  Facts facts;
  Allowances allow;

  std::string found() const { return text(Lockout(plan, facts, allow).check()); }
  std::string warned() const {
    std::string out;
    for (const auto& warning : Lockout(plan, facts, allow).warnings()) out += warning + "\n";
    return out;
  }
  /// Only the sentence.
  std::string said() const {
    std::string out;
    for (const auto& finding : Lockout(plan, facts, allow).check()) out += finding.message + "\n";
    return out;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lockout)

BOOST_FIXTURE_TEST_CASE(the_caller_may_not_lose_all_access, Scene) {
  facts.caller = "ME";
  plan.places.files = {"estate.yaml"};
  plan.changes = {vault("rg/a", {policy("me"), policy("app")}, {policy("app")})};
  plan.changes[0].fields = {gone("app", plan.places.add({0, 30, 1})),
                            gone("me", plan.places.add({0, 31, 1}))};
  BOOST_TEST(found() ==
             "lockout: you (me) would lose all access to rg/a: secrets | Put the entries back at"
             " estate.yaml:31 | --allow lockout | rg/a\n");
  allow = {{"lockout", "rg/b"}};
  BOOST_TEST(found() != "");
  allow = {{"lockout", "*/a"}};
  BOOST_TEST(found() == "");
  allow.clear();
  facts.caller.clear();
  BOOST_TEST(found() == "");
}

BOOST_FIXTURE_TEST_CASE(fewer_permissions_are_still_access, Scene) {
  facts.caller = "me";
  plan.changes = {vault("rg/a", {policy("me", true, "keys, secrets"), policy("app", true)},
                        {policy("me"), policy("app", true)})};
  BOOST_TEST(found() == "");
}

BOOST_FIXTURE_TEST_CASE(several_vaults_make_one_finding, Scene) {
  facts.caller = "me";
  plan.principals = {{"ci", "me", "ServicePrincipal"}};
  plan.changes = {vault("rg/a", {policy("me")}, {}),
                  vault("rg/b", {policy("me", false, "keys")}, {})};
  BOOST_TEST(found() ==
             "lockout: you (ci) would lose all access to rg/a, rg/b: keys, secrets | Put the"
             " entries back | --allow lockout | rg/a rg/b\n");
}

BOOST_FIXTURE_TEST_CASE(a_group_of_the_token_is_the_caller, Scene) {
  facts.caller = "me";
  plan.principals = {{"deployers", "crew", "Group"}};
  plan.changes = {vault("rg/a", {policy("crew")}, {})};
  BOOST_TEST(found() == "");
  BOOST_TEST(warned() ==
             "group deployers would lose all access to rg/a; whether you are in it is not known\n");
  allow = {{"lockout"}};
  BOOST_TEST(warned() == "");
  allow.clear();
  facts.groups = std::vector<std::string>{"CREW"};
  BOOST_TEST(said() == "you (me) would lose all access to rg/a: secrets\n");
  BOOST_TEST(warned() == "");
  // One way in is enough.
  plan.changes = {vault("rg/a", {policy("crew"), policy("me")}, {policy("me")})};
  BOOST_TEST(found() == "");
  facts.groups = std::vector<std::string>{"others"};
  plan.changes = {vault("rg/a", {policy("crew")}, {})};
  BOOST_TEST(found() == "");
  BOOST_TEST(warned() == "");
}

BOOST_FIXTURE_TEST_CASE(what_the_manifest_does_not_name_may_be_a_group_of_the_caller, Scene) {
  facts.caller = "me";
  plan.principals = {{"app", "a1", "ServicePrincipal"}};
  // Declared, and no group: nothing to say. A role at a group of resources counts likewise.
  plan.changes = {
      vault("rg/a", {policy("crew"), policy("a1")}, {}), vault("rg/b", {policy("a1")}, {}),
      roles("rg-2", {role("crew", Way::data_role, "Key Vault Secrets User", false)}, {})};
  BOOST_TEST(
      warned() ==
      "crew would lose all access to rg-2, rg/a; the manifest does not name it, so it may be "
      "a group that you are in\n");
  plan.changes = {vault("rg/a", {policy("crew"), policy("ops")}, {})};
  BOOST_TEST(warned() ==
             "crew, ops would lose all access to rg/a; the manifest does not name them, so any of "
             "them may be a group that you are in\n");
  // The caller gets at it without them, the token lists the groups, or it was asked for.
  plan.changes = {vault("rg/a", {policy("crew"), policy("me")}, {policy("me")})};
  BOOST_TEST(warned() == "");
  plan.changes = {vault("rg/a", {policy("crew")}, {})};
  facts.groups = std::vector<std::string>{"others"};
  BOOST_TEST(warned() == "");
  facts.groups.reset();
  allow = {{"lockout"}};
  BOOST_TEST(warned() == "");
}

BOOST_FIXTURE_TEST_CASE(a_caller_that_is_not_known_is_said_once, Scene) {
  plan.changes = {vault("rg/a", {policy("crew"), policy("a1")}, {}),
                  vault("rg/b", {policy("a1")}, {}), vault("rg/c", {policy("a1")}, {policy("a1")})};
  BOOST_TEST(warned() ==
             "access to rg/a, rg/b is taken away, and the token does not say who you are: whether "
             "you would lock yourself out is not judged\n");
  allow = {{"lockout", "rg/a"}};
  BOOST_TEST(warned().find("access to rg/b is") == 0U);
  allow.clear();
  facts.caller = "a1";
  BOOST_TEST(warned().find("token") == std::string::npos);
  facts.caller.clear();
  plan.changes = {vault("rg/c", {policy("a1", true)}, {policy("a1")})};
  BOOST_TEST(warned() == "");
}

BOOST_FIXTURE_TEST_CASE(roles_at_a_group_take_access_from_vaults_that_stay_as_they_are, Scene) {
  facts.caller = "me";
  plan.changes = {roles("rg", {role("crew", Way::data_role, "Key Vault Administrator")}, {})};
  plan.standing = {{"s1", "rg/a", {}, AccessModel::roles},
                   {"s1", "rg/b", {}, AccessModel::policies}};
  BOOST_TEST(warned().find("crew would lose all access to rg, rg/a;") == 0U);
}

BOOST_FIXTURE_TEST_CASE(under_a_condition_nobody_administers_for_sure, Scene) {
  facts.caller = "me";
  plan.principals = {{"rescue", "r1", "", true}};
  const auto conditional = [](const std::string& id, Way way, const std::string& what) {
    return Grant{id, way, false, what, true};
  };
  const Grant owner = role("me", Way::owner_role, "Owner");
  plan.changes = {roles("rg/a", {owner}, {conditional("me", Way::owner_role, "Owner")})};
  plan.places.files = {"estate.yaml"};
  FieldChange field;
  field.path = "roleAssignments[me/Owner].condition";
  field.entry = "me/Owner";
  field.leaf = "condition";
  field.after = Document("c");
  field.key = Document::object({{"objectId", "ME"}});
  field.origin = plan.places.add({0, 30, 1});
  plan.changes[0].fields = {field};
  const std::string remedy =
      " | Put the entries back without a condition at estate.yaml:30 | --allow lockout | rg/a\n";
  BOOST_TEST(
      found() ==
      "lockout: you (me) could administer rg/a only under a condition, now without one by "
      "Owner" +
          remedy +
          "lockout: me is the last administrator of rg/a: only under a condition could anybody "
          "administer it any more" +
          remedy);
  // It had one before, or somebody else has none.
  plan.changes[0].impact.before.grants = {conditional("me", Way::owner_role, "Owner")};
  BOOST_TEST(said() == "");
  plan.changes = {roles("rg/a",
                        {role("r1", Way::data_role, "Key Vault Administrator"),
                         role("ops", Way::owner_role, "Owner")},
                        {conditional("r1", Way::data_role, "Key Vault Administrator"),
                         role("ops", Way::owner_role, "Owner")})};
  BOOST_TEST(said() ==
             "break-glass principal rescue could administer rg/a only under a condition, now "
             "without one by Key Vault Administrator\n");
}

BOOST_FIXTURE_TEST_CASE(break_glass_keeps_access_and_administration, Scene) {
  plan.principals = {{"rescue", "R1", "", true}};
  plan.changes = {vault("rg/a", {policy("r1", true), policy("ops", true)}, {policy("ops", true)})};
  BOOST_TEST(said() == "break-glass principal rescue would lose all access to rg/a: secrets\n");
  plan.changes = {vault("rg/a", {policy("r1", true), policy("ops", true)},
                        {policy("r1"), policy("ops", true)})};
  BOOST_TEST(said() ==
             "break-glass principal rescue could no longer administer rg/a, as now by secrets\n");
  plan.principals[0].break_glass = false;
  BOOST_TEST(said() == "");
}

BOOST_FIXTURE_TEST_CASE(the_last_administrator_stays, Scene) {
  plan.principals = {{"deployers", "crew", "Group"}};
  facts.groups.emplace();
  plan.changes = {vault("rg/a", {policy("crew", true), policy("app")}, {policy("app")})};
  BOOST_TEST(said() ==
             "deployers (group) is the last administrator of rg/a: nobody could administer it any"
             " more\n");
  plan.changes = {vault("rg/a", {policy("a", true), policy("b", true)}, {policy("a")}),
                  vault("rg/b", {policy("a", true), policy("b", true)}, {})};
  BOOST_TEST(said() ==
             "a and b are the last administrators of rg/a, rg/b: nobody could administer them any"
             " more\n");
  // Another one takes over.
  plan.changes = {vault("rg/a", {policy("crew", true)}, {policy("new", true)})};
  BOOST_TEST(said() == "");
}

BOOST_FIXTURE_TEST_CASE(a_switch_to_roles_makes_policies_void, Scene) {
  facts.caller = "me";
  plan.changes = {vault("rg/a", {policy("me", true)}, {policy("me", true)}, AccessModel::policies,
                        AccessModel::roles)};
  BOOST_TEST(found() ==
             "lockout: you (me) would lose all access to rg/a: secrets | Give them a role first"
             " (roleAssignments of the vault or its group), and look at the plan again | --allow"
             " lockout | rg/a\n"
             "lockout: me is the last administrator of rg/a: nobody could administer it any more |"
             " Give them a role first (roleAssignments of the vault or its group), and look at the"
             " plan again | --allow lockout | rg/a\n");
  // In the same plan, in one that came before, or at the group.
  const Grant administrator = role("me", Way::data_role, "Key Vault Administrator");
  plan.changes.push_back(roles("rg/a", {}, {administrator}));
  BOOST_TEST(said() == "");
  plan.changes.pop_back();
  plan.standing = {{"s1", "RG/A", {administrator}}};
  BOOST_TEST(said() == "");
  plan.standing = {{"s1", "rg", {administrator}}};
  BOOST_TEST(said() == "");
  plan.standing.clear();
  plan.changes.push_back(roles("rg", {}, {administrator}));
  BOOST_TEST(said() == "");
}

BOOST_FIXTURE_TEST_CASE(policies_come_back_to_life_with_their_model, Scene) {
  facts.caller = "me";
  plan.changes = {vault("rg/a", {}, {}, AccessModel::roles, AccessModel::policies)};
  plan.standing = {{"s1", "rg/a", {role("me", Way::data_role, "Key Vault Administrator")}}};
  BOOST_TEST(said() ==
             "you (me) would lose all access to rg/a: Key Vault Administrator\n"
             "me is the last administrator of rg/a: nobody could administer it any more\n");
  // Who may write the vault may write its policies.
  plan.standing[0].grants.push_back(role("me", Way::write_role, "Contributor"));
  BOOST_TEST(said() == "");
}

BOOST_FIXTURE_TEST_CASE(roles_are_access_too, Scene) {
  facts.caller = "me";
  const Grant owner = role("me", Way::owner_role, "Owner");
  const Grant user = role("me", Way::data_role, "Key Vault Secrets User", false);
  const Grant other = role("ops", Way::owner_role, "Owner");
  plan.changes = {roles("rg/a", {owner, other}, {other})};
  BOOST_TEST(said() == "you (me) would lose all access to rg/a: Owner\n");
  plan.changes = {roles("rg/a", {owner, user, other}, {user, other})};
  BOOST_TEST(said() ==
             "you (me) could no longer administer rg/a, as now by Key Vault Secrets User, Owner\n");
  plan.changes = {roles("rg/a", {owner}, {user})};
  BOOST_TEST(said() ==
             "you (me) could no longer administer rg/a, as now by Owner\n"
             "me is the last administrator of rg/a: nobody could administer it any more\n");
  // It stays at the group.
  plan.standing = {{"s1", "rg", {owner}}};
  BOOST_TEST(said() == "");
  // At the group itself nothing lies around it.
  plan.standing.clear();
  plan.changes = {roles("rg", {owner, other}, {other})};
  BOOST_TEST(said() == "you (me) would lose all access to rg: Owner\n");
}

BOOST_FIXTURE_TEST_CASE(data_roles_count_for_nothing_where_policies_decide, Scene) {
  facts.caller = "me";
  const Grant user = role("me", Way::data_role, "Key Vault Secrets User", false);
  plan.changes = {vault("rg/a", {}, {}), roles("rg/a", {user}, {})};
  BOOST_TEST(said() == "");
}

BOOST_FIXTURE_TEST_CASE(the_callers_address_must_still_be_let_in, Scene) {
  facts.address = parse_ipv4_range("203.0.113.7")->address;
  plan.places.files = {"estate.yaml"};
  plan.changes = {vault("rg/a", {}, {})};
  Reach& was = plan.changes[0].impact.before.reach;
  Reach& is = plan.changes[0].impact.after.reach;
  BOOST_TEST(said() == "");
  is.all = false;
  FieldChange field;
  field.path = "networkAcls.defaultAction";
  field.origin = plan.places.add({0, 12, 3});
  plan.changes[0].fields = {field};
  BOOST_TEST(found() ==
             "lockout: 203.0.113.7/32 would no longer reach rg/a, and it has no approved private"
             " endpoint | Let 203.0.113.7/32 in by networkAcls.ipRules at estate.yaml:12, or"
             " approve a private endpoint first | --allow lockout | rg/a\n");
  is.private_endpoints = 1;
  BOOST_TEST(said() == "");
  is.private_endpoints = 0;
  is.addresses = {*parse_ipv4_range("203.0.113.0/24")};
  BOOST_TEST(said() == "");
  is.addresses = {*parse_ipv4_range("203.0.113.6/32")};
  BOOST_TEST(said() != "");
  // It did not get in before.
  was.door = Reach::Door::closed;
  BOOST_TEST(said() == "");
  // What a perimeter lets in, the vault does not say.
  was.door = Reach::Door::open;
  is.door = Reach::Door::perimeter;
  BOOST_TEST(said() == "");
  is.door = Reach::Door::closed;
  BOOST_TEST(said() != "");
  facts.address.reset();
  BOOST_TEST(said() == "");
}

BOOST_FIXTURE_TEST_CASE(what_is_made_or_deleted_locks_nobody_out, Scene) {
  facts.caller = "me";
  plan.changes = {vault("rg/a", {policy("me", true)}, {})};
  for (const Action action : {Action::create, Action::del, Action::recover, Action::adopt}) {
    plan.changes[0].action = action;
    BOOST_TEST(said() == "");
  }
}

BOOST_FIXTURE_TEST_CASE(a_new_vault_that_nobody_can_use_is_warned_of, Scene) {
  plan.changes = {vault("rg/a", {}, {}), vault("rg/b", {}, {policy("app")}),
                  vault("rg/c", {}, {}, AccessModel::unknown, AccessModel::roles)};
  for (Change& change : plan.changes) change.action = Action::create;
  BOOST_TEST(warned() ==
             "nobody would have access to rg/a: access policies decide there, and the manifest"
             " gives none\n");
  BOOST_TEST(found() == "");
}

BOOST_FIXTURE_TEST_CASE(a_change_that_was_judged_afresh_is_seen_beside_the_others, Scene) {
  facts.caller = "me";
  const Grant administrator = role("me", Way::data_role, "Key Vault Administrator");
  const Change flip = vault("rg/a", {policy("me", true)}, {policy("me", true)},
                            AccessModel::policies, AccessModel::roles);
  plan.changes = {flip, roles("rg/a", {}, {administrator}), vault("rg/b", {}, {})};
  const Lockout judged(plan, facts, allow);
  BOOST_TEST(text(judged.check(flip)) == "");
  // Somebody has given us access meanwhile, and the plan takes it away.
  BOOST_TEST(judged.check(vault("rg/b", {policy("me")}, {})).size() == 1u);
  // A role that turned up in a list that was not planned to change.
  BOOST_TEST(judged.check(roles("rg/c", {administrator}, {})).size() == 2u);
  Change other = flip;
  other.subscription = "s2";
  BOOST_TEST(judged.check(other).size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(what_is_outside_the_first_subscription_is_named_with_its_own, Scene) {
  facts.caller = "me";
  plan.subscriptions = {"s1", "s2"};
  Change far = vault("rg/a", {policy("me")}, {});
  far.subscription = "s2";
  plan.changes = {vault("rg/a", {policy("me")}, {}), far};
  BOOST_TEST(said() ==
             "you (me) would lose all access to rg/a, rg/a in subscription s2: secrets\n");
}

BOOST_FIXTURE_TEST_CASE(an_application_that_acts_for_somebody_is_not_that_one, Scene) {
  facts.caller = "me";
  plan.changes = {vault("rg/a", {policy("me"), policy("app/me", true)}, {policy("me/x", true)})};
  BOOST_TEST(said() == "you (me) would lose all access to rg/a: secrets\n");
  // Nor may it be a group that one is in.
  plan.changes = {vault("rg/a", {policy("other/x")}, {})};
  BOOST_TEST(warned() == "");
  plan.changes = {vault("rg/a", {}, {policy("me/x")})};
  plan.changes[0].action = Action::create;
  BOOST_TEST(warned() == "");
}

BOOST_AUTO_TEST_SUITE_END()
