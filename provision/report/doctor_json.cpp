// An examination for programs; docs/schema/doctor.schema.json describes it.
#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/doctor_report.hpp"

#include <algorithm>

namespace akv::report {

using json::Document;

std::string doctor_json(const doctor::Examination& examination) {
  Document steps = Document::array();
  for (const doctor::Step& step : examination.steps)
    steps.push_back(
        Document::object({{"name", step.name}, {"ok", step.good}, {"text", step.text}}));
  Document findings = Document::array();
  for (const doctor::Finding& finding : examination.findings) {
    Document commands = Document::array();
    for (const std::string& command : finding.commands) commands.push_back(Document(command));
    findings.push_back(
        Document::object({{"rule", finding.rule->id},
                          {"severity", to_string(finding.rule->severity)},
                          {"object", finding.object},
                          {"id", finding.id},
                          {"message", finding.message},
                          {"why", finding.rule->why},
                          {"due", finding.due.empty() ? Document() : Document(finding.due)},
                          {"commands", std::move(commands)}}));
  }
  Document unreadable = Document::array();
  for (const engine::Unreadable& scope : examination.unreadable)
    unreadable.push_back(Document::object({{"kind", scope.kind},
                                           {"name", scope.name},
                                           {"id", scope.id},
                                           {"code", scope.code},
                                           {"message", scope.message},
                                           {"remedy", scope.remedy},
                                           {"requestId", scope.request_id}}));
  return finished(Document::object(
      {{"formatVersion", 1},
       {"subscription", examination.subscription},
       {"signIn", std::move(steps)},
       {"summary", Document::object({{"groups", number(examination.groups)},
                                     {"vaults", number(examination.vaults)},
                                     {"vaultsByRoles", number(examination.by_roles)},
                                     {"deletedVaults", number(examination.deleted)},
                                     {"findings", number(examination.findings.size())},
                                     {"unreadable", number(examination.unreadable.size())}})},
       {"findings", std::move(findings)},
       {"unreadable", std::move(unreadable)},
       {"requests", Document::object({{"reads", number(examination.reads)}})}}));
}

}  // namespace akv::report
