#include "akv/provision/engine/planner.hpp"

#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

BOOST_AUTO_TEST_SUITE(planner)

BOOST_AUTO_TEST_CASE(what_is_absent_is_created_and_a_box_waits_for_its_shelf) {
  Planning p;
  p.deployment.objects = {shelf("rg"),
                          box("rg", "b1",
                              doc("{'sku': 'big', 'policies': ["
                                  "{'objectId': 'o-1', 'permissions': "
                                  "{'keys': ['get']}}]}")),
                          box("rg", "b2")};
  BOOST_TEST(text(p.plan()) ==
             "0 create shelf rg\n"
             "    sku: null -> \"small\"\n"
             "    note: sku: small, because none is written\n"
             "1 create box rg/b1 after 0\n"
             "    sku: null -> \"big\"\n"
             "    policies[o-1].permissions.keys: null -> [\"get\"]\n"
             "2 create box rg/b2 after 0\n"
             "    sku: null -> \"small\"\n"
             "    note: sku: small, because none is written\n"
             "0 unchanged, 3 writes\n");
}

BOOST_AUTO_TEST_CASE(what_is_as_it_shall_be_is_only_counted) {
  Planning p;
  p.deployment.objects = {shelf("rg"), box("rg", "b", doc("{'sku': 'big'}"))};
  p.live = {live_shelf("RG", doc("{'mark': 'ours', 'sku': 'any'}")),
            live_box("rG", "B", doc("{'mark': 'ours', 'sku': 'big', 'depth': 3}"))};
  const Plan plan = p.plan();
  BOOST_TEST(text(plan) == "2 unchanged, 0 writes\n");
  BOOST_TEST(!plan.has_differences());
  BOOST_TEST(plan.vaults_planned == 1u);
}

