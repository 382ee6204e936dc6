// What a doctor finds in seeded estates, and the whole of its text.
#include "akv/mgmt/core/errors.hpp"
#include "akv/provision/doctor/clock_step.hpp"
#include "akv/provision/doctor/command_line.hpp"
#include "akv/provision/doctor/examine.hpp"
#include "akv/provision/report/doctor_report.hpp"
#include "kinds/world.hpp"
#include "support/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>
#include <string>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* app = "1b2c0000-0000-4000-8000-000000000001";
constexpr const char* left = "1b2c0000-0000-4000-8000-000000000009";

struct Estates : World {
  Estates() { group("rg"); }

  void group(const std::string& name) {
    emulator->seed(group_id(name), Document::object({{"location", "westeurope"}}));
  }
  Document policy(const char* object, const char* word = "all") const {
    return Document::object(
        {{"tenantId", emulator->identity().tenant_id},
         {"objectId", object},
         {"permissions", Document::object({{"secrets", Document::array({word})}})}});
  }
  /// One that is well, with `more` over its properties; a null takes a property away.
  void vault(const std::string& name, const Document& more = Document::object()) {
    Document properties =
        Document::object({{"sku", Document::object({{"family", "A"}, {"name", "standard"}})},
                          {"tenantId", emulator->identity().tenant_id},
                          {"enableRbacAuthorization", false},
                          {"enablePurgeProtection", true},
                          {"accessPolicies", Document::array({policy(app)})}});
    for (const json::Member& member : more.as_object()) {
      properties.set(member.name, member.value);
      if (member.value.is_null()) properties.erase(member.name);
    }
    emulator->seed(vault_id("rg", name),
                   Document::object({{"location", "westeurope"}, {"properties", properties}}));
  }
  static Document network(const char* bypass, const char* action, bool with_rule) {
    Document rules = Document::array();
    if (with_rule) rules.push_back(Document::object({{"value", "203.0.113.7/32"}}));
    return Document::object({{"bypass", bypass}, {"defaultAction", action}, {"ipRules", rules}});
  }
  static Document endpoint(const char* status) {
    return Document::array({Document::object(
        {{"id",
          "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/"
          "privateEndpointConnections/pe"},
         {"properties", Document::object({{"privateLinkServiceConnectionState",
                                           Document::object({{"status", status}})}})}})});
  }

  doctor::Examination examined() {
    return doctor::examine(emulator->identity().subscription_id, gone, *connection,
                           Context{.clock = &clock});
  }
  /// `rule object: message`, a line each, with the commands below it.
  std::string found(bool with_commands = false) {
    std::string text;
    for (const doctor::Finding& finding : examined().findings) {
      text += std::string(finding.rule->id) + " " + finding.object + ": " + finding.message +
              (finding.due.empty() ? "" : " | " + finding.due) + "\n";
      if (with_commands)
        for (const std::string& command : finding.commands) text += "  " + command + "\n";
    }
    return text;
  }
  void forbid(const std::string& part) {
    emulator->intercept([part](const http::Request& request) -> std::optional<http::Response> {
      if (request.url.find(part) == std::string::npos) return std::nullopt;
      http::Response refused{.status = 403};
      refused.body = R"({"error":{"code":"AuthorizationFailed","message":"no rights here"}})";
      return refused;
    });
  }

