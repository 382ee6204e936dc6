#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;
using akv::engine::ListMode;
using akv::engine::OnSoftDeleted;

BOOST_AUTO_TEST_SUITE(resolve)

BOOST_AUTO_TEST_CASE(a_manifest_becomes_a_deployment) {
  const auto loaded = load(R"(apiVersion: akv/v1
deployment: payments
tenant: 7e7a0000-0000-4000-8000-000000000009
principals:
  app: 1b2c0000-0000-4000-8000-000000000001
  ops: {objectId: 1b2c0000-0000-4000-8000-000000000002, type: group}
permissionSets:
  reader: {secrets: [get, List]}
resourceGroups:
  - name: rg
    location: West Europe
    tags: {team: payments}
    vaults:
      - name: kv-test
        sku: PREMIUM
        softDeleteRetentionInDays: 7
        enablePurgeProtection: false
        publicNetworkAccess: disabled
        networkAcls:
          bypass: None
          ipRules: [203.0.113.7]
          virtualNetworkRules:
            - /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/a
            - id: /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/b
              ignoreMissingVnetServiceEndpoint: true
        accessPolicies:
          - {principal: app, permissions: reader}
          - {objectId: 1b2c0000-0000-4000-8000-000000000003, tenant: 7e7a0000-0000-4000-8000-00000000000a,
             applicationId: 1b2c0000-0000-4000-8000-000000000004, permissions: {keys: [WRAPKEY]}}
        protect: true
        adopt: true
        onSoftDeleted: recover
        manage: {tags: exact, accessPolicies: merge}
)");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(
      show(loaded.deployment) ==
      R"(payments tenant=7e7a0000-0000-4000-8000-000000000009
subscription 9c0d0000-0000-4000-8000-000000000003
principal app 1b2c0000-0000-4000-8000-000000000001 
principal ops 1b2c0000-0000-4000-8000-000000000002 Group
resourceGroup rg /subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/rg )"
      R"({"location":"West Europe","tags":{"team":"payments"}}
vault rg/kv-test /subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/rg/providers/)"
      R"(Microsoft.KeyVault/vaults/kv-test {"sku":"premium","softDeleteRetentionInDays":7,)"
      R"("enablePurgeProtection":false,"publicNetworkAccess":"Disabled","networkAcls":)"
      R"({"bypass":"None","ipRules":["203.0.113.7"],"virtualNetworkRules":[{"id":)"
      R"("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/)"
      R"(subnets/a"},{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/)"
      R"(virtualNetworks/v/subnets/b","ignoreMissingVnetServiceEndpoint":true}]},)"
      R"("accessPolicies":[{"objectId":"1b2c0000-0000-4000-8000-000000000001","permissions":)"
      R"({"secrets":["get","list"]}},{"objectId":"1b2c0000-0000-4000-8000-000000000003",)"
      R"("tenantId":"7e7a0000-0000-4000-8000-00000000000a","applicationId":)"
      R"("1b2c0000-0000-4000-8000-000000000004","permissions":{"keys":["wrapKey"]}}],)"
      R"("protect":true} accessPolicies=merge tags=exact adopt recover
)");
}

