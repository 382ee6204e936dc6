// Rules on access where role assignments give it: at the vault, and at its group.
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "checks/judging.hpp"

using namespace akv;
using checks::Over;
using json::Document;
using test::good_manifest;
using test::joined;
using test::Judging;
using test::live_roles;
using test::live_vault;
using test::replaced;

namespace {

constexpr const char* app = "1b2c0000-0000-4000-8000-000000000001";
constexpr const char* custom = "77770000-0000-4000-8000-000000000007";

/// A vault that goes by roles, with the lines of its `roleAssignments` and of its group's.
std::string by_roles(const std::string& at_vault, const std::string& at_group = {}) {
  std::string text = good_manifest();
  text.resize(text.find("        accessPolicies:"));
  text = replaced(text, "enableRbacAuthorization: false", "enableRbacAuthorization: true");
  if (!at_group.empty())
    text =
        replaced(text, "    vaults:\n", "    roleAssignments: [" + at_group + "]\n    vaults:\n");
  if (!at_vault.empty()) text += "        roleAssignments: [" + at_vault + "]\n";
  return text;
}

std::string open_to_purge(const std::string& manifest) {
  return replaced(manifest, "enablePurgeProtection: true", "enablePurgeProtection: false");
}

std::string entry(const std::string& principal, const std::string& role,
                  const std::string& more = {}) {
  return "{principal: " + principal + ", role: " + role + more + "}";
}

const std::string admins = entry("admins", "Key Vault Administrator");
const std::string app_reads = entry("app", "Key Vault Secrets User");

}  // namespace

BOOST_AUTO_TEST_SUITE(roles)

BOOST_AUTO_TEST_CASE(a_role_that_may_purge_is_found_at_its_place) {
  const Judging at_vault(open_to_purge(by_roles(admins + ", " + app_reads)));
  BOOST_TEST(joined(at_vault.rules()) == "can-purge purge-protection-off");
  const engine::Finding& finding = at_vault.of("can-purge");
  BOOST_TEST(finding.message ==
             "admins may purge keys, secrets and certificates, as Key Vault Administrator");
  BOOST_TEST(finding.subject ==
             "roleAssignments[1b2c0000-0000-4000-8000-000000000002/"
             "00482a5a-887f-4fb3-b363-3b7fe8e74483].purge");
  BOOST_TEST(finding.name == "rg-pay/kv-pay");
  BOOST_TEST(at_vault.place("can-purge") == "estate.yaml:20");

  const Judging at_group(open_to_purge(by_roles(app_reads, admins)));
  BOOST_TEST(joined(at_group.rules()) == "can-purge purge-protection-off");
  BOOST_TEST(at_group.of("can-purge").name == "rg-pay/kv-pay");
  BOOST_TEST(at_group.place("can-purge") == "estate.yaml:12");
}

BOOST_AUTO_TEST_CASE(each_officer_may_purge_what_is_theirs) {
  const auto found = [](const std::string& role) {
    const Judging judging(by_roles(entry("admins", role)));
    return judging.rules().contains("purge-idle") ? judging.of("purge-idle").message
                                                  : joined(judging.rules());
  };
  BOOST_TEST(found("Key Vault Secrets Officer") ==
             "admins may purge secrets, as Key Vault Secrets Officer");
  BOOST_TEST(found("Key Vault Crypto Officer") ==
             "admins may purge keys, as Key Vault Crypto Officer");
  BOOST_TEST(found("Key Vault Certificates Officer") ==
             "admins may purge certificates, as Key Vault Certificates Officer");
  BOOST_TEST(found("Key Vault Crypto User") == "principal-unused");
  // Vaults are purged at the subscription: below it the role gives nothing.
  BOOST_TEST(found("Key Vault Purge Operator") == "principal-unused");
  BOOST_TEST(found("Contributor") == "principal-unused");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_not_found) {
  const auto found = [](const std::string& entries) {
    return joined(Judging(open_to_purge(by_roles(entries))).rules());
  };
  const std::string condition = ", condition: \"@Resource[x] StringEquals 'y'\"";
  BOOST_TEST(found(entry("admins", "Key Vault Administrator", condition) + ", " + app_reads) ==
             "purge-protection-off");
  BOOST_TEST(found(entry("admins", custom) + ", " + app_reads) == "purge-protection-off");
}

BOOST_AUTO_TEST_CASE(only_what_the_vault_goes_by_counts) {
  // Data roles do nothing beside access policies.
  const std::string list =
      "        roleAssignments: [" + entry("app", "Key Vault Administrator") + "]\n";
  BOOST_TEST(joined(Judging(good_manifest() + list).rules()) == "access-legacy");
  // Nor do policies beside roles.
  const std::string idle = replaced(
      replaced(good_manifest(), "enableRbacAuthorization: false", "enableRbacAuthorization: true"),
      "[get, list, set, delete]", "[set, purge]");
  BOOST_TEST(joined(Judging(idle).rules()) == "policies-idle");
}

