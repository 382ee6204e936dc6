// What left the manifest: kept and named, or deleted where that is asked for.
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/provision/engine/fingerprint.hpp"
#include "akv/provision/kinds/plan_order.hpp"
#include "kinds/world.hpp"
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

const std::string head = "apiVersion: akv/v1\ndeployment: pay\nresourceGroups:\n";

std::string group(const std::string& name, std::initializer_list<std::string> vaults) {
  std::string text = "  - name: " + name + "\n    location: westeurope\n    vaults:\n";
  for (const auto& vault : vaults) text += "      - " + vault + "\n";
  return text;
}

std::string replaced_once(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

struct Pruned : World {
  std::string one = head + group("rg-one", {"{name: kv-pay-a}"});
  std::string both = head + group("rg-one", {"{name: kv-pay-a}", "{name: kv-pay-b}"});
  std::string two_groups =
      both +
      group("rg-two", {"{name: kv-pay-c}", "{name: kv-pay-d, softDeleteRetentionInDays: 7}"});

  engine::PlanOptions pruning(bool everywhere = false, bool allowed = true) const {
    engine::PlanOptions options;
    options.prune = true;
    if (everywhere) options.prune_scopes = {emulator->identity().subscription_id};
    if (allowed) options.allow = {{"delete"}};
    return options;
  }

  void tag(const std::string& id, const std::string& key, const std::string& value) {
    Document tags = emulator->peek(id)["tags"];
    tags.set(key, value);
    BOOST_REQUIRE_EQUAL(
        other(http::Method::patch, id, Document::object({{"tags", std::move(tags)}})).status, 200);
  }

  /// A vault beside which lists stand; `lists` in flow style, each with its comma.
  std::string beside(const std::string& lists) const {
    return "apiVersion: akv/v1\ndeployment: pay\nprincipals: {app: "
           "1b2c0000-0000-4000-8000-000000000001, ops: "
           "2b2c0000-0000-4000-8000-000000000002}\nresourceGroups:\n" +
           group("rg-one", {"{" + lists + "name: kv-pay-a, enableRbacAuthorization: true}"});
  }
  static constexpr const char* roles_of_both =
      "roleAssignments: [{principal: app, role: Key Vault Secrets User}, {principal: ops, role: "
      "Key Vault Administrator}], ";
  static constexpr const char* roles_of_ops =
      "roleAssignments: [{principal: ops, role: Key Vault Administrator}], ";
  static constexpr const char* both_locks = "locks: [{name: keep}, {name: more}], ";
  static constexpr const char* one_lock = "locks: [{name: keep}], ";

  void lock(const std::string& scope) {
    const Document properties = Document::object({{"level", "CanNotDelete"}});
    BOOST_REQUIRE_LT(
        other(http::Method::put, scope + "/providers/Microsoft.Authorization/locks/freeze",
              Document::object({{"properties", properties}}), "2016-09-01")
            .status,
        300);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(prune, Pruned)

BOOST_AUTO_TEST_CASE(without_it_what_left_is_kept_and_named) {
  converge(both);
  const auto planned = plan(one);
  BOOST_TEST(summary(planned.plan) == "");
  BOOST_TEST(planned.plan.kept == std::vector<std::string>{"rg-one/kv-pay-b"});
}

BOOST_AUTO_TEST_CASE(what_left_a_named_group_is_deleted) {
  converge(both);
  const auto planned = plan(one, pruning());
  BOOST_TEST(summary(planned.plan) == "delete vault rg-one/kv-pay-b\n");
  BOOST_TEST(planned.plan.changes.front().summary ==
             "left the manifest, can be recovered for 90 days");
  BOOST_TEST(planned.plan.kept.empty());
  BOOST_TEST(planned.plan.planned_writes == 1U);
  BOOST_TEST(planned.plan.unchanged == 2U);
  emulator->clear_requests();
  BOOST_TEST(apply(planned, 4, {{"delete"}}).count(Outcome::succeeded) == 1U);
  BOOST_TEST(writes() ==
             std::vector<std::string>{"DELETE " + vault_id("rg-one", "kv-pay-b") + " 200"});
  BOOST_TEST(summary(plan(one, pruning()).plan) == "");
}

BOOST_AUTO_TEST_CASE(the_guard_on_deletes_wants_to_be_lifted) {
  converge(both);
  const auto planned = plan(one, pruning(false, false));
  BOOST_REQUIRE_EQUAL(planned.plan.guards.size(), 1U);
  BOOST_TEST(planned.plan.guards.front().id == "delete");
  BOOST_TEST(planned.plan.guards.front().objects == std::vector<std::string>{"rg-one/kv-pay-b"});
}

BOOST_AUTO_TEST_CASE(groups_that_the_manifest_does_not_name_are_left_alone) {
  converge(two_groups);
  const auto planned = plan(both, pruning());
  BOOST_TEST(summary(planned.plan) == "");
  BOOST_TEST(planned.plan.kept.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_scope_takes_in_groups_that_left_with_all_that_is_in_them) {
  converge(two_groups);
  const auto planned = plan(both, pruning(true));
  BOOST_TEST(summary(planned.plan) ==
             "delete vault rg-two/kv-pay-c\ndelete vault rg-two/kv-pay-d\n"
             "delete resourceGroup rg-two\n");
  BOOST_TEST(planned.plan.changes[1].summary == "left the manifest, can be recovered for 7 days");
  BOOST_TEST((planned.plan.changes[2].waits_for == std::vector<std::size_t>{0, 1}));
  BOOST_TEST(planned.plan.kept.empty());
  BOOST_TEST(apply(planned, 4, {{"delete"}}).count(Outcome::succeeded) == 3U);
  BOOST_TEST(emulator->peek(group_id("rg-two")).is_null());
}

BOOST_AUTO_TEST_CASE(a_group_with_anything_of_others_in_it_stays) {
  converge(two_groups);
  emulator->seed(group_id("rg-two") + "/providers/Microsoft.Storage/storageAccounts/logs",
                 Document::object({{"type", "Microsoft.Storage/storageAccounts"},
                                   {"location", "westeurope"},
                                   {"properties", Document::object()}}));
  const auto planned = plan(both, pruning(true));
  BOOST_TEST(summary(planned.plan) ==
             "delete vault rg-two/kv-pay-c\ndelete vault rg-two/kv-pay-d\n");
  BOOST_REQUIRE_EQUAL(planned.plan.warnings.size(), 1U);
  BOOST_TEST(planned.plan.warnings.front() ==
             "resource group rg-two left the manifest and stays: it holds logs, a stranger: "
             "neither in the manifest nor made by akv");
}

BOOST_AUTO_TEST_CASE(a_vault_of_another_deployment_is_neither_deleted_nor_lost_with_its_group) {
  converge(two_groups);
  tag(vault_id("rg-two", "kv-pay-d"), "akv-deployment", "theirs");
  const auto planned = plan(both, pruning(true));
  BOOST_TEST(summary(planned.plan) == "delete vault rg-two/kv-pay-c\n");
  BOOST_TEST(planned.plan.warnings.front() ==
             "resource group rg-two left the manifest and stays: it holds kv-pay-d, marked as of "
             "deployment theirs, can be recovered for 7 days");
}

BOOST_AUTO_TEST_CASE(what_is_protected_is_refused) {
  converge(both);
  tag(vault_id("rg-one", "kv-pay-b"), "akv-protect", "true");
  const auto planned = plan(one, pruning());
  BOOST_TEST(summary(planned.plan) ==
             "refused rg-one/kv-pay-b protected: it left the manifest, and the tag akv-protect "
             "stands\n");
  BOOST_TEST(planned.plan.refused.front().stops_run);
}

BOOST_AUTO_TEST_CASE(what_is_in_a_protected_group_is_protected_with_it) {
  converge(both);
  tag(group_id("rg-one"), "akv-protect", "true");
  const auto planned = plan(one, pruning());
  BOOST_TEST(contains(summary(planned.plan),
                      "refused rg-one/kv-pay-b protected: it left the manifest, and the tag "
                      "akv-protect of its group stands\n"),
             summary(planned.plan));
  BOOST_TEST(planned.plan.count(engine::Action::del) == 0U);
}

BOOST_AUTO_TEST_CASE(a_group_that_cannot_be_looked_into_is_named_as_unreadable) {
  converge(two_groups);
  emulator->set_faults(Document::parse(
      R"({"rules":[{"match":{"method":"GET","path":"**/resourceGroups/rg-two/resources"},
          "effect":{"status":403,"body":{"error":{"code":"AuthorizationFailed","message":"no"}}}}]})"));
  const auto planned = plan(both, pruning(true));
  BOOST_REQUIRE(planned.plan.unreadable.size() == 1U);
  BOOST_TEST(planned.plan.unreadable.front().name == "rg-two");
}

BOOST_AUTO_TEST_CASE(what_is_locked_is_refused) {
  converge(both);
  // Beside it only.
  lock(vault_id("rg-one", "kv-pay-a"));
  BOOST_TEST(summary(plan(one, pruning()).plan) == "delete vault rg-one/kv-pay-b\n");
  lock(group_id("rg-one"));
  BOOST_TEST(summary(plan(one, pruning()).plan) ==
             "refused rg-one/kv-pay-b locked: it left the manifest, and lock freeze on " +
                 group_id("rg-one") + " keeps it; it carries no mark of akv\n");
}

BOOST_AUTO_TEST_CASE(a_lock_on_what_is_in_a_group_keeps_the_group) {
  converge(two_groups);
  lock(vault_id("rg-two", "kv-pay-d"));
  const auto planned = plan(both, pruning(true));
  BOOST_TEST(planned.plan.refused.size() == 2U);
  BOOST_TEST(planned.plan.refused.front().name == "rg-two");
  BOOST_TEST(planned.plan.refused.front().code == "locked");
}

BOOST_AUTO_TEST_CASE(a_vault_whose_mark_changes_meanwhile_is_not_deleted) {
  converge(both);
  const auto planned = plan(one, pruning());
  tag(vault_id("rg-one", "kv-pay-b"), "akv-deployment", "theirs");
  const auto result = apply(planned, 4, {{"delete"}});
  BOOST_TEST((result.changes.front().outcome == Outcome::failed));
  BOOST_TEST(result.changes.front().error.message ==
             "its mark was changed since the inventory was made");
}

BOOST_AUTO_TEST_CASE(entries_of_lists_that_left_are_kept_and_named_without_it) {
  converge(beside(std::string(roles_of_both) + both_locks));
  // What others made is information, what we made is named.
  lock(vault_id("rg-one", "kv-pay-a"));
  const auto kept = [this](const std::string& lists) {
    const engine::Plan planned = plan(beside(lists)).plan;
    std::string text = summary(planned);
    for (const std::string& name : planned.kept) text += name + "\n";
    for (const auto& [name, field] : planned.left_alone) text += "beside: " + field.path + "\n";
    return text;
  };
  BOOST_TEST(kept(std::string(roles_of_ops) + one_lock) ==
             "rg-one/kv-pay-a locks[more]\n"
             "rg-one/kv-pay-a roleAssignments[app/Key Vault Secrets User]\n"
             "beside: locks[freeze]\n");
  BOOST_TEST(kept(std::string(roles_of_both) + both_locks) == "beside: locks[freeze]\n");
  // Also beside a change of the same list.
  const engine::Plan changing = plan(beside("locks: [{name: keep, level: ReadOnly}], ")).plan;
  BOOST_TEST(changing.kept == (std::vector<std::string>{
                                  "rg-one/kv-pay-a locks[more]",
                                  "rg-one/kv-pay-a roleAssignments[app/Key Vault Secrets User]",
                                  "rg-one/kv-pay-a roleAssignments[ops/Key Vault Administrator]"}));
  BOOST_REQUIRE_EQUAL(changing.changes.size(), 1U);
  BOOST_REQUIRE_EQUAL(changing.changes.front().left_alone.size(), 1U);
  BOOST_TEST(changing.changes.front().left_alone.front().entry == "freeze");
}

BOOST_AUTO_TEST_CASE(entries_of_lists_that_left_are_taken_away) {
  converge(beside(std::string(roles_of_both) + both_locks));
  lock(vault_id("rg-one", "kv-pay-a"));
  const std::string left = beside(std::string(roles_of_ops) + one_lock);
  const auto planned = plan(left, pruning());
  BOOST_REQUIRE_EQUAL(planned.plan.changes.size(), 2U);
  BOOST_TEST(planned.plan.kept.empty());
  // The lock goes first, or it would keep the other.
  const engine::Change &locks = planned.plan.changes[0], &roles = planned.plan.changes[1];
  BOOST_TEST(locks.fields.front().path == "locks[more]");
  BOOST_TEST(locks.notes == std::vector<std::string>{"left the manifest: more"});
  BOOST_TEST((roles.waits_for == std::vector<std::size_t>{0}));
  BOOST_TEST(roles.fields.front().path == "roleAssignments[app/Key Vault Secrets User]");
  BOOST_TEST(roles.notes ==
             std::vector<std::string>{"left the manifest: app/Key Vault Secrets User"});
  BOOST_TEST(roles.risks == (std::vector<std::string>{"access-removed", "pruned"}));
  emulator->clear_requests();
  other(http::Method::del,
        vault_id("rg-one", "kv-pay-a") + "/providers/Microsoft.Authorization/locks/freeze", {},
        "2016-09-01");
  other(http::Method::del,
        vault_id("rg-one", "kv-pay-a") + "/providers/Microsoft.Authorization/locks/keep", {},
        "2016-09-01");
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 2U);
  BOOST_TEST(summary(plan(beside(roles_of_ops), pruning()).plan) == "");
}

BOOST_AUTO_TEST_CASE(lists_that_left_as_a_whole_are_found_too) {
  converge(beside(std::string(roles_of_both) + one_lock));
  const auto planned = plan(beside(""), pruning());
  BOOST_REQUIRE_EQUAL(planned.plan.changes.size(), 2U);
  BOOST_TEST(planned.plan.changes[1].fields.size() == 2U);
  BOOST_TEST(apply(planned, 4, {{"access-emptied"}, {"access-removed"}, {"lockout"}})
                 .count(Outcome::succeeded) == 2U);
  BOOST_TEST(summary(plan(beside(""), pruning()).plan) == "");
}

BOOST_AUTO_TEST_CASE(lists_that_left_as_a_whole_are_kept_and_named_without_it) {
  converge(beside(std::string(roles_of_both) + one_lock));
  lock(vault_id("rg-one", "kv-pay-a"));
  const auto planned = plan(beside(one_lock));
  BOOST_TEST(summary(planned.plan) == "");
  BOOST_TEST(
      planned.plan.kept ==
      (std::vector<std::string>{"rg-one/kv-pay-a roleAssignments[app/Key Vault Secrets User]",
                                "rg-one/kv-pay-a roleAssignments[ops/Key Vault Administrator]"}));
  engine::PlanOptions elsewhere;
  elsewhere.exclude = {"rg-one/*"};
  BOOST_TEST(plan(beside(one_lock), elsewhere).plan.kept.empty());
  // Who names no list at all does not pay for reading them.
  emulator->clear_requests();
  BOOST_TEST(plan(beside("")).plan.kept.empty());
  BOOST_TEST(reads("Microsoft.Authorization") == 0U);
}

BOOST_AUTO_TEST_CASE(entries_beside_what_the_manifest_never_made_are_ours_all_the_same) {
  converge(one);
  const std::string guest = "apiVersion: akv/v1\ndeployment: guest\nresourceGroups:\n";
  const std::string used =
      guest + group("rg-guest", {}).substr(0, group("rg-guest", {}).find("    vaults")) +
      "  - name: rg-one\n    existing: true\n    locks: [{name: of-guest}]\n    vaults:\n"
      "      - {name: kv-pay-a, existing: true, roleAssignments: [{objectId: "
      "1b2c0000-0000-4000-8000-000000000001, role: Key Vault Reader}]}\n";
  converge(used);
  // Of others.
  const std::string theirs =
      vault_id("rg-one", "kv-pay-a") +
      "/providers/Microsoft.Authorization/roleAssignments/77770000-0000-4000-8000-000000000007";
  const Document reader = Document::object(
      {{"principalId", "2b2c0000-0000-4000-8000-000000000002"},
       {"roleDefinitionId",
        role_definition_id(role_id::key_vault_reader, emulator->identity().subscription_id)}});
  BOOST_REQUIRE_LT(
      other(http::Method::put, theirs, Document::object({{"properties", reader}}), "2022-04-01")
          .status,
      300);
  const std::string role =
      "rg-one/kv-pay-a roleAssignments[1b2c0000-0000-4000-8000-000000000001/Key Vault Reader]";

  // The vault left the manifest, its group did not.
  const std::string without_vault = used.substr(0, used.find("    vaults:\n"));
  BOOST_TEST(plan(without_vault).plan.kept == std::vector<std::string>{role});
  const auto planned = plan(without_vault, pruning());
  BOOST_TEST(summary(planned.plan).find("update roleAssignment rg-one/kv-pay-a\n") == 0U,
             summary(planned.plan));
  BOOST_REQUIRE_EQUAL(planned.plan.changes.size(), 1U);
  BOOST_TEST(planned.plan.changes[0].risks ==
             (std::vector<std::string>{"access-removed", "pruned"}));
  BOOST_TEST(planned.plan.kept.empty());
  BOOST_TEST(planned.plan.planned_writes == 1U);
  // The lock at its group, which the list no longer has, goes first.
  const std::string without_lock =
      replaced_once(without_vault, "    locks: [{name: of-guest}]\n", "");
  const auto both_lists = plan(without_lock, pruning());
  BOOST_REQUIRE_EQUAL(both_lists.plan.changes.size(), 2U);
  BOOST_TEST(both_lists.plan.changes[0].kind == "lock");
  BOOST_TEST((both_lists.plan.changes[1].waits_for == std::vector<std::size_t>{0}));

  // Neither is named: what is there is known, and touched only where a scope takes it in.
  const std::string neither = used.substr(0, used.find("  - name: rg-one"));
  BOOST_TEST(plan(neither).plan.kept == std::vector<std::string>{});
  const std::string two_named = neither + "  - {name: rg-guest-2, location: westeurope}\n";
  converge(two_named);
  BOOST_TEST(plan(two_named, pruning()).plan.kept ==
             (std::vector<std::string>{"rg-one locks[of-guest]", role}));
  const auto everywhere = plan(two_named, pruning(true));
  BOOST_TEST(everywhere.plan.kept.empty());
  BOOST_REQUIRE_EQUAL(everywhere.plan.changes.size(), 2U);
  // The lock at the group would keep the other.
  BOOST_TEST(everywhere.plan.changes[0].kind == "lock");
  BOOST_TEST((everywhere.plan.changes[1].waits_for == std::vector<std::size_t>{0}));
  emulator->clear_requests();
  BOOST_TEST(apply(everywhere, 4, {{"access-emptied"}, {"access-removed"}, {"lockout"}})
                 .count(Outcome::succeeded) == 2U);
  BOOST_TEST(writes().size() == 2U);
  const auto after = plan(two_named, pruning(true));
  BOOST_TEST(summary(after.plan) == "");
  BOOST_TEST(after.plan.kept.empty());
  // What others put there stays.
  BOOST_TEST(other(http::Method::get, theirs, {}, "2022-04-01").status == 200);
}

BOOST_AUTO_TEST_CASE(what_stands_beside_a_vault_that_is_deleted_goes_with_it) {
  const std::string vault =
      "{name: kv-pay-b, roleAssignments: [{objectId: "
      "1b2c0000-0000-4000-8000-000000000001, role: Key Vault Reader}]}";
  converge(head + group("rg-one", {"{name: kv-pay-a}", vault}));
  BOOST_TEST(plan(one).plan.kept == std::vector<std::string>{"rg-one/kv-pay-b"});
  BOOST_TEST(summary(plan(one, pruning()).plan) == "delete vault rg-one/kv-pay-b\n");
}

BOOST_AUTO_TEST_CASE(guards_judge_what_is_taken_out_of_lists) {
  converge(beside(roles_of_ops));
  const auto planned = plan(beside(""), pruning());
  std::string guards;
  for (const auto& finding : planned.plan.guards) guards += finding.id + " ";
  BOOST_TEST(guards.find("access-emptied") != std::string::npos, guards);
}

BOOST_AUTO_TEST_CASE(an_exact_list_takes_them_away_by_itself) {
  const std::string exact = "manage: {locks: exact}, ";
  converge(beside(both_locks + exact));
  const auto planned = plan(beside(one_lock + exact));
  BOOST_REQUIRE_EQUAL(planned.plan.changes.size(), 1U);
  BOOST_TEST(planned.plan.changes.front().risks.empty());
  BOOST_TEST(plan(beside(one_lock + exact), pruning()).plan.changes.front().risks.empty());
}

BOOST_AUTO_TEST_CASE(the_digest_of_a_plan_tells_what_is_deleted) {
  converge(both);
  BOOST_TEST(engine::change_set_digest(plan(one, pruning()).plan) !=
             engine::change_set_digest(plan(one).plan));
}

BOOST_AUTO_TEST_CASE(a_lock_that_comes_waits_for_what_is_pruned_under_it) {
  converge(both);
  std::string locked = one;
  const std::string place = "    location: westeurope\n";
  locked.insert(locked.find(place) + place.size(), "    locks: [{name: keep}]\n");
  const auto planned = plan(locked, pruning());
  BOOST_TEST(
      summary(planned.plan).starts_with("delete vault rg-one/kv-pay-b\nupdate lock rg-one\n"),
      summary(planned.plan));
  BOOST_REQUIRE_EQUAL(planned.plan.changes.size(), 2U);
  BOOST_TEST((planned.plan.changes[1].waits_for == std::vector<std::size_t>{0}));
  const auto result = apply(planned, 4, {{"delete"}});
  BOOST_TEST(result.count(Outcome::succeeded) == 2U);
}

BOOST_AUTO_TEST_CASE(an_own_lock_that_keeps_what_left_is_told_with_its_place) {
  std::string locked = both;
  const std::string place = "    location: westeurope\n";
  locked.insert(locked.find(place) + place.size(), "    locks: [{name: keep}]\n");
  converge(locked);
  std::string left = one;
  left.insert(left.find(place) + place.size(), "    locks: [{name: keep}]\n");
  const engine::Plan planned = plan(left, pruning()).plan;
  BOOST_REQUIRE_EQUAL(planned.refused.size(), 1U);
  BOOST_TEST(planned.refused[0].message.ends_with(" keeps it; it is of this manifest, test.yaml:6"),
             planned.refused[0].message);
  BOOST_TEST(planned.refused[0].remedy ==
             "write state: absent for it there and apply, prune, and put it back");
}

BOOST_AUTO_TEST_CASE(a_vault_waits_for_our_lock_that_left_the_manifest_with_it) {
  std::string locked = both;
  const std::string place = "    location: westeurope\n";
  locked.insert(locked.find(place) + place.size(), "    locks: [{name: keep}, {name: more}]\n");
  converge(locked);
  // The list goes whole, or only these entries of it; the third one comes, behind all else.
  std::string other = one;
  other.insert(other.find(place) + place.size(), "    locks: [{name: third}]\n");
  for (const std::string& left : {one, other}) {
    const engine::Plan planned = plan(left, pruning()).plan;
    BOOST_TEST(planned.refused.empty());
    BOOST_REQUIRE_GE(planned.changes.size(), 2U);
    BOOST_TEST(planned.changes[0].kind == "lock");
    BOOST_TEST(planned.changes[1].name == "rg-one/kv-pay-b");
    BOOST_TEST((planned.changes[1].waits_for == std::vector<std::size_t>{0}));
  }
  const auto planned = plan(one, pruning());
  BOOST_TEST(apply(planned, 4, {{"delete"}}).count(Outcome::succeeded) ==
             planned.plan.changes.size());
  BOOST_TEST(emulator->peek(vault_id("rg-one", "kv-pay-b")).is_null());
}

BOOST_AUTO_TEST_CASE(another_lock_still_keeps_it_from_being_pruned) {
  std::string locked = both;
  const std::string place = "    location: westeurope\n";
  locked.insert(locked.find(place) + place.size(), "    locks: [{name: keep}]\n");
  converge(locked);
  lock(group_id("rg-one"));
  const engine::Plan planned = plan(one, pruning()).plan;
  BOOST_REQUIRE_EQUAL(planned.refused.size(), 1U);
  BOOST_TEST(planned.refused[0].remedy == "ask the lock's owner; akv does not lift locks to prune");
}

BOOST_AUTO_TEST_CASE(a_group_whose_lock_goes_in_this_run_goes_in_the_next) {
  std::string locked = two_groups;
  const std::string place = "  - name: rg-two\n    location: westeurope\n";
  locked.insert(locked.find(place) + place.size(), "    locks: [{name: keep}]\n");
  converge(locked);
  const auto planned = plan(both, pruning(true));
  BOOST_REQUIRE(!planned.plan.refused.empty());
  BOOST_TEST(planned.plan.refused[0].remedy ==
             "this run takes the lock away: prune again after it");
}

BOOST_AUTO_TEST_CASE(many_locks_that_come_wait_once_each_for_what_is_pruned_under_them) {
  constexpr std::size_t many = 10'000;
  const auto at = [](std::size_t i) {
    return "/subscriptions/s/resourceGroups/rg-" + std::to_string(i);
  };
  engine::Plan plan;
  engine::Change group;
  group.kind = "resourceGroup";
  group.action = engine::Action::create;
  group.id = at(0);
  plan.changes.push_back(group);
  for (std::size_t i = 0; i < many; ++i) {
    engine::Change lock;
    lock.kind = "lock";
    lock.action = engine::Action::create;
    lock.id = at(i) + "/providers/Microsoft.Authorization/locks";
    if (i == 0) lock.waits_for = {0};
    engine::FieldChange added;
    added.path = "locks[keep]";
    added.key = Document::object({{"name", "keep"}});
    added.after = Document::object({{"name", "keep"}, {"level", "CanNotDelete"}});
    lock.fields.push_back(std::move(added));
    plan.changes.push_back(std::move(lock));
  }
  const std::size_t added = plan.changes.size();
  for (std::size_t i = 0; i < many; ++i) {
    engine::Change vault;
    vault.kind = "vault";
    vault.action = engine::Action::del;
    vault.id = ascii::lower(at(i)) + "/providers/Microsoft.KeyVault/vaults/kv";
    plan.changes.push_back(std::move(vault));
  }
  kinds::put_last_turns_last(plan, registry, added);
  BOOST_REQUIRE_EQUAL(plan.changes.size(), 2 * many + 1);
  for (std::size_t i = 0; i < many; ++i) {
    const engine::Change& lock = plan.changes[many + 1 + i];
    BOOST_REQUIRE_EQUAL(lock.kind, "lock");
    const auto wanted = i == 0 ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{i + 1};
    BOOST_REQUIRE((lock.waits_for == wanted));
  }
}

BOOST_AUTO_TEST_SUITE_END()
