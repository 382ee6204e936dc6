// A saved plan against what has become of the estate since, over the emulator.
#include "akv/provision/engine/freshness.hpp"

#include "akv/provision/engine/fingerprint.hpp"
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Freshness;
using engine::Outcome;
using engine::SavedPlan;
using json::Document;

namespace {

std::string estate(const std::string& secrets, const std::string& more = {}) {
  return R"(
apiVersion: akv/v1
deployment: pay
principals: {app: 1b2c0000-0000-4000-8000-000000000001}
defaults:
  vault:
    enableRbacAuthorization: false
    accessPolicies: [{principal: app, permissions: {secrets: [)" +
         secrets + R"(]}}]
resourceGroups:
  - name: rg
    location: westeurope
    vaults:
      - name: kv-pay-one
)" + more;
}

constexpr const char* groups_version = "2021-04-01";

struct SavedWorld : World {
  /// Through the text of the file, as the program does.
  SavedPlan save(std::string_view yaml, engine::PlanOptions options = {}) {
    const engine::Deployment deployment = load(yaml);
    engine::Sightings seen(registry, deployment);
    SavedPlan saved;
    saved.saved_at = "2026-11-22T08:02:00Z";
    saved.allow = options.allow;
    saved.adopt = options.adopt;
    options.on_live = [&seen](const engine::Live& live) { seen.add(live); };
    const kinds::Planned planned = plan(deployment, std::move(options));
    saved.subscriptions = deployment.subscriptions;
    saved.tenants = planned.environment.tenants;
    saved.plan = planned.plan;
    saved.plan.digest = engine::change_set_digest(planned.plan);
    saved.witnesses = engine::witnesses_of(planned.plan, deployment, seen);
    engine::keep_canonical(saved, registry);
    return engine::read_saved_plan(engine::to_text(saved), registry);
  }

  Freshness check(const SavedPlan& saved, const engine::Facts& facts = {}) {
    engine::Sightings seen(registry, saved);
    engine::PlanOptions options;
    options.adopt = saved.adopt;
    options.allow = saved.allow;
    options.on_live = [&seen](const engine::Live& live) { seen.add(live); };
    kinds::Planned planned = plan(engine::deployment_of(saved), std::move(options));
    environment = planned.environment;
    return engine::check_freshness(saved, std::move(planned.plan), seen, registry, environment,
                                   facts);
  }

  void carry_out(const SavedPlan& saved) {
    Freshness freshness = check(saved);
    BOOST_REQUIRE_MESSAGE(freshness.moved.empty(), moves(freshness));
    BOOST_REQUIRE_MESSAGE(freshness.plan.guards.empty(), summary(freshness.plan));
    const kinds::Planned planned{std::move(freshness.plan), environment};
    const auto result = apply(planned, 4, saved.allow);
    for (const auto& change : result.changes)
      BOOST_TEST((change.outcome == Outcome::succeeded), change.error.message);
  }

  static std::string moves(const Freshness& freshness) {
    std::string text;
    for (const auto& moved : freshness.moved) {
      text += moved.name + ": " + moved.what;
      for (const auto& field : moved.fields)
        text += " " + field.path + " " + field.before.dump() + " -> " + field.after.dump();
      text += "\n";
    }
    return text;
  }

  void give(const std::string& vault, const std::string& object_id, const char* permission) {
    const Document entry = Document::object(
        {{"tenantId", emulator->identity().tenant_id},
         {"objectId", object_id},
         {"permissions", Document::object({{"secrets", Document::array({permission})}})}});
    const Document properties = Document::object({{"accessPolicies", Document::array({entry})}});
    BOOST_REQUIRE_EQUAL(other(http::Method::put, vault_id("rg", vault) + "/accessPolicies/add",
                              Document::object({{"properties", properties}}))
                            .status,
                        200);
  }

  void tag(const std::string& key, const std::string& value) {
    const std::string id = vault_id("rg", "kv-pay-one");
    Document tags = emulator->peek(id)["tags"];
    tags.set(key, value);
    BOOST_REQUIRE_EQUAL(
        other(http::Method::patch, id, Document::object({{"tags", std::move(tags)}})).status, 200);
  }

  void make_group(const std::string& group) {
    BOOST_REQUIRE_LT(other(http::Method::put, group_id(group),
                           Document::object({{"location", "westeurope"}}), groups_version)
                         .status,
                     300);
  }

  void make_vault(const std::string& group, const std::string& vault) {
    const Document sku = Document::object({{"family", "A"}, {"name", "standard"}});
    const Document properties = Document::object({{"tenantId", emulator->identity().tenant_id},
                                                  {"sku", sku},
                                                  {"accessPolicies", Document::array()}});
    BOOST_REQUIRE_LT(
        other(http::Method::put, vault_id(group, vault),
              Document::object({{"location", "westeurope"}, {"properties", properties}}))
            .status,
        300);
  }

  void remove(const std::string& id, const char* version = "2023-07-01") {
    const auto answer = other(http::Method::del, id, {}, version);
    BOOST_REQUIRE_MESSAGE(answer.status < 300, answer.body);
  }

  engine::Environment environment;
};

constexpr const char* stranger = "9f3e0000-0000-4000-8000-000000000007";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(freshness, SavedWorld)

BOOST_AUTO_TEST_CASE(a_plan_that_nothing_has_overtaken_is_carried_out) {
  const SavedPlan first = save(estate("get"));
  carry_out(first);
  const SavedPlan second = save(estate("get, list"));
  BOOST_TEST(summary(check(second).plan) == summary(second.plan));
  carry_out(second);
  BOOST_TEST(summary(plan(estate("get, list")).plan) == "");
}

BOOST_AUTO_TEST_CASE(a_policy_that_somebody_else_edited_makes_it_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get, list"));
  give("kv-pay-one", stranger, "purge");
  const Freshness now = check(saved);
  BOOST_REQUIRE_EQUAL(now.moved.size(), 1U);
  BOOST_TEST(now.moved.front().name == "rg/kv-pay-one");
  BOOST_TEST(now.moved.front().fields.front().path ==
             "accessPolicies[" + std::string(stranger) + "].permissions.secrets");
  BOOST_TEST(now.moved.front().fields.front().before.size() == 0U);
  BOOST_TEST(now.moved.front().last_written.find(" UTC") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_deleted_makes_it_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get, list"));
  remove(vault_id("rg", "kv-pay-one"));
  BOOST_TEST(moves(check(saved)) == "rg/kv-pay-one: it was deleted\n");
}

BOOST_AUTO_TEST_CASE(what_was_to_be_created_and_has_appeared_makes_it_stale) {
  const SavedPlan saved = save(estate("get"));
  make_group("rg");
  BOOST_TEST(moves(check(saved)) ==
             "rg: it exists and carries no mark of deployment pay; adopt: true or --adopt=rg takes "
             "it over, existing: true uses it as it is\n");
}

BOOST_AUTO_TEST_CASE(another_vault_of_its_name_makes_a_create_stale) {
  const SavedPlan saved = save(estate("get"));
  make_group("rg-else");
  make_vault("rg-else", "kv-pay-one");
  BOOST_TEST(moves(check(saved)) ==
             "rg/kv-pay-one: its name is taken by " + vault_id("rg-else", "kv-pay-one") + "\n");
}

BOOST_AUTO_TEST_CASE(a_deleted_vault_of_its_name_makes_a_create_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get", "      - name: kv-pay-two\n"));
  make_vault("rg", "kv-pay-two");
  remove(vault_id("rg", "kv-pay-two"));
  const std::string moved = moves(check(saved));
  BOOST_TEST(moved.starts_with("rg/kv-pay-two: deleted on "), moved);
}

BOOST_AUTO_TEST_CASE(a_group_that_is_gone_makes_it_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get", "      - name: kv-pay-two\n"));
  remove(vault_id("rg", "kv-pay-one"));
  remove(group_id("rg"), groups_version);
  clock.advance(std::chrono::hours(1));
  BOOST_TEST(moves(check(saved)) == "rg: it was deleted\n");
}

BOOST_AUTO_TEST_CASE(tags_of_akv_alone_do_not_make_it_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get, list"));
  tag("akv-protect", "true");
  tag("akv-run", "20261122");
  BOOST_TEST(moves(check(saved)) == "");
  carry_out(saved);
}

BOOST_AUTO_TEST_CASE(a_tag_of_others_on_what_it_changes_makes_it_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get, list"));
  tag("cost", "42");
  BOOST_TEST(moves(check(saved)) == "rg/kv-pay-one:  tags[cost] null -> \"42\"\n");
}

BOOST_AUTO_TEST_CASE(another_deployments_mark_makes_it_stale) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get, list"));
  tag("akv-deployment", "theirs");
  BOOST_TEST(moves(check(saved)) ==
             "rg/kv-pay-one: it belongs to deployment theirs; take it out of one of the two "
             "manifests, or take it over: --adopt=rg/kv-pay-one --allow "
             "takeover=rg/kv-pay-one\n");
}

BOOST_AUTO_TEST_CASE(movement_of_what_it_does_not_change_is_a_warning) {
  const auto two = [](const std::string& sku) {
    return estate("get", "      - name: kv-pay-two\n        sku: " + sku + "\n");
  };
  converge(two("standard"));
  const SavedPlan saved = save(two("premium"));
  BOOST_TEST(saved.plan.changes.size() == 1U);
  give("kv-pay-one", stranger, "get");
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_REQUIRE_EQUAL(now.warnings.size(), 1U);
  BOOST_TEST(now.warnings.front() ==
             "vault rg/kv-pay-one, which this plan does not change, has moved since it was made");
  BOOST_TEST(now.plan.warnings.back() == now.warnings.front());
  remove(vault_id("rg", "kv-pay-one"));
  BOOST_TEST(check(saved).warnings.front() ==
             "vault rg/kv-pay-one, which this plan does not change, is gone");
}

BOOST_AUTO_TEST_CASE(a_second_run_of_the_same_plan_finds_all_of_it_done) {
  const SavedPlan saved = save(estate("get"));
  carry_out(saved);
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.done.size() == 2U);
  BOOST_TEST(now.plan.changes.empty());
}

BOOST_AUTO_TEST_CASE(what_a_killed_run_did_is_not_movement) {
  const std::string two = "      - name: kv-pay-two\n";
  const SavedPlan saved = save(estate("get", two));
  // As far as the first run came: the group and one of the vaults.
  converge(estate("get"));
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.done.size() == 2U);
  BOOST_TEST(summary(now.plan) == "create vault rg/kv-pay-two\n");
  BOOST_TEST(now.plan.changes.front().waits_for.empty());
  carry_out(saved);
  BOOST_TEST(summary(plan(estate("get", two)).plan) == "");
}

BOOST_AUTO_TEST_CASE(a_vault_that_was_changed_in_part_goes_on) {
  const auto merged = [](const std::string& sku, const std::string& secrets) {
    return estate(secrets, "        sku: " + sku + "\n        manage: {accessPolicies: merge}\n");
  };
  converge(merged("standard", "get"));
  const SavedPlan saved = save(merged("premium", "get, list"));
  BOOST_TEST(saved.plan.changes.front().fields.size() == 2U);
  // The first of its two writes was done.
  converge(merged("premium", "get"));
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.plan.changes.front().fields.size() == 1U);
  // The same half with something else beside it is movement, and only that is named.
  tag("cost", "42");
  BOOST_TEST(moves(check(saved)) == "rg/kv-pay-one:  tags[cost] null -> \"42\"\n");
}