  doctor::Gone gone;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(estates, Estates)

BOOST_AUTO_TEST_CASE(a_vault_that_is_well_has_no_finding) {
  vault("kv-well");
  vault("kv-roles", Document::object({{"enableRbacAuthorization", true},
                                      {"accessPolicies", Document::array()}}));
  BOOST_TEST(found() == "");
  const doctor::Examination examination = examined();
  BOOST_TEST(examination.vaults == 2U);
  BOOST_TEST(examination.by_roles == 1U);
  const std::string limit =
      "Azure roles decide on 1 vault: role assignments are not read, so whether anybody "
      "administers it is not judged.";
  BOOST_TEST(report::not_judged(examination) == limit);
  BOOST_TEST(report::doctor_markdown(examination).find(limit) != std::string::npos);
  BOOST_TEST(report::doctor_text(examination, {.width = 200}).find(limit) != std::string::npos);
  BOOST_TEST(examination.groups == 1U);
}

BOOST_AUTO_TEST_CASE(an_access_model_that_was_never_set_breaks_with_the_retirement) {
  vault("kv-absent", Document::object({{"enableRbacAuthorization", Document()}}));
  BOOST_TEST(found(true) ==
             "null-access-model rg/kv-absent: 1 access policy decides | 2027-02-27\n"
             "  az keyvault update -g rg -n kv-absent --enable-rbac-authorization false\n");
  vault("kv-absent", Document::object({{"enableRbacAuthorization", Document()},
                                       {"accessPolicies", Document::array()}}));
  BOOST_TEST(found().starts_with(
      "null-access-model rg/kv-absent: no access policy, and none is looked at once Azure roles"));
}

BOOST_AUTO_TEST_CASE(a_vault_that_nobody_can_administer) {
  vault("kv-empty", Document::object({{"accessPolicies", Document::array()}}));
  vault("kv-read", Document::object({{"accessPolicies", Document::array({policy(app, "Get")})}}));
  BOOST_TEST(found() ==
             "no-administrator rg/kv-empty: it has no access policy\n"
             "no-administrator rg/kv-read: 1 access policy, which only reads or uses\n");
}

BOOST_AUTO_TEST_CASE(policies_of_principals_that_are_gone) {
  gone = {{"1B2C0000-0000-4000-8000-000000000009", "maria, left in May"}};
  vault("kv-old",
        Document::object({{"accessPolicies", Document::array({policy(app), policy(left)})}}));
  BOOST_TEST(found(true) ==
             "gone-principal rg/kv-old: 1b2c0000-0000-4000-8000-000000000009 (maria, left in May)\n"
             "  az keyvault delete-policy -g rg -n kv-old --object-id "
             "1b2c0000-0000-4000-8000-000000000009\n");
}

BOOST_AUTO_TEST_CASE(several_policies_of_one_principal_are_joined_by_the_commands) {
  vault("kv-twice",
        Document::object(
            {{"accessPolicies",
              Document::array(
                  {policy(app, "get"), policy("1B2C0000-0000-4000-8000-000000000001", "Set")})}}));
  BOOST_TEST(found(true) ==
             "duplicate-policy rg/kv-twice: 1b2c0000-0000-4000-8000-000000000001 has 2\n"
             "  az keyvault delete-policy -g rg -n kv-twice --object-id "
             "1b2c0000-0000-4000-8000-000000000001\n"
             "  az keyvault set-policy -g rg -n kv-twice --object-id "
             "1b2c0000-0000-4000-8000-000000000001 --secret-permissions get set\n");
}

BOOST_AUTO_TEST_CASE(contradictions_in_network_settings) {
  const auto with = [](Document acls, const char* access, Document endpoints = {}) {
    Document more = Document::object({{"networkAcls", acls}, {"publicNetworkAccess", access}});
    if (!endpoints.is_null()) more.set("privateEndpointConnections", endpoints);
    return more;
  };
  vault("kv-a", with(network("AzureServices", "Deny", true), "Disabled"));
  vault("kv-b", with(network("AzureServices", "Allow", true), "Enabled"));
  vault("kv-c", with(network("None", "Deny", false), "Enabled"));
  vault("kv-d", with(network("None", "Deny", false), "Enabled", endpoint("Pending")));
  vault("kv-e", with(network("None", "Deny", false), "disabled", endpoint("Approved")));
  vault("kv-f", with(network("None", "Allow", false), "Disabled"));
  vault("kv-g", with(network("None", "Deny", true), "Enabled"));
  vault("kv-h", with(network("AzureServices", "Deny", false), "Enabled"));
  vault("kv-i", with(network("None", "Deny", true), "SecuredByPerimeter"));
  BOOST_TEST(
      found() ==
      "unreachable rg/kv-c: defaultAction is Deny without any rule, bypass None, no private "
      "endpoint; the command lets in the services that Azure trusts\n"
      "unreachable rg/kv-d: defaultAction is Deny without any rule, bypass None, no private "
      "endpoint; the command lets in the services that Azure trusts\n"
      "unreachable rg/kv-f: publicNetworkAccess is Disabled, bypass None, no private "
      "endpoint; the command lets in the services that Azure trusts\n"
      "idle-network-rules rg/kv-a: publicNetworkAccess is Disabled, so its 1 rule lets nobody "
      "in\n"
      "idle-network-rules rg/kv-b: defaultAction is Allow, so its 1 rule keeps nobody out\n");
}

BOOST_AUTO_TEST_CASE(what_makes_a_vault_reachable_does_not_open_it_to_everybody) {
  for (const bool with_rule : {false, true}) {
    vault("kv-shut", Document::object({{"networkAcls", network("None", "Allow", with_rule)},
                                       {"publicNetworkAccess", "Disabled"}}));
    const std::string text = found(true);
    BOOST_TEST(text.find("  az keyvault update -g rg -n kv-shut --public-network-access Enabled "
                         "--default-action Deny --bypass AzureServices\n") != std::string::npos,
               text);
    BOOST_TEST((text.find("trusts and what its 1 rule names\n") != std::string::npos) == with_rule,
               text);
  }
  vault("kv-shut", Document::object({{"networkAcls", network("None", "Deny", false)}}));
  BOOST_TEST(found(true).find("  az keyvault update -g rg -n kv-shut --bypass AzureServices\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(purge_protection_off_and_deleted_vaults_with_their_dates) {
  vault("kv-open", Document::object(
                       {{"enablePurgeProtection", Document()}, {"softDeleteRetentionInDays", 7}}));
  BOOST_TEST(found() ==
             "purge-protection rg/kv-open: a deleted vault could be purged on the first of its 7 "
             "days\n");
  other(http::Method::del, vault_id("rg", "kv-open"));
  BOOST_TEST(found(true) ==
             "purge-protection rg/kv-open: deleted on 2026-11-22; may be purged any day until then "
             "| 2026-11-29\n"
             "  az keyvault recover -n kv-open -l westeurope\n");
  other(http::Method::del, group_id("rg"), {}, "2024-03-01");
  emulator->advance(std::chrono::seconds{60});
  BOOST_TEST(found(true) ==
             "orphaned-deleted-vault rg/kv-open: deleted on 2026-11-22 in westeurope; to end it "
             "instead: az keyvault purge -n kv-open -l westeurope | 2026-11-29\n"
             "  az group create -n rg -l westeurope\n"
             "  az keyvault recover -n kv-open -l westeurope\n");
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_listed_and_the_rest_is_examined) {
  vault("kv-open", Document::object({{"enablePurgeProtection", Document()}}));
  group("rg-closed");
  emulator->intercept([](const http::Request& request) -> std::optional<http::Response> {
    const bool vaults = request.url.find("/vaults?") != std::string::npos;
    const bool open = request.url.find("resourceGroups/rg/") != std::string::npos;
    const bool deleted = request.url.find("/deletedVaults") != std::string::npos;
    if ((!vaults || open) && !deleted) return std::nullopt;
    http::Response refused{.status = 403};
    refused.body = R"({"error":{"code":"AuthorizationFailed","message":"no rights here"}})";
    return refused;
  });
  const doctor::Examination examination = examined();
  BOOST_TEST(examination.findings.size() == 1U);
  BOOST_REQUIRE(examination.unreadable.size() == 2U);
  BOOST_TEST(examination.unreadable[0].name == "rg-closed");
  BOOST_TEST(examination.unreadable[1].name == "the list of deleted vaults");
  forbid("/");
  BOOST_TEST(examined().unreadable.size() == 3U);
}

BOOST_AUTO_TEST_CASE(pages_are_read_and_nothing_per_vault) {
  for (int i = 0; i < 40; ++i) vault("kv-" + std::to_string(i));
  // Of groups, vaults and deleted vaults a page each, and the empty one behind a full list.
  BOOST_TEST(examined().reads <= 5U);
}

BOOST_AUTO_TEST_CASE(ids_of_the_gone_are_one_a_line_with_a_comment) {
  std::vector<doctor::BadLine> bad;
  const doctor::Gone read = doctor::read_gone(
      "# who left\n\n1b2c0000-0000-4000-8000-000000000001\r\n"
      "  1B2C0000-0000-4000-8000-000000000002  # maria\nmaria@contoso.example gone\n"
      "1b2c0000-0000-4000-8000-000000000003,the old app",
      bad);
  BOOST_TEST(read.size() == 3U);
  BOOST_TEST(read.at("1b2c0000-0000-4000-8000-000000000002") == "maria");
  BOOST_TEST(read.at("1b2c0000-0000-4000-8000-000000000003") == "the old app");
  BOOST_REQUIRE(bad.size() == 1U);
  BOOST_TEST(bad[0].line == 5U);
  BOOST_TEST(bad[0].text == "maria@contoso.example");
}

BOOST_AUTO_TEST_CASE(a_clock_more_than_two_minutes_off_is_wrong) {
  const Clock::SystemTime now = clock.now();  // 2026-11-22 10:00:00 UTC
  const auto step = [now](const char* date) { return doctor::clock_step(date, now); };
  BOOST_TEST(step("Sun, 22 Nov 2026 10:00:00 GMT").good);
  BOOST_TEST(step("Sun, 22 Nov 2026 10:00:00 GMT").text == "as the service's");
  BOOST_TEST(step("Sun, 22 Nov 2026 09:58:00 GMT").text == "120 s ahead of the service's");
  BOOST_TEST(step("Sun, 22 Nov 2026 09:58:00 GMT").good);
  BOOST_TEST(!step("Sun, 22 Nov 2026 09:57:59 GMT").good);
  BOOST_TEST(step("Sun, 22 Nov 2026 10:02:01 GMT").text ==
             "121 s behind the service's; set it right, or tokens will be refused");
  BOOST_TEST(doctor::clock_step(std::nullopt, now).text ==
             "the service names no time to compare with");
  BOOST_TEST(step("noon").good);
}

BOOST_AUTO_TEST_CASE(words_of_a_command_are_quoted_where_a_shell_would_take_them_for_more) {
  BOOST_TEST(doctor::command_line({"az", "-g", "rg-(old)", "it's", "", "a=[]", "x/y.z:1"}) ==
             "az -g 'rg-(old)' 'it'\\''s' '' 'a=[]' x/y.z:1");
}

BOOST_AUTO_TEST_CASE(the_whole_text_fits_its_columns_and_says_what_mends) {
  gone = {{left, "maria"}};
  const std::string long_group = "rg-" + std::string(80, 'x') + "-(old)";
  vault("kv-a",
        Document::object({{"enableRbacAuthorization", Document()},
                          {"accessPolicies", Document::array({policy(app), policy(left)})}}));
  vault("kv-b", Document::object({{"enablePurgeProtection", Document()},
                                  {"accessPolicies", Document::array()},
                                  {"networkAcls", network("None", "Deny", false)}}));
  group(long_group);
  emulator->seed(
      vault_id(long_group, "kv-long"),
      Document::object(
          {{"location", "westeurope"},
           {"properties",
            Document::object({{"sku", Document::object({{"name", "standard"}})},
                              {"tenantId", emulator->identity().tenant_id},
                              {"enableRbacAuthorization", true},
                              {"publicNetworkAccess", "Disabled"},
                              {"networkAcls", network("AzureServices", "Deny", true)}})}}));
  doctor::Examination examination = examined();
  examination.subscription = "9c0d0000-0000-4000-8000-000000000003";
  for (doctor::Finding& finding : examination.findings)
    finding.id.replace(finding.id.find(emulator->identity().subscription_id), 36,
                       examination.subscription);
  examination.steps = {{"cloud", "on the emulator"},
                       {"clock",
                        "7 min 2 s behind the service's; set it right, or tokens will be "
                        "refused",
                        false}};
  examination.unreadable.push_back({.kind = "resourceGroup",
                                    .name = "rg-closed",
                                    .id = "/subscriptions/s/resourceGroups/rg-closed",
                                    .code = "AuthorizationFailed",
                                    .message = "The client has no right to read it.",
                                    .remedy = "a role with read access on it, such as Reader",
                                    .request_id = "6f1f0000-0000-4000-8000-00000000000a"});
  const std::string text = report::doctor_text(examination, {});
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    // A word that is longer than a line is not broken, so that it can be pasted.
    const bool one_word = line.find(' ', line.find_first_not_of(' ')) + 2 >= line.size();
    BOOST_TEST((line.size() <= 100U || one_word), line);
  }
  check_golden("doctor/estate.txt", text);
  check_golden("doctor/estate.json", report::doctor_json(examination));
  check_golden("doctor/estate.md", report::doctor_markdown(examination));
}

BOOST_AUTO_TEST_CASE(quiet_says_nothing_where_nothing_is_found) {
  vault("kv-well");
  const doctor::Examination examination = examined();
  BOOST_TEST(report::doctor_text(examination, {.quiet = true}) == "");
  BOOST_TEST(report::doctor_text(examination, {}).find("Nothing found. ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(markdown_stays_below_what_a_comment_takes_and_counts_the_rest) {
  doctor::Examination examination;
  for (int i = 0; i < 2000; ++i)
    examination.findings.push_back({.rule = &doctor::rule("purge-protection"),
                                    .object = "rg/kv-" + std::to_string(i),
                                    .message = "<b>*m*</b>",
                                    .commands = {"az keyvault update"}});
  for (int i = 0; i < 2000; ++i) {
    examination.unreadable.emplace_back();
    examination.unreadable.back().name = "rg-" + std::to_string(i);
  }
  const std::string text = report::doctor_markdown(examination);
  BOOST_TEST(text.size() <= report::max_markdown);
  BOOST_TEST(text.find(" more do not fit here: `akv doctor` prints them all.") !=
             std::string::npos);
  BOOST_TEST(text.find(" more were not read.") != std::string::npos);
  BOOST_TEST(text.find("<b>") == std::string::npos);
  // A backslash would not keep a mention from notifying.
  examination.findings[0].object = "rg/@platform-team";
  BOOST_TEST(report::doctor_markdown(examination).find("rg/&#64;platform-team") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
