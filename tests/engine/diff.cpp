#include "akv/provision/engine/diff.hpp"

#include "engine/fake_kind.hpp"
#include "engine/random_documents.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

DiffOptions options(ListMode mode = ListMode::exact) {
  return {
      .mode = [mode](std::string_view) { return mode; },
      .label =
          [](std::string_view, const Document& key) {
            const auto object = key["objectId"].string_or();
            return std::string(object == "o-1" ? "app" : object.empty() ? key.string_or() : object);
          }};
}

std::string diffed(const char* desired, const char* live, ListMode mode = ListMode::exact) {
  return text(diff(doc(desired), doc(live), box_rules, options(mode)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(diff)

BOOST_AUTO_TEST_CASE(compares_only_what_the_manifest_names) {
  BOOST_TEST(diffed("{}", "{'sku': 'big', 'net': {'bypass': 'None'}}") == "");
  BOOST_TEST(diffed("{'sku': 'small'}", "{'sku': 'big', 'depth': 3}") ==
             "sku: \"big\" -> \"small\"\n");
  BOOST_TEST(diffed("{'sku': 'small'}", "{}") == "sku: null -> \"small\"\n");
  BOOST_TEST(diffed("{'net': {'bypass': 'None'}}", "{'net': {'bypass': 'All', 'rules': ['a']}}") ==
             "net.bypass: \"All\" -> \"None\"\n");
}

BOOST_AUTO_TEST_CASE(a_property_without_a_rule_is_a_value) {
  BOOST_TEST(diffed("{'odd': [1, 2]}", "{'odd': [2, 1]}") == "odd: [2,1] -> [1,2]\n");
  BOOST_TEST(diffed("{'odd': {'a': 1}}", "{'odd': {'a': 1}}") == "");
  BOOST_TEST(diffed("{'net': {'odd': true}}", "{'net': {'odd': false}}") ==
             "net.odd: false -> true\n");
}

BOOST_AUTO_TEST_CASE(null_and_absent_are_the_same) {
  BOOST_TEST(diffed("{'sku': null}", "{}") == "");
  BOOST_TEST(diffed("{'sku': null}", "{'sku': 'big'}") == "sku: \"big\" -> null\n");
  BOOST_TEST(diffed("{'net': null}", "{'net': null}") == "");
  BOOST_TEST(diffed("{'net': 'none'}", "{'net': {}}") == "net: {} -> \"none\"\n");
}

BOOST_AUTO_TEST_CASE(changes_come_in_the_order_of_the_rules_then_of_the_entries) {
  BOOST_TEST(diffed("{'zebra': 1, 'tags': {'b': '1', 'A': '2'}, 'sku': 'x', 'location': 'east'}",
                    "{'location': 'west'}") ==
             "location: \"west\" -> \"east\"\n"
             "sku: null -> \"x\"\n"
             "tags[A]: null -> \"2\"\n"
             "tags[b]: null -> \"1\"\n"
             "zebra: null -> 1\n");
}

BOOST_AUTO_TEST_CASE(an_entry_that_comes_or_goes_is_shown_set_by_set) {
  BOOST_TEST(
      diffed("{'policies': [{'objectId': 'o-1', 'permissions': {'secrets': ['get'], 'keys': []}}]}",
             "{'policies': [{'objectId': 'o-2', 'permissions': {'keys': ['get'], "
             "'secrets': ['list', 'set']}}]}") ==
      "policies[app].permissions.secrets: [] -> [\"get\"]\n"
      "policies[o-2].permissions.keys: [\"get\"] -> []\n"
      "policies[o-2].permissions.secrets: [\"list\",\"set\"] -> []\n");
}

BOOST_AUTO_TEST_CASE(an_entry_without_permissions_is_shown_whole) {
  BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1'}]}", "{}") ==
             "policies[app]: null -> {\"objectId\":\"o-1\"}\n");
  BOOST_TEST(diffed("{'policies': []}", "{'policies': [{'objectId': 'o-1', 'permissions': {}}]}") ==
             "policies[app]: {\"objectId\":\"o-1\",\"permissions\":{}} -> null\n");
  BOOST_TEST(diffed("{'net': {'rules': ['10.0.0.0/8']}}", "{'net': {'rules': ['1.2.3.4/32']}}") ==
             "net.rules[1.2.3.4/32]: \"1.2.3.4/32\" -> null\n"
             "net.rules[10.0.0.0/8]: null -> \"10.0.0.0/8\"\n");
}

BOOST_AUTO_TEST_CASE(a_category_that_an_entry_does_not_name_has_no_permissions) {
  BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1', 'permissions': {'secrets': ['get']}}]}",
                    "{'policies': [{'objectId': 'O-1', 'permissions': {'keys': ['get'], "
                    "'secrets': ['get']}}]}") ==
             "policies[app].permissions.keys: [\"get\"] -> []\n");
  BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1'}]}",
                    "{'policies': [{'objectId': 'o-1', 'permissions': {'keys': ['get']}}]}") ==
             "policies[app].permissions.keys: [\"get\"] -> []\n");
}

