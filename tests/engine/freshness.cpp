// A saved plan against what is live now, without any service.
#include "akv/provision/engine/freshness.hpp"

#include "akv/provision/engine/fingerprint.hpp"
#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Freshness;
using engine::SavedPlan;

namespace {

struct Estate : Planning {
  Estate() {
    deployment.subscriptions = {"s1"};
    deployment.objects = {shelf("g", doc("{'location': 'x'}")),
                          box("g", "old", doc("{'sku': 'big', 'tags': {'team': 'a'}}")),
                          box("g", "same", doc("{'sku': 'big'}"))};
    live = {live_shelf("g", doc("{'mark': 'ours', 'location': 'x'}")),
            live_box("g", "old", doc("{'mark': 'ours', 'sku': 'small', 'odd': 1}")),
            live_box("g", "same", doc("{'mark': 'ours', 'sku': 'big'}"))};
  }

  SavedPlan save() {
    engine::Sightings seen(registry, deployment);
    options.on_live = [&seen](const engine::Live& object) { seen.add(object); };
    SavedPlan saved;
    saved.subscriptions = deployment.subscriptions;
    saved.plan = plan();
    options.on_live = nullptr;
    saved.plan.digest = engine::change_set_digest(saved.plan);
    saved.witnesses = engine::witnesses_of(saved.plan, deployment, seen);
    engine::keep_canonical(saved, registry);
    return engine::read_saved_plan(engine::to_text(saved), registry);
  }

  Freshness check(const SavedPlan& saved) {
    Planning again;
    again.deployment = engine::deployment_of(saved);
    again.live = live;
    again.deleted = deleted;
    again.unreadable = unreadable;
    engine::Sightings seen(registry, saved);
    again.options.on_live = [&seen](const engine::Live& object) { seen.add(object); };
    return engine::check_freshness(saved, again.plan(), seen, registry, environment, {});
  }

  std::string moves(const SavedPlan& saved) {
    std::string out;
    for (const auto& moved : check(saved).moved) {
      out += moved.name + ": " + moved.what + "\n";
      for (const auto& field : moved.fields) out += "    " + text(field);
    }
    return out;
  }