BOOST_AUTO_TEST_CASE(one_administrator_alone_is_found_by_role_too) {
  const auto found = [](const std::string& at_vault, const std::string& at_group = {}) {
    const Judging judging(by_roles(at_vault, at_group));
    return judging.rules().contains("single-administrator")
               ? judging.place("single-administrator") + " " +
                     judging.of("single-administrator").message
               : "";
  };
  const std::string one = entry("app", "Key Vault Administrator");
  BOOST_TEST(
      found(one) ==
      "estate.yaml:20 app is the only one, and not known to be a group; roles from above its "
      "group are not looked at");
  BOOST_TEST(
      found(app_reads, one) ==
      "estate.yaml:12 app is the only one, and not known to be a group; roles from above its "
      "group are not looked at");
  BOOST_TEST(found(entry("app", "Owner")) != "");
  BOOST_TEST(found(one, entry("app", "Owner")) != "");
  // A group, or a second one at either scope.
  BOOST_TEST(found(admins) == "");
  BOOST_TEST(found(one, admins) == "");
  BOOST_TEST(found(one + ", " + entry("admins", "User Access Administrator")) == "");
  // Who may write the vault gets at nothing in it.
  BOOST_TEST(found(one + ", " + entry("admins", "Key Vault Contributor")) != "");
  // A custom role may be an administrator's.
  BOOST_TEST(found(one, entry("admins", custom)) == "");
  // Without any nothing is known: it may be given at the subscription.
  BOOST_TEST(joined(Judging(by_roles(app_reads)).rules()) == "principal-unused");
  BOOST_TEST(joined(Judging(by_roles({})).rules()) == "principal-unused principal-unused");
}

BOOST_AUTO_TEST_CASE(who_may_write_policies_administers_a_vault_that_goes_by_them) {
  const std::string nobody =
      replaced(good_manifest(), "secrets: [get, list, set, delete]", "secrets: [get]");
  const auto with = [](const std::string& manifest, const std::string& role) {
    return joined(
        Judging(replaced(manifest, "    vaults:\n",
                         "    roleAssignments: [" + entry("admins", role) + "]\n    vaults:\n"))
            .rules());
  };
  BOOST_TEST(joined(Judging(nobody).rules()) == "access-legacy nobody-administers");
  BOOST_TEST(with(nobody, "Key Vault Contributor") == "access-legacy");
  BOOST_TEST(with(nobody, "Key Vault Administrator") == "access-legacy nobody-administers");
  const auto single = [](const std::string& role) {
    return Judging(replaced(replaced(good_manifest(), ", type: Group", ""), "    vaults:\n",
                            "    roleAssignments: [" + entry("app", role) + "]\n    vaults:\n"))
        .rules()
        .count("single-administrator");
  };
  BOOST_TEST(single("Contributor") == 0U);
  BOOST_TEST(single("Key Vault Secrets Officer") == 1U);
}

BOOST_AUTO_TEST_CASE(a_list_that_is_left_out_is_not_known) {
  const std::string manifest = by_roles(entry("app", "Key Vault Administrator"), app_reads);
  BOOST_TEST(Judging(manifest).rules().contains("single-administrator"));
  BOOST_TEST(
      !Judging(manifest, {}, Over::estate, {"rg-pay"}).rules().contains("single-administrator"));
}

BOOST_AUTO_TEST_CASE(a_plan_judges_vaults_whose_roles_change) {
  const Document vault = Document::parse(R"({
    "enablePurgeProtection": false, "softDeleteRetentionInDays": 90, "enableRbacAuthorization": true,
    "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"},
    "accessPolicies": []})");
  const auto rules = [&](const std::string& manifest, const std::vector<engine::Live>& lists) {
    std::vector<engine::Live> live = lists;
    live.push_back(live_vault(vault));
    const Judging judging(open_to_purge(manifest), live, Over::objects);
    return std::to_string(judging.checked.objects) + ": " + joined(judging.rules());
  };
  const std::string administrator = role_id::key_vault_administrator;
  const std::string own = "1b2c0000-0000-4000-8000-000000000002";
  const std::string yaml = by_roles(admins, app_reads);
  const engine::Live at_group = live_roles(false, {{app, role_id::key_vault_secrets_user}});
  // The group itself is not there yet, which is a change; it is no finding.
  BOOST_TEST(rules(yaml, {live_roles(true, {{own, administrator}}), at_group}) == "1: ");
  BOOST_TEST(rules(yaml, {live_roles(true, {}), at_group}) == "2: can-purge");
  BOOST_TEST(rules(by_roles(app_reads, admins),
                   {live_roles(true, {{app, role_id::key_vault_secrets_user}}),
                    live_roles(false, {})}) == "2: can-purge");
  // Of a vault that changes all roles are seen, those of others too.
  const std::string tagged = replaced(yaml, "sku: standard", "tags: {owner: me}");
  BOOST_TEST(rules(tagged, {live_roles(true, {{own, administrator}, {custom, administrator}}),
                            at_group}) == "2: can-purge can-purge purge-protection-off");
}

BOOST_AUTO_TEST_CASE(a_role_at_a_group_counts_for_each_of_its_vaults) {
  std::string text = by_roles({}, admins);
  const auto at = text.find("      - name: kv-pay\n");
  const std::string vault = text.substr(at);
  text.resize(at);
  for (int i = 0; i < 5; ++i) text += replaced(vault, "kv-pay", "kv-pay-" + std::to_string(i));
  BOOST_TEST(Judging(text).of("purges-in-many-vaults").message == "may purge in 5 vaults");
}

BOOST_AUTO_TEST_CASE(a_list_that_the_manifest_does_not_have_may_be_looked_at) {
  const engine::Deployment deployment;
  engine::Desired desired;
  desired.kind = "roleAssignment";
  desired.id =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Authorization/roleAssignments";
  const Document none, after = Document::parse(R"({"roleAssignments": [{"objectId": "x",
      "roleDefinitionId": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "role": "Owner"}]})");
  checks::Checker checker(deployment);
  checker.look({.deployment = deployment, .desired = desired, .before = none, .after = after});
  const auto found = checker.finish(Over::objects).findings;
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].rule == "role-gives-roles");
}

BOOST_AUTO_TEST_SUITE_END()
