// Lists beside an object: planned with their parent, and in their turn.
#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

/// The policies beside a box or shelf. What `turn` says in the body is its turn.
class ListKind final : public Kind {
 public:
  std::string_view name() const override { return "list"; }
  Rules rules() const override { return box_rules; }
  ListMode default_mode(std::string_view) const override { return ListMode::merge; }
  bool is_companion() const override { return true; }
  Document canonical_live(const Document& live) const override {
    return Document::object({{"policies", live["policies"]}});
  }
  Document canonical_desired(const Document& body, const Desired&,
                             const Environment&) const override {
    return Document::object({{"policies", body["policies"]}});
  }
  void complete_create(Document&, const Desired&, const Environment&,
                       std::vector<std::string>&) const override {}
  void assess(Change&, const Document&, const Document&) const override {}
  std::string owner(const Document& live) const override {
    return std::string(live["mark"].string_or());
  }
  bool is_protected(const Document&) const override { return false; }
  std::size_t writes(const Change& change) const override { return change.fields.size(); }
  std::vector<std::pair<Turn, Change>> turns(Change change) const override {
    const std::string_view turn = change.source.body["turn"].string_or();
    std::vector<std::pair<Turn, Change>> parts;
    if (turn == "first" || turn == "both") parts.emplace_back(Turn::first, change);
    if (turn == "last" || turn == "both") parts.emplace_back(Turn::last, change);
    if (turn.empty()) parts.emplace_back(Turn::usual, change);
    return parts;
  }
};

/// A box whose change of `sku` to `big` follows the lists around it.
class FollowingBox final : public Kind {
 public:
  std::string_view name() const override { return "follower"; }
  Rules rules() const override { return box_rules; }
  ListMode default_mode(std::string_view) const override { return ListMode::exact; }
  bool follows_companions(const Change& change) const override {
    return change.desired["sku"].string_or() == "big";
  }
  Document canonical_live(const Document& live) const override {
    return Document::object({{"sku", live["sku"]}});
  }
  Document canonical_desired(const Document& body, const Desired&,
                             const Environment&) const override {
    return body;
  }
  void complete_create(Document&, const Desired&, const Environment&,
                       std::vector<std::string>&) const override {}
  void assess(Change&, const Document&, const Document&) const override {}
  std::string owner(const Document& live) const override {
    return std::string(live["mark"].string_or());
  }
  bool is_protected(const Document&) const override { return false; }
  std::size_t writes(const Change&) const override { return 1; }
};

