// Lists that a kind adds to groups and vaults: here role assignments and locks, as they could be.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

using namespace akv::manifest_tests;
using akv::json::Document;
using akv::manifest::Companion;
using akv::manifest::FieldType;
using akv::manifest::Word;

namespace {

constexpr std::string_view states[] = {"absent"};
constexpr std::string_view levels[] = {"CanNotDelete", "ReadOnly"};

const std::array<Word, 4> role_members{
    Word{.name = "principal", .doc = "Who."},
    Word{.name = "objectId", .doc = "Who, by id.", .check = akv::manifest::check_guid},
    Word{.name = "role", .doc = "Name or id of the role.", .required = true},
    Word{.name = "state", .type = FieldType::word, .doc = "Gone.", .words = states}};
const std::array<Word, 3> lock_members{
    Word{.name = "name", .doc = "Its name.", .required = true},
    Word{.name = "level", .type = FieldType::word, .doc = "What it stops.", .words = levels},
    Word{.name = "state", .type = FieldType::word, .doc = "Gone.", .words = states}};

std::string role_identity(const Document& entry, std::string_view) {
  return akv::ascii::lower(std::string(entry["objectId"].string_or()) + "|" +
                           std::string(entry["role"].string_or()));
}
std::string lock_identity(const Document& entry, std::string_view) {
  return akv::ascii::lower(entry["name"].string_or());
}

const std::array<Companion, 2> extra_lists{Companion{.kind = "roleAssignment",
                                                     .collection = "/providers/A/roleAssignments",
                                                     .list = {.name = "roleAssignments",
                                                              .type = FieldType::entries,
                                                              .doc = "Roles.",
                                                              .members = role_members,
                                                              .max_items = 3,
                                                              .managed_list = true,
                                                              .entry_identity = role_identity,
                                                              .of_existing = true}},
                                           Companion{.kind = "lock",
                                                     .collection = "/providers/A/locks",
                                                     .list = {.name = "locks",
                                                              .type = FieldType::entries,
                                                              .doc = "Locks.",
                                                              .members = lock_members,
                                                              .managed_list = true,
                                                              .entry_identity = lock_identity,
                                                              .of_existing = true}}};

akv::manifest::Vocabulary extended() {
  auto vocabulary = words();
  vocabulary.companions = extra_lists;
  return vocabulary;
}

akv::manifest::Loaded load_extended(
    const std::string& text, const akv::manifest::LoadOptions& options = with_environment()) {
  const std::array inputs{akv::manifest::Input{"a.yaml", text}};
  return akv::manifest::load(inputs, extended(), options);
}

const std::string app = R"({"objectId":"1b2c0000-0000-4000-8000-000000000001","role":"Reader"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(companions)

BOOST_AUTO_TEST_CASE(a_list_becomes_an_object_behind_its_parent) {
  const auto loaded = load_extended(
      vault("roleAssignments: [{principal: app, role: Reader}]\nlocks: [{name: keep, level: "
            "cannotdelete}]\n") +
      "  - name: rg2\n    roleAssignments: [{objectId: 1b2c0000-0000-4000-8000-000000000001, role: "
      "Reader, state: absent}]\n    vaults: [{name: kv-2}]\n");
  BOOST_TEST(report(loaded) == "");
  const auto& objects = loaded.deployment.objects;
  std::string order;
  for (const auto& object : objects) order += object.kind + " " + object.name + "\n";
  BOOST_TEST(order ==
             "resourceGroup rg\nvault rg/kv-test\nroleAssignment rg/kv-test\nlock rg/kv-test\n"
             "resourceGroup rg2\nroleAssignment rg2\nvault rg2/kv-2\n");
  BOOST_TEST(objects.at(1).body.dump() == "{}");
  BOOST_TEST(objects.at(2).body.dump() == "{\"roleAssignments\":[" + app + "]}");
  BOOST_TEST(objects.at(2).id == objects.at(1).id + "/providers/A/roleAssignments");
  BOOST_TEST(loaded.deployment.places.file_and_line(objects.at(2).origin) == "a.yaml:11");
  BOOST_TEST((objects.at(2).manage.at("roleAssignments") == akv::engine::ListMode::merge));
  BOOST_TEST(objects.at(3).body.dump() == R"({"locks":[{"name":"keep","level":"CanNotDelete"}]})");
  BOOST_TEST(objects.at(5).body["roleAssignments"].as_array().at(0)["state"].string_or() ==
             "absent");
}

BOOST_AUTO_TEST_CASE(its_mode_can_be_exact_and_then_nothing_is_absent) {
  const auto loaded =
      load_extended(vault("roleAssignments: [{principal: app, role: Reader, state: absent}]\n"
                          "manage: {roleAssignments: exact}\n"));
  BOOST_TEST(report(loaded) ==
             "a.yaml:11:65: state: absent has a meaning only where roleAssignments is merged; "
             "remove the entry, or write manage: {roleAssignments: merge}\n");
  const auto exact = load_extended(vault("locks: []\nmanage: {locks: exact}\n"));
  BOOST_TEST((last(exact).manage.at("locks") == akv::engine::ListMode::exact));
}

BOOST_AUTO_TEST_CASE(entries_merge_by_their_identity_and_existing_objects_have_them) {
  const auto loaded = load_extended(
      "apiVersion: akv/v1\ndeployment: d\n"
      "principals: {app: 1b2c0000-0000-4000-8000-000000000001}\n"
      "defaults: {vault: {sku: premium, roleAssignments: [{principal: app, role: Reader}, "
      "{principal: app, role: Owner}]}}\n"
      "resourceGroups: [{name: rg, existing: true, locks: [{name: x}], vaults: [{name: kv-one, "
      "existing: true, roleAssignments: [{principal: app, role: owner, state: absent}]}]}]\n");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.at(1).kind == "lock");
  BOOST_TEST(loaded.deployment.objects.at(2).body.dump() == "{}");
  BOOST_TEST(last(loaded).existing);
  BOOST_TEST(last(loaded).body.dump() ==
             "{\"roleAssignments\":[" + app +
                 R"(,{"objectId":"1b2c0000-0000-4000-8000-000000000001","role":"owner",)"
                 R"("state":"absent"}]})");
}

