#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

constexpr const char* not_adopted =
    "refused rg/b (not-adopted): it exists and carries no mark of deployment ours"
    " | adopt: true or --adopt=rg/b takes it over, existing: true uses it as it is\n"
    "0 unchanged, 0 writes\n";

Planning with(const char* desired, const char* live) {
  Planning p;
  p.deployment.objects = {box("rg", "b", doc(desired))};
  p.live = {live_box("rg", "b", doc(live))};
  return p;
}

std::optional<Change> replanned(const Planning& p, const Change& planned, const Document& live) {
  return Planner::replan(planned, live, p.registry.at("box"), p.environment,
                         p.deployment.principals);
}

std::string refused(const Planning& p, const Change& planned, const Document& live) {
  try {
    replanned(p, planned, live);
    return "nothing";
  } catch (const AzureError& e) {
    return e.info().code + ": " + e.info().message + " at " + e.info().target;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ownership)

BOOST_AUTO_TEST_CASE(what_carries_no_mark_is_refused_whether_it_differs_or_not) {
  BOOST_TEST(text(with("{'sku': 'x'}", "{'sku': 'x'}").plan()) == not_adopted);
  BOOST_TEST(text(with("{'sku': 'x'}", "{'sku': 'y'}").plan()) == not_adopted);
}

BOOST_AUTO_TEST_CASE(adopting_what_is_equal_is_no_difference) {
  Planning p = with("{'sku': 'x'}", "{'sku': 'x'}");
  p.deployment.objects[0].adopt = true;
  const Plan plan = p.plan();
  BOOST_TEST(text(plan) == "0 adopt box rg/b adopts\n0 unchanged, 2 writes\n");
  BOOST_TEST(!plan.has_differences());
  BOOST_TEST(plan.changes[0].live["sku"].string_or() == "x");
}

BOOST_AUTO_TEST_CASE(adopt_may_be_asked_for_on_the_command_line) {
  for (const char* glob : {"*", "rg/*"}) {
    Planning p = with("{'sku': 'x'}", "{'sku': 'x'}");
    p.options.adopt = {glob};
    BOOST_TEST(text(p.plan()) == "0 adopt box rg/b adopts\n0 unchanged, 2 writes\n");
  }
  Planning p = with("{'sku': 'x'}", "{'sku': 'x'}");
  p.options.adopt = {"rg"};
  BOOST_TEST(text(p.plan()) == not_adopted);
}

BOOST_AUTO_TEST_CASE(the_run_that_adopts_removes_nothing_and_says_what_the_next_removes) {
  Planning p = with("{'sku': 'x', 'policies': [{'objectId': 'a'}], 'tags': {'m': '1'}}",
                    "{'policies': [{'objectId': 'b'}, {'objectId': 'c'}], 'tags': {'n': '2'}}");
  p.options.adopt = {"*"};
  BOOST_TEST(text(p.plan()) ==
             "0 update box rg/b adopts\n"
             "    sku: null -> \"x\"\n"
             "    tags[m]: null -> \"1\"\n"
             "    policies[a]: null -> {\"objectId\":\"a\"}\n"
             "    (left alone) tags[n]: \"2\" -> null\n"
             "    note: adopting removes nothing; the next run removes policies[b], policies[c]\n"
             "0 unchanged, 2 writes\n");
}

BOOST_AUTO_TEST_CASE(the_run_that_adopts_keeps_the_words_of_entries_that_the_manifest_narrows) {
  Planning p = with("{'policies': [{'objectId': 'a', 'permissions': {'keys': ['get', 'sign']}}]}",
                    "{'policies': [{'objectId': 'a', 'permissions': {'keys': ['get', 'list'],"
                    " 'secrets': ['get']}}]}");
  p.options.adopt = {"*"};
  const Plan plan = p.plan();
  BOOST_TEST(text(plan) ==
             "0 update box rg/b adopts\n"
             "    policies[a].permissions.keys: [\"get\",\"list\"] -> "
             "[\"get\",\"list\",\"sign\"]\n"
             "    note: adopting removes nothing; the next run removes "
             "policies[a].permissions.keys (list), policies[a].permissions.secrets (get)\n"
             "0 unchanged, 2 writes\n");
}

BOOST_AUTO_TEST_CASE(the_run_that_adopts_adds_no_word_beside_all) {
  Planning p = with("{'policies': [{'objectId': 'a', 'permissions': {'keys': ['get']}}]}",
                    "{'policies': [{'objectId': 'a', 'permissions': {'keys': ['all']}}]}");
  p.options.adopt = {"*"};
  BOOST_TEST(text(p.plan()) ==
             "0 adopt box rg/b adopts\n"
             "    note: adopting removes nothing; the next run removes "
             "policies[a].permissions.keys (all)\n"
             "0 unchanged, 2 writes\n");
}

BOOST_AUTO_TEST_CASE(what_belongs_to_another_deployment_is_refused) {
  BOOST_TEST(text(with("{'sku': 'x'}", "{'mark': 'theirs'}").plan()) ==
             "refused rg/b (other-deployment): it belongs to deployment theirs"
             " | take it out of one of the two manifests, or take it over:"
             " --adopt=rg/b --allow takeover=rg/b\n"
             "0 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(a_takeover_is_guarded) {
  Planning p = with("{'sku': 'x'}", "{'mark': 'theirs'}");
  p.options.adopt = {"*"};
  BOOST_TEST(text(p.plan()) ==
             "0 update box rg/b adopts from theirs\n"
             "    sku: null -> \"x\"\n"
             "guard takeover: 1 object of another deployment would be taken over: rg/b from theirs"
             " | Take it out of one of the two manifests | --allow takeover\n"
             "0 unchanged, 2 writes\n");
  p.options = {.allow = {{"takeover"}}};
  BOOST_TEST(text(p.plan()) ==
             "0 update box rg/b adopts from theirs\n"
             "    sku: null -> \"x\"\n"
             "0 unchanged, 2 writes\n");
}

BOOST_AUTO_TEST_CASE(an_existing_object_is_used_as_it_is_whoever_it_belongs_to) {
  for (const char* mark : {"", "ours", "theirs"}) {
    Planning p = with("{'policies': [{'objectId': 'a'}]}", "{'policies': [{'objectId': 'b'}]}");
    p.live[0].raw.set("mark", mark);
    p.deployment.objects[0].existing = true;
    BOOST_TEST(text(p.plan()) ==
               "0 update box rg/b\n"
               "    policies[a]: null -> {\"objectId\":\"a\"}\n"
               "    (left alone) policies[b]: {\"objectId\":\"b\"} -> null\n"
               "0 unchanged, 1 writes\n");
  }
}

BOOST_AUTO_TEST_CASE(replan_finds_nothing_when_somebody_else_did_it) {
  Planning p = with("{'sku': 'x'}", "{'mark': 'ours'}");
  const Plan plan = p.plan();
  BOOST_TEST(!replanned(p, plan.changes.at(0), doc("{'mark': 'ours', 'sku': 'x'}")));
}

BOOST_AUTO_TEST_CASE(replan_merges_again_with_what_is_live_now) {
  Planning p = with("{'policies': [{'objectId': 'a'}]}", "{'mark': 'ours'}");
  p.deployment.objects[0].manage = {{"policies", ListMode::merge}};
  const Plan plan = p.plan();
  const auto fresh =
      replanned(p, plan.changes.at(0),
                doc("{'mark': 'ours', 'depth': 3, 'policies': [{'objectId': 'new'}]}"));
  BOOST_REQUIRE(fresh.has_value());
  BOOST_TEST(fresh->live["depth"].dump() == "3");
  BOOST_REQUIRE(fresh->left_alone.size() == 1u);
  BOOST_TEST(fresh->left_alone[0].path == "policies[new]");
}

BOOST_AUTO_TEST_CASE(replan_of_an_absent_object_is_a_create_unless_it_must_exist) {
  Planning p = with("{'sku': 'x'}", "{'mark': 'ours'}");
  Change planned = p.plan().changes.at(0);
  const auto fresh = replanned(p, planned, Document());
  BOOST_REQUIRE(fresh.has_value());
  BOOST_TEST((fresh->action == Action::create));
  planned.source.existing = true;
  BOOST_TEST(refused(p, planned, Document()) ==
             "missing: it does not exist, and the manifest says existing: true; make it first, or "
             "let akv make it: take existing: true away at " +
                 planned.id);
}

BOOST_AUTO_TEST_CASE(replan_refuses_what_changed_hands_since) {
  Planning p = with("{'sku': 'x'}", "{'mark': 'ours'}");
  const Change ours = p.plan().changes.at(0);
  BOOST_TEST(refused(p, ours, doc("{'mark': 'theirs'}")).starts_with("other-deployment: "));
  BOOST_TEST(refused(p, ours, doc("{}")).starts_with("not-adopted: "));
  p.options.adopt = {"*"};
  p.live[0].raw = doc("{}");
  const Change unmarked = p.plan().changes.at(0);
  // Adopted as nobody's, so a mark that appeared since is not taken over.
  BOOST_TEST(refused(p, unmarked, doc("{'mark': 'theirs'}")).starts_with("other-deployment: "));
  BOOST_TEST(refused(p, unmarked, doc("{}")) == "nothing");
}

BOOST_AUTO_TEST_CASE(a_run_that_adopts_goes_on_removing_nothing_once_its_mark_is_written) {
  Planning p =
      with("{'sku': 'x', 'policies': [{'objectId': 'a'}]}", "{'policies': [{'objectId': 'b'}]}");
  p.options.adopt = {"*"};
  const Change planned = p.plan().changes.at(0);
  const auto fresh =
      replanned(p, planned, doc("{'mark': 'ours', 'sku': 'x', 'policies': [{'objectId': 'b'}]}"));
  BOOST_REQUIRE(fresh.has_value());
  BOOST_REQUIRE(fresh->fields.size() == 1u);
  BOOST_TEST(fresh->fields[0].path == "policies[a]");
  BOOST_TEST(!replanned(p, planned,
                        doc("{'mark': 'ours', 'sku': 'x', 'policies': [{'objectId': 'b'},"
                            " {'objectId': 'a'}]}")));
}

BOOST_AUTO_TEST_SUITE_END()
