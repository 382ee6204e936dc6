#include "manifest/loading.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace akv::manifest_tests;

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Renders and loads again; what is loaded must be the same.
std::string round_trip(const std::string& text) {
  const auto once = load(text);
  BOOST_TEST(report(once) == "");
  const std::string rendered = akv::manifest::render(once.deployment);
  const auto twice = load(rendered, {});
  BOOST_TEST(report(twice).find("error") == std::string::npos);
  BOOST_TEST(twice.errors() == 0U);
  BOOST_TEST(show(once.deployment) == show(twice.deployment));
  BOOST_TEST(akv::manifest::render(twice.deployment) == rendered);
  const std::string with_origins = akv::manifest::render(once.deployment, {.origins = true});
  const auto thrice = load(with_origins, {});
  BOOST_TEST(report(thrice).find("error") == std::string::npos);
  BOOST_TEST(show(once.deployment) == show(thrice.deployment));
  return rendered;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(render)

BOOST_AUTO_TEST_CASE(writes_everything_resolved) {
  BOOST_TEST(round_trip(vault("sku: standard\nprotect: true\nonSoftDeleted: purge\nadopt: true\n"
                              "tags: {a: '${p}', 'b c': '5$'}\n"
                              "accessPolicies:\n  - {principal: app, permissions: reader}\n"
                              "  - {principal: ops, state: absent}\n"
                              "manage: {accessPolicies: merge, tags: exact}\n") +
                        "parameters: {p: {default: 'x: y'}}\n") ==
             R"(apiVersion: akv/v1
deployment: test
principals:
  app: 1b2c0000-0000-4000-8000-000000000001
  ops: 1b2c0000-0000-4000-8000-000000000002
resourceGroups:
  - name: rg
    subscription: 9c0d0000-0000-4000-8000-000000000003
    vaults:
      - name: kv-test
        adopt: true
        sku: standard
        protect: true
        tags: {a: "x: y", b c: "5$$"}
        accessPolicies:
          - {principal: app, permissions: {secrets: [get, list]}}
          - {principal: ops, state: absent}
        onSoftDeleted: purge
        manage: {accessPolicies: merge, tags: exact}
)");
}

BOOST_AUTO_TEST_CASE(origins_say_which_file_and_line_set_each_value) {
  const std::vector<akv::manifest::Input> inputs{
      {"base.yaml", "tenant: 7e7a0000-0000-4000-8000-000000000009\n" +
                        vault("sku: standard\nadopt: true\ntags: {a: one, b: y}\n"
                              "networkAcls: {bypass: None, ipRules: [203.0.113.1, 203.0.113.2]}\n"
                              "accessPolicies:\n  - {principal: app, permissions: reader}\n"
                              "manage: {tags: exact}\n")},
      {"prod\n.yaml",
       "apiVersion: akv/v1\noverlay: true\nresourceGroups:\n  - name: rg\n    vaults:\n"
       "      - name: kv-test\n        tags: {b: z}\n        sku: premium\n"
       "        networkAcls:\n          ipRules:\n            - 203.0.113.1\n"
       "            - 203.0.113.9\n        accessPolicies:\n"
       "          - {principal: ops, permissions: {keys: [get]}}\n"}};
  const auto loaded = akv::manifest::load(inputs, words(), with_environment());
  BOOST_TEST(report(loaded) == "");
  const std::string text = akv::manifest::render(loaded.deployment, {.origins = true});
  BOOST_TEST(text == R"(apiVersion: akv/v1
deployment: test                                            # base.yaml:3
tenant: 7e7a0000-0000-4000-8000-000000000009                # base.yaml:1
principals:
  app: 1b2c0000-0000-4000-8000-000000000001                 # base.yaml:5
  ops: 1b2c0000-0000-4000-8000-000000000002                 # base.yaml:6
resourceGroups:
  - name: rg                                                # base.yaml:9
    subscription: 9c0d0000-0000-4000-8000-000000000003
    vaults:
      - name: kv-test                                       # base.yaml:11
        adopt: true                                         # base.yaml:13
        sku: premium                                        # prod?.yaml:8
        tags:
          a: one                                            # base.yaml:14
          b: z                                              # prod?.yaml:7
        networkAcls:
          bypass: None                                      # base.yaml:15
          ipRules:                                          # prod?.yaml:11
            - "203.0.113.1"                                 # prod?.yaml:11
            - "203.0.113.9"                                 # prod?.yaml:12
        accessPolicies:                                     # prod?.yaml:14
          - principal: app                                  # base.yaml:17
            permissions:
              secrets: [get, list]                          # base.yaml:17
          - principal: ops                                  # prod?.yaml:14
            permissions:
              keys: [get]                                   # prod?.yaml:14
        manage:
          tags: exact                                       # base.yaml:18
)");
  const auto again = load(text, {});
  BOOST_TEST(report(again) == "");
  BOOST_TEST(show(again.deployment) == show(loaded.deployment));
}

BOOST_AUTO_TEST_CASE(survives_all_that_the_language_has) {
  const std::string identity =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/"
      "userAssignedIdentities/i";
  const std::string text = round_trip(
      "apiVersion: akv/v1\ndeployment: d\nprincipals:\n  i: {managedIdentity: " + identity +
      "}\n  b: {objectId: 1b2c0000-0000-4000-8000-000000000001, breakGlass: true}\n"
      "resourceGroups:\n  - name: rg-${r}\n    forEach: {r: [weu, neu]}\n"
      "    vaults:\n      - name: kv-${r}-${n}\n        forEach: {n: [a, b]}\n"
      "        accessPolicies: [{principal: i, permissions: azure-backup}, {principal: b, "
      "permissions: {}}]\n");
  BOOST_TEST(text.find("  i: {managedIdentity: " + identity + ", type: ServicePrincipal}\n") !=
             std::string::npos);
  BOOST_TEST(text.find(", breakGlass: true}") != std::string::npos);
  BOOST_TEST(text.find("- name: kv-neu-b\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(survives_difficult_texts) {
  round_trip(vault(R"(tags: {a: "", b: "null", c: "~", d: "- x", e: "# y", f: "a: b", g: "1.10",
  h: "${env:AKV_X:-}", i: "$$$${x}", j: "\"\\\n\t\u00fc\u20ac", k: "true", l: " x ", m: "!replace",
  n: "*a", o: "&a", p: "[", q: "{", r: "%", s: "@", t: "`", "null": x, "a: b": c, "$$k": v})"));
}

BOOST_AUTO_TEST_CASE(survives_other_principals_and_existing_objects) {
  round_trip(
      "apiVersion: akv/v1\ndeployment: d\ntenant: 7e7a0000-0000-4000-8000-000000000009\n"
      "principals: {g: {objectId: 1b2c0000-0000-4000-8000-000000000001, type: Group}}\n"
      "resourceGroups:\n"
      "  - {name: a, existing: true, vaults: [{name: kv-1, existing: true, accessPolicies: "
      "[{objectId: "
      "1b2c0000-0000-4000-8000-000000000003, tenantId: 7e7a0000-0000-4000-8000-00000000000a,\n"
      "     applicationId: 1b2c0000-0000-4000-8000-000000000004, permissions: azure-backup}]}]}\n"
      "  - {name: b, adopt: true, protect: false, manage: {tags: exact}, subscription: "
      "11110000-0000-4000-8000-000000000001}\n"
      "  - {name: c, vaults: [{name: kv-2, accessPolicies: [], networkAcls: {ipRules: []}}]}\n");
}

BOOST_AUTO_TEST_CASE(survives_names_with_dollar_signs) {
  round_trip(
      "apiVersion: akv/v1\ndeployment: d\nprincipals: {'a$$b ${c}': "
      "1b2c0000-0000-4000-8000-000000000001}\nresourceGroups:\n  - name: rg\n    vaults: [{name: "
      "kv-1, accessPolicies: [{principal: 'a$$$$b $${c}', permissions: {}}]}]\n");
}

BOOST_AUTO_TEST_CASE(survives_an_empty_deployment) {
  BOOST_TEST(round_trip("apiVersion: akv/v1\ndeployment: d\n") ==
             "apiVersion: akv/v1\ndeployment: d\nresourceGroups: []\n");
}

BOOST_AUTO_TEST_CASE(every_template_loads_and_survives) {
  std::size_t templates = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(AKV_SOURCE_DIR) / "templates")) {
    if (entry.path().extension() != ".yaml") continue;
    ++templates;
    BOOST_TEST_CONTEXT(entry.path().filename().string()) {
      const std::string text = read_file(entry.path());
      BOOST_TEST(report(load(text)) == "");
      round_trip(text);
    }
  }
  BOOST_TEST(templates >= 7U);
}

BOOST_AUTO_TEST_SUITE_END()