struct Lists : Planning {
  Lists() {
    registry.add(std::make_unique<ListKind>());
    registry.add(std::make_unique<FollowingBox>());
  }
  static Desired beside(Desired parent, const std::string& turn = {}) {
    parent.kind = "list";
    parent.id += "/providers/Lists/lists";
    parent.body = doc("{'policies': [{'objectId': 'o-1', 'permissions': {'keys': ['get']}}]}");
    if (!turn.empty()) parent.body.set("turn", turn);
    return parent;
  }
  static Live live_beside(const Live& parent, const char* mark = "ours") {
    Document raw = doc("{'policies': []}");
    raw.set("mark", mark);
    return {"list", parent.id + "/providers/Lists/lists", parent.name, std::move(raw)};
  }
  /// Kind, name and edges of each change.
  std::string order() const {
    const Plan made = plan();
    std::string out;
    for (const Change& change : made.changes) {
      out += called(change);
      for (const std::size_t other : change.waits_for) out += " " + std::to_string(other);
      out += "\n";
    }
    for (const Refusal& refusal : made.refused) out += "refused " + refusal.name + "\n";
    for (const Unreadable& what : made.unreadable)
      out += "unreadable " + what.kind + " " + what.name + "\n";
    return out + std::to_string(made.unchanged) + " unchanged\n";
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(companions)

BOOST_FIXTURE_TEST_CASE(a_list_of_what_is_not_there_waits_for_it, Lists) {
  deployment.objects = {shelf("rg"), beside(shelf("rg")), box("rg", "b"), beside(box("rg", "b"))};
  BOOST_TEST(order() == "shelf rg\nlist rg 0\nbox rg/b 0\nlist rg/b 2\n0 unchanged\n");
}

BOOST_FIXTURE_TEST_CASE(a_list_that_wants_nothing_is_no_change_and_no_object, Lists) {
  Desired empty = beside(box("rg", "b"));
  for (const char* nothing :
       {"{'policies': []}", "{'policies': [{'who': 'a', 'state': 'absent'}]}"}) {
    empty.body = doc(nothing);
    deployment.objects = {shelf("rg"), box("rg", "b"), empty};
    live = {};
    BOOST_TEST(order() == "shelf rg\nbox rg/b 0\n0 unchanged\n");
    live = {live_shelf("rg", doc("{'mark': 'ours'}")),
            live_box("rg", "b", doc("{'mark': 'ours', 'sku': 'standard'}"))};
    live.push_back(live_beside(live[1]));
    BOOST_TEST(order() == "2 unchanged\n");
  }
}

BOOST_FIXTURE_TEST_CASE(of_what_is_refused_nothing_is_made, Lists) {
  deployment.objects = {shelf("rg"), box("rg", "b"), beside(box("rg", "b"))};
  deployment.objects[1].existing = deployment.objects[2].existing = true;
  live = {live_shelf("rg", doc("{'mark': 'ours'}"))};
  BOOST_TEST(order() == "refused rg/b\n1 unchanged\n");
  // That of another deployment is refused once, for itself.
  deployment.objects[1].existing = deployment.objects[2].existing = false;
  live.push_back(live_box("rg", "b", doc("{'mark': 'theirs'}")));
  live.push_back(live_beside(live[1], "theirs"));
  BOOST_TEST(order() == "refused rg/b\n1 unchanged\n");
}

BOOST_FIXTURE_TEST_CASE(what_is_of_the_first_turn_is_waited_for_by_all_in_its_scope, Lists) {
  deployment.objects = {shelf("rg"), beside(shelf("rg"), "first"),
                        box("rg", "b", doc("{'sku': 'big'}")), beside(box("rg", "b"), "first")};
  live = {live_shelf("rg", doc("{'mark': 'ours'}")),
          live_box("rg", "b", doc("{'mark': 'ours', 'sku': 'small'}"))};
  live.push_back(live_beside(live[0]));
  live.push_back(live_beside(live[1]));
  BOOST_TEST(order() == "list rg\nlist rg/b\nbox rg/b 0 1\n1 unchanged\n");
}

BOOST_FIXTURE_TEST_CASE(what_is_of_the_last_turn_waits_for_all_the_innermost_first, Lists) {
  deployment.objects = {shelf("rg"), beside(shelf("rg"), "last"), box("rg", "b"),
                        beside(box("rg", "b"), "both")};
  live = {live_shelf("rg", doc("{'mark': 'ours'}"))};
  // Nothing of what is not there comes first.
  live.push_back(live_beside(live[0]));
  BOOST_TEST(order() == "box rg/b\nlist rg/b 0\nlist rg 0 1\n1 unchanged\n");
  live.push_back(live_box("rg", "b", doc("{'mark': 'ours', 'sku': 'small'}")));
  deployment.objects[2].body = doc("{'sku': 'big'}");
  live.push_back(live_beside(live[2]));
  BOOST_TEST(order() == "list rg/b\nbox rg/b 0\nlist rg/b 0 1\nlist rg 0 1 2\n1 unchanged\n");
}

BOOST_FIXTURE_TEST_CASE(a_change_that_follows_its_lists_comes_after_them, Lists) {
  Desired follower = box("rg", "b", doc("{'sku': 'big'}"));
  follower.kind = "follower";
  deployment.objects = {shelf("rg"), beside(shelf("rg")), follower, beside(follower)};
  live = {live_shelf("rg", doc("{'mark': 'ours'}")),
          live_box("rg", "b", doc("{'mark': 'ours', 'sku': 'small'}"))};
  live[1].kind = "follower";
  live.push_back(live_beside(live[0]));
  live.push_back(live_beside(live[1]));
  BOOST_TEST(order() == "list rg\nlist rg/b\nfollower rg/b 0 1\n1 unchanged\n");
}

BOOST_FIXTURE_TEST_CASE(lists_that_cannot_be_read_do_not_hide_their_parents, Lists) {
  deployment.objects = {shelf("rg"), box("rg", "b"), beside(box("rg", "b")), box("rg", "c"),
                        beside(box("rg", "c"))};
  live = {live_shelf("rg", doc("{'mark': 'ours'}")), live_box("rg", "b", doc("{'mark': 'ours'}"))};
  Planner planner(deployment, registry, environment, options);
  for (const auto& object : live) planner.observe(object);
  planner.unreadable_lists("list", {.kind = "list", .name = "rg", .id = shelf_id("rg")});
  const Plan made = planner.finish();
  BOOST_REQUIRE(made.unreadable.size() == 1u);
  BOOST_TEST(made.unreadable[0].name == "rg/b");
  // What is made now has no list to read.
  BOOST_REQUIRE(made.changes.size() == 2u);
  BOOST_TEST(called(made.changes[1]) == "list rg/c");
}

BOOST_FIXTURE_TEST_CASE(what_is_left_out_is_not_planned_whatever_is_live, Lists) {
  deployment.objects = {shelf("rg"), box("rg", "b", doc("{'sku': 'big'}")), box("rg", "c")};
  Planner planner(deployment, registry, environment, options);
  planner.leave_out({.kind = "box", .name = "rg/b", .id = box_id("rg", "b"), .code = "why"});
  planner.leave_out({.kind = "box", .name = "rg/x", .id = box_id("rg", "x")});
  planner.observe(live_box("rg", "b", doc("{'mark': 'ours', 'sku': 'small'}")));
  const Plan made = planner.finish();
  BOOST_REQUIRE(made.unreadable.size() == 1u);
  BOOST_TEST(made.unreadable[0].code == "why");
  BOOST_TEST(made.changes.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
