#include "akv/provision/engine/guards.hpp"

#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

Change update(const std::string& name, Impact impact = {}) {
  Change change;
  change.action = Action::update;
  change.kind = "box";
  change.name = name;
  change.impact = impact;
  return change;
}

FieldChange lost(const std::string& entry, std::uint32_t origin) {
  FieldChange field;
  field.path = "policies[" + entry + "].permissions.keys";
  field.property = "policies";
  field.entry = entry;
  field.before = doc("['get', 'list']");
  field.after = doc("['get']");
  field.origin = origin;
  return field;
}

std::string found(const Plan& plan, std::size_t vaults = 100, const Allowances& allow = {}) {
  std::string out;
  for (const GuardFinding& finding : check_guards(plan, vaults, allow)) {
    out += finding.id + ": " + finding.message + " | " + finding.remedy + " | " +
           finding.lifted_by + " |";
    for (const auto& object : finding.objects) out += " " + object;
    out += "\n";
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(guards)

BOOST_AUTO_TEST_CASE(a_quiet_plan_has_no_findings) {
  Plan plan;
  plan.changes = {update("rg/a", {.pairs_before = 10, .pairs_lost = 1}), update("rg/b")};
  BOOST_TEST(found(plan) == "");
  BOOST_TEST(guard_ids().size() == 11u);
}

BOOST_AUTO_TEST_CASE(a_delete_is_guarded_but_not_in_a_teardown) {
  Plan plan;
  plan.changes = {update("rg/a"), update("rg/b")};
  for (Change& change : plan.changes) change.action = Action::del;
  BOOST_TEST(found(plan) ==
             "delete: 2 objects would be deleted: rg/a, rg/b | Put them back into the manifest"
             " | --allow delete | rg/a rg/b\n");
  BOOST_TEST(found(plan, 2, {{"delete", "rg/a"}}) ==
             "delete: 1 object would be deleted: rg/b | Put it back into the manifest"
             " | --allow delete | rg/b\n");
  BOOST_TEST(found(plan, 2, {{"delete"}}) == "");
  plan.teardown = true;
  BOOST_TEST(found(plan) == "");
  plan.changes[0].action = Action::purge;
  BOOST_TEST(found(plan) == "");
}

BOOST_AUTO_TEST_CASE(a_vault_may_lose_half_of_its_pairs_and_not_more) {
  Plan plan;
  plan.places.files = {"estate.yaml"};
  plan.changes = {update("rg/a", {.pairs_before = 4, .pairs_lost = 2})};
  BOOST_TEST(found(plan) == "");
  plan.changes = {update("rg/a", {.pairs_before = 3, .pairs_lost = 3})};
  BOOST_TEST(found(plan) == "");
  plan.changes = {update("rg/a", {.pairs_before = 4, .pairs_lost = 3})};
  plan.changes[0].fields = {lost("app", plan.places.add({0, 31, 1}))};
  BOOST_TEST(found(plan) ==
             "access-removed: 1 vault would lose more than half of its permissions: rg/a 3 of 4,"
             " 75 %. All are of app | Put the entries back at estate.yaml:31"
             " | --allow access-removed | rg/a\n");
  plan.changes[0].fields.push_back(lost("other", 0));
  BOOST_TEST(found(plan) ==
             "access-removed: 1 vault would lose more than half of its permissions: rg/a 3 of 4,"
             " 75 % | Put the entries back at estate.yaml:31 | --allow access-removed | rg/a\n");
  BOOST_TEST(found(plan, 100, {{"access-removed", "*/a"}}) == "");
}

BOOST_AUTO_TEST_CASE(at_most_thirty_percent_of_the_vaults_may_lose_any) {
  Plan plan;
  for (int i = 0; i < 398; ++i) {
    plan.changes.push_back(
        update("rg/kv-" + std::to_string(i), {.pairs_before = 8, .pairs_lost = 1}));
    plan.changes.back().fields = {lost("reporting", 0)};
  }
  const auto findings = check_guards(plan, 1200, {});
  BOOST_REQUIRE(findings.size() == 1u);
  BOOST_TEST(findings[0].message ==
             "398 of 1200 vaults would lose access, 33 %; the limit is 30 %. All are of reporting");
  BOOST_TEST(findings[0].remedy == "Put the entries back");
  BOOST_TEST(findings[0].objects.size() == 398u);
  // 398 of 1327 are 29.99 %, and 398 of 1326 are 30.02 %.
  BOOST_TEST(check_guards(plan, 1327, {}).empty());
  BOOST_TEST(!check_guards(plan, 1326, {}).empty());
  BOOST_TEST(check_guards(plan, 1200, {{"access-removed", "rg/kv-1*"}}).empty());
}

BOOST_AUTO_TEST_CASE(the_share_of_vaults_counts_from_three_on) {
  Plan plan;
  const Impact impact{.pairs_before = 8, .pairs_lost = 1};
  plan.changes = {update("rg/a", impact), update("rg/b", impact)};
  BOOST_TEST(found(plan, 2) == "");
  // A group, of which roles go, is no vault.
  plan.changes.push_back(update("rg", impact));
  BOOST_TEST(found(plan, 2) == "");
  plan.changes.push_back(update("rg/c", impact));
  BOOST_TEST(check_guards(plan, 3, {}).size() == 1u);
  // What is created has no access to lose.
  for (Change& change : plan.changes) change.action = Action::create;
  BOOST_TEST(found(plan, 3) == "");
}

BOOST_AUTO_TEST_CASE(what_roles_at_a_group_lose_is_called_a_groups) {
  Plan plan;
  plan.changes = {update("rg", {.pairs_before = 5, .pairs_lost = 3})};
  BOOST_TEST(found(plan).starts_with(
      "access-removed: 1 resource group would lose more than half of its permissions: rg 3 of 5"));
  plan.changes.push_back(update("rg/a", {.pairs_before = 5, .pairs_lost = 3}));
  BOOST_TEST(found(plan).starts_with("access-removed: 2 objects would lose"));
}

BOOST_AUTO_TEST_CASE(an_emptied_list_is_guarded) {
  Plan plan;
  plan.changes = {update("rg/a", {.pairs_before = 1, .pairs_lost = 1, .access_emptied = true})};
  BOOST_TEST(found(plan) ==
             "access-emptied: rg/a would have no access policy left | Put the entries back"
             " | --allow access-emptied | rg/a\n");
}

BOOST_AUTO_TEST_CASE(of_an_emptied_list_only_entries_of_principals_are_to_be_put_back) {
  Plan plan;
  plan.changes = {update("rg/a", {.pairs_before = 1, .pairs_lost = 1, .access_emptied = true})};
  plan.places.files = {"m.yaml"};
  FieldChange policy = lost("app", plan.places.add({0, 11, 1}));
  const FieldChange rule = lost("203.0.113.0/24", plan.places.add({0, 10, 1}));
  policy.key = doc("{'objectId': 'o'}");
  plan.changes[0].fields = {policy, rule};
  const std::string text = found(plan);
  BOOST_TEST(text.find("m.yaml:11") != std::string::npos, text);
  BOOST_TEST(text.find("m.yaml:10") == std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(an_emptied_list_of_roles_says_so) {
  Plan plan;
  plan.changes = {update("rg/a", {.pairs_before = 1, .pairs_lost = 1, .access_emptied = true})};
  plan.changes[0].kind = "roleAssignment";
  BOOST_TEST(found(plan).starts_with("access-emptied: rg/a would have no role assignment left |"));
}

BOOST_AUTO_TEST_CASE(a_vault_that_loses_policies_and_roles_is_one_vault) {
  Plan plan;
  const Impact impact{.pairs_before = 8, .pairs_lost = 1};
  plan.changes = {update("rg/a", impact), update("rg/b", impact), update("rg/a", impact)};
  BOOST_TEST(found(plan, 2) == "");
}

BOOST_AUTO_TEST_CASE(another_access_model_is_guarded) {
  Plan plan;
  plan.changes = {update("rg/a", {.access_model = true}), update("rg/b", {.access_model = true})};
  BOOST_TEST(found(plan) ==
             "access-model: rg/a, rg/b would change their access model | Leave"
             " enableRbacAuthorization as it is | --allow access-model | rg/a rg/b\n");
  for (Change& change : plan.changes) change.desired = doc("{'enableRbacAuthorization': true}");
  BOOST_TEST(found(plan, 2, {{"access-model", "rg/b"}}) ==
             "access-model: rg/a would change its access model: access policies would count no"
             " longer, only Azure roles | Give all who need it a role first (roleAssignments), and"
             " look at the plan again | --allow access-model | rg/a\n");
  for (Change& change : plan.changes) change.action = Action::create;
  BOOST_TEST(found(plan) == "");
}

BOOST_AUTO_TEST_CASE(another_tenant_is_guarded) {
  Plan plan;
  plan.changes = {update("rg/a", {.tenant = true})};
  BOOST_TEST(found(plan) ==
             "tenant: rg/a would go to another tenant, and nobody of the present one would have"
             " access any more | Leave tenant out of the manifest | --allow tenant | rg/a\n");
  BOOST_TEST(found(plan, 1, {{"tenant"}}) == "");
}

BOOST_AUTO_TEST_CASE(a_closed_network_is_guarded) {
  Plan plan;
  plan.changes = {update("rg/a", {.network_closed = true})};
  BOOST_TEST(found(plan) ==
             "network-closed: rg/a would be closed to some that reach it now, without an approved"
             " private endpoint | Approve a private endpoint first, or leave the network open to"
             " those who need it | --allow network-closed | rg/a\n");
}

BOOST_AUTO_TEST_CASE(purge_protection_is_guarded_but_not_on_create) {
  Plan plan;
  plan.changes = {update("rg/a", {.purge_protection = true})};
  BOOST_TEST(found(plan) ==
             "purge-protection: rg/a would get purge protection, which can never be switched off"
             " again | Leave enablePurgeProtection out of the manifest for now"
             " | --allow purge-protection | rg/a\n");
  plan.changes[0].action = Action::create;
  BOOST_TEST(found(plan) == "");
}

BOOST_AUTO_TEST_CASE(strangers_stop_a_teardown) {
  Plan plan;
  plan.teardown = true;
  for (int i = 0; i < 7; ++i)
    plan.inventory.push_back({.group = "rg", .name = "s" + std::to_string(i), .stranger = i != 3});
  BOOST_TEST(found(plan) ==
             "strangers: 6 objects that the manifest does not know would be deleted too: rg/s0,"
             " rg/s1, rg/s2, rg/s4, rg/s5 and 1 more | Move them to another group, or put them into"
             " the manifest | --allow strangers | rg/s0 rg/s1 rg/s2 rg/s4 rg/s5 rg/s6\n");
  BOOST_TEST(found(plan, 0, {{"strangers", "rg/*"}}) == "");
}

BOOST_AUTO_TEST_CASE(an_allowance_lifts_its_own_guard_only) {
  Plan plan;
  plan.changes = {update("rg/a", {.network_closed = true, .purge_protection = true})};
  BOOST_TEST(check_guards(plan, 1, {{"network-closed"}}).size() == 1u);
  BOOST_TEST(check_guards(plan, 1, {{"network-closed"}, {"purge-protection", "*/b"}}).size() == 1u);
  BOOST_TEST(check_guards(plan, 1, {{"network-closed"}, {"purge-protection"}}).empty());
}

BOOST_AUTO_TEST_CASE(two_groups_of_one_name_are_told_apart_by_their_subscriptions) {
  Plan plan;
  plan.subscriptions = {"s1", "s2"};
  plan.changes = {update("rg"), update("rg")};
  plan.changes[0].subscription = "S1";
  plan.changes[1].subscription = "s2";
  for (Change& change : plan.changes) change.action = Action::del;
  BOOST_TEST(found(plan) ==
             "delete: 2 objects would be deleted: rg, rg in subscription s2 | Put them back into "
             "the manifest | --allow delete | rg\n");
  plan.changes[1] = update("rg/kv", {.pairs_before = 6, .pairs_lost = 6, .access_emptied = true});
  plan.changes[1].subscription = "s2";
  plan.changes[1].taken_from = "theirs";
  plan.changes.erase(plan.changes.begin());
  BOOST_TEST(found(plan) ==
             "access-removed: 1 vault would lose more than half of its permissions: rg/kv in "
             "subscription s2 6 of 6, 100 % | Put the entries back | --allow access-removed | "
             "rg/kv\n"
             "access-emptied: rg/kv in subscription s2 would have no access policy left | Put the "
             "entries back | --allow access-emptied | rg/kv\n"
             "takeover: 1 object of another deployment would be taken over: rg/kv in subscription "
             "s2 from theirs | Take it out of one of the two manifests | --allow takeover | "
             "rg/kv\n");
}

BOOST_AUTO_TEST_SUITE_END()