BOOST_AUTO_TEST_CASE(every_node_knows_its_place) {
  const auto loaded =
      load(vault("sku: standard\naccessPolicies:\n"
                 "  - {principal: app, permissions: reader}\n"
                 "  - principal: ops\n    permissions:\n      keys: [get,\n"
                 "        list]\n"));
  BOOST_TEST(report(loaded) == "");
  const auto object = last(loaded);
  const auto at = [&](const akv::json::Document& node) {
    return loaded.deployment.places.file_and_line(node.origin());
  };
  BOOST_TEST(loaded.deployment.places.file_and_line(object.origin) == "a.yaml:10");
  BOOST_TEST(loaded.deployment.places.at(object.origin).column == 15U);
  BOOST_TEST(at(object.body["sku"]) == "a.yaml:11");
  const auto& policies = object.body["accessPolicies"].as_array();
  BOOST_TEST(at(policies[0]) == "a.yaml:13");
  BOOST_TEST(at(policies[0]["objectId"]) == "a.yaml:13");
  // Permissions from a set stand where the set is named.
  BOOST_TEST(at(policies[0]["permissions"]) == "a.yaml:13");
  BOOST_TEST(at(policies[0]["permissions"]["secrets"].as_array()[0]) == "a.yaml:13");
  BOOST_TEST(at(policies[1]) == "a.yaml:14");
  BOOST_TEST(at(policies[1]["permissions"]["keys"].as_array()[1]) == "a.yaml:17");
}

BOOST_AUTO_TEST_CASE(omitted_is_not_managed_and_empty_is_empty) {
  BOOST_TEST(last(load(vault("sku: standard"))).body.dump() == R"({"sku":"standard"})");
  BOOST_TEST(last(load(vault("accessPolicies: []\nnetworkAcls: {ipRules: []}"))).body.dump() ==
             R"({"accessPolicies":[],"networkAcls":{"ipRules":[]}})");
}

BOOST_AUTO_TEST_CASE(the_type_of_the_field_decides_not_the_look_of_the_text) {
  BOOST_TEST(last(load(vault("tags: {a: 1.10, b: true, c: 007, d: 1e3, e: '', f: 'null'}")))
                 .body["tags"]
                 .dump() == R"({"a":"1.10","b":"true","c":"007","d":"1e3","e":"","f":"null"})");
  BOOST_TEST(last(load(vault("softDeleteRetentionInDays: '30'\nprotect: 'true'"))).body.dump() ==
             R"({"softDeleteRetentionInDays":30,"protect":true})");
}

BOOST_AUTO_TEST_CASE(permissions_come_from_one_set_several_or_a_map) {
  const auto permissions = [](const std::string& text) {
    const auto loaded =
        load(vault("accessPolicies: [{principal: app, permissions: " + text + "}]"));
    BOOST_TEST(report(loaded) == "");
    return last(loaded).body["accessPolicies"].as_array().at(0)["permissions"].dump();
  };
  BOOST_TEST(permissions("reader") == R"({"secrets":["get","list"]})");
  BOOST_TEST(permissions("[reader, azure-backup]") ==
             R"({"secrets":["get","list","backup"],"keys":["get","list","backup"]})");
  BOOST_TEST(permissions("{keys: [], storage: [getsas]}") == R"({"keys":[],"storage":["getsas"]})");
  BOOST_TEST(permissions("{}") == "{}");
}

BOOST_AUTO_TEST_CASE(an_absent_entry_stands_only_in_merged_lists) {
  const std::string entry = "accessPolicies: [{principal: app, state: absent}]\n";
  BOOST_TEST(
      last(load(vault(entry + "manage: {accessPolicies: merge}"))).body["accessPolicies"].dump() ==
      R"([{"objectId":"1b2c0000-0000-4000-8000-000000000001","permissions":{},)"
      R"("state":"absent"}])");
  BOOST_TEST(
      report(load(vault(entry))) ==
      "a.yaml:11:50: state: absent has a meaning only where access policies are merged; remove "
      "the entry, or write manage: {accessPolicies: merge}\n");
}

BOOST_AUTO_TEST_CASE(an_existing_vault_has_only_its_policies_managed) {
  const auto loaded =
      load(vault("existing: true\naccessPolicies: [{principal: app, permissions: reader}]") +
           "defaults:\n  vault:\n    sku: standard\n    manage: {accessPolicies: exact}\n"
           "    accessPolicies: [{principal: ops, permissions: reader}]\n");
  BOOST_TEST(report(loaded) == "");
  const auto object = last(loaded);
  BOOST_TEST(object.existing);
  BOOST_TEST(object.body.size() == 1U);
  BOOST_TEST(object.body["accessPolicies"].size() == 2U);
  BOOST_TEST((object.manage.at("accessPolicies") == ListMode::merge));
}

