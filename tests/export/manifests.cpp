// What an exported manifest looks like: defaults, names, comments.
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "export/exporting.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* app = "1b2c0000-0000-4000-8000-000000000001";
constexpr const char* ops = "2b2c0000-0000-4000-8000-000000000002";

constexpr std::string_view one_principal_and_group =
    "\n"
    "principals:\n"
    "  p-1b2c0000: 1b2c0000-0000-4000-8000-000000000001\n"
    "\n"
    "resourceGroups:\n"
    "  - name: rg-pay\n"
    "    location: westeurope\n"
    "    vaults:\n";

struct Manifests : World {
  Manifests() {
    emulator->seed(group_id("rg-pay"), Document::object({{"location", "West Europe"}}));
  }

  Document policy(const char* object, Document permissions) const {
    return Document::object({{"tenantId", emulator->identity().tenant_id},
                             {"objectId", object},
                             {"permissions", std::move(permissions)}});
  }
  static Document may_read() {
    return Document::object({{"secrets", Document::array({"Get", "List"})}});
  }
  /// A standard vault by access policies; `more` goes over its properties.
  void vault(const std::string& name, const Document& more = Document::object(),
             const Document& tags = Document::object()) {
    Document properties =
        Document::object({{"sku", Document::object({{"family", "A"}, {"name", "standard"}})},
                          {"tenantId", emulator->identity().tenant_id},
                          {"enableRbacAuthorization", false},
                          {"accessPolicies", Document::array({policy(app, may_read())})}});
    for (const json::Member& member : more.as_object()) properties.set(member.name, member.value);
    emulator->seed(
        vault_id("rg-pay", name),
        Document::object({{"location", "westeurope"}, {"tags", tags}, {"properties", properties}}));
  }
  std::string exported(const exporting::ExportOptions& options = {}) {
    const std::string manifest = export_from(*this, everything(*this), options).manifest;
    BOOST_TEST(left_over(*this, manifest) == "", manifest);
    return manifest;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(manifests, Manifests)

BOOST_AUTO_TEST_CASE(one_vault_is_written_out_with_what_is_not_azures_default) {
  vault("kv-one");
  const std::string manifest = exported();
  BOOST_TEST(manifest ==
             "# yaml-language-server: $schema=akv.schema.json\n"
             "# Written by akv export on the emulator: subscription " +
                 emulator->identity().subscription_id +
                 ".\n"
                 "# 1 group, 1 vault. 2 objects carry no mark of a deployment: plan with --adopt.\n"
                 "apiVersion: akv/v1\n"
                 "deployment: rg-pay\n"
                 "subscription: " +
                 emulator->identity().subscription_id + "\ntenant: " +
                 emulator->identity().tenant_id + "\n" + std::string(one_principal_and_group) +
                 "      - name: kv-one\n"
                 "        sku: standard\n"
                 "        enableRbacAuthorization: false\n"
                 "        accessPolicies:\n"
                 "          - {principal: p-1b2c0000, permissions: {secrets: [get, list]}}\n");
}

BOOST_AUTO_TEST_CASE(what_most_vaults_share_becomes_a_default_and_the_odd_one_says_so) {
  const Document closed = Document::object(
      {{"bypass", "AzureServices"},
       {"defaultAction", "Deny"},
       {"ipRules", Document::array({Document::object({{"value", "203.0.113.7/32"}})})}});
  for (const char* name : {"kv-a", "kv-b", "kv-c"})
    vault(name, Document::object({{"networkAcls", closed}, {"enablePurgeProtection", true}}),
          Document::object({{"Team", "payments"}}));
  vault("kv-d",
        Document::object({{"sku", Document::object({{"family", "A"}, {"name", "premium"}})}}));
  vault("kv-e",
        Document::object({{"enableRbacAuthorization", true}, {"enablePurgeProtection", true}}),
        Document::object({{"team", "payments"}, {"stage", "no"}}));
  BOOST_TEST(body_of(exported()) ==
             "\n"
             "principals:\n"
             "  p-1b2c0000: 1b2c0000-0000-4000-8000-000000000001\n"
             "\n"
             "defaults:\n"
             "  vault:\n"
             "    sku: standard\n"
             "    tags: {Team: payments}\n"
             "    enablePurgeProtection: true\n"
             "    enableRbacAuthorization: false\n"
             "    networkAcls: {defaultAction: Deny, ipRules: [\"203.0.113.7\"], "
             "virtualNetworkRules: []}\n"
             "    accessPolicies:\n"
             "      - {principal: p-1b2c0000, permissions: {secrets: [get, list]}}\n"
             "\n"
             "resourceGroups:\n"
             "  - name: rg-pay\n"
             "    location: westeurope\n"
             "    vaults:\n"
             "      - name: kv-a\n"
             "      - name: kv-b\n"
             "      - name: kv-c\n"
             "      - name: kv-d\n"
             "        sku: premium\n"
             "        enablePurgeProtection: false\n"
             "        networkAcls: {defaultAction: Allow, ipRules: []}\n"
             "        unmanaged: [tags.Team]\n"
             "      # keeps 1 stored access policy without effect, for Azure roles decide\n"
             "      - name: kv-e\n"
             "        tags: {stage: \"no\"}\n"
             "        enableRbacAuthorization: true\n"
             "        networkAcls: {defaultAction: Allow, ipRules: []}\n"
             "        unmanaged: [accessPolicies]\n");
}

BOOST_AUTO_TEST_CASE(a_vault_without_a_shared_access_policy_replaces_the_list) {
  const Document all = Document::object({{"keys", Document::array({"all"})}});
  for (const char* name : {"kv-a", "kv-b", "kv-c", "kv-d"})
    vault(name, Document::object({{"accessPolicies",
                                   Document::array({policy(app, may_read()), policy(ops, all)})}}));
  vault("kv-e", Document::object({{"accessPolicies", Document::array({policy(ops, may_read())})}}));
  vault("kv-f", Document::object({{"accessPolicies", Document::array()}}));
  const std::string manifest = exported();
  BOOST_TEST(holds(manifest,
                   "    accessPolicies:\n"
                   "      - {principal: p-1b2c0000, permissions: {secrets: [get, list]}}\n"
                   "      - {principal: p-2b2c0000, permissions: {keys: [all]}}\n"),
             manifest);
  BOOST_TEST(holds(manifest,
                   "      - name: kv-d\n"
                   "      - name: kv-e\n"
                   "        accessPolicies: !replace\n"
                   "          - {principal: p-2b2c0000, permissions: {secrets: [get, list]}}\n"
                   "      - name: kv-f\n"
                   "        accessPolicies: []\n"),
             manifest);
}

BOOST_AUTO_TEST_CASE(permissions_that_repeat_get_a_name_and_built_in_sets_are_recognised) {
  const Document manage = Document::object(
      {{"secrets",
        Document::array({"restore", "get", "list", "set", "delete", "recover", "backup"})}});
  const Document wrap =
      Document::object({{"keys", Document::array({"get", "wrapkey", "UNWRAPKEY"})}});
  Document list = Document::array({policy(app, manage)});
  for (const char digit : std::string("0123456789abcdef"))
    list.push_back(
        policy((std::string("3b2c000") + digit + "-0000-4000-8000-000000000003").c_str(), wrap));
  vault("kv-sets", Document::object({{"accessPolicies", list}}));
  const std::string manifest = exported();
  // Three built-in sets are the same three words, so none of their names would say what is meant.
  BOOST_TEST(holds(manifest,
                   "permissionSets:\n"
                   "  keys-wrapkey-unwrapkey-get: {keys: [wrapKey, unwrapKey, get]}\n"),
             manifest);
  BOOST_TEST(holds(manifest, "{principal: p-1b2c0000, permissions: secret-management}"), manifest);
  BOOST_TEST(holds(manifest, "{principal: p-3b2c0008, permissions: keys-wrapkey-unwrapkey-get}"),
             manifest);
}

BOOST_AUTO_TEST_CASE(
    names_of_principals_come_from_a_manifest_or_from_as_many_digits_as_tell_them_apart) {
  const Document named = policy("1B2C0000-0000-4000-8000-000000000001", may_read());
  const Document like = policy("1b2c0000-0000-4000-8000-000000000099", may_read());
  const Document same = policy("1b2c0000-0000-4000-8000-0000000000aa", may_read());
  vault("kv-names", Document::object({{"accessPolicies", Document::array({named, like, same})}}));
  exporting::ExportOptions options;
  options.principals = {
      {.name = "pay no attention", .object_id = app, .type = "Group", .break_glass = true},
      {.name = "elsewhere", .object_id = ops, .type = "User"}};
  const std::string manifest = exported(options);
  BOOST_TEST(holds(manifest,
                   "principals:\n"
                   "  p-1b2c0000-0000-4000-8000-00000000009: 1b2c0000-0000-4000-8000-000000000099\n"
                   "  p-1b2c0000-0000-4000-8000-0000000000a: 1b2c0000-0000-4000-8000-0000000000aa\n"
                   "  pay no attention: {objectId: 1b2c0000-0000-4000-8000-000000000001, "
                   "type: Group, breakGlass: true}\n"),
             manifest);
}

BOOST_AUTO_TEST_CASE(what_a_manifest_cannot_say_is_left_alone_and_stands_in_a_comment) {
  const Document odd =
      Document::object({{"bypass", "AzureServices"},
                        {"defaultAction", "Deny"},
                        {"ipRules", Document::array({Document::object({{"value", "10.0.0.1"}})})}});
  const Document fly = Document::object({{"keys", Document::array({"fly"})}});
  const Document endpoint = Document::object(
      {{"id", vault_id("rg-pay", "kv-odd") + "/privateEndpointConnections/pe-1"},
       {"properties", Document::object({{"privateLinkServiceConnectionState",
                                         Document::object({{"status", "Approved"}})}})}});
  vault("kv-odd",
        Document::object(
            {{"networkAcls", odd},
             {"publicNetworkAccess", "SecuredByPerimeter"},
             {"accessPolicies", Document::array({policy(app, may_read()), policy(ops, fly)})},
             {"privateEndpointConnections", Document::array({endpoint})},
             {"hsmPoolResourceId", "pool-1"},
             {"aNewProperty", "x"}}),
        Document::object({{"hidden-link:/x", "y"}}));
  const std::string manifest = exported();
  BOOST_TEST(
      body_of(manifest) ==
          std::string(one_principal_and_group) +
              "      # tags.hidden-link:/x is left alone: \"hidden-link:/x\" is not the name of a "
              "tag\n"
              "      # publicNetworkAccess is left alone: a manifest has no word for "
              "SecuredByPerimeter\n"
              "      # networkAcls.ipRules is left alone: \"10.0.0.1/32\" lies in 10.0.0.0/8, a "
              "private "
              "range\n"
              "      # 1 access policy is left alone, so others stay too (manage: merge); the "
              "access "
              "policy of\n"
              "      # 2b2c0000-0000-4000-8000-000000000002: it has a permission that akv does not "
              "know\n"
              "      # private endpoint connections, left to their owners: pe-1 (Approved)\n"
              "      # belongs to the HSM pool pool-1\n"
              "      # has what akv does not know and leaves alone: aNewProperty\n"
              "      - name: kv-odd\n"
              "        sku: standard\n"
              "        enableRbacAuthorization: false\n"
              "        networkAcls: {defaultAction: Deny, virtualNetworkRules: []}\n"
              "        accessPolicies:\n"
              "          - {principal: p-1b2c0000, permissions: {secrets: [get, list]}}\n"
              "        manage: {accessPolicies: merge}\n",
      manifest);
}

BOOST_AUTO_TEST_CASE(role_assignments_and_locks_stand_beside_what_they_are_for) {
  vault("kv-roles", Document::object({{"enableRbacAuthorization", true},
                                      {"accessPolicies", Document::array()}}));
  const std::string authorization =
      vault_id("rg-pay", "kv-roles") + "/providers/Microsoft.Authorization";
  const auto assign = [&](int number, std::string_view role, const char* type) {
    const auto answer = other(
        http::Method::put,
        authorization + "/roleAssignments/3c3c0000-0000-4000-8000-00000000000" +
            std::to_string(number),
        Document::object(
            {{"properties",
              Document::object(
                  {{"principalId", number == 1 ? app : ops},
                   {"principalType", type},
                   {"description", number == 1 ? "" : "on call, see #4711"},
                   {"roleDefinitionId", "/subscriptions/" + emulator->identity().subscription_id +
                                            "/providers/Microsoft.Authorization/roleDefinitions/" +
                                            std::string(role)}})}}),
        "2022-04-01");
    BOOST_REQUIRE_MESSAGE(answer.status == 201, answer.body);
  };
  assign(1, role_id::key_vault_secrets_user, "ServicePrincipal");
  assign(2, role_id::key_vault_administrator, "Group");
  const auto lock = other(
      http::Method::put, group_id("rg-pay") + "/providers/Microsoft.Authorization/locks/freeze",
      Document::object({{"properties", Document::object({{"level", "ReadOnly"}})}}), "2020-05-01");
  BOOST_REQUIRE_MESSAGE(lock.status < 300, lock.body);
  BOOST_TEST(body_of(exported()) ==
             "\n"
             "principals:\n"
             "  p-1b2c0000: {objectId: 1b2c0000-0000-4000-8000-000000000001, type: "
             "ServicePrincipal}\n"
             "  p-2b2c0000: {objectId: 2b2c0000-0000-4000-8000-000000000002, type: Group}\n"
             "\n"
             "resourceGroups:\n"
             "  - name: rg-pay\n"
             "    location: westeurope\n"
             "    locks:\n"
             "      - {name: freeze, level: ReadOnly}\n"
             "    vaults:\n"
             "      - name: kv-roles\n"
             "        sku: standard\n"
             "        enableRbacAuthorization: true\n"
             "        roleAssignments:\n"
             "          - {principal: p-1b2c0000, role: Key Vault Secrets User}\n"
             "          - {principal: p-2b2c0000, role: Key Vault Administrator, description: "
             "\"on call, see #4711\"}\n");
}

BOOST_AUTO_TEST_CASE(a_lock_may_be_named_and_described_as_the_usual_level) {
  vault("kv-locked");
  const auto lock = [&](const std::string& name, const char* notes) {
    const auto answer = other(
        http::Method::put, group_id("rg-pay") + "/providers/Microsoft.Authorization/locks/" + name,
        Document::object(
            {{"properties", Document::object({{"level", "CanNotDelete"}, {"notes", notes}})}}),
        "2020-05-01");
    BOOST_REQUIRE_MESSAGE(answer.status < 300, answer.body);
  };
  lock("CanNotDelete", "CanNotDelete");
  lock("two", "2.0");
  const std::string manifest = exported();
  BOOST_TEST(holds(manifest,
                   "    locks:\n"
                   "      - {name: CanNotDelete, notes: CanNotDelete}\n"
                   "      - {name: two, notes: \"2.0\"}\n"),
             manifest);
}

BOOST_AUTO_TEST_CASE(words_of_an_estate_never_silence_a_check_of_its_manifest) {
  const std::string order = "akv:ignore purge-protection reviewed";
  vault("kv-plain", Document::object(), Document::object({{"akv-deployment", order}}));
  for (std::size_t column = 20; column < 110; ++column)
    vault("kv-" + std::to_string(column), Document::object(),
          Document::object({{"akv-deployment", std::string(column, 'x') + " " + order}}));
  const std::string manifest = exported({.deployment = "pay"});
  BOOST_TEST(holds(manifest, "belongs to deployment akv\\x3aignore purge-protection"), manifest);
  BOOST_TEST(load(manifest).remarks.empty());
}

BOOST_AUTO_TEST_CASE(marks_decide_the_deployment_and_those_of_others_are_told) {
  vault("kv-ours", Document::object(), Document::object({{"akv-deployment", "pay"}}));
  BOOST_TEST(holds(exported(), "deployment: pay\n"));
  // The group has no mark, so akv was told that it exists.
  BOOST_TEST(holds(exported(), "  - name: rg-pay\n    existing: true\n    vaults:\n"), exported());
  vault("kv-theirs", Document::object(), Document::object({{"akv-deployment", "risk"}}));
  const std::string manifest = exported({.deployment = "pay"});
  BOOST_TEST(holds(manifest,
                   "      # belongs to deployment risk; to take it over:\n"
                   "      # --adopt=rg-pay/kv-theirs --allow takeover=rg-pay/kv-theirs\n"
                   "      - name: kv-theirs\n"),
             manifest);
  BOOST_TEST(holds(exported(), "deployment: rg-pay\n"));
}

BOOST_AUTO_TEST_CASE(lists_that_are_too_long_for_a_line_stand_below_each_other) {
  Document rules = Document::array();
  for (int i = 1; i < 9; ++i)
    rules.push_back(Document::object({{"value", "203.0.113." + std::to_string(i)}}));
  vault("kv-long",
        Document::object(
            {{"networkAcls", Document::object({{"defaultAction", "Deny"}, {"ipRules", rules}})}}));
  const std::string manifest = exported();
  BOOST_TEST(holds(manifest,
                   "        networkAcls:\n"
                   "          defaultAction: Deny\n"
                   "          ipRules:\n"
                   "            - \"203.0.113.1\"\n"),
             manifest);
}

BOOST_AUTO_TEST_SUITE_END()