BOOST_AUTO_TEST_CASE(mistakes_have_their_places) {
  BOOST_TEST(
      report(load_extended(
          vault("roleAssignments:\n  - {principal: ap, role: Reader}\n  - {role: Reader}\n"
                "  - {principal: app, rle: Reader}\nlocks: [{name: a}, {name: A}, x]\n"
                "manage: {locks: mirge}\n"))) ==
      "a.yaml:12:25: unknown principal \"ap\"; did you mean \"app\"?\n"
      "a.yaml:13:13: an entry of roleAssignments needs a principal; write principal: NAME, or "
      "objectId: GUID\n"
      "a.yaml:14:13: an entry of roleAssignments needs \"role\"\n"
      "a.yaml:14:30: unknown key \"rle\"; did you mean \"role\"?\n"
      "a.yaml:15:28: this entry of locks stands twice; remove one; the first is on line 15\n"
      "a.yaml:15:39: an entry of locks: expected a map, found a single value\n"
      "a.yaml:16:25: \"mirge\" is not a value of locks; did you mean \"merge\"?\n");
  BOOST_TEST(report(load_extended(vault("locks: [{name: a}, {name: b}, {name: c}, {name: d}]"))) ==
             "");
  const std::string role = "{principal: app, role: r";
  BOOST_TEST(report(load_extended(vault("roleAssignments: [" + role + "1}, " + role + "2}, " +
                                        role + "3}, " + role + "4}]"))) ==
             "a.yaml:11:26: roleAssignments has 4 entries; the limit is 3\n");
}

BOOST_AUTO_TEST_CASE(they_are_rendered_in_their_parents) {
  const auto once = load_extended(
      vault("sku: standard\nroleAssignments: [{principal: app, role: Reader}]\nmanage: {tags: "
            "exact, locks: exact}\nlocks: []\n") +
      "  - {name: rg2, locks: [{name: keep}], vaults: [{name: kv-2}]}\n");
  BOOST_TEST(report(once) == "");
  for (const bool origins : {false, true}) {
    const std::string text = akv::manifest::render(once.deployment, {.origins = origins});
    const auto twice = load_extended(text, {});
    BOOST_TEST(report(twice) == "", text);
    BOOST_TEST(show(once.deployment) == show(twice.deployment), text);
  }
}

BOOST_AUTO_TEST_CASE(the_schema_knows_them) {
  const Document schema = Document::parse(akv::manifest::schema(extended()));
  const Document& group = *schema.at_path({"properties", "resourceGroups", "items", "properties"});
  const Document& vaults = *group.at_path({"vaults", "items", "properties"});
  for (const Document* properties : {&group, &vaults}) {
    BOOST_TEST((*properties)["roleAssignments"]["maxItems"].int_or(0) == 3);
    BOOST_TEST(properties->at_path({"manage", "properties", "locks", "description"}) != nullptr);
  }
}

BOOST_AUTO_TEST_SUITE_END()
