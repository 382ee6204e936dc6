// A plan in a file and back: what is written is read, and nothing else.
#include "akv/provision/engine/saved_plan.hpp"

#include "akv/provision/engine/fingerprint.hpp"
#include "akv/provision/engine/planner.hpp"
#include "engine/fake_kind.hpp"
#include "engine/random_documents.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <utility>
#include <vector>

using namespace akv;
using namespace akv::test;
using engine::SavedPlan;

namespace {

Document with_mark(Document live, bool ours) {
  if (ours) live.set("mark", "ours");
  return live;
}

/// A plan with creates, updates, refusals, guards and information of generated estates.
SavedPlan generated(std::uint32_t seed, const engine::Registry& registry) {
  RandomBox random(seed, 4);
  Planning planning;
  planning.deployment.places.files = {"estate.yaml"};
  planning.deployment.principals = {{.name = "app", .object_id = "a", .type = "User"}};
  const auto place = [&planning](std::uint32_t line) {
    return planning.deployment.places.add({0, line, 5});
  };
  for (std::uint32_t i = 0; i < 3; ++i) {
    const std::string group = "g" + std::to_string(i);
    auto group_wanted = shelf(group, random(false));
    group_wanted.origin = place(10 * i + 1);
    planning.deployment.objects.push_back(group_wanted);
    if (i > 0) planning.live.push_back(live_shelf(group, with_mark(random(true), i == 1)));
    for (const char* name : {"x", "y"}) {
      auto wanted = box(group, name + std::to_string(i), random(false));
      wanted.origin = place(10 * i + 2);
      wanted.body.set_origin(place(10 * i + 3));
      wanted.adopt = seed % 2 == 0;
      wanted.manage["policies"] = seed % 3 == 0 ? ListMode::merge : ListMode::exact;
      planning.deployment.objects.push_back(wanted);
      if (i > 0)
        planning.live.push_back(
            live_box(group, name + std::to_string(i), with_mark(random(true), seed % 4 != 0)));
    }
  }
  planning.deleted.push_back({.kind = "box",
                              .name = "x0",
                              .id = box_id("g0", "x0"),
                              .deleted_on = "2026-01-01",
                              .gone_on = "2026-04-01"});
  SavedPlan saved{.saved_at = "2026-11-22T08:02:00Z",
                  .cloud = "AzureCloud",
                  .endpoint = "https://management.azure.com",
                  .tenants = {{"s1", "t1"}},
                  .subscriptions = {"s1"},
                  .files = {"estate.yaml"},
                  .parameters = {"environment"},
                  .allow = {{"delete"}, {"access-removed", "g1/*"}},
                  .adopt = {"g*"},
                  .plan = planning.plan(),
                  .witnesses = {{"box", "g9/z", box_id("g9", "z"), engine::sha256_digest("z")}}};
  saved.plan.digest = engine::change_set_digest(saved.plan);
  engine::keep_canonical(saved, registry);
  return saved;
}

std::string failure(const std::string& text) {
  const engine::Registry registry = make_fake_registry();
  try {
    (void)engine::read_saved_plan(text, registry);
  } catch (const FormatError& error) {
    return error.info().message;
  }
  return "none";
}

/// Changed and sealed again, as only somebody who means it does.
template <class Edit>
std::string resealed(const std::string& text, Edit edit) {
  Document form = Document::parse(text);
  form.erase("checksum");
  edit(form);
  form.set("checksum", engine::sha256_digest(form.dump_sorted()));
  return form.dump();
}

/// Something else of the same type.
Document another(const Document& leaf) {
  if (leaf.is_string()) return std::string(leaf.as_string()) + "x";
  if (leaf.is_bool()) return !leaf.as_bool();
  if (leaf.is_number()) return leaf.int_or(0) + 1;
  return 1;
}

/// Calls `changed` with the form after each single change: every leaf another one, every member and
/// every item taken out, and in every object a member more.
void change_each(Document& form, const std::function<void(const std::string& what)>& changed) {
  struct At {
    Document* node;
    std::string path;
  };
  std::vector<At> rest{{&form, "$"}};
  while (!rest.empty()) {
    const At at = std::move(rest.back());
    rest.pop_back();
    const Document whole = *at.node;
    const auto with = [&](Document value, const std::string& what) {
      *at.node = std::move(value);
      changed(at.path + what);
      *at.node = whole;
    };
    if (whole.is_object()) {
      with(Document(whole).set("more", 1), " with a member more");
      for (const json::Member& member : whole.as_object()) {
        Document less = whole;
        less.erase(member.name);
        with(std::move(less), " without " + member.name);
      }
      for (json::Member& member : at.node->as_object())
        rest.push_back({&member.value, at.path + "." + member.name});
    } else if (whole.is_array()) {
      for (std::size_t i = 0; i < whole.size(); ++i) {
        Document::Array less = whole.as_array();
        less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
        with(std::move(less), " without [" + std::to_string(i) + "]");
      }
      for (std::size_t i = 0; i < whole.size(); ++i)
        rest.push_back({&at.node->as_array()[i], at.path + "[" + std::to_string(i) + "]"});
    } else {
      with(another(whole), " changed");
    }
  }
}

struct Saved {
  engine::Registry registry = make_fake_registry();
  SavedPlan saved = generated(7, registry);
  std::string written = engine::to_text(saved);
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(saved_plan, Saved)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_for_generated_plans) {
  std::size_t changes = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    const SavedPlan before = generated(seed, registry);
    const std::string first = engine::to_text(before);
    const SavedPlan after = engine::read_saved_plan(first, registry);
    BOOST_REQUIRE_EQUAL(engine::to_text(after), first);
    BOOST_REQUIRE_EQUAL(text(after.plan), text(before.plan));
    BOOST_REQUIRE_EQUAL(engine::change_set_digest(after.plan), before.plan.digest);
    BOOST_REQUIRE(after.before == before.before);
    for (std::size_t i = 0; i < after.plan.changes.size(); ++i) {
      const Change &a = after.plan.changes[i], &b = before.plan.changes[i];
      BOOST_REQUIRE_EQUAL(after.plan.places.file_and_line(a.origin),
                          before.plan.places.file_and_line(b.origin));
      BOOST_REQUIRE(a.source.body == b.source.body);
      BOOST_REQUIRE(a.source.manage == b.source.manage);
      BOOST_REQUIRE_EQUAL(a.source.adopt, b.source.adopt);
      BOOST_REQUIRE_EQUAL(a.impact.pairs_lost, b.impact.pairs_lost);
    }
    changes += after.plan.changes.size();
  }
  BOOST_TEST(changes > 500U);
}

