#include "report/check_scenarios.hpp"

#include <stdexcept>

namespace akv::test {
namespace {

using engine::Finding;
using engine::Severity;
using report::CheckReport;

constexpr const char* vaults =
    "/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/rg-pay/providers/"
    "Microsoft.KeyVault/vaults/";

constexpr engine::RuleInfo protection{
    "purge-protection-off", Severity::high, "Purge protection is off",
    "Whoever may purge can end a deleted vault for ever.", "enablePurgeProtection: true"};
constexpr engine::RuleInfo all{
    "permissions-all", Severity::medium, "A principal has all permissions",
    "`all` takes in purge and whatever Azure adds later.", "name the permissions that are needed"};
constexpr engine::RuleInfo legacy{"access-legacy", Severity::low,
                                  "Access goes by access policies, not by roles",
                                  "Roles can expire, and show in Azure's access reviews.",
                                  "enableRbacAuthorization: true with roleAssignments"};

CheckReport base() {
  CheckReport report;
  report.deployment = "payments";
  report.where = "in AzureCloud, subscription 9c0d0000-0000-4000-8000-000000000003";
  report.who = "ana";
  report.rules = {protection, all, legacy};
  report.places.files = {"estate.yaml"};
  report.objects = 3;
  report.reads = 4;
  report.version = "0.1.0";
  return report;
}

Finding finding(CheckReport& report, const engine::RuleInfo& rule, const std::string& vault,
                std::string subject, std::string message, std::uint32_t line) {
  Finding out;
  out.rule = rule.id;
  out.severity = rule.severity;
  out.kind = "vault";
  out.name = "rg-pay/" + vault;
  out.id = vaults + vault;
  out.subject = std::move(subject);
  out.message = std::move(message);
  if (line != 0) out.origin = report.places.add({0, line, 9});
  return out;
}

CheckReport clean() { return base(); }

CheckReport mixed() {
  CheckReport report = base();
  report.findings = {
      finding(report, protection, "kv-pay", "enablePurgeProtection", "its content can be purged",
              16),
      finding(report, protection, "kv-pay-batch", "enablePurgeProtection",
              "its content can be purged", 31),
      finding(report, all, "kv-pay",
              "accessPolicies[1b2c0000-0000-4000-8000-000000000002].permissions.secrets",
              "admins has all on secrets", 22),
      finding(report, legacy, "kv-pay", "enableRbacAuthorization",
              "enableRbacAuthorization is false", 15)};
  return report;
}

CheckReport with_standing() {
  CheckReport report = mixed();
  report.has_baseline = true;
  report.mended = 2;
  report.findings[0].standing = Finding::Standing::ignored;
  report.findings[0].because = "a sandbox, see ticket 12";
  report.findings[2].standing = Finding::Standing::known;
  report.fail_on = Severity::medium;
  report.warnings = {{manifest::Severity::warning, "estate.yaml", 40, 9, "idle-remark",
                      "akv:ignore network-open suppresses nothing",
                      "take it out, or move it above what it is about"}};
  return report;
}

CheckReport offline() {
  CheckReport report = mixed();
  report.where.clear();
  report.who.clear();
  report.reads = 0;
  report.findings.resize(1);
  return report;
}

CheckReport partly_read() {
  CheckReport report = base();
  report.findings = {finding(report, legacy, "kv-pay", "enableRbacAuthorization",
                             "enableRbacAuthorization is false", 0)};
  report.unreadable = {{"vault", "rg-40/kv-far", std::string(vaults) + "kv-far",
                        "AuthorizationFailed", "ci lacks Microsoft.KeyVault/vaults/read on rg-40",
                        "a role with that action, such as Reader, on rg-40",
                        "6f1f0000-0000-4000-8000-00000000000d"}};
  return report;
}

CheckReport many() {
  CheckReport report = base();
  report.objects = 70;
  for (int i = 0; i < 60; ++i)
    report.findings.push_back(finding(report, protection, "kv-" + std::to_string(100 + i),
                                      "enablePurgeProtection", "its content can be purged",
                                      static_cast<std::uint32_t>(10 + i)));
  return report;
}

/// What a stranger's names can hold must reach no terminal, page or document as markup.
CheckReport hostile() {
  CheckReport report = base();
  report.deployment = "evil\x1b[31m";
  report.places.files = {"./a b/\xE2\x80\xAE<evil>&\"'.yaml"};
  report.findings = {finding(report, protection, "kv]]>\x01`|@team", "tags[</failure>]",
                             "a`b|c<d>\x1b]0;x\x07 &amp; \xEF\xBF\xBF\xff", 3)};
  return report;
}

}  // namespace

std::vector<CheckScenario> check_scenarios() {
  return {{"check_clean", clean()},
          {"check_mixed", mixed()},
          {"check_standing", with_standing()},
          {"check_offline", offline()},
          {"check_partly_read", partly_read()},
          {"check_many", many()},
          {"check_hostile", hostile()}};
}

CheckReport check_scenario(const std::string& name) {
  for (CheckScenario& found : check_scenarios())
    if (found.name == name) return std::move(found.report);
  throw std::logic_error("no check is called " + name);
}

}  // namespace akv::test