BOOST_AUTO_TEST_CASE(an_existing_group_inherits_nothing_and_still_holds_vaults) {
  const auto loaded = load(
      "apiVersion: akv/v1\ndeployment: d\ndefaults: {resourceGroup: {location: eastus}}\n"
      "resourceGroups: [{name: rg, existing: true, vaults: [{name: kv-1, location: westus}]}]\n");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.at(0).body.dump() == "{}");
  BOOST_TEST(loaded.deployment.objects.at(0).existing);
  BOOST_TEST(!loaded.deployment.objects.at(1).existing);
}

BOOST_AUTO_TEST_CASE(the_nearest_subscription_wins) {
  const std::string own = "11110000-0000-4000-8000-000000000001";
  const std::string top = "22220000-0000-4000-8000-000000000002";
  const auto loaded = load("apiVersion: akv/v1\ndeployment: d\nsubscription: " + top +
                           "\nresourceGroups:\n  - {name: a}\n  - {name: b, subscription: " + own +
                           "}\n  - {name: c}\n");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.at(0).subscription == top);
  BOOST_TEST(loaded.deployment.objects.at(1).subscription == own);
  BOOST_TEST(loaded.deployment.subscriptions.size() == 2U);
  BOOST_TEST(loaded.deployment.subscriptions.at(0) == top);
  BOOST_TEST(load(vault("")).deployment.objects.at(0).subscription == subscription);
}

BOOST_AUTO_TEST_CASE(a_missing_subscription_names_all_three_ways) {
  BOOST_TEST(
      report(load("apiVersion: akv/v1\ndeployment: d\nresourceGroups:\n  - name: a\n  - "
                  "name: b\n",
                  akv::manifest::LoadOptions{})) ==
      "a.yaml:4:5: no subscription is named for this resource group; write subscription: ID in "
      "the manifest, give --subscription ID, or set AZURE_SUBSCRIPTION_ID\n");
}

BOOST_AUTO_TEST_CASE(a_subscription_by_name_is_refused) {
  auto options = with_environment();
  options.subscription = "Contoso Production";
  BOOST_TEST(
      report(load(vault(""), options)) ==
      "--subscription or AZURE_SUBSCRIPTION_ID: \"Contoso Production\" is not a GUID; give the "
      "subscription's id, not its name\n");
}

BOOST_AUTO_TEST_CASE(the_same_group_may_stand_in_two_subscriptions) {
  BOOST_TEST(report(load("apiVersion: akv/v1\ndeployment: d\nresourceGroups:\n  - {name: a}\n"
                         "  - {name: A, subscription: 11110000-0000-4000-8000-000000000001}\n")) ==
             "");
}

BOOST_AUTO_TEST_CASE(several_files_make_one_deployment) {
  const std::array inputs{
      akv::manifest::Input{"common.yaml",
                           "apiVersion: akv/v1\ndeployment: d\n"
                           "subscription: 22220000-0000-4000-8000-000000000002\n"
                           "principals: {app: 1b2c0000-0000-4000-8000-000000000001}\n"
                           "parameters: {stage: {default: dev}}\n"
                           "permissionSets: {reader: {secrets: [get]}}\n"
                           "defaults: {vault: {sku: premium}}\n"},
      akv::manifest::Input{"one.yaml",
                           "apiVersion: akv/v1\ndeployment: d\nresourceGroups:\n"
                           "  - name: rg-${stage}\n    vaults:\n      - name: kv-one\n"
                           "        accessPolicies: [{principal: app, permissions: reader}]\n"},
      akv::manifest::Input{"two.yaml",
                           "apiVersion: akv/v1\n"
                           "resourceGroups: [{name: rg2, subscription: "
                           "11110000-0000-4000-8000-000000000001}]\n"}};
  const auto loaded = akv::manifest::load(inputs, words(), {});
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.size() == 3U);
  BOOST_TEST(loaded.deployment.objects.at(1).name == "rg-dev/kv-one");
  BOOST_TEST(loaded.deployment.objects.at(1).body["sku"].string_or() == "premium");
  BOOST_TEST(loaded.deployment.objects.at(1).subscription ==
             "22220000-0000-4000-8000-000000000002");
  BOOST_TEST(loaded.deployment.objects.at(2).subscription ==
             "11110000-0000-4000-8000-000000000001");
  BOOST_TEST(loaded.deployment.places.file_and_line(loaded.deployment.objects.at(2).origin) ==
             "two.yaml:2");
}