  Document& raw(std::size_t i) { return live[i].raw; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(freshness, Estate)

BOOST_AUTO_TEST_CASE(what_has_not_moved_is_left_as_it_was_planned) {
  const SavedPlan saved = save();
  const Freshness now = check(saved);
  BOOST_TEST(now.moved.empty());
  BOOST_TEST(now.done.empty());
  BOOST_TEST(now.warnings.empty());
  BOOST_TEST(text(now.plan) == text(saved.plan));
  BOOST_TEST(!now.plan.changes.front().live.is_null());
}

BOOST_AUTO_TEST_CASE(each_member_of_what_it_changes_counts) {
  const SavedPlan saved = save();
  raw(1).set("odd", 2);
  BOOST_TEST(moves(saved) == "g/old: \n    odd: 1 -> 2\n");
}

BOOST_AUTO_TEST_CASE(our_own_tags_and_read_only_members_do_not_count) {
  const SavedPlan saved = save();
  raw(1).set("protect", true);
  raw(1).set("systemData", doc("{'lastModifiedAt': '2026-11-22T08:47:00Z'}"));
  BOOST_TEST(moves(saved) == "");
}

BOOST_AUTO_TEST_CASE(when_and_by_whom_is_told) {
  const SavedPlan saved = save();
  raw(1).set("odd", 2);
  raw(1).set("systemData", doc("{'lastModifiedAt': '2026-11-22T08:47:00Z', 'lastModifiedBy': "
                               "'maria'}"));
  BOOST_TEST(check(saved).moved.front().last_written == "2026-11-22 08:47 UTC by maria");
}

BOOST_AUTO_TEST_CASE(what_is_gone_or_taken_over_has_moved) {
  const SavedPlan saved = save();
  raw(1).set("mark", "theirs");
  BOOST_TEST(moves(saved).starts_with("g/old: it belongs to deployment theirs; "));
  live.erase(live.begin() + 1);
  BOOST_TEST(moves(saved) == "g/old: it was deleted\n");
}

BOOST_AUTO_TEST_CASE(what_is_as_planned_is_done_wholly_or_in_part) {
  const SavedPlan saved = save();
  raw(1).set("sku", "big");
  const Freshness half = check(saved);
  BOOST_TEST(half.moved.empty());
  BOOST_TEST(half.plan.changes.front().fields.size() == 1U);
  raw(1).set("tags", doc("{'team': 'a'}"));
  const Freshness whole = check(saved);
  BOOST_TEST(whole.plan.changes.empty());
  BOOST_TEST(whole.done == std::vector<std::string>{"g/old"});
  BOOST_TEST(whole.plan.unchanged == saved.plan.unchanged + 1);
}

BOOST_AUTO_TEST_CASE(what_is_found_once_it_is_taken_over_is_not_of_the_plan) {
  const Document stranger = doc("[{'objectId': 'o', 'tenantId': 't'}]");
  raw(1) = Document::object({{"sku", "small"}, {"odd", 1}, {"policies", stranger}});
  deployment.objects[1].body.set("policies", Document::array());
  options.adopt = {"*"};
  const SavedPlan saved = save();
  raw(1).set("mark", "ours").set("sku", "big");
  // A plan of its own would remove the entry now; this one never showed that.
  const Freshness half = check(saved);
  BOOST_REQUIRE(half.plan.changes.size() == 1U);
  BOOST_TEST(half.plan.changes.front().fields.size() == 1U);
  raw(1).set("tags", doc("{'team': 'a'}"));
  BOOST_TEST(check(saved).done == std::vector<std::string>{"g/old"});
}

BOOST_AUTO_TEST_CASE(only_what_was_shown_is_done_whatever_else_the_file_wants) {
  SavedPlan saved = save();
  saved.plan.changes.front().source.body.set("sku", "huge");
  const std::string other = "g/old: it would be changed in another way than was planned\n";
  BOOST_TEST(moves(saved) == other);
  raw(1).set("sku", "big");
  BOOST_TEST(moves(saved) == other);
}

BOOST_AUTO_TEST_CASE(a_create_relies_on_absence) {
  deployment.objects.push_back(box("g", "new", doc("{'sku': 'big'}")));
  const SavedPlan saved = save();
  BOOST_TEST(moves(saved) == "");
  deleted = {{.kind = "box", .name = "new", .id = box_id("g", "new")}};
  BOOST_TEST(moves(saved).starts_with("g/new: deleted; Azure keeps its name"), moves(saved));
  deleted.clear();
  live.push_back(live_box("g", "new", doc("{'sku': 'big'}")));
  BOOST_TEST(moves(saved).starts_with("g/new: it exists and carries no mark of deployment ours; "));
  live.back().raw = doc("{'mark': 'ours', 'sku': 'other'}");
  BOOST_TEST(moves(saved) == "g/new: it was created by someone else\n");
  live.back().raw = doc("{'mark': 'ours', 'sku': 'big'}");
  BOOST_TEST(check(saved).done == std::vector<std::string>{"g/new"});
}

BOOST_AUTO_TEST_CASE(a_recovery_relies_on_its_deleted_twin) {
  deployment.objects.push_back(box("g", "new", doc("{'sku': 'big'}")));
  deployment.objects.back().on_soft_deleted = engine::OnSoftDeleted::recover;
  deleted = {{.kind = "box",
              .name = "new",
              .id = box_id("g", "new"),
              .deleted_on = "2026-01-01",
              .owner = "ours"}};
  const SavedPlan saved = save();
  BOOST_TEST(moves(saved) == "");
  deleted.front().deleted_on = "2026-02-02";
  BOOST_TEST(moves(saved) == "g/new: another vault is soft-deleted under its name\n");
  deleted.clear();
  BOOST_TEST(moves(saved) == "g/new: what was soft-deleted under its name is not there any more\n");
  // Recovered by an earlier run, and not yet updated.
  live.push_back(live_box("g", "new", doc("{'mark': 'ours', 'sku': 'small'}")));
  BOOST_TEST(moves(saved) == "");
  BOOST_TEST(check(saved).plan.changes.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_create_that_would_be_a_recovery_has_moved) {
  deployment.objects.push_back(box("g", "new", doc("{'sku': 'big'}")));
  deployment.objects.back().on_soft_deleted = engine::OnSoftDeleted::recover;
  const SavedPlan saved = save();
  deleted = {{.kind = "box", .name = "new", .id = box_id("g", "new"), .owner = "ours"}};
  BOOST_TEST(moves(saved) == "g/new: a deleted vault has its name now\n");
}

BOOST_AUTO_TEST_CASE(other_movement_is_a_warning) {
  const SavedPlan saved = save();
  raw(2).set("odd", 2);
  const Freshness now = check(saved);
  BOOST_TEST(now.moved.empty());
  BOOST_TEST(now.warnings ==
             std::vector<std::string>{
                 "box g/same, which this plan does not change, has moved since it was made"});
  live.pop_back();
  BOOST_TEST(check(saved).warnings.front() ==
             "box g/same, which this plan does not change, is gone");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_again_ends_it) {
  const SavedPlan saved = save();
  live.erase(live.begin() + 1);
  unreadable = {{.kind = "shelf",
                 .name = "g",
                 .id = shelf_id("g"),
                 .code = "AuthorizationFailed",
                 .message = "no"}};
  BOOST_CHECK_EXCEPTION(check(saved), AzureError, [](const AzureError& error) {
    return error.info().message == "g/old could not be read again: no";
  });
}

BOOST_AUTO_TEST_SUITE_END()
