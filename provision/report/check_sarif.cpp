// A check as SARIF 2.1.0, the form that code scanning reads.
#include "akv/provision/report/detail/check_parts.hpp"
#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>
#include <map>

namespace akv::report {
namespace {

using engine::Finding;
using engine::Severity;
using json::Document;

constexpr std::string_view schema = "https://json.schemastore.org/sarif-2.1.0.json";

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    case Severity::low:
      return "note";
  }
  return "none";
}

/// GitHub sorts by it: over 7.0 is high, over 4.0 medium.
std::string_view score(Severity severity) {
  switch (severity) {
    case Severity::high:
      return "8.0";
    case Severity::medium:
      return "5.0";
    case Severity::low:
      return "2.0";
  }
  return "0.0";
}

Document text(std::string_view words) { return Document::object({{"text", words}}); }

/// A file's name as a URI reference; an absolute path as a URI.
std::string uri_of(std::string_view file) {
  static constexpr char digits[] = "0123456789ABCDEF";
  while (file.starts_with("./")) file.remove_prefix(2);
  std::string uri = file.starts_with("/") ? "file://" : "";
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += digits[byte >> 4];
      uri += digits[byte & 15];
    }
  }
  return uri;
}

Document rule_document(const engine::RuleInfo& rule) {
  return Document::object(
      {{"id", rule.id},
       {"shortDescription", text(rule.title)},
       {"fullDescription", text(rule.reason)},
       {"help", text(std::string("Remedy: ") + std::string(rule.remedy))},
       {"defaultConfiguration", Document::object({{"level", level(rule.severity)}})},
       {"properties", Document::object({{"security-severity", score(rule.severity)},
                                        {"tags", Document::array({"security"})}})}});
}

Document location(const CheckReport& report, const Finding& finding) {
  const engine::Place& place = report.places.at(finding.origin);
  const bool known = place.line != 0 && place.file < report.places.files.size();
  Document out = Document::object();
  // GitHub shows nothing that has no file.
  if (!report.places.files.empty()) {
    const std::string& file = report.places.files[known ? place.file : 0];
    const Document region = Document::object({{"startLine", number(known ? place.line : 1)}});
    out.set("physicalLocation",
            Document::object({{"artifactLocation", Document::object({{"uri", uri_of(file)}})},
                              {"region", region}}));
  }
  out.set("logicalLocations",
          Document::array({Document::object({{"name", printable(finding.name)},
                                             {"fullyQualifiedName", printable(finding.id)},
                                             {"kind", "resource"}})}));
  return out;
}

Document suppressions(const Finding& finding) {
  const bool in_source = finding.standing == Finding::Standing::ignored;
  return Document::array({Document::object(
      {{"kind", in_source ? "inSource" : "external"},
       {"justification", in_source ? printable(finding.because) : "in the baseline"}})});
}

Document result(const CheckReport& report, const Finding& finding, std::size_t rule) {
  Document out = Document::object(
      {{"ruleId", finding.rule},
       {"ruleIndex", number(rule)},
       {"level", level(finding.severity)},
       {"message", text(printable(finding_name(report, finding) + ": " + finding.message))},
       {"locations", Document::array({location(report, finding)})},
       {"partialFingerprints", Document::object({{"akv/v1", printable(fingerprint(finding))}})}});
  if (report.has_baseline)
    out.set("baselineState", finding.standing == Finding::Standing::known ? "unchanged" : "new");
  if (finding.standing != Finding::Standing::counts) out.set("suppressions", suppressions(finding));
  return out;
}

}  // namespace

std::string check_sarif(const CheckReport& report) {
  Document rules = Document::array(), results = Document::array();
  std::map<std::string_view, std::size_t> index;
  for (const engine::RuleInfo& rule : report.rules) {
    index.emplace(rule.id, index.size());
    rules.push_back(rule_document(rule));
  }
  for (const Finding& finding : report.findings)
    results.push_back(result(report, finding, index.at(finding.rule)));
  Document driver = Document::object(
      {{"name", "akv"}, {"semanticVersion", report.version}, {"rules", std::move(rules)}});
  Document notifications = Document::array();
  for (const engine::Unreadable& unreadable : report.unreadable)
    notifications.push_back(Document::object(
        {{"level", "error"},
         {"message", text(printable(unreadable.name) +
                          " could not be read: " + printable(unreadable.message))}}));
  Document invocation = Document::object({{"executionSuccessful", report.unreadable.empty()}});
  if (notifications.size() != 0)
    invocation.set("toolExecutionNotifications", std::move(notifications));
  Document run = Document::object({{"tool", Document::object({{"driver", std::move(driver)}})},
                                   {"invocations", Document::array({std::move(invocation)})},
                                   {"results", std::move(results)}});
  return finished(Document::object(
      {{"$schema", schema}, {"version", "2.1.0"}, {"runs", Document::array({std::move(run)})}}));
}

}  // namespace akv::report