BOOST_AUTO_TEST_CASE(files_that_claim_the_same_are_mistakes) {
  const std::string head = "apiVersion: akv/v1\ndeployment: ";
  const std::string rest =
      "principals: {app: 1b2c0000-0000-4000-8000-000000000001}\n"
      "parameters: {p: {default: 1}}\npermissionSets: {s: {keys: [get]}}\n"
      "defaults: {vault: {sku: standard}}\n"
      "resourceGroups: [{name: rg, vaults: [{name: kv-one}]}]\n";
  const std::array inputs{akv::manifest::Input{"a.yaml", head + "one\n" + rest},
                          akv::manifest::Input{"b.yaml", head + "two\n" + rest}};
  BOOST_TEST(
      report(akv::manifest::load(inputs, words(), with_environment())) ==
      "b.yaml:2:13: deployment \"two\" differs from \"one\" in the files before; files given "
      "together make one deployment\n"
      "b.yaml:3:14: principal \"app\" stands twice; the first is at a.yaml:3\n"
      "b.yaml:4:14: parameter \"p\" stands twice; the first is at a.yaml:4\n"
      "b.yaml:5:18: permission set \"s\" stands twice; choose another name\n"
      "b.yaml:6:19: defaults for \"vault\" stand in two files; keep one; the first are at "
      "a.yaml:6\n"
      "b.yaml:7:25: resource group \"rg\" stands here twice; the first is at a.yaml:7\n"
      "b.yaml:7:45: vault \"kv-one\" stands here twice; the first is at a.yaml:7\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_causes_no_mistakes_in_others) {
  const std::array inputs{
      akv::manifest::Input{"a.yaml", "principals: [\n"},
      akv::manifest::Input{
          "b.yaml",
          "apiVersion: akv/v1\nresourceGroups:\n  - name: rg-${stage}\n    vaults:\n"
          "      - name: kv-one\n        skuu: x\n"
          "        accessPolicies: [{principal: app, permissions: reader}]\n"}};
  const auto loaded = akv::manifest::load(inputs, words(), with_environment());
  BOOST_TEST(loaded.diagnostics.size() == 2U);
  BOOST_TEST(loaded.diagnostics.at(0).file == "a.yaml");
  BOOST_TEST(to_string(loaded.diagnostics.at(1)) ==
             "b.yaml:6:9: unknown key \"skuu\"; did you mean \"sku\"?");
}

BOOST_AUTO_TEST_CASE(no_input_is_a_mistake) {
  BOOST_TEST(report(akv::manifest::load({}, words(), {})) == "no manifest was given\n");
}

BOOST_AUTO_TEST_CASE(a_tenant_that_is_a_domain_is_for_signing_in_only) {
  auto options = with_environment();
  options.tenant = "contoso.onmicrosoft.com";
  BOOST_TEST(load(vault(""), options).deployment.tenant == "");
  options.tenant = "7e7a0000-0000-4000-8000-000000000009";
  BOOST_TEST(load(vault(""), options).deployment.tenant == options.tenant);
}

BOOST_AUTO_TEST_SUITE_END()
