#include "manifest/loading.hpp"
#include "support/memory_files.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace akv::manifest_tests;

namespace {

const std::string head = "apiVersion: akv/v1\n";
const std::string over = head + "overlay: true\n";

akv::manifest::Loaded lay(const std::string& base, const std::vector<std::string>& overlays) {
  std::vector<akv::manifest::Input> inputs{{"base.yaml", base}};
  for (std::size_t i = 0; i < overlays.size(); ++i)
    inputs.push_back({"over" + std::to_string(i + 1) + ".yaml", overlays[i]});
  return akv::manifest::load(inputs, words(), with_environment());
}

const std::string base = head +
                         "deployment: d-${stage}\n"
                         "parameters: {stage: {default: dev, allowed: [dev, prod]}}\n"
                         "principals:\n"
                         "  app: 1b2c0000-0000-4000-8000-000000000001\n"
                         "  ops: {objectId: 1b2c0000-0000-4000-8000-000000000002, type: Group}\n"
                         "permissionSets: {reader: {secrets: [get]}}\n"
                         "defaults: {vault: {sku: standard, tags: {team: pay}}}\n"
                         "resourceGroups:\n"
                         "  - name: rg-${stage}\n"
                         "    location: westeurope\n"
                         "    vaults:\n"
                         "      - name: kv-${stage}\n"
                         "        protect: false\n"
                         "        networkAcls: {bypass: None, ipRules: [203.0.113.1]}\n"
                         "        accessPolicies:\n"
                         "          - {principal: app, permissions: reader}\n"
                         "      - name: kv-two-${stage}\n";

/// The first vault under these members of an overlay's entry for it, or the mistakes.
std::string first_vault(const std::string& members) {
  const auto loaded = lay(base, {over + "resourceGroups: [{name: rg-dev, vaults: [{name: KV-dev, " +
                                 members + "}]}]\n"});
  return loaded.errors() > 0 ? report(loaded) : loaded.deployment.objects.at(1).body.dump();
}

std::string names(const akv::manifest::Loaded& loaded) {
  if (loaded.errors() > 0) return report(loaded);
  std::string text;
  for (const auto& object : loaded.deployment.objects) text += object.name + " ";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(overlays)

BOOST_AUTO_TEST_CASE(values_and_tags_are_overridden_and_the_rest_stays) {
  BOOST_TEST(
      first_vault("sku: premium, protect: true, tags: {Team: other, tier: gold}") ==
      R"({"sku":"premium","tags":{"Team":"other","tier":"gold"},"protect":true,)"
      R"("networkAcls":{"bypass":"None","ipRules":["203.0.113.1"]},"accessPolicies":[)"
      R"({"objectId":"1b2c0000-0000-4000-8000-000000000001","permissions":{"secrets":["get"]}}]})");
}

BOOST_AUTO_TEST_CASE(policies_merge_by_principal_and_rules_are_replaced) {
  const std::string body = first_vault(
      "networkAcls: {ipRules: [203.0.113.9]}, accessPolicies: [{principal: app, permissions: {}}, "
      "{principal: ops, permissions: reader}]");
  BOOST_TEST(body.find(R"("networkAcls":{"bypass":"None","ipRules":["203.0.113.9"]})") !=
             std::string::npos);
  BOOST_TEST(
      body.find(R"("accessPolicies":[{"objectId":"1b2c0000-0000-4000-8000-000000000001",)"
                R"("permissions":{}},{"objectId":"1b2c0000-0000-4000-8000-000000000002",)") !=
      std::string::npos);
}

BOOST_AUTO_TEST_CASE(replace_and_unmanaged_act_on_what_lies_beneath) {
  BOOST_TEST(first_vault("accessPolicies: !replace [], networkAcls: !replace {bypass: None}, "
                         "unmanaged: [sku, tags.team, protect]") ==
             R"({"networkAcls":{"bypass":"None"},"accessPolicies":[]})");
  BOOST_TEST(names(lay(base, {over + "resourceGroups: [{name: rg-dev, vaults: [!replace {name: "
                                     "kv-dev, sku: premium}]}]\n"})) ==
             "rg-dev rg-dev/kv-dev rg-dev/kv-two-dev ");
  const auto loaded = lay(base, {over + "resourceGroups: [{name: rg-dev, vaults: [!replace {name: "
                                        "kv-dev, sku: premium}]}]\n"});
  BOOST_TEST(loaded.deployment.objects.at(1).body.dump() ==
             R"({"sku":"premium","tags":{"team":"pay"}})");
  BOOST_TEST(names(lay(base, {over + "resourceGroups: [{name: rg-dev, vaults: !replace [{name: "
                                     "kv-new}]}]\n"})) == "rg-dev rg-dev/kv-new ");
  BOOST_TEST(names(lay(base, {over + "resourceGroups: !replace [{name: rg-new}]\n"})) == "rg-new ");
}

BOOST_AUTO_TEST_CASE(what_no_name_matches_is_added) {
  BOOST_TEST(names(lay(base, {over + "resourceGroups:\n"
                                     "  - {name: rg-dev, vaults: [{name: kv-new}]}\n"
                                     "  - {name: rg-new}\n"})) ==
             "rg-dev rg-dev/kv-dev rg-dev/kv-two-dev rg-dev/kv-new rg-new ");
}

BOOST_AUTO_TEST_CASE(the_heads_parameters_principals_and_sets_are_overridden) {
  const auto loaded = lay(
      base, {over + "deployment: prod-estate\nsubscription: 11110000-0000-4000-8000-000000000001\n"
                    "tenant: 7e7a0000-0000-4000-8000-000000000009\n"
                    "parameters: {stage: {default: prod}}\n"
                    "principals:\n  app: 1b2c0000-0000-4000-8000-000000000009\n"
                    "  ops: {breakGlass: true}\n  new: 1b2c0000-0000-4000-8000-000000000007\n"
                    "permissionSets: {reader: {secrets: [list]}}\n"
                    "defaults: {vault: {tags: {stage: prod}}, resourceGroup: {tags: {a: b}}}\n"});
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.name == "prod-estate");
  BOOST_TEST(loaded.deployment.tenant == "7e7a0000-0000-4000-8000-000000000009");
  BOOST_TEST(loaded.deployment.objects.at(0).id ==
             "/subscriptions/11110000-0000-4000-8000-000000000001/resourceGroups/rg-prod");
  BOOST_TEST(loaded.deployment.objects.at(0).body["tags"].dump() == R"({"a":"b"})");
  BOOST_TEST(loaded.deployment.objects.at(1).body["tags"].dump() ==
             R"({"team":"pay","stage":"prod"})");
  BOOST_TEST(
      loaded.deployment.objects.at(1).body["accessPolicies"].dump() ==
      R"([{"objectId":"1b2c0000-0000-4000-8000-000000000009","permissions":{"secrets":["list"]}}])");
  BOOST_TEST(loaded.deployment.principals.size() == 3U);
  BOOST_TEST(loaded.deployment.principals.at(1).type == "Group");
  BOOST_TEST(loaded.deployment.principals.at(1).break_glass);
}

BOOST_AUTO_TEST_CASE(an_overlay_that_allows_less_holds_for_the_value_beneath_it) {
  const std::string narrow = over + "parameters: {stage: {allowed: [prod]}}\n";
  const std::string said = names(lay(base, {narrow}));
  BOOST_TEST(said.find("\"dev\" is not allowed for stage") != std::string::npos, said);
  auto options = with_environment();
  options.set = {{"stage", "prod"}};
  const std::vector<akv::manifest::Input> inputs{{"base.yaml", base}, {"over.yaml", narrow}};
  BOOST_TEST(report(akv::manifest::load(inputs, words(), options)) == "");
}

BOOST_AUTO_TEST_CASE(several_overlays_lie_over_each_other_in_their_order_wherever_they_stand) {
  const std::string first = over + "resourceGroups: [{name: rg-dev, location: one}]\n";
  const std::string second = over + "resourceGroups: [{name: rg-dev, location: two}]\n";
  const std::vector<akv::manifest::Input> inputs{
      {"1.yaml", first}, {"base.yaml", base}, {"2.yaml", second}};
  const auto loaded = akv::manifest::load(inputs, words(), with_environment());
  BOOST_TEST(report(loaded) == "");
  const auto& location = loaded.deployment.objects.at(0).body["location"];
  BOOST_TEST(location.string_or() == "two");
  BOOST_TEST(loaded.deployment.places.file_and_line(location.origin()) == "2.yaml:3");
}

BOOST_AUTO_TEST_CASE(without_the_mark_two_files_that_claim_one_vault_are_a_mistake) {
  BOOST_TEST(
      report(lay(base, {head + "resourceGroups: [{name: rg-dev, vaults: [{name: kv-dev}]}]\n"})) ==
      "over1.yaml:2:25: resource group \"rg-dev\" stands here twice; the first is at "
      "base.yaml:10\n"
      "over1.yaml:2:49: vault \"kv-dev\" stands here twice; the first is at base.yaml:13\n");
  // Nor may an overlay move a vault.
  BOOST_TEST(
      report(lay(base, {over + "resourceGroups: [{name: rg-b, vaults: [{name: kv-dev}]}]\n"})) ==
      "over1.yaml:3:47: vault \"kv-dev\" stands here twice; the first is at base.yaml:13\n");
}

BOOST_AUTO_TEST_CASE(one_overlay_with_one_vault_twice_is_a_mistake) {
  BOOST_TEST(names(lay(base, {over + "resourceGroups: [{name: rg-dev, vaults: [{name: kv-n, "
                                     "sku: premium}]}, {name: rg-new, vaults: [{name: kv-n}]}]\n"}))
                 .find("vault \"kv-n\" stands here twice") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_overlay_that_says_one_object_twice_is_a_mistake_and_not_the_last_one_wins) {
  const auto refused = [](const std::string& groups, const std::string& what) {
    const std::string said = names(lay(base, {over + "resourceGroups: " + groups + "\n"}));
    BOOST_TEST(said.find(what) != std::string::npos, said);
  };
  refused("[{name: rg-dev, vaults: [{name: kv-dev, sku: premium}, {name: KV-dev}]}]",
          "vault \"KV-dev\" stands here twice");
  refused("[{name: rg-dev, vaults: [{name: kv-new}, {name: kv-new}]}]",
          "vault \"kv-new\" stands here twice");
  refused(
      "[{name: rg-dev, vaults: [{name: kv-dev, forEach: {tier: [web, data]}, "
      "tags: {tier: \"${tier}\"}}]}]",
      "vault \"kv-dev\" is made twice");
  refused("[{name: rg-dev, location: here}, {name: RG-dev, location: there}]",
          "resource group \"RG-dev\" stands here twice");
}

BOOST_AUTO_TEST_CASE(an_overlay_may_include_what_it_lies_over) {
  akv::test::MemoryFiles files;
  files.texts = {{"base.yaml", base},
                 {"prod.yaml", over + "include: [base.yaml]\n"
                                      "resourceGroups: [{name: rg-dev, location: here}]\n"}};
  auto options = with_environment();
  options.files = &files;
  const std::vector<akv::manifest::Input> inputs{{"prod.yaml", files.texts["prod.yaml"]}};
  const auto loaded = akv::manifest::load(inputs, words(), options);
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.at(0).body["location"].string_or() == "here");
}

BOOST_AUTO_TEST_CASE(the_template_of_an_overlay_loads_from_the_disk) {
  const std::string path =
      std::string(AKV_SOURCE_DIR) + "/templates/overlays/team-estate-prod.yaml";
  const akv::manifest::DiskFiles disk;
  auto options = with_environment();
  options.files = &disk;
  const std::vector<akv::manifest::Input> inputs{
      {path, disk.read(path, 100'000).text.value_or("")}};
  const auto loaded = akv::manifest::load(inputs, words(), options);
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.files == 2U);
  BOOST_TEST(loaded.deployment.objects.size() == 3U);
  BOOST_TEST(loaded.deployment.objects.at(1).body["publicNetworkAccess"].string_or() == "Disabled");
  BOOST_TEST(loaded.deployment.objects.at(1).body["accessPolicies"].size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_overlay_over_nothing_is_a_mistake) {
  BOOST_TEST(report(load(over + "resourceGroups: [{name: rg}]\n")) ==
             "a.yaml:2:10: this file is an overlay, and there is no manifest for it to lie over; "
             "give that manifest, too, or include it here\n");
  BOOST_TEST(report(load(head + "deployment: d\noverlay: ${x}\n")) ==
             "a.yaml:3:10: overlay says whether this file lies over the others; write true or "
             "false\n");
  BOOST_TEST(report(load(head + "deployment: d\noverlay: false\n")) == "");
}

BOOST_AUTO_TEST_CASE(loops_and_overlays_meet_by_the_names_that_they_make) {
  const std::string loops = head +
                            "deployment: d\nresourceGroups:\n  - name: rg-${r}\n"
                            "    forEach: {r: [weu, neu]}\n"
                            "    vaults: [{name: 'kv-${r}-${n}', forEach: {n: [a, b]}}]\n";
  const auto loaded =
      lay(loops, {over + "resourceGroups:\n  - name: rg-${x}\n    forEach: {x: [neu, eus]}\n"
                         "    vaults: [{name: 'kv-${x}-b', sku: premium}]\n"});
  BOOST_TEST(names(loaded) ==
             "rg-weu rg-weu/kv-weu-a rg-weu/kv-weu-b rg-neu rg-neu/kv-neu-a rg-neu/kv-neu-b rg-eus "
             "rg-eus/kv-eus-b ");
  BOOST_TEST(loaded.deployment.objects.at(2).body.dump() == "{}");
  BOOST_TEST(loaded.deployment.objects.at(5).body.dump() == R"({"sku":"premium"})");
}

BOOST_AUTO_TEST_CASE(a_group_in_several_subscriptions_is_named_with_its_own) {
  const std::string one = "11110000-0000-4000-8000-000000000001";
  const std::string two = "22220000-0000-4000-8000-000000000002";
  const std::string twins = head +
                            "deployment: d\nresourceGroups:\n  - {name: rg, subscription: " + one +
                            "}\n  - {name: rg, subscription: " + two + "}\n";
  const auto loaded = lay(
      twins, {over + "resourceGroups: [{name: rg, subscription: " + two + ", location: there}]\n"});
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.at(0).body.dump() == "{}");
  BOOST_TEST(loaded.deployment.objects.at(1).body.dump() == R"({"location":"there"})");
  BOOST_TEST(report(lay(twins, {over + "resourceGroups: [{name: rg}]\n"})) ==
             "over1.yaml:3:18: several subscriptions have a resource group \"rg\"; write the "
             "subscription of the one that is meant\n");
  // Where there is one of the name, it moves.
  const auto moved =
      lay(base, {over + "resourceGroups: [{name: rg-dev, subscription: " + one + "}]\n"});
  BOOST_TEST(moved.deployment.objects.at(1).subscription == one);
}

BOOST_AUTO_TEST_CASE(existing_may_be_said_by_an_overlay) {
  BOOST_TEST(
      first_vault("existing: true") ==
      "base.yaml:14:18: existing: true leaves the object as it is, so \"protect\" has no "
      "effect; remove it, or remove existing: true\n"
      "base.yaml:15:22: existing: true leaves the object as it is, so \"networkAcls\" has no "
      "effect; remove it, or remove existing: true\n");
}

BOOST_AUTO_TEST_SUITE_END()