BOOST_AUTO_TEST_CASE(it_keeps_what_apply_needs_to_know) {
  const SavedPlan read = engine::read_saved_plan(written, registry);
  BOOST_TEST(read.cloud == "AzureCloud");
  BOOST_TEST(read.tenants.at("s1") == "t1");
  BOOST_TEST(read.allow.size() == 2U);
  BOOST_TEST(read.allow.back().glob == "g1/*");
  BOOST_TEST(read.adopt.front() == "g*");
  BOOST_TEST(read.parameters.front() == "environment");
  BOOST_TEST(read.witnesses.front().name == "g9/z");
  BOOST_TEST(read.plan.principals.front().name == "app");
}

BOOST_AUTO_TEST_CASE(it_names_the_objects_that_it_changes_once_each) {
  const engine::Deployment deployment = engine::deployment_of(saved);
  BOOST_TEST(deployment.name == "ours");
  std::map<std::string, int> seen;
  for (const Desired& desired : deployment.objects) ++seen[desired.id];
  BOOST_TEST(!seen.empty());
  for (const auto& [id, times] : seen) BOOST_TEST(times == 1, id);
}

BOOST_AUTO_TEST_CASE(a_saved_plan_is_known_by_what_is_in_it) {
  BOOST_TEST(engine::is_saved_plan(written));
  BOOST_TEST(engine::is_saved_plan("\n {\"a\": 1, \"format\" :\n \"akv-plan\"}"));
  BOOST_TEST(engine::is_saved_plan(written.substr(0, 60)));
  BOOST_TEST(!engine::is_saved_plan(""));
  BOOST_TEST(!engine::is_saved_plan("{\"apiVersion\": \"akv/v1\", \"format\": \"other\"}"));
  BOOST_TEST(!engine::is_saved_plan("{\"format\""));
  BOOST_TEST(!engine::is_saved_plan("apiVersion: akv/v1\n# \"format\": \"akv-plan\""));
}

