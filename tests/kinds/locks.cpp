// Locks beside groups and vaults, over the emulator.
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Outcome;
using json::Document;

namespace {

constexpr const char* version = "2020-05-01";

std::string estate(const std::string& of_vault, const std::string& of_group = {}) {
  return R"(
apiVersion: akv/v1
deployment: locked
principals: {app: 1b2c0000-0000-4000-8000-000000000001}
resourceGroups:
  - name: rg
    location: westeurope
)" + of_group +
         "    vaults:\n      - name: kv-locked\n        enableRbacAuthorization: true\n" + of_vault;
}

struct Locks : World {
  std::string scope() const { return vault_id("rg", "kv-locked"); }
  std::string path(const std::string& at, const std::string& name) const {
    return at + "/providers/Microsoft.Authorization/locks/" + name;
  }
  http::Response put_lock(const std::string& at, const std::string& name, const char* level,
                          const char* notes = "") {
    return other(
        http::Method::put, path(at, name),
        Document::object({{"properties", Document::object({{"level", level}, {"notes", notes}})}}),
        version);
  }
  Document lock(const std::string& at, const std::string& name) {
    const auto response = other(http::Method::get, path(at, name), {}, version);
    return response.status == 200 ? Document::parse(response.body)["properties"] : Document();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(locks)

BOOST_FIXTURE_TEST_CASE(are_written_last_and_then_there_is_nothing_to_do, Locks) {
  const std::string yaml = estate(
      "        locks: [{name: keep, level: ReadOnly, notes: ours}]\n"
      "        roleAssignments: [{principal: app, role: Reader}]\n",
      "    locks: [{name: freeze}]\n");
  const auto first = plan(yaml);
  BOOST_TEST(summary(first.plan) ==
             "create resourceGroup rg\ncreate vault rg/kv-locked\ncreate roleAssignment "
             "rg/kv-locked\ncreate lock rg/kv-locked\ncreate lock rg\n");
  BOOST_TEST((first.plan.changes[3].waits_for == std::vector<std::size_t>{1, 2}));
  BOOST_TEST((first.plan.changes[4].waits_for == std::vector<std::size_t>{0, 1, 2, 3}));
  converge(yaml);
  BOOST_TEST(summary(plan(yaml).plan) == "");
  BOOST_TEST(lock(scope(), "keep")["level"].string_or() == "ReadOnly");
  BOOST_TEST(lock(scope(), "keep")["notes"].string_or() == "ours [akv-deployment: locked]");
  BOOST_TEST(lock(group_id("rg"), "freeze")["level"].string_or() == "CanNotDelete");
}

// A YAML block ends with a line feed, and nobody means it.
BOOST_FIXTURE_TEST_CASE(blanks_around_a_text_are_no_difference, Locks) {
  const std::string yaml = estate(
      "        locks:\n          - name: keep\n            notes: |\n              the team\n"
      "          - {name: bare, notes: ''}\n"
      "        roleAssignments: [{principal: app, role: Reader, description: ' for tests '}]\n");
  converge(yaml);
  BOOST_TEST(lock(scope(), "keep")["notes"].string_or() == "the team [akv-deployment: locked]");
  BOOST_TEST(summary(plan(yaml).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_name_that_a_url_cannot_hold_in_the_clear_is_encoded, Locks) {
  converge(estate("        locks: [{name: 'a#b', level: ReadOnly}]\n"));
  converge(estate("        locks: [{name: 'a#b', level: CanNotDelete}]\n"));
  BOOST_TEST(lock(scope(), "a%23b")["level"].string_or() == "CanNotDelete");
  converge(estate("        locks: [{name: 'a#b', state: absent}]\n"));
  BOOST_TEST(lock(scope(), "a%23b").is_null());
}

BOOST_FIXTURE_TEST_CASE(are_recognised_without_case_and_others_are_left_alone, Locks) {
  converge(estate(""));
  put_lock(scope(), "Keep", "CanNotDelete", "hers");
  put_lock(scope(), "audit", "CanNotDelete");
  put_lock(group_id("rg"), "above", "CanNotDelete");
  const auto planned = plan(estate("        locks: [{name: keep, level: cannotdelete}]\n"));
  BOOST_TEST(summary(planned.plan) == "");
  BOOST_REQUIRE(planned.plan.left_alone.size() == 1u);
  BOOST_TEST(planned.plan.left_alone[0].second.entry == "audit");
  converge(
      estate("        manage: {locks: exact}\n        locks: [{name: keep, level: "
             "ReadOnly}]\n"));
  BOOST_TEST(lock(scope(), "keep")["level"].string_or() == "ReadOnly");
  BOOST_TEST(lock(scope(), "keep")["notes"].string_or() == "hers");
  BOOST_TEST(lock(scope(), "audit").is_null());
  BOOST_TEST(!lock(group_id("rg"), "above").is_null());
}

BOOST_FIXTURE_TEST_CASE(what_one_forbids_no_longer_is_done_after_it_is_gone, Locks) {
  const std::string locked = estate("        locks: [{name: a, level: ReadOnly}]\n");
  converge(locked);
  // One goes and another comes, with a change between.
  const std::string moved = estate(
      "        tags: {x: y}\n        locks: [{name: a, state: absent}, {name: b, level: "
      "ReadOnly}]\n");
  const auto planned = plan(moved);
  std::string order;
  for (const auto& change : planned.plan.changes) {
    order += change.kind;
    for (const std::size_t other : change.waits_for) order += " " + std::to_string(other);
    order += "\n";
  }
  BOOST_TEST(order == "lock\nvault 0\nlock 0 1\n");
  BOOST_TEST(planned.plan.changes[0].effects.at(0).second ==
             "what it protected can be changed and deleted again");
  BOOST_TEST(planned.plan.changes[2].effects.at(0).second ==
             "nothing there can be changed or deleted any more, not by akv either");
  emulator->clear_requests();
  BOOST_TEST(apply(planned).count(Outcome::succeeded) == 3u);
  BOOST_TEST((writes() == std::vector<std::string>{"DELETE " + path(scope(), "a") + " 200",
                                                   "PATCH " + scope() + " 200",
                                                   "PUT " + path(scope(), "b") + " 201"}));
  BOOST_TEST(summary(plan(moved).plan) == "");
}

BOOST_FIXTURE_TEST_CASE(a_change_under_somebody_elses_lock_fails_and_names_it, Locks) {
  converge(estate(""));
  put_lock(group_id("rg"), "freeze", "ReadOnly");
  const auto planned = plan(estate("        tags: {x: y}\n        locks: [{name: keep}]\n"));
  const auto result = apply(planned);
  BOOST_TEST((result.changes.at(0).outcome == Outcome::failed));
  BOOST_TEST(result.changes.at(0).error.code == "ScopeLocked");
  BOOST_TEST((result.changes.at(1).outcome == Outcome::skipped));
  BOOST_TEST(result.changes.at(1).because == "rg/kv-locked");
}

BOOST_FIXTURE_TEST_CASE(an_own_lock_that_would_stop_the_apply_is_warned_of, Locks) {
  const std::string group_lock = "    locks: [{name: freeze, level: ReadOnly}]\n";
  converge(estate("", group_lock));
  const auto warnings = [this](const std::string& yaml) {
    std::string text;
    for (const std::string& warning : plan(yaml).plan.warnings) text += warning + "\n";
    return text;
  };
  BOOST_TEST(warnings(estate("", group_lock)) == "");
  BOOST_TEST(warnings(estate("        sku: premium\n", group_lock)) ==
             "lock freeze (ReadOnly) on rg holds up rg/kv-locked: it forbids to change what it "
             "locks, and it is of this manifest, test.yaml:8; write level: CanNotDelete or state: "
             "absent for it there: apply does that first, then the rest; put it back afterwards\n");
  BOOST_TEST(apply(plan(estate("        sku: premium\n", group_lock))).changes.at(0).error.code ==
             "ScopeLocked");
  const std::string loosened = estate("        sku: premium\n", "    locks: [{name: freeze}]\n");
  BOOST_TEST(warnings(loosened) == "");
  converge(loosened);
}

BOOST_AUTO_TEST_SUITE_END()
