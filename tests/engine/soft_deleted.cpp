#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

DeletedTwin twin(const std::string& id) {
  return {.kind = "box",
          .name = "b",
          .id = id,
          .location = "West Europe",
          .deleted_on = "2026-11-22",
          .gone_on = "2027-02-20",
          .owner = "ours"};
}

Planning deleted(OnSoftDeleted answer) {
  Planning p;
  p.deployment.objects = {shelf("rg", doc("{'location': 'westeurope', 'sku': 'x'}")),
                          box("rg", "b", doc("{'location': 'westeurope', 'sku': 'x'}"))};
  p.deployment.objects[1].on_soft_deleted = answer;
  p.live = {live_shelf("rg", doc("{'mark': 'ours', 'location': 'westeurope', 'sku': 'x'}"))};
  p.deleted = {twin("/SUBSCRIPTIONS/s1/resourcegroups/RG/providers/boxes/Boxes/B")};
  return p;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(soft_deleted)

BOOST_AUTO_TEST_CASE(by_default_it_is_refused_with_the_dates_and_the_ways_out) {
  BOOST_TEST(text(deleted(OnSoftDeleted::fail).plan()) ==
             "refused rg/b (soft-deleted): deleted on 2026-11-22; Azure keeps its name and contents"
             " until 2027-02-20 | onSoftDeleted: recover brings it back, purge ends it for ever,"
             " another name avoids it\n"
             "1 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(recover_says_what_comes_back_and_what_is_unknown_until_then) {
  Planning p = deleted(OnSoftDeleted::recover);
  p.deleted[0].purge_protected = true;
  p.live.clear();
  const Plan plan = p.plan();
  BOOST_TEST(
      text(plan) ==
      "0 create shelf rg\n"
      "    location: null -> \"westeurope\"\n"
      "    sku: null -> \"x\"\n"
      "1 recover box rg/b after 0\n"
      "    note: deleted on 2026-11-22 in West Europe, gone on 2027-02-20, purge protection on\n"
      "    note: first it comes back as it was: its old access returns with it, and what it holds"
      " is unknown until then\n"
      "    note: then it is updated to what the manifest says; entries that the manifest lacks go,"
      " and the guards judge again\n"
      "0 unchanged, 2 writes\n");
  BOOST_TEST(plan.changes[1].desired["location"].string_or() == "westeurope");
}

BOOST_AUTO_TEST_CASE(what_carried_no_mark_is_taken_over_as_it_is_recovered) {
  Planning p = deleted(OnSoftDeleted::recover);
  p.deleted[0].owner.clear();
  const Plan plan = p.plan();
  BOOST_REQUIRE(plan.changes.size() == 1u);
  BOOST_TEST(plan.changes[0].adopts);
  BOOST_TEST(plan.changes[0].notes[2] ==
             "then it is taken over and updated, and the guards judge again; entries that the "
             "manifest lacks stay until the next run");
  const auto fresh =
      Planner::replan(plan.changes[0], doc("{'location': 'westeurope', 'policies': []}"),
                      p.registry.at("box"), p.environment, {});
  BOOST_REQUIRE(fresh.has_value());
  BOOST_TEST(fresh->adopts);
}

BOOST_AUTO_TEST_CASE(a_purge_comes_before_the_create_and_is_guarded) {
  Planning p = deleted(OnSoftDeleted::purge);
  p.live.clear();
  BOOST_TEST(text(p.plan()) ==
             "0 create shelf rg\n"
             "    location: null -> \"westeurope\"\n"
             "    sku: null -> \"x\"\n"
             "1 purge box rg/b after 0\n"
             "    note: deleted on 2026-11-22; without a purge its contents are kept until"
             " 2027-02-20\n"
             "    note: a purge ends its keys, secrets and certificates for ever\n"
             "2 create box rg/b after 0 after 1\n"
             "    location: null -> \"westeurope\"\n"
             "    sku: null -> \"x\"\n"
             "guard purge: 1 deleted vault would be purged, contents and all, for ever: rg/b"
             " | onSoftDeleted: recover brings the contents back, another name leaves them alone"
             " | --allow purge\n"
             "0 unchanged, 3 writes\n");
  p.options.allow = {{"purge", "rg/b"}};
  BOOST_TEST(p.plan().guards.empty());
}

BOOST_AUTO_TEST_CASE(purge_protection_forbids_a_purge_until_its_day) {
  Planning p = deleted(OnSoftDeleted::purge);
  p.deleted[0].purge_protected = true;
  BOOST_TEST(text(p.plan()) ==
             "refused rg/b (soft-deleted): deleted on 2026-11-22; Azure keeps its name and contents"
             " until 2027-02-20, and purge protection forbids a purge | onSoftDeleted: recover"
             " brings it back, another name avoids it\n"
             "1 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(a_twin_in_another_place_or_deployment_is_never_touched) {
  for (const OnSoftDeleted answer :
       {OnSoftDeleted::fail, OnSoftDeleted::recover, OnSoftDeleted::purge}) {
    Planning p = deleted(answer);
    p.deleted[0].id = box_id("other", "b");
    BOOST_TEST(text(p.plan()) ==
               "refused rg/b (twin): its name is held until 2027-02-20 by " + box_id("other", "b") +
                   ", deleted on 2026-11-22, which stood in another place | recover or purge that"
                   " one where it belongs, or choose another name\n"
                   "1 unchanged, 0 writes\n");
    p = deleted(answer);
    p.deleted[0].location = "northeurope";
    BOOST_TEST(p.plan().refused.at(0).message.ends_with("which was in northeurope"));
    p = deleted(answer);
    p.deleted[0].owner = "theirs";
    BOOST_TEST(p.plan().refused.at(0).message.ends_with("which belongs to deployment theirs"));
  }
}

BOOST_AUTO_TEST_CASE(the_location_may_be_its_shelfs) {
  Planning p = deleted(OnSoftDeleted::recover);
  p.deployment.objects[1].body = doc("{'sku': 'x'}");
  p.environment.locations = {{shelf_id("RG"), "northeurope"}};
  BOOST_TEST(p.plan().refused.at(0).message.ends_with("which was in West Europe"));
  p.environment.locations = {{shelf_id("r"), "northeurope"}, {shelf_id("RG"), "westEurope"}};
  BOOST_TEST(p.plan().changes.size() == 1u);
  p.environment.locations.clear();
  BOOST_TEST(p.plan().changes.at(0).desired["location"].string_or() == "West Europe");
}

BOOST_AUTO_TEST_CASE(a_live_object_of_that_name_elsewhere_is_named) {
  Planning p = deleted(OnSoftDeleted::recover);
  p.deleted.clear();
  p.live.push_back(live_box("other", "B", doc("{}")));
  BOOST_TEST(text(p.plan()) == "refused rg/b (twin): its name is taken by " + box_id("other", "B") +
                                   " | name that one's group in the manifest, or choose another"
                                   " name\n1 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_CASE(names_of_other_kinds_do_not_clash) {
  Planning p;
  p.deployment.objects = {shelf("b", doc("{'sku': 'x'}"))};
  p.live = {live_box("other", "b", doc("{}"))};
  p.deleted = {twin(box_id("other", "b"))};
  BOOST_TEST(p.plan().changes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_existing_object_that_was_deleted_is_missing_and_it_is_said_when) {
  Planning p = deleted(OnSoftDeleted::recover);
  p.deployment.objects[1].existing = true;
  BOOST_TEST(p.plan().refused.at(0).message ==
             "it does not exist, and the manifest says existing: true; it was deleted on "
             "2026-11-22 and is kept until 2027-02-20");
}

BOOST_AUTO_TEST_CASE(dates_that_are_not_known_are_left_out) {
  Planning p = deleted(OnSoftDeleted::fail);
  p.deleted[0].deleted_on.clear();
  p.deleted[0].gone_on.clear();
  BOOST_TEST(p.plan().refused.at(0).message ==
             "deleted; Azure keeps its name and contents for its retention");
}

BOOST_AUTO_TEST_CASE(a_live_object_does_not_care_for_a_deleted_twin) {
  Planning p = deleted(OnSoftDeleted::recover);
  p.live.push_back(
      live_box("rg", "b", doc("{'mark': 'ours', 'location': 'westeurope', 'sku': 'x'}")));
  BOOST_TEST(text(p.plan()) == "2 unchanged, 0 writes\n");
}

BOOST_AUTO_TEST_SUITE_END()
