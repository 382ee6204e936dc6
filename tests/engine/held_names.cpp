// Names that must be unique in the world: which are claimed, and what becomes of one that is held.
#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

using Names = std::vector<std::string>;

Planning two_boxes() {
  Planning p;
  p.deployment.objects = {shelf("rg", doc("{'location': 'westeurope'}")), box("rg", "a"),
                          box("rg", "b")};
  return p;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(held_names)

BOOST_AUTO_TEST_CASE(what_would_be_created_is_claimed_in_the_manifest_s_order) {
  Planning p = two_boxes();
  BOOST_TEST(p.names_to_claim() == (Names{"rg/a", "rg/b"}));
  p.live = {live_box("rg", "A", doc("{'mark': 'ours'}"))};
  BOOST_TEST(p.names_to_claim() == Names{"rg/b"});
}

BOOST_AUTO_TEST_CASE(what_is_not_created_is_not_claimed) {
  Planning existing = two_boxes();
  existing.deployment.objects[1].existing = true;
  BOOST_TEST(existing.names_to_claim() == Names{"rg/b"});

  Planning elsewhere = two_boxes();
  elsewhere.live = {live_box("other", "a", doc("{}"))};
  BOOST_TEST(elsewhere.names_to_claim() == Names{"rg/b"});

  Planning deleted = two_boxes();
  deleted.deleted = {{.kind = "box", .name = "B", .id = box_id("rg", "b")}};
  BOOST_TEST(deleted.names_to_claim() == Names{"rg/a"});

  Planning unread = two_boxes();
  unread.unreadable = {{.kind = "shelf", .name = "rg", .id = shelf_id("RG")}};
  BOOST_TEST(unread.names_to_claim() == Names());

  Planning chosen = two_boxes();
  chosen.options.target = {"rg/b"};
  BOOST_TEST(chosen.names_to_claim() == Names{"rg/b"});
}

BOOST_AUTO_TEST_CASE(a_held_name_is_refused_as_the_service_said_and_the_rest_goes_on) {
  Planning p = two_boxes();
  p.held = {{"box", "A", "name-taken", "it is taken", "take another"}};
  BOOST_TEST(text(p.plan()) ==
             "0 create shelf rg\n"
             "    location: null -> \"westeurope\"\n"
             "    sku: null -> \"small\"\n"
             "    note: sku: small, because none is written\n"
             "1 create box rg/b after 0\n"
             "    sku: null -> \"small\"\n"
             "    note: sku: small, because none is written\n"
             "refused rg/a (name-taken): it is taken | take another\n"
             "0 unchanged, 2 writes\n");
}

BOOST_AUTO_TEST_CASE(our_own_deleted_twin_is_the_better_explanation) {
  Planning p = two_boxes();
  p.deleted = {{.kind = "box", .name = "a", .id = box_id("rg", "a"), .owner = "ours"}};
  p.held = {{"box", "a", "name-taken", "it is taken", "take another"}};
  BOOST_TEST(p.plan().refused.at(0).code == "soft-deleted");
}

BOOST_AUTO_TEST_SUITE_END()