BOOST_AUTO_TEST_CASE(lists_beside_a_vault_go_on_and_go_stale_like_it) {
  const std::string roles =
      "        roleAssignments: [{principal: app, role: Key Vault Secrets User}]\n"
      "        locks: [{name: keep, level: CanNotDelete}]\n";
  const SavedPlan saved = save(estate("get", roles));
  // As far as the first run came.
  converge(estate("get"));
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.done.size() == 2U);
  BOOST_TEST(now.plan.changes.size() == saved.plan.changes.size() - 2U);
  BOOST_REQUIRE_LT(
      other(http::Method::put,
            vault_id("rg", "kv-pay-one") + "/providers/Microsoft.Authorization/locks/theirs",
            Document::parse(R"({"properties":{"level":"ReadOnly"}})"), "2016-09-01")
          .status,
      300);
  const std::string moved = moves(check(saved));
  BOOST_TEST(moved.find("locks[theirs]") != std::string::npos, moved);
}

BOOST_AUTO_TEST_CASE(lists_beside_a_vault_are_carried_out_and_then_done) {
  const SavedPlan saved =
      save(estate("get",
                  "        roleAssignments: [{principal: app, role: Key Vault Secrets User}]\n"
                  "        locks: [{name: keep, level: CanNotDelete}]\n"));
  carry_out(saved);
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.plan.changes.empty());
  BOOST_TEST(now.done.size() == saved.plan.changes.size());
}