BOOST_AUTO_TEST_CASE(other_members_of_an_entry_compare_as_values_where_the_manifest_names_them) {
  BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1', 'note': 'new'}]}",
                    "{'policies': [{'objectId': 'o-1', 'note': 'old', 'other': 1}]}") ==
             "policies[app].note: \"old\" -> \"new\"\n");
}

BOOST_AUTO_TEST_CASE(neither_order_nor_case_of_keys_matters) {
  BOOST_TEST(diffed("{'tags': {'Team': 'a'}, 'net': {'rules': ['X', 'y']},"
                    " 'policies': [{'objectId': 'a', 'tenantId': 'T'}, {'objectId': 'b'}]}",
                    "{'policies': [{'objectId': 'B'}, {'tenantId': 't', 'objectId': 'A'}],"
                    " 'net': {'rules': ['Y', 'x']}, 'tags': {'team': 'a'}}") == "");
  BOOST_TEST(
      diffed("{'policies': [{'objectId': 'a', 'permissions': {'keys': ['get', 'list', 'get']}}]}",
             "{'policies': [{'objectId': 'a', 'permissions': {'keys': ['list', 'get']}}]}") == "");
}

BOOST_AUTO_TEST_CASE(every_member_of_a_key_counts) {
  BOOST_TEST(diffed("{'policies': [{'objectId': 'a', 'tenantId': 't1'}]}",
                    "{'policies': [{'objectId': 'a', 'tenantId': 't2'}]}") ==
             "policies[a]: null -> {\"objectId\":\"a\",\"tenantId\":\"t1\"}\n"
             "policies[a]: {\"objectId\":\"a\",\"tenantId\":\"t2\"} -> null\n");
}

BOOST_AUTO_TEST_CASE(merge_leaves_unnamed_entries_alone_and_names_them) {
  BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1', 'permissions': {'keys': ['get']}}],"
                    " 'net': {'rules': ['a']}, 'tags': {'x': '1'}}",
                    "{'policies': [{'objectId': 'o-2', 'permissions': {'keys': ['get']}}],"
                    " 'net': {'rules': ['b']}, 'tags': {'y': '2'}}",
                    ListMode::merge) ==
             "net.rules[a]: null -> \"a\"\n"
             "tags[x]: null -> \"1\"\n"
             "policies[app].permissions.keys: [] -> [\"get\"]\n"
             "(left alone) net.rules[b]: \"b\" -> null\n"
             "(left alone) tags[y]: \"2\" -> null\n"
             "(left alone) policies[o-2]: "
             "{\"objectId\":\"o-2\",\"permissions\":{\"keys\":[\"get\"]}} -> null\n");
}

BOOST_AUTO_TEST_CASE(an_entry_with_state_absent_goes_where_it_is_live) {
  for (const ListMode mode : {ListMode::exact, ListMode::merge}) {
    BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1', 'state': 'absent'}]}",
                      "{'policies': [{'objectId': 'o-1', 'permissions': {'keys': ['get']}}]}",
                      mode) == "policies[app].permissions.keys: [\"get\"] -> []\n");
    BOOST_TEST(diffed("{'policies': [{'objectId': 'o-1', 'state': 'absent'}]}", "{}", mode) == "");
  }
}

BOOST_AUTO_TEST_CASE(only_a_literal_empty_list_empties) {
  BOOST_TEST(diffed("{}", "{'policies': [{'objectId': 'a'}]}") == "");
  BOOST_TEST(diffed("{'policies': []}", "{'policies': [{'objectId': 'a'}]}") ==
             "policies[a]: {\"objectId\":\"a\"} -> null\n");
  BOOST_TEST(diffed("{'policies': []}", "{}") == "");
}

BOOST_AUTO_TEST_CASE(a_change_knows_its_property_entry_leaf_and_key) {
  const auto found =
      engine::diff(doc("{'policies': [{'objectId': 'o-1', 'tenantId': 't',"
                       " 'permissions': {'keys': ['get']}}], 'net': {'rules': ['r']}}"),
                   doc("{}"), box_rules, options());
  BOOST_REQUIRE(found.fields.size() == 2u);
  const FieldChange& rule = found.fields[0];
  BOOST_TEST(rule.property == "net");
  BOOST_TEST(rule.entry == "r");
  BOOST_TEST(rule.leaf == "");
  BOOST_TEST(rule.key.dump() == "\"r\"");
  const FieldChange& policy = found.fields[1];
  BOOST_TEST(policy.property == "policies");
  BOOST_TEST(policy.entry == "app");
  BOOST_TEST(policy.leaf == "permissions.keys");
  BOOST_TEST(policy.key.dump() == "{\"objectId\":\"o-1\",\"tenantId\":\"t\"}");
}

