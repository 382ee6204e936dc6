#include "akv/provision/report/check_report.hpp"

#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>

namespace akv::report {

using engine::Finding;
using engine::Severity;

std::size_t CheckReport::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [severity](const Finding& f) {
        return f.severity == severity && f.standing == Finding::Standing::counts;
      }));
}

std::size_t CheckReport::count(Finding::Standing standing) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [standing](const Finding& f) { return f.standing == standing; }));
}

bool CheckReport::fails() const {
  return std::any_of(findings.begin(), findings.end(), [this](const Finding& f) {
    return f.standing == Finding::Standing::counts && f.severity >= fail_on;
  });
}

std::string severities(std::span<const Finding> findings) {
  std::string text;
  for (const Severity severity : {Severity::high, Severity::medium, Severity::low}) {
    const auto n = std::count_if(findings.begin(), findings.end(), [severity](const Finding& f) {
      return f.severity == severity && f.standing == Finding::Standing::counts;
    });
    if (!text.empty()) text += ", ";
    text += std::to_string(n);
    text += ' ';
    text += to_string(severity);
  }
  return text;
}

std::string check(const CheckReport& report, CheckFormat format, const Style& style) {
  switch (format) {
    case CheckFormat::text:
      return check_text(report, style);
    case CheckFormat::json:
      return check_json(report);
    case CheckFormat::markdown:
      return check_markdown(report);
    case CheckFormat::sarif:
      return check_sarif(report);
    case CheckFormat::junit:
      return check_junit(report);
  }
  return {};
}

std::string rules_text(std::span<const engine::RuleInfo> rules) {
  std::size_t width = 0;
  for (const engine::RuleInfo& rule : rules) width = std::max(width, rule.id.size());
  Page page(Style{});
  page.line("Rules of akv check");
  page.line();
  for (const engine::RuleInfo& rule : rules)
    page.entry(2, padded(to_string(rule.severity), 8) + std::string(rule.id), width + 12,
               rule.title);
  page.line();
  page.paragraph(0, "Reasons and remedies: docs/checks.md");
  page.paragraph(0,
                 "To expect a finding, in the manifest, on the line of the property or of the "
                 "object's name, or above it:");
  page.line("  # akv:ignore RULE REASON");
  return page.take();
}

std::string rules_markdown(std::span<const engine::RuleInfo> rules) {
  std::string text =
      "| Rule | Severity | Title | Why | Remedy |\n| --- | --- | --- | --- | --- |\n";
  for (const engine::RuleInfo& rule : rules) {
    text += "| `";
    text += rule.id;
    text += "` | ";
    text += to_string(rule.severity);
    for (const std::string_view cell : {rule.title, rule.reason, rule.remedy}) {
      text += " | ";
      text += cell;
    }
    text += " |\n";
  }
  return text;
}

}  // namespace akv::report