BOOST_AUTO_TEST_CASE(a_difference_is_an_update_that_keeps_the_raw_live_document) {
  Planning p;
  p.deployment.objects = {shelf("rg"), box("rg", "b", doc("{'sku': 'big', 'tags': {'a': '1'}}"))};
  p.deployment.principals = {{"app", "o-1", "User"}};
  p.live = {live_shelf("rg", doc("{'mark': 'ours'}")),
            live_box("rg", "b",
                     doc("{'mark': 'ours', 'sku': 'small', 'tags': {'b': '2'}, 'systemData':"
                         " {'lastModifiedAt': '2026-11-22T10:40:59.1234567Z',"
                         " 'lastModifiedBy': 'maria@contoso.example'}}"))};
  const Plan plan = p.plan();
  BOOST_TEST(text(plan) ==
             "0 update box rg/b\n"
             "    sku: \"small\" -> \"big\"\n"
             "    tags[a]: null -> \"1\"\n"
             "    (left alone) tags[b]: \"2\" -> null\n"
             "1 unchanged, 1 writes\n");
  const Change& change = plan.changes.at(0);
  BOOST_TEST(change.last_written == "2026-11-22 10:40 UTC by maria@contoso.example");
  BOOST_TEST(change.live["mark"].string_or() == "ours");
  BOOST_TEST(change.desired.dump() == "{\"sku\":\"big\",\"tags\":{\"a\":\"1\"}}");
  BOOST_TEST(change.source.name == "rg/b");
  BOOST_TEST(plan.principals.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_last_writer_is_told_as_far_as_it_is_known) {
  Planning p;
  p.deployment.objects = {box("rg", "a", doc("{'sku': 'x'}")), box("rg", "b", doc("{'sku': 'x'}"))};
  p.live = {
      live_box("rg", "a",
               doc("{'mark': 'ours', 'systemData': "
                   "{'lastModifiedAt': '2026-11-22T12:40:00+02:00'}}")),
      live_box("rg", "b", doc("{'mark': 'ours', 'systemData': {'lastModifiedBy': 'maria'}}"))};
  const Plan plan = p.plan();
  BOOST_TEST(plan.changes.at(0).last_written == "2026-11-22 10:40 UTC");
  BOOST_TEST(plan.changes.at(1).last_written == "");
}

BOOST_AUTO_TEST_CASE(an_update_waits_for_its_shelf_only_if_that_changes) {
  Planning p;
  p.deployment.objects = {shelf("r1", doc("{'sku': 'x'}")), box("r1", "a", doc("{'sku': 'x'}")),
                          shelf("r2"), box("r2", "b", doc("{'sku': 'x'}"))};
  p.live = {live_shelf("r1", doc("{'mark': 'ours'}")), live_shelf("r2", doc("{'mark': 'ours'}")),
            live_box("r1", "a", doc("{'mark': 'ours'}")),
            live_box("r2", "b", doc("{'mark': 'ours'}"))};
  BOOST_TEST(text(p.plan()) ==
             "0 update shelf r1\n"
             "    sku: null -> \"x\"\n"
             "1 update box r1/a after 0\n"
             "    sku: null -> \"x\"\n"
             "2 update box r2/b\n"
             "    sku: null -> \"x\"\n"
             "1 unchanged, 3 writes\n");
}

BOOST_AUTO_TEST_CASE(a_shelf_comes_before_its_boxes_in_any_order_of_the_manifest) {
  Planning p;
  p.deployment.objects = {box("rg", "b", doc("{'sku': 'x'}")), shelf("rg", doc("{'sku': 'x'}"))};
  BOOST_TEST(text(p.plan()) ==
             "0 create shelf rg\n"
             "    sku: null -> \"x\"\n"
             "1 create box rg/b after 0\n"
             "    sku: null -> \"x\"\n"
             "0 unchanged, 2 writes\n");
}

BOOST_AUTO_TEST_CASE(entries_beside_ours_on_an_unchanged_object_are_told) {
  Planning p;
  p.deployment.objects = {box("rg", "b", doc("{'tags': {'a': '1'}}"))};
  p.live = {live_box("rg", "b", doc("{'mark': 'ours', 'tags': {'a': '1', 'b': '2'}}"))};
  BOOST_TEST(text(p.plan()) ==
             "beside rg/b: tags[b]: \"2\" -> null\n"
             "1 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(the_manifest_chooses_the_mode_of_each_list) {
  Planning p;
  Desired b = box("rg", "b", doc("{'policies': [], 'tags': {}}"));
  b.manage = {{"policies", ListMode::merge}, {"tags", ListMode::exact}};
  p.deployment.objects = {b};
  p.live = {live_box("rg", "b",
                     doc("{'mark': 'ours', 'tags': {'t': '1'},"
                         " 'policies': [{'objectId': 'o'}]}"))};
  BOOST_TEST(text(p.plan()) ==
             "0 update box rg/b\n"
             "    tags[t]: \"1\" -> null\n"
             "    (left alone) policies[o]: {\"objectId\":\"o\"} -> null\n"
             "0 unchanged, 1 writes\n");
}

BOOST_AUTO_TEST_CASE(principals_have_their_names_in_a_plan) {
  Planning p;
  p.deployment.principals = {{"app", "o-1", "User"}};
  p.deployment.objects = {box("rg", "b",
                              doc("{'sku': 'x', 'policies': [{'objectId': 'O-1'},"
                                  " {'objectId': 'o-1', 'tenantId': 't', 'applicationId': 'a-9'},"
                                  " {'objectId': 'o-2'}]}"))};
  const Plan plan = p.plan();
  std::string paths;
  for (const auto& field : plan.changes.at(0).fields) paths += field.path + " ";
  BOOST_TEST(paths == "sku policies[app] policies[app] policies[o-2] ");
}

BOOST_AUTO_TEST_CASE(an_immutable_difference_leaves_out_that_one_object) {
  Planning p;
  p.deployment.objects = {box("rg", "a", doc("{'location': 'east', 'sku': 'x'}")),
                          box("rg", "b", doc("{'sku': 'x'}")),
                          box("rg", "c", doc("{'sealed': false, 'sku': 'x'}"))};
  p.live = {live_box("rg", "a", doc("{'mark': 'ours', 'location': 'west'}")),
            live_box("rg", "b", doc("{'mark': 'ours'}")),
            live_box("rg", "c", doc("{'mark': 'ours', 'sealed': true}"))};
  BOOST_TEST(text(p.plan()) ==
             "0 update box rg/b\n"
             "    sku: null -> \"x\"\n"
             "left out rg/a (immutable): location is west and cannot become east"
             " | a box cannot move\n"
             "left out rg/c (immutable): it is sealed | leave it so\n"
             "0 unchanged, 1 writes\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_reported_once_for_each_object_and_not_planned) {
  Planning p;
  p.deployment.objects = {shelf("r1"), box("r1", "a"), box("r1", "seen"), shelf("r10")};
  p.live = {live_box("r1", "seen", doc("{'mark': 'ours'}"))};
  p.unreadable = {{.kind = "shelf", .id = "/subscriptions/S1/resourcegroups/R1", .code = "Denied"},
                  {.kind = "box", .id = box_id("r1", "a"), .code = "Again"},
                  {.kind = "shelf", .name = "other", .id = shelf_id("other"), .code = "Denied"}};
  BOOST_TEST(text(p.plan()) ==
             "0 create shelf r10\n"
             "    sku: null -> \"small\"\n"
             "    note: sku: small, because none is written\n"
             "unreadable r1: Denied\n"
             "unreadable r1/a: Denied\n"
             "unreadable other: Denied\n"
             "1 unchanged, 1 writes\n");
  p.unreadable = {{.id = "/subscriptions/s1", .code = "Denied"}};
  p.live.clear();
  BOOST_TEST(p.plan().unreadable.size() == 4u);
}

BOOST_AUTO_TEST_CASE(what_carries_our_mark_and_left_the_manifest_is_kept_and_named) {
  Planning p;
  p.deployment.objects = {shelf("rg")};
  p.live = {live_box("rg", "z", doc("{'mark': 'ours'}")), live_shelf("rg", doc("{'mark': 'ours'}")),
            live_box("rg", "B", doc("{'mark': 'ours'}")), live_box("rg", "c", doc("{}")),
            live_box("rg", "d", doc("{'mark': 'theirs'}"))};
  BOOST_TEST(text(p.plan()) == "kept rg/B\nkept rg/z\n1 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(target_and_exclude_choose_by_name) {
  Planning p;
  p.deployment.objects = {shelf("r1", doc("{'sku': 'x'}")), box("r1", "a", doc("{'sku': 'x'}")),
                          box("r1", "b", doc("{'sku': 'x'}")), shelf("r2", doc("{'sku': 'x'}"))};
  p.live = {live_shelf("r1", doc("{'mark': 'ours'}"))};
  p.options.target = {"R1/*"};
  p.options.exclude = {"*/b"};
  // The live shelf differs, but was not asked for.
  BOOST_TEST(text(p.plan()) ==
             "0 create box r1/a\n"
             "    sku: null -> \"x\"\n"
             "0 unchanged, 1 writes\n");
  // A shelf that is not there is needed.
  p.live.clear();
  BOOST_TEST(text(p.plan()) ==
             "0 create shelf r1\n"
             "    sku: null -> \"x\"\n"
             "1 create box r1/a after 0\n"
             "    sku: null -> \"x\"\n"
             "0 unchanged, 2 writes\n");
  p.options = {.target = {"rg-typo/*"}, .exclude = {"nothing"}};
  BOOST_TEST(text(p.plan()) ==
             "warning: --target rg-typo/* matches nothing in the manifest\n"
             "warning: --exclude nothing matches nothing in the manifest\n"
             "0 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_planned_inside_a_shelf_that_must_exist_and_does_not) {
  Planning p;
  Desired rg = shelf("rg");
  rg.existing = true;
  p.deployment.objects = {rg, box("rg", "b")};
  BOOST_TEST(text(p.plan()) ==
             "refused rg (missing): it does not exist, and the manifest says existing: true"
             " | make it first, or let akv make it: take existing: true away\n"
             "0 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(an_object_that_is_seen_twice_is_judged_by_the_last_look) {
  Planning p;
  p.deployment.objects = {box("rg", "b", doc("{'sku': 'x'}"))};
  p.live = {live_box("rg", "b", doc("{'mark': 'ours'}")),
            live_box("rg", "b", doc("{'mark': 'ours', 'sku': 'x'}"))};
  BOOST_TEST(text(p.plan()) == "1 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(impact_is_reckoned_from_what_will_be_not_from_what_the_manifest_names) {
  Planning p;
  Desired b = box("rg", "b", doc("{'policies': [{'objectId': 'gone', 'state': 'absent'}]}"));
  b.manage = {{"policies", ListMode::merge}};
  p.deployment.objects = {b};
  p.live = {live_box("rg", "b",
                     doc("{'mark': 'ours', 'policies': [{'objectId': 'gone'},"
                         " {'objectId': 'stays'}]}"))};
  const Plan plan = p.plan();
  const Change& change = plan.changes.at(0);
  BOOST_TEST(change.impact.pairs_before == 2u);
  BOOST_TEST(change.impact.pairs_lost == 1u);
  BOOST_TEST(!change.impact.access_emptied);
  BOOST_TEST(change.risks == std::vector<std::string>{"access-removed"});
}

BOOST_AUTO_TEST_CASE(places_and_actions_have_their_words) {
  Places places{.files = {"estate.yaml"}};
  BOOST_TEST(places.file_and_line(places.add({0, 25, 3})) == "estate.yaml:25");
  BOOST_TEST(places.file_and_line(0) == "");
  BOOST_TEST(places.file_and_line(99) == "");
  std::string words;
  for (const Action action :
       {Action::create, Action::update, Action::recover, Action::purge, Action::del, Action::adopt})
    words += std::string(to_string(action)) + " ";
  BOOST_TEST(words == "create update recover purge delete adopt ");
}

BOOST_AUTO_TEST_SUITE_END()
