// A check for programs; docs/schema/check.schema.json describes it.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/json_parts.hpp"

namespace akv::report {
namespace {

using engine::Finding;
using engine::Severity;
using json::Document;

std::string_view word_for(Finding::Standing standing) {
  switch (standing) {
    case Finding::Standing::counts:
      return "counts";
    case Finding::Standing::ignored:
      return "ignored";
    case Finding::Standing::known:
      return "baseline";
  }
  return "";
}

Document findings_document(const CheckReport& report) {
  Document out = Document::array();
  for (const Finding& finding : report.findings) {
    Document item = finding_document(report.places, finding);
    item.set("fingerprint", fingerprint(finding));
    item.set("standing", word_for(finding.standing));
    if (finding.standing == Finding::Standing::ignored) item.set("because", finding.because);
    out.push_back(std::move(item));
  }
  return out;
}

Document rules_document(const CheckReport& report) {
  Document out = Document::array();
  for (const engine::RuleInfo& rule : report.rules)
    out.push_back(Document::object({{"id", rule.id},
                                    {"severity", to_string(rule.severity)},
                                    {"title", rule.title},
                                    {"reason", rule.reason},
                                    {"remedy", rule.remedy}}));
  return out;
}

Document summary_document(const CheckReport& report) {
  Document out = Document::object();
  for (const Severity severity : {Severity::high, Severity::medium, Severity::low})
    out.set(to_string(severity), number(report.count(severity)));
  out.set("ignored", number(report.count(Finding::Standing::ignored)));
  out.set("baseline", number(report.count(Finding::Standing::known)));
  out.set("mended", number(report.mended));
  out.set("objects", number(report.objects));
  out.set("unreadable", number(report.unreadable.size()));
  return out;
}

}  // namespace

std::string check_json(const CheckReport& report) {
  return finished(
      Document::object({{"formatVersion", 1},
                        {"deployment", report.deployment},
                        {"where", report.where},
                        {"who", report.who},
                        {"failOn", to_string(report.fail_on)},
                        {"fails", report.fails()},
                        {"summary", summary_document(report)},
                        {"requests", Document::object({{"reads", number(report.reads)}})},
                        {"findings", findings_document(report)},
                        {"unreadable", unreadable_document(report.unreadable)},
                        {"diagnostics", diagnostics_document(report.warnings)},
                        {"rules", rules_document(report)}}));
}

}  // namespace akv::report