BOOST_AUTO_TEST_CASE(every_cut_off_file_is_refused) {
  for (std::size_t size = 0; size + 2 < written.size(); size += 97)
    BOOST_TEST(failure(written.substr(0, size)).starts_with("the saved plan is damaged: "));
}

BOOST_AUTO_TEST_CASE(a_file_that_was_changed_by_hand_is_refused) {
  const std::string changed = "the saved plan was changed after it was written; plan again";
  std::string text = written;
  text.replace(text.find("AzureCloud"), 10, "AzureChina");
  BOOST_TEST(failure(text) == changed);
  // Also where the seal was made anew but the change set is another one.
  BOOST_TEST(failure(resealed(written, [](Document& form) {
               form.set("plan").set("deployment", "theirs");
             })) == changed);
  BOOST_TEST(failure(resealed(written, [](Document& form) { form.erase("plan"); })) == changed);
}

BOOST_AUTO_TEST_CASE(no_member_of_the_file_can_be_changed_added_or_taken_out) {
  saved.plan.unreadable = {{.kind = "box", .name = "g1/z", .id = box_id("g1", "z"), .code = "No"}};
  saved.plan.findings = {{.rule = "open", .kind = "box", .name = "g1/x1", .subject = "x"}};
  saved.plan.standing = {{"s1", "g1", {{.object_id = "a", .what = "Owner"}}}};
  saved.plan.api_version = "2026-02-01";
  SavedPlan empty = saved;
  empty.plan.changes.clear();
  empty.before.clear();
  empty.plan.digest = engine::change_set_digest(empty.plan);
  for (const SavedPlan* each : {&std::as_const(saved), &std::as_const(empty)}) {
    Document form = Document::parse(engine::to_text(*each));
    BOOST_TEST(failure(form.dump()) == "none");
    std::size_t changes = 0;
    change_each(form, [&](const std::string& what) {
      ++changes;
      BOOST_TEST(failure(form.dump()) != "none", what);
    });
    BOOST_TEST(failure(form.dump()) == "none");
    BOOST_TEST(changes > 80U);
  }
}

BOOST_AUTO_TEST_CASE(no_part_of_the_change_set_can_be_changed_though_the_seal_is_made_anew) {
  Document form = Document::parse(written);
  form.erase("checksum");
  std::size_t times = 0;
  const auto change_part = [&](Document& of, const char* name) {
    Document* part = of.find(name);
    if (!part) return;
    change_each(*part, [&](const std::string& what) {
      ++times;
      Document sealed = form;
      sealed.set("checksum", engine::sha256_digest(form.dump_sorted()));
      BOOST_TEST(failure(sealed.dump()) != "none", name + what);
    });
  };
  for (Document& change : form.set("plan").set("changes").as_array()) {
    for (const char* name : {"action", "kind", "id", "adopts"}) change_part(change, name);
    if (change.find("adopts")) change_part(change, "takenFrom");
    if (!change.find("fields")) continue;
    // Of an entry in a list counts what identifies it, and of anything else its path.
    for (Document& field : change.set("fields").as_array()) {
      change_part(field, "before");
      change_part(field, "after");
      const bool keyed = field["key"].is_object();
      change_part(field, keyed ? "key" : "path");
      if (keyed) change_part(field, "leaf");
    }
  }
  BOOST_TEST(times > 50U);
}

BOOST_AUTO_TEST_CASE(blanks_and_the_order_of_members_do_not_count) {
  BOOST_TEST(failure(Document::parse(written).dump_pretty()) == "none");
  BOOST_TEST(failure(Document::parse(written).dump_sorted()) == "none");
}

BOOST_AUTO_TEST_CASE(another_version_is_refused_with_both_numbers) {
  BOOST_TEST(failure("{\"format\": \"akv-plan\", \"formatVersion\": 2}") ==
             "the saved plan has format version 2, and this akv reads version 1; plan again with "
             "this akv");
  BOOST_TEST(failure("{\"format\": \"akv-plan\"}") ==
             "the saved plan has format version null, and this akv reads version 1; plan again "
             "with this akv");
  BOOST_TEST(failure("{}") == "it is no saved plan");
}