BOOST_AUTO_TEST_CASE(lists_beside_what_does_not_change_are_carried_out) {
  const std::string locks = "        locks: [{name: keep, level: ";
  converge(estate("get", locks + "ReadOnly}, {name: more}]\n"));
  // One part of it comes first and one last.
  const SavedPlan saved =
      save(estate("get", locks + "CanNotDelete}, {name: more, level: ReadOnly}]\n"));
  BOOST_TEST(saved.plan.changes.size() == 2U);
  carry_out(saved);
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.done.size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_adoption_that_was_done_is_done) {
  make_group("rg");
  engine::PlanOptions options;
  options.adopt = {"*"};
  const SavedPlan saved = save(estate("get"), options);
  BOOST_TEST(summary(saved.plan) == "adopt resourceGroup rg\ncreate vault rg/kv-pay-one\n");
  carry_out(saved);
  const Freshness now = check(saved);
  BOOST_TEST(moves(now) == "");
  BOOST_TEST(now.done.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_recovery_is_carried_out_and_then_done) {
  converge(estate("get"));
  remove(vault_id("rg", "kv-pay-one"));
  const SavedPlan saved = save(estate("get", "        onSoftDeleted: recover\n"));
  BOOST_TEST(summary(saved.plan) == "recover vault rg/kv-pay-one\n");
  carry_out(saved);
  BOOST_TEST(check(saved).done.size() == 1U);
}

BOOST_AUTO_TEST_CASE(another_deleted_vault_makes_a_recovery_or_purge_stale) {
  converge(estate("get"));
  remove(vault_id("rg", "kv-pay-one"));
  const SavedPlan recover = save(estate("get", "        onSoftDeleted: recover\n"));
  engine::PlanOptions options;
  options.allow = {{"purge"}};
  const SavedPlan purge = save(estate("get", "        onSoftDeleted: purge\n"), options);
  other(http::Method::post, "/subscriptions/" + emulator->identity().subscription_id +
                                "/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/"
                                "kv-pay-one/purge");
  // On the same day.
  clock.advance(std::chrono::hours(1));
  BOOST_TEST(moves(check(recover)) ==
             "rg/kv-pay-one: what was soft-deleted under its name is not there any more\n");
  // A purge that is done is none; what follows it remains.
  BOOST_TEST(moves(check(purge)) == "");
  BOOST_TEST(check(purge).done.size() == 1U);
  converge(estate("get"));
  remove(vault_id("rg", "kv-pay-one"));
  const std::string another = "rg/kv-pay-one: another vault is soft-deleted under its name\n";
  BOOST_TEST(moves(check(recover)) == another);
  BOOST_TEST(moves(check(purge)) == another);
}

BOOST_AUTO_TEST_CASE(a_purge_ends_only_the_deleted_vault_that_was_planned) {
  converge(estate("get"));
  remove(vault_id("rg", "kv-pay-one"));
  engine::PlanOptions options;
  options.allow = {{"purge"}};
  auto planned = plan(load(estate("get", "        onSoftDeleted: purge\n")), options);
  BOOST_REQUIRE(!planned.plan.changes.front().deleted_at.empty());
  planned.plan.changes.front().deleted_at = "2020-01-01T00:00:00Z";
  const auto result = apply(planned, 4, options.allow);
  BOOST_TEST((result.changes.front().outcome == Outcome::failed));
  BOOST_TEST(result.changes.front().error.code == "AnotherDeletedVault");
}

BOOST_AUTO_TEST_CASE(what_roles_give_beside_a_change_is_judged_as_it_is_now) {
  const std::string me = "1b2c0000-0000-4000-8000-000000000001";
  const std::string roles = "        roleAssignments: [{principal: app, role: Owner}]\n";
  converge(estate("get", roles));
  engine::PlanOptions options;
  options.allow = {{"access-emptied"}, {"access-removed"}};
  const SavedPlan saved =
      save(estate("get", roles + "        accessPolicies: !replace []\n"), options);
  const Freshness unmoved = check(saved, {.caller = me});
  BOOST_TEST(unmoved.plan.guards.empty());
  for (const std::string& warning : unmoved.warnings) BOOST_TEST(warning == "");
  const std::string list =
      vault_id("rg", "kv-pay-one") + "/providers/Microsoft.Authorization/roleAssignments";
  const Document given = Document::parse(other(http::Method::get, list, {}, "2022-04-01").body);
  for (const Document& assignment : given["value"].as_array())
    if (assignment["properties"]["principalId"].string_or() == me)
      other(http::Method::del, std::string(assignment["id"].string_or()), {}, "2022-04-01");
  const Freshness now = check(saved, {.caller = me});
  BOOST_REQUIRE(now.plan.guards.size() == 1U);
  BOOST_TEST(now.plan.guards.front().id == "lockout");
  BOOST_TEST(now.warnings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(guards_judge_again_and_only_stored_allowances_lift_them) {
  converge(estate("get, list, set, delete"));
  const SavedPlan refused = save(estate("get"));
  BOOST_TEST(!check(refused).plan.guards.empty());
  engine::PlanOptions options;
  options.allow = {{"access-removed"}, {"lockout"}};
  const SavedPlan allowed = save(estate("get"), options);
  BOOST_TEST(check(allowed).plan.guards.empty());
  carry_out(allowed);
}

BOOST_AUTO_TEST_CASE(all_guards_judge_as_the_one_who_applies) {
  converge(estate("get"));
  engine::PlanOptions options;
  options.allow = {{"access-emptied"}, {"access-removed"}};
  const SavedPlan saved = save(estate("get", "        accessPolicies: !replace []\n"), options);
  BOOST_TEST(check(saved).plan.guards.empty());
  const Freshness now = check(saved, {.caller = "1b2c0000-0000-4000-8000-000000000001"});
  BOOST_TEST(moves(now) == "");
  BOOST_REQUIRE_EQUAL(now.plan.guards.size(), 1U);
  BOOST_TEST(now.plan.guards.front().id == "lockout");
}

BOOST_AUTO_TEST_CASE(what_is_known_only_in_part_is_warned_of_once) {
  const std::string nobody =
      "      - {name: kv-pay-two, enableRbacAuthorization: false, accessPolicies: !replace []}\n";
  const SavedPlan saved = save(estate("get", nobody));
  BOOST_REQUIRE_EQUAL(saved.plan.warnings.size(), 1U);
  BOOST_TEST(check(saved).plan.warnings == saved.plan.warnings);
}

BOOST_AUTO_TEST_CASE(it_reads_no_more_than_planning_did) {
  converge(estate("get"));
  const SavedPlan saved = save(estate("get, list"));
  BOOST_TEST(check(saved).plan.reads <= saved.plan.reads);
}

BOOST_AUTO_TEST_SUITE_END()