BOOST_AUTO_TEST_CASE(an_immutable_difference_says_the_way_out) {
  const auto found = engine::diff(doc("{'location': 'east', 'sku': 'x'}"),
                                  doc("{'location': 'west'}"), box_rules, options());
  BOOST_REQUIRE(found.fields.size() == 2u);
  BOOST_TEST(found.fields[0].immutable);
  BOOST_TEST(found.fields[0].way_out == "a box cannot move");
  BOOST_TEST(!found.fields[1].immutable);
}

BOOST_AUTO_TEST_CASE(a_change_is_placed_at_the_nearest_node_of_the_manifest) {
  Document desired =
      doc("{'policies': [{'objectId': 'a', 'permissions': {'keys': ['get'], 'secrets': ['get']}},"
          " {'objectId': 'gone', 'state': 'absent'}]}");
  Document& list = *desired.find("policies");
  list.set_origin(1);
  list.as_array()[0].set_origin(2);
  list.as_array()[0].find("permissions")->find("keys")->set_origin(3);
  list.as_array()[1].set_origin(4);
  const auto found =
      engine::diff(desired,
                   doc("{'policies': [{'objectId': 'b', 'permissions': {'keys': ['get']}},"
                       " {'objectId': 'gone', 'permissions': {'keys': ['get']}}]}"),
                   box_rules, options());
  std::string places;
  for (const FieldChange& field : found.fields)
    places += field.path + " " + std::to_string(field.origin) + "\n";
  BOOST_TEST(places ==
             "policies[a].permissions.keys 3\n"
             "policies[a].permissions.secrets 2\n"
             "policies[b].permissions.keys 1\n"
             "policies[gone].permissions.keys 4\n");
}

BOOST_AUTO_TEST_CASE(lists_of_any_length_match_by_key) {
  Document desired = Document::array(), live = Document::array();
  for (int i = 0; i < 500; ++i) {
    desired.push_back(Document::object({{"objectId", "id-" + std::to_string(i)}}));
    live.push_back(Document::object({{"objectId", "ID-" + std::to_string(499 - i)}}));
  }
  live.as_array().pop_back();
  const auto found = engine::diff(Document::object({{"policies", desired}}),
                                  Document::object({{"policies", live}}), box_rules, options());
  BOOST_TEST(text(found) == "policies[id-0]: null -> {\"objectId\":\"id-0\"}\n");
}

BOOST_AUTO_TEST_CASE(without_options_lists_are_exact_and_keys_are_their_own_labels) {
  BOOST_TEST(text(engine::diff(doc("{'policies': []}"),
                               doc("{'policies': [{'objectId': 'a', 'tenantId': 't'}]}"), box_rules,
                               {})) ==
             "policies[a/t]: {\"objectId\":\"a\",\"tenantId\":\"t\"} -> null\n");
}

BOOST_AUTO_TEST_CASE(a_document_never_differs_from_itself) {
  check_documents([](const Document& any, const Document&) {
    return text(engine::diff(any, any, box_rules, options())).empty();
  });
}

BOOST_AUTO_TEST_CASE(after_what_the_changes_say_is_done_nothing_differs) {
  check_documents([](const Document& desired, const Document& live) {
    const auto found = engine::diff(desired, live, box_rules, options());
    const Document done = apply(found.fields, desired, live);
    return text(engine::diff(desired, done, box_rules, options())).empty();
  });
}

BOOST_AUTO_TEST_CASE(the_after_image_is_what_the_changes_say) {
  check_documents([](const Document& desired, const Document& live) {
    for (const ListMode mode : {ListMode::exact, ListMode::merge}) {
      const auto after = after_image(desired, live, box_rules, options(mode).mode);
      if (!engine::diff(desired, after, box_rules, options(mode)).fields.empty()) return false;
      const auto found = engine::diff(desired, live, box_rules, options(mode));
      const Document done = apply(found.fields, desired, live);
      // Both ways, exact: neither has anything that the other lacks.
      if (!text(engine::diff(done, after, box_rules, options())).empty()) return false;
      if (!text(engine::diff(after, done, box_rules, options())).empty()) return false;
    }
    return true;
  });
}

BOOST_AUTO_TEST_CASE(merge_never_removes_what_the_manifest_does_not_name) {
  check_documents([](const Document& desired, const Document& live) {
    const auto found = engine::diff(desired, live, box_rules, options(ListMode::merge));
    for (const FieldChange& field : found.fields) {
      const bool goes = field.after.is_null() || (field.after.is_array() && !field.after.size());
      if (!goes || field.entry.empty()) continue;
      if (!names_entry(desired, field)) return false;
    }
    // And all that is live beside what the manifest names is told.
    const Document after = after_image(desired, live, box_rules, options(ListMode::merge).mode);
    for (const FieldChange& entry : found.left_alone)
      if (!names_entry(after, entry)) return false;
    return true;
  });
}

BOOST_AUTO_TEST_SUITE_END()
