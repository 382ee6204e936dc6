// What a plan is recognised by.
#include "akv/provision/engine/fingerprint.hpp"

#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace akv;
using namespace akv::test;

namespace {

struct Planned : Planning {
  Planned() {
    deployment.objects = {shelf("g", doc("{'location': 'x', 'tags': {'team': 'a'}}")),
                          box("g", "new", doc("{'location': 'x', 'sku': 'big'}")),
                          box("g", "old",
                              doc("{'policies': [{'objectId': 'o', 'tenantId': 't', "
                                  "'permissions': {'keys': ['get']}}]}"))};
    live = {live_shelf("g", doc("{'mark': 'ours', 'location': 'x', 'tags': {'team': 'b'}}")),
            live_box("g", "old", doc("{'mark': 'ours', 'policies': []}"))};
  }
  std::string digest() const { return engine::change_set_digest(plan()); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(fingerprint, Planned)

BOOST_AUTO_TEST_CASE(a_digest_is_sha256_with_its_name) {
  BOOST_TEST(engine::sha256_digest("abc") ==
             "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(engine::is_digest(engine::sha256_digest("")));
  BOOST_TEST(!engine::is_digest(engine::sha256_digest("").substr(7)));
  BOOST_TEST(!engine::is_digest(engine::sha256_digest("").substr(0, 70)));
  BOOST_TEST(!engine::is_digest(engine::sha256_digest("") + "0"));
  BOOST_TEST(!engine::is_digest("sha256:" + std::string(64, 'A')));
  BOOST_TEST(!engine::is_digest(""));
}

BOOST_AUTO_TEST_CASE(our_own_tags_are_not_in_a_fingerprint) {
  BOOST_TEST(engine::fingerprint(doc("{'sku': 'a', 'protect': true}")) ==
             engine::fingerprint(doc("{'protect': false, 'sku': 'a'}")));
  BOOST_TEST(engine::fingerprint(doc("{'sku': 'a'}")) != engine::fingerprint(doc("{'sku': 'b'}")));
}

BOOST_AUTO_TEST_CASE(order_case_of_ids_places_and_times_do_not_count) {
  const std::string digest = this->digest();
  BOOST_TEST(this->digest() == digest);
  std::reverse(deployment.objects.begin() + 1, deployment.objects.end());
  for (auto& object : deployment.objects) object.origin = 1;
  live[1].raw.set("systemData", doc("{'lastModifiedAt': '2026-01-01T00:00:00Z'}"));
  BOOST_TEST(this->digest() == digest);
  for (auto& object : deployment.objects) {
    object.id.replace(object.id.find("/subscriptions/s1"), 17, "/subscriptions/S1");
  }
  BOOST_TEST(this->digest() == digest);
}

BOOST_AUTO_TEST_CASE(a_principal_counts_by_its_id_not_by_its_name) {
  const std::string digest = this->digest();
  deployment.principals = {{.name = "app", .object_id = "o"}};
  BOOST_TEST(plan().changes.back().fields.front().path == "policies[app].permissions.keys");
  BOOST_TEST(this->digest() == digest);
}

BOOST_AUTO_TEST_CASE(each_thing_that_is_approved_counts) {
  std::vector<std::string> digests{digest()};
  const auto differs = [&] {
    digests.push_back(digest());
    return std::count(digests.begin(), digests.end(), digests.back()) == 1;
  };
  deployment.objects[1].body.set("sku", "small");  // a value
  BOOST_TEST(differs());
  live[1].raw.set("policies", doc("[{'objectId': 'p', 'tenantId': 't'}]"));  // what was there
  BOOST_TEST(differs());
  deployment.objects[1].id += "2";  // which object
  BOOST_TEST(differs());
  deployment.objects.push_back(box("g", "more", Document::object()));  // one more
  BOOST_TEST(differs());
  deployment.name = environment.deployment = "theirs";  // for whom
  options.adopt = {"*"};
  BOOST_TEST(differs());
}

BOOST_AUTO_TEST_CASE(a_recovery_counts_with_all_that_the_manifest_wants) {
  Desired& back = deployment.objects[1];
  back.on_soft_deleted = engine::OnSoftDeleted::recover;
  deleted = {{.kind = "box", .name = "new", .id = box_id("g", "new"), .owner = "ours"}};
  const std::string digest = this->digest();
  BOOST_REQUIRE(plan().count(engine::Action::recover) == 1U);
  back.body.set("sku", "small");
  const std::string smaller = this->digest();
  BOOST_TEST(smaller != digest);
  back.manage["policies"] = ListMode::merge;
  BOOST_TEST(this->digest() != smaller);
  back.manage["policies"] = ListMode::exact;
  BOOST_TEST(this->digest() != smaller);
}

BOOST_AUTO_TEST_SUITE_END()
