// Each rule on a manifest that breaks it, and on one that does not.
#include "akv/provision/checks/rules.hpp"

#include "checks/judging.hpp"

#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <ostream>

using namespace akv;
using json::Document;
using test::good_manifest;
using test::joined;
using test::Judging;
using test::live_vault;
using test::replaced;

namespace {

/// One text of the good manifest gives way to another, and these are found then.
struct Sample {
  const char* rule;
  const char* from;
  const char* to;
  const char* found;
  const char* place;
  const char* message;
};
std::ostream& operator<<(std::ostream& out, const Sample& sample) {
  return out << sample.rule << ": " << sample.to;
}

constexpr const char* protection = "enablePurgeProtection: true";
constexpr const char* closed = "publicNetworkAccess: Disabled";
constexpr const char* acls = "networkAcls: {bypass: None, defaultAction: Deny}";
constexpr const char* sku = "sku: standard";
constexpr const char* app_words = "principal: app, permissions: {secrets: [get, list]}";

const std::vector<Sample> samples{
    {"purge-protection-off", protection, "enablePurgeProtection: false",
     "access-legacy purge-protection-off", "estate.yaml:16", "its content can be purged"},
    {"purge-protection-off", "        enablePurgeProtection: true\n", "",
     "access-legacy purge-protection-off", "estate.yaml:13", "its content can be purged"},
    {"retention-short", "InDays: 90", "InDays: 29", "access-legacy retention-short",
     "estate.yaml:17", "kept for 29 days"},
    {"retention-short", "InDays: 90", "InDays: 30", "access-legacy", "", ""},
    {"trusted-services", "bypass: None", "bypass: AzureServices", "access-legacy trusted-services",
     "estate.yaml:19", "networkAcls.bypass is AzureServices"},
    {"network-rules-idle", "Deny}", "Deny, ipRules: [198.51.100.7]}",
     "access-legacy network-rules-idle", "estate.yaml:19",
     "publicNetworkAccess is not Enabled, so nobody comes to the rules"},
    {"platform-access", sku, "enabledForDeployment: true\n        enabledForDiskEncryption: true",
     "access-legacy platform-access platform-access", "estate.yaml:14",
     "enabledForDeployment is true"},
    {"platform-access", sku, "enabledForTemplateDeployment: true", "access-legacy platform-access",
     "estate.yaml:14", "enabledForTemplateDeployment is true"},
    {"owner-unknown", "tags: {owner: payments}", "tags: {use: payments}",
     "access-legacy owner-unknown", "estate.yaml:13", "neither it nor its group has such a tag"},
    {"owner-unknown", sku, "tags: {Cost-Centre: '12'}", "access-legacy", "", ""},
    {"owner-unknown", "tags: {owner: payments}", "tags: {owner: ''}", "access-legacy owner-unknown",
     "estate.yaml:13", "neither it nor its group has such a tag"},
    {"not-protected", "name: kv-pay", "name: kv-pay-prod", "access-legacy not-protected",
     "estate.yaml:13", "it looks like production and is not protected"},
    {"not-protected", sku, "tags: {environment: Production}", "access-legacy not-protected",
     "estate.yaml:13", "it looks like production and is not protected"},
    {"not-protected", "deployment: payments", "deployment: payments-prd",
     "access-legacy not-protected", "estate.yaml:13",
     "it looks like production and is not protected"},
    {"not-protected", "name: kv-pay\n", "name: kv-pay-prod\n        protect: true\n",
     "access-legacy", "", ""},
    {"not-protected", "name: kv-pay", "name: kv-produce", "access-legacy", "", ""},
    {"location-open", "    location: westeurope\n", "", "access-legacy location-open",
     "estate.yaml:12", "neither it nor its group says a location"},
    {"soft-deleted-purge", sku, "onSoftDeleted: purge", "access-legacy soft-deleted-purge",
     "estate.yaml:14", "onSoftDeleted is purge"},
    {"soft-deleted-purge", sku, "onSoftDeleted: recover", "access-legacy", "", ""},
    {"access-legacy", "enableRbacAuthorization: false", "enableRbacAuthorization: true",
     "policies-idle", "", ""},
    {"policies-idle", "enableRbacAuthorization: false", "enableRbacAuthorization: true",
     "policies-idle", "estate.yaml:21", "2 of them, while enableRbacAuthorization is true"},
    {"policies-merged", sku, "manage: {accessPolicies: merge}", "access-legacy policies-merged",
     "estate.yaml:14", "accessPolicies is merge"},
    {"nobody-administers", "secrets: [get, list, set, delete]", "secrets: [get]",
     "access-legacy nobody-administers", "estate.yaml:21",
     "no entry may create keys or set secrets"},
    {"single-administrator", ", type: Group", "", "access-legacy single-administrator",
     "estate.yaml:22", "admins is the only one, and not known to be a group"},
    {"permissions-all", "secrets: [get, list, set, delete]", "secrets: [all]",
     "access-legacy permissions-all purge-idle", "estate.yaml:22", "admins has all on secrets"},
    {"purge-idle", "[get, list, set, delete]", "[set, purge]", "access-legacy purge-idle",
     "estate.yaml:22", "admins may purge secrets"},
    {"uses-and-manages-keys", app_words, "principal: app, permissions: {keys: [sign, import]}",
     "access-legacy uses-and-manages-keys", "estate.yaml:21",
     "app can use keys, and create or delete them"},
    {"uses-and-manages-keys", app_words, "principal: app, permissions: {keys: [sign, get, list]}",
     "access-legacy", "", ""},
    {"user-direct", "app: 1b2c0000-0000-4000-8000-000000000001",
     "app: {objectId: 1b2c0000-0000-4000-8000-000000000001, type: User}",
     "access-legacy user-direct", "estate.yaml:21", "app is a user"},
    {"application-compound", "principal: app,",
     "principal: app, applicationId: 5a5b0000-0000-4000-8000-000000000009,",
     "access-legacy application-compound", "estate.yaml:21",
     "app only through application 5a5b0000-0000-4000-8000-000000000009"},
    {"nobody-administers", "principal: admins,",
     "principal: admins, applicationId: 5a5b0000-0000-4000-8000-000000000009,",
     "access-legacy application-compound nobody-administers", "estate.yaml:21",
     "no entry may create keys or set secrets"},
    {"foreign-tenant", "principal: app,",
     "principal: app, tenant: 5a5b0000-0000-4000-8000-000000000009,",
     "access-legacy foreign-tenant", "estate.yaml:21",
     "app is of tenant 5a5b0000-0000-4000-8000-000000000009"},
    {"principal-unnamed", "principal: app,", "objectId: 5a5b0000-0000-4000-8000-000000000009,",
     "access-legacy principal-unnamed principal-unused", "estate.yaml:21",
     "5a5b0000-0000-4000-8000-000000000009 is not in principals"},
    {"principal-unused", "principals:\n",
     "principals:\n  gone: 1b2c0000-0000-4000-8000-000000000009\n",
     "access-legacy principal-unused", "estate.yaml:6", "no entry of the manifest is for it"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(a_good_manifest_has_only_the_finding_that_goes_by_taste) {
  const Judging judging(good_manifest());
  BOOST_TEST(joined(judging.rules()) == "access-legacy");
  BOOST_TEST(judging.checked.objects == 2U);
}

BOOST_DATA_TEST_CASE(a_manifest_that_breaks_a_rule_is_found_at_its_place,
                     boost::unit_test::data::make(samples), sample) {
  const Judging judging(replaced(good_manifest(), sample.from, sample.to));
  BOOST_TEST(joined(judging.rules()) == sample.found);
  if (*sample.place == '\0') return;
  BOOST_TEST(judging.place(sample.rule) == sample.place);
  BOOST_TEST(judging.of(sample.rule).message == sample.message);
}

BOOST_AUTO_TEST_CASE(an_open_network_is_found_with_and_without_network_acls) {
  const std::string open = replaced(good_manifest(), closed, "publicNetworkAccess: Enabled");
  BOOST_TEST(joined(Judging(open).rules()) == "access-legacy");
  const Judging allowed(replaced(open, "defaultAction: Deny", "defaultAction: Allow"));
  BOOST_TEST(joined(allowed.rules()) == "access-legacy network-open");
  BOOST_TEST(allowed.place("network-open") == "estate.yaml:19");
  const Judging without(replaced(open, std::string("        ") + acls + "\n", ""));
  BOOST_TEST(joined(without.rules()) == "access-legacy network-open");
  BOOST_TEST(without.place("network-open") == "estate.yaml:18");
  const Judging idle(
      replaced(open, "defaultAction: Deny", "defaultAction: Allow, ipRules: [198.51.100.7]"));
  BOOST_TEST(joined(idle.rules()) == "access-legacy network-open network-rules-idle");
  BOOST_TEST(idle.of("network-rules-idle").message ==
             "defaultAction is Allow, so everybody else comes in too");
}

BOOST_AUTO_TEST_CASE(ranges_count_by_their_prefix) {
  const std::string open = replaced(good_manifest(), closed, "publicNetworkAccess: Enabled");
  const auto with = [&](const std::string& ranges) {
    return Judging(replaced(open, "Deny}", "Deny, ipRules: [" + ranges + "]}"));
  };
  BOOST_TEST(joined(with("52.0.0.0/16").rules()) == "access-legacy");
  const Judging wide = with("52.0.0.0/15");
  BOOST_TEST(joined(wide.rules()) == "access-legacy ip-range-wide");
  BOOST_TEST(wide.of("ip-range-wide").message == "52.0.0.0/15 lets in 131072 addresses");
  BOOST_TEST(wide.of("ip-range-wide").subject == "networkAcls.ipRules[52.0.0.0/15]");
  BOOST_TEST(joined(with("52.0.0.0/8").rules()) == "access-legacy ip-range-wide");
}

BOOST_AUTO_TEST_CASE(a_range_that_only_azure_has_is_found_too) {
  // What others added stays in merge mode, and is judged with the rest.
  const std::string merged =
      replaced(replaced(good_manifest(), sku, "manage: {networkAcls: merge}"), acls,
               "networkAcls: {ipRules: [198.51.100.7]}");
  const Judging judging(
      replaced(merged, closed, "publicNetworkAccess: Enabled"),
      {live_vault(Document::object(
          {{"enablePurgeProtection", true},
           {"networkAcls", Document::object({{"bypass", "None"},
                                             {"defaultAction", "Deny"},
                                             {"ipRules", Document::array({Document::object(
                                                             {{"value", "0.0.0.0/1"}})})}})}}))});
  BOOST_TEST(joined(judging.rules()) == "access-legacy ip-range-everywhere");
  BOOST_TEST(judging.place("ip-range-everywhere") == "estate.yaml:13");
}

BOOST_AUTO_TEST_CASE(many_ip_rules_and_policies_are_found_near_their_limits) {
  const auto with_rules = [](int count) {
    std::string list;
    for (int i = 1; i <= count; ++i) list += "52.1.1." + std::to_string(i) + ", ";
    return joined(
        Judging(replaced(replaced(good_manifest(), closed, "publicNetworkAccess: Enabled"), "Deny}",
                         "Deny, ipRules: [" + list + "]}"))
            .rules());
  };
  BOOST_TEST(with_rules(100) == "access-legacy");
  BOOST_TEST(with_rules(101) == "access-legacy ip-rules-many");

  const auto with_policies = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
      list += "          - {objectId: 7a2c0000-0000-4000-8000-00000000" + std::to_string(1000 + i) +
              ", permissions: {secrets: [get]}}\n";
    return Judging(good_manifest() + list).rules().count("policies-many");
  };
  BOOST_TEST(with_policies(897) == 0U);
  BOOST_TEST(with_policies(898) == 1U);
}

BOOST_AUTO_TEST_CASE(purge_counts_more_where_nothing_protects_against_it) {
  const std::string purging = replaced(good_manifest(), "[get, list, set, delete]", "[set, purge]");
  const Judging judging(replaced(purging, protection, "enablePurgeProtection: false"));
  BOOST_TEST(joined(judging.rules()) == "access-legacy can-purge purge-protection-off");
  BOOST_TEST(judging.of("can-purge").message == "admins may purge secrets");
  BOOST_TEST(judging.of("can-purge").subject ==
             "accessPolicies[1b2c0000-0000-4000-8000-000000000002].purge");
}

BOOST_AUTO_TEST_CASE(a_subnet_rule_without_its_endpoint_is_found) {
  const std::string subnet =
      "/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/rg-net/providers/"
      "Microsoft.Network/virtualNetworks/vnet/subnets/apps";
  const std::string open = replaced(good_manifest(), closed, "publicNetworkAccess: Enabled");
  const Judging judging(replaced(open, "Deny}",
                                 "Deny, virtualNetworkRules: [{id: " + subnet +
                                     ", ignoreMissingVnetServiceEndpoint: true}]}"));
  BOOST_TEST(joined(judging.rules()) == "access-legacy subnet-unchecked");
  BOOST_TEST(judging.of("subnet-unchecked").message ==
             "ignoreMissingVnetServiceEndpoint is true for " + subnet);
}

BOOST_AUTO_TEST_CASE(adopt_is_found_once_the_vault_is_ours) {
  const std::string adopting = replaced(good_manifest(), sku, "adopt: true");
  BOOST_TEST(Judging(adopting).rules().count("adopt-left-in") == 0U);
  const Document none = Document::object();
  BOOST_TEST(Judging(adopting, {live_vault(none, none)}).rules().count("adopt-left-in") == 0U);
  const Judging ours(adopting, {live_vault(none)});
  BOOST_TEST(ours.place("adopt-left-in") == "estate.yaml:14");
}

BOOST_AUTO_TEST_CASE(what_is_live_and_not_managed_counts) {
  std::string silent = replaced(good_manifest(), std::string("        ") + acls + "\n", "");
  silent = replaced(silent, "        publicNetworkAccess: Disabled\n", "");
  silent = replaced(silent, "        enablePurgeProtection: true\n", "");
  BOOST_TEST(joined(Judging(silent).rules()) == "access-legacy network-open purge-protection-off");
  const Document locked = Document::object(
      {{"enablePurgeProtection", true},
       {"publicNetworkAccess", "Disabled"},
       {"networkAcls", Document::object({{"bypass", "None"}, {"defaultAction", "Deny"}})}});
  BOOST_TEST(joined(Judging(silent, {live_vault(locked)}).rules()) == "access-legacy");
}

BOOST_AUTO_TEST_CASE(a_vault_of_others_is_judged_by_its_access_alone) {
  const Judging judging(R"(apiVersion: akv/v1
deployment: payments
subscription: 9c0d0000-0000-4000-8000-000000000003
resourceGroups:
  - name: rg-pay
    existing: true
    vaults:
      - name: kv-pay
        existing: true
        accessPolicies:
          - {objectId: 1b2c0000-0000-4000-8000-000000000001, permissions: {keys: [all]}}
)",
                        {live_vault(Document::object())});
  BOOST_TEST(joined(judging.rules()) == "can-purge permissions-all");
}

BOOST_AUTO_TEST_CASE(one_that_may_purge_in_many_vaults_is_found_once) {
  const auto estate = [](int vaults) {
    std::string text = good_manifest();
    const auto at = text.find("      - name: kv-pay\n");
    const std::string vault = replaced(text.substr(at), "set, delete]", "set, purge]");
    text.resize(at);
    for (int i = 0; i < vaults; ++i)
      text += replaced(vault, "kv-pay", "kv-pay-" + std::to_string(i));
    return Judging(text);
  };
  BOOST_TEST(estate(4).rules().count("purges-in-many-vaults") == 0U);
  const Judging five = estate(5);
  BOOST_TEST(five.rules().count("purges-in-many-vaults") == 1U);
  const engine::Finding& finding = five.of("purges-in-many-vaults");
  BOOST_TEST(finding.name == "admins");
  BOOST_TEST(finding.message == "may purge in 5 vaults");
  BOOST_TEST(five.place("purges-in-many-vaults") == "estate.yaml:7");
}

BOOST_AUTO_TEST_CASE(a_subscription_near_the_limit_of_role_assignments_is_found) {
  const auto found = [](std::size_t count) {
    engine::Deployment deployment;
    const Document none;
    engine::Desired& desired = deployment.objects.emplace_back();
    desired.kind = "roleAssignment";
    desired.subscription = test::judged_subscription;
    Document after = Document::object({{"roleAssignments", Document::array()}});
    for (std::size_t i = 0; i < count; ++i) after.set("roleAssignments").push_back(Document());
    checks::Checker checker(deployment);
    // Two scopes together.
    const Document half =
        Document::object({{"roleAssignments", Document::array({Document(), Document()})}});
    checker.look({.deployment = deployment, .desired = desired, .before = none, .after = after});
    checker.look({.deployment = deployment, .desired = desired, .before = none, .after = half});
    return checker.finish(checks::Over::estate).findings;
  };
  BOOST_TEST(found(3498).empty());
  const auto findings = found(3499);
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST(findings[0].rule == "role-assignments-many");
  BOOST_TEST(findings[0].message == "3501 of 4000 at the scopes of this manifest alone");
}

BOOST_AUTO_TEST_CASE(roles_that_give_roles_and_users_who_have_one_are_found) {
  const auto with = [](const std::string& assignments) {
    std::string manifest = good_manifest() + "        roleAssignments:\n" + assignments;
    return Judging(replaced(manifest, "principals:\n",
                            "principals:\n  ana: {objectId: 1b2c0000-0000-4000-8000-000000000005, "
                            "type: User}\n"));
  };
  const Judging both(
      with("          - {principal: admins, role: Owner}\n"
           "          - {principal: ana, role: Key Vault Reader}\n"));
  BOOST_TEST(joined(both.rules()) == "access-legacy role-gives-roles user-direct");
  BOOST_TEST(both.of("role-gives-roles").message == "admins is Owner");
  BOOST_TEST(both.of("role-gives-roles").subject ==
             "roleAssignments[1b2c0000-0000-4000-8000-000000000002/"
             "8e3af657-a8ff-443c-a75c-2fe8c4bcb635]");
  BOOST_TEST(both.place("role-gives-roles") == "estate.yaml:25");
  BOOST_TEST(both.of("user-direct").message == "ana is a user");
  const Judging narrower(with(
      "          - {principal: admins, role: Owner, condition: \"@Resource[x] StringEquals 'y'\"}\n"
      "          - {principal: ana, role: Reader}\n"));
  BOOST_TEST(narrower.rules().count("role-gives-roles") == 0U);
}

BOOST_AUTO_TEST_CASE(each_way_to_administer_is_one) {
  const auto nobody = [](const std::string& permissions) {
    return Judging(replaced(good_manifest(), "{secrets: [get, list, set, delete]}", permissions))
        .rules()
        .contains("nobody-administers");
  };
  for (const char* permissions :
       {"{keys: [create]}", "{keys: [import]}", "{certificates: [create]}",
        "{certificates: [import]}", "{secrets: [SET]}", "{keys: [all]}"})
    BOOST_TEST(!nobody(permissions), permissions);
  for (const char* permissions : {"{keys: [update, delete, purge]}", "{secrets: [get, restore]}",
                                  "{certificates: [update, manageissuers]}", "{storage: [all]}"})
    BOOST_TEST(nobody(permissions), permissions);
}

BOOST_AUTO_TEST_CASE(each_way_to_purge_is_one) {
  const auto purges = [](const std::string& permissions) {
    const Judging judging(
        replaced(good_manifest(), "{secrets: [get, list, set, delete]}", permissions));
    return judging.rules().contains("purge-idle") ? judging.of("purge-idle").message : "";
  };
  BOOST_TEST(purges("{keys: [purge]}") == "admins may purge keys");
  BOOST_TEST(purges("{storage: [all], certificates: [PURGE]}") ==
             "admins may purge certificates and storage");
  BOOST_TEST(purges("{keys: [all], secrets: [all], certificates: [all]}") ==
             "admins may purge keys, secrets and certificates");
  BOOST_TEST(purges("{keys: [delete, recover]}") == "");
}

BOOST_AUTO_TEST_CASE(each_use_of_keys_beside_each_way_to_manage_them_is_found) {
  const auto found = [](const std::string& words) {
    return Judging(replaced(good_manifest(), app_words,
                            "principal: app, permissions: {keys: [" + words + "]}"))
        .rules()
        .contains("uses-and-manages-keys");
  };
  for (const std::string use : {"decrypt", "sign", "unwrapKey", "release"}) {
    BOOST_TEST(!found(use), use);
    for (const std::string manage : {"create", "import", "delete", "restore", "purge"}) {
      BOOST_TEST(!found(manage), manage);
      BOOST_TEST(found(use + ", " + manage), use << " and " << manage);
    }
  }
  BOOST_TEST(!found("encrypt, verify, wrapKey, create"));
  BOOST_TEST(!found("all"));
}

BOOST_AUTO_TEST_CASE(trusted_services_matter_where_a_firewall_is_closed_to_others) {
  const auto found = [](const std::string& access, const std::string& lists) {
    return Judging(replaced(replaced(good_manifest(), closed, "publicNetworkAccess: " + access),
                            acls, "networkAcls: {" + lists + "}"))
        .rules()
        .contains("trusted-services");
  };
  BOOST_TEST(found("Enabled", "bypass: AzureServices, defaultAction: Deny"));
  BOOST_TEST(!found("Enabled", "bypass: AzureServices, defaultAction: Allow"));
  BOOST_TEST(!found("Enabled", "bypass: None, defaultAction: Deny"));
  BOOST_TEST(found("Disabled", "bypass: AzureServices, defaultAction: Allow"));
  // What is not written is the service's default.
  BOOST_TEST(found("Disabled", "defaultAction: Deny"));
}

BOOST_AUTO_TEST_CASE(each_tag_that_names_an_owner_will_do) {
  const auto found = [](const std::string& tag) {
    return Judging(replaced(good_manifest(), "tags: {owner: payments}", "tags: {" + tag + ": x}"))
        .rules()
        .contains("owner-unknown");
  };
  for (const char* tag :
       {"Owner", "team", "contact", "cost-center", "cost_centre", "responsible", "owner team",
        "service-owner", "businessOwner", "technical.owner", "owned-by", "squad"})
    BOOST_TEST(!found(tag), tag);
  for (const char* tag : {"owners", "steam", "environment"}) BOOST_TEST(found(tag), tag);
}

BOOST_AUTO_TEST_CASE(each_rule_has_its_own_id_and_says_what_to_do) {
  std::set<std::string_view> ids;
  engine::Severity last = engine::Severity::high;
  for (const checks::Rule& rule : checks::rules()) {
    BOOST_TEST(ids.insert(rule.info.id).second, rule.info.id);
    BOOST_TEST(!rule.info.title.empty());
    BOOST_TEST(rule.info.reason.ends_with("."), rule.info.id);
    BOOST_TEST(!rule.info.remedy.empty());
    const int judges =
        (rule.judge ? 1 : 0) + (rule.judge_access ? 1 : 0) + (rule.judge_estate ? 1 : 0);
    BOOST_TEST(judges == 1, rule.info.id);
    BOOST_TEST((rule.judge_estate != nullptr) == (rule.of == checks::Of::estate), rule.info.id);
    // The most severe come first.
    BOOST_TEST((rule.info.severity <= last), rule.info.id);
    last = rule.info.severity;
    const std::string text = std::string(rule.info.title) + std::string(rule.info.reason) +
                             std::string(rule.info.remedy);
    BOOST_TEST(std::all_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x80 && c != '|';
    }));
  }
  BOOST_TEST(ids.size() == checks::rule_ids().size());
  BOOST_TEST(ids.size() >= 25U);
}

BOOST_AUTO_TEST_SUITE_END()