BOOST_AUTO_TEST_CASE(a_member_of_another_type_is_named) {
  const auto fails = [&](const char* member, Document value) {
    return failure(resealed(written, [&](Document& form) { form.set(member, std::move(value)); }));
  };
  const std::string opening = "the saved plan cannot be read: ";
  BOOST_TEST(fails("cloud", 1) == opening + "cloud: expected a text");
  BOOST_TEST(fails("files", "x") == opening + "files: expected a list");
  BOOST_TEST(fails("files", Document::array({"x", 1})) == opening + "files[1]: expected a text");
  BOOST_TEST(fails("tenants", "x") == opening + "tenants: expected an object");
  BOOST_TEST(fails("plan", "x") == opening + "plan: expected an object");
  BOOST_TEST(fails("places", Document::array({Document::array({1})})) ==
             opening + "places: expected three numbers each");
  BOOST_TEST(failure(resealed(written, [](Document& form) {
               form.set("plan").set("unchanged", "many");
             })) == opening + "plan.unchanged: expected a number");
  const auto in_change = [&](const char* member, Document value) {
    return failure(resealed(written, [&](Document& form) {
      form.set("plan").set("changes").as_array()[0].set(member, std::move(value));
    }));
  };
  BOOST_TEST(in_change("action", "destroy") ==
             opening + "plan.changes[0].action: expected a word of this version");
  BOOST_TEST(in_change("adopts", "yes") ==
             opening + "plan.changes[0].adopts: expected true or false");
}

BOOST_AUTO_TEST_CASE(what_the_program_relies_on_is_checked) {
  const auto fails = [&](auto edit) {
    SavedPlan bad = saved;
    edit(bad);
    bad.plan.digest = engine::change_set_digest(bad.plan);
    return failure(engine::to_text(bad));
  };
  Change& first = saved.plan.changes.front();
  BOOST_TEST(fails([](SavedPlan& bad) { bad.plan.changes.front().kind = "robot"; }) ==
             "the saved plan has an object of kind \"robot\", which this akv does not know");
  BOOST_TEST(fails([](SavedPlan& bad) { bad.plan.changes.front().id = "/x?y=z"; }) ==
             "the saved plan names an object that has no ARM id: \"/x?y=z\"");
  BOOST_TEST(fails([](SavedPlan& bad) { bad.plan.changes.front().waits_for = {0}; }) ==
             "the saved plan has a change that waits for a later one: " + first.name);
  BOOST_TEST(fails([](SavedPlan& bad) { bad.plan.changes.front().source = {}; }) ==
             "the saved plan does not say what the manifest wants of " + first.name);
  BOOST_TEST(fails([](SavedPlan& bad) { bad.before.pop_back(); }) ==
             "the saved plan does not say what each change was planned against");
}

BOOST_AUTO_TEST_CASE(the_size_is_capped_when_it_is_read_and_when_it_is_written) {
  // Blanks within the cap are as good as none.
  std::string text = written + std::string(SavedPlan::max_bytes - written.size(), ' ');
  BOOST_TEST(failure(text) == "none");
  text += ' ';
  BOOST_TEST(failure(text) == "the saved plan is larger than 64 MiB");
  saved.plan.warnings.push_back(std::string(SavedPlan::max_bytes, 'x'));
  BOOST_CHECK_EXCEPTION(engine::to_text(saved), FormatError, [](const FormatError& error) {
    return error.info().message ==
           "the plan is too large to be saved: 64 MiB, and at most 64 MiB are read; plan a part of "
           "it with --target";
  });
}

BOOST_AUTO_TEST_CASE(the_depth_is_capped) {
  const auto nested = [&](std::size_t depth) {
    return failure(resealed(written, [depth](Document& form) {
      Document inner = 1;
      for (std::size_t i = 0; i < depth; ++i) inner = Document::array({std::move(inner)});
      form.set("extra", std::move(inner));
    }));
  };
  BOOST_TEST(nested(31) == "none");
  BOOST_TEST(nested(32).starts_with("the saved plan is damaged: "));
  BOOST_TEST(failure(std::string(5'000'000, '[')).starts_with("the saved plan is damaged: "));
}

BOOST_AUTO_TEST_SUITE_END()
