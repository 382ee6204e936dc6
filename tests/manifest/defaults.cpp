#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;

namespace {

/// The body of a vault with these members under these defaults, or the mistakes.
std::string body(const std::string& members, const std::string& vault_defaults) {
  const auto loaded = load(vault(members) + "defaults:\n  vault:\n" + vault_defaults);
  return loaded.errors() > 0 ? report(loaded) : last(loaded).body.dump();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(defaults)

BOOST_AUTO_TEST_CASE(values_are_overridden_one_by_one) {
  BOOST_TEST(body("sku: premium", "    sku: standard\n    enablePurgeProtection: true\n") ==
             R"({"sku":"premium","enablePurgeProtection":true})");
}

BOOST_AUTO_TEST_CASE(tags_merge_by_name_without_case) {
  BOOST_TEST(body("tags: {Team: mine, own: x}", "    tags: {team: ours, stage: dev}\n") ==
             R"({"tags":{"Team":"mine","stage":"dev","own":"x"}})");
}

BOOST_AUTO_TEST_CASE(members_of_the_firewall_merge_and_its_lists_are_replaced) {
  BOOST_TEST(body("networkAcls: {ipRules: [1.2.3.4]}",
                  "    networkAcls: {defaultAction: Deny, ipRules: [5.6.7.8, 5.6.7.9]}\n") ==
             R"({"networkAcls":{"defaultAction":"Deny","ipRules":["1.2.3.4"]}})");
}

BOOST_AUTO_TEST_CASE(policies_merge_by_principal_and_an_entry_is_one_value) {
  BOOST_TEST(
      body("accessPolicies:\n  - {principal: app, permissions: {keys: [get]}}\n"
           "  - {objectId: 1b2c0000-0000-4000-8000-000000000003, permissions: {keys: [list]}}\n",
           "    accessPolicies:\n      - {principal: ops, permissions: {keys: [sign]}}\n"
           "      - {objectId: 1B2C0000-0000-4000-8000-000000000001, permissions: reader}\n") ==
      R"({"accessPolicies":[{"objectId":"1b2c0000-0000-4000-8000-000000000002","permissions":)"
      R"({"keys":["sign"]}},{"objectId":"1b2c0000-0000-4000-8000-000000000001","permissions":)"
      R"({"keys":["get"]}},{"objectId":"1b2c0000-0000-4000-8000-000000000003","permissions":)"
      R"({"keys":["list"]}}]})");
}

BOOST_AUTO_TEST_CASE(policies_through_an_application_are_others) {
  BOOST_TEST(body("accessPolicies:\n  - {principal: app, permissions: {},\n"
                  "     applicationId: 1b2c0000-0000-4000-8000-000000000009}\n",
                  "    accessPolicies: [{principal: app, permissions: reader}]\n")
                 .find("secrets") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(replace_forces_replacement) {
  BOOST_TEST(body("tags: !replace {own: x}\nnetworkAcls: !replace {bypass: None}",
                  "    tags: {team: ours}\n    networkAcls: {defaultAction: Deny}\n") ==
             R"({"tags":{"own":"x"},"networkAcls":{"bypass":"None"}})");
  BOOST_TEST(body("accessPolicies: !replace [{principal: app, permissions: {}}]",
                  "    accessPolicies: [{principal: ops, permissions: {}}]\n") ==
             R"({"accessPolicies":[{"objectId":"1b2c0000-0000-4000-8000-000000000001",)"
             R"("permissions":{}}]})");
}

BOOST_AUTO_TEST_CASE(a_literal_empty_list_is_empty_whatever_the_defaults_say) {
  BOOST_TEST(
      body("accessPolicies: []", "    accessPolicies: [{principal: ops, permissions: {}}]\n") ==
      R"({"accessPolicies":[]})");
}

BOOST_AUTO_TEST_CASE(unmanaged_takes_inherited_values_back_out) {
  BOOST_TEST(body("unmanaged: [sku, networkAcls.bypass, tags.TEAM, accessPolicies, tenant]",
                  "    sku: standard\n    networkAcls: {bypass: None, defaultAction: Deny}\n"
                  "    tags: {team: ours}\n    accessPolicies: []\n"
                  "    tenantId: 7e7a0000-0000-4000-8000-000000000009\n") ==
             R"({"networkAcls":{"defaultAction":"Deny"}})");
}

BOOST_AUTO_TEST_CASE(unmanaged_names_properties_that_are_there) {
  BOOST_TEST(
      body("sku: premium\ntags: {a: b}\nunmanaged:\n  - sku\n  - tags.a\n  - skuu\n  - "
           "networkAcls.bypas\n  - name\n  - sku.x\n",
           "    sku: standard\n") ==
      "a.yaml:14:13: \"sku\" is written here and left unmanaged; do one of the two\n"
      "a.yaml:15:13: \"tags.a\" is written here and left unmanaged; do one of the two\n"
      "a.yaml:16:13: \"skuu\" is no property that defaults can give; did you mean \"sku\"?\n"
      "a.yaml:17:13: \"networkAcls.bypas\" is no property that defaults can give; did you mean "
      "\"networkAcls.bypass\"?\n"
      "a.yaml:18:13: \"name\" is no property that defaults can give\n"
      "a.yaml:19:13: \"sku.x\" is no property that defaults can give; did you mean \"sku\"?\n");
}

BOOST_AUTO_TEST_CASE(modes_are_inherited) {
  const auto loaded = load(vault("manage: {tags: exact}") +
                           "defaults:\n  vault: {manage: {accessPolicies: merge, tags: merge},\n"
                           "    onSoftDeleted: recover, protect: true}\n");
  BOOST_TEST(report(loaded) == "");
  const auto object = last(loaded);
  BOOST_TEST((object.manage.at("tags") == akv::engine::ListMode::exact));
  BOOST_TEST((object.manage.at("accessPolicies") == akv::engine::ListMode::merge));
  BOOST_TEST((object.on_soft_deleted == akv::engine::OnSoftDeleted::recover));
  BOOST_TEST(object.body.dump() == R"({"protect":true})");
}

BOOST_AUTO_TEST_CASE(some_words_cannot_stand_in_defaults) {
  BOOST_TEST(
      body("", "    name: kv-one\n    existing: true\n    unmanaged: [sku]\n    skuu: x\n") ==
      "a.yaml:13:5: \"name\" cannot stand in defaults; write it where it belongs to one "
      "object\n"
      "a.yaml:14:5: \"existing\" cannot stand in defaults; write it where it belongs to one "
      "object\n"
      "a.yaml:15:5: \"unmanaged\" cannot stand in defaults; write it where it belongs to one "
      "object\n"
      "a.yaml:16:5: unknown key \"skuu\"; did you mean \"sku\"?\n");
}

BOOST_AUTO_TEST_CASE(defaults_are_checked_even_where_nothing_uses_them) {
  BOOST_TEST(report(load("apiVersion: akv/v1\ndeployment: d\ndefaults:\n  vault: {sku: gold}\n"
                         "  valt: {}\n")) ==
             "a.yaml:4:16: \"gold\" is not a value of sku; write standard or premium\n"
             "a.yaml:5:3: unknown key \"valt\"; did you mean \"vault\"?\n");
}

BOOST_AUTO_TEST_CASE(defaults_with_unique_digits_differ_by_group) {
  const auto loaded = load(
      "apiVersion: akv/v1\ndeployment: d\n"
      "defaults: {vault: {tags: {u: '${unique:8}'}}, resourceGroup: {tags: {u: '${unique:8}'}}}\n"
      "resourceGroups:\n  - {name: a, vaults: [{name: kv-1}]}\n  - {name: b, vaults: [{name: "
      "kv-2}]}\n");
  BOOST_TEST(report(loaded) == "");
  const auto tag = [&](std::size_t i) {
    return std::string(loaded.deployment.objects.at(i).body["tags"]["u"].string_or());
  };
  BOOST_TEST(tag(0) == tag(1));
  BOOST_TEST(tag(2) == tag(3));
  BOOST_TEST(tag(0) != tag(2));
}

BOOST_AUTO_TEST_CASE(a_mistake_in_defaults_is_reported_once) {
  BOOST_TEST(
      report(load("apiVersion: akv/v1\ndeployment: d\n"
                  "defaults: {vault: {tags: {u: '${unique:8}', 'bad?': x}}}\n"
                  "resourceGroups:\n  - {name: a, vaults: [{name: kv-1}, {name: kv-2}]}\n")) ==
      "a.yaml:3:45: \"bad?\" is not the name of a tag; leave out < > % & \\ ? /\n");
}

BOOST_AUTO_TEST_SUITE_END()
