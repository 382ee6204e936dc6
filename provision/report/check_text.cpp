// A check for people: each rule once, and below it where it was broken.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/check_parts.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Finding;
using engine::Severity;

constexpr std::size_t listed_without_verbose = 20;
constexpr std::size_t detail_indent = 8, name_indent = 10;

Paint paint(Severity severity) {
  switch (severity) {
    case Severity::high:
      return Paint::bad;
    case Severity::medium:
      return Paint::change;
    case Severity::low:
      return Paint::quiet;
  }
  return Paint::none;
}

std::string remark_on(const Finding& finding) {
  if (finding.standing == Finding::Standing::ignored)
    return "  (ignored: " + printable(finding.because) + ")";
  return finding.standing == Finding::Standing::known ? "  (in the baseline)" : "";
}

void rule_block(Page& page, const CheckReport& report, const RuleFindings& group,
                const Style& style) {
  const engine::RuleInfo& rule = *group.rule;
  page.line(padded(page.painted(paint(rule.severity), to_string(rule.severity)), detail_indent) +
            std::string(rule.id));
  page.paragraph(detail_indent, std::string(rule.title) + ". " + std::string(rule.reason));
  page.paragraph(detail_indent, "Remedy: " + std::string(rule.remedy), 2);
  const std::size_t shown = style.verbose ? group.findings.size()
                                          : std::min(group.findings.size(), listed_without_verbose);
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = *group.findings[i];
    page.entry(0, "", name_indent, finding_text(report, finding) + remark_on(finding),
               printable(report.places.file_and_line(finding.origin)));
  }
  if (shown < group.findings.size())
    page.line(std::string(name_indent, ' ') + "and " +
              std::to_string(group.findings.size() - shown) + " more; --verbose lists them all");
  page.line();
}

}  // namespace

std::vector<RuleFindings> by_rule(const CheckReport& report, bool all) {
  std::vector<RuleFindings> groups;
  for (const engine::RuleInfo& rule : report.rules) {
    RuleFindings group{&rule, {}};
    for (const Finding& finding : report.findings)
      if (finding.rule == rule.id && (all || finding.standing == Finding::Standing::counts))
        group.findings.push_back(&finding);
    if (!group.findings.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

std::string finding_name(const CheckReport& report, const Finding& finding) {
  const std::string_view subscription = subscription_of(finding.id);
  const bool tells = report.subscriptions.size() > 1 && !subscription.empty() &&
                     subscription != finding.name &&
                     !ascii::equal(subscription, report.subscriptions.front());
  return finding.name + (tells ? " in subscription " + std::string(subscription) : "");
}

std::string finding_text(const CheckReport& report, const Finding& finding) {
  return printable(finding_name(report, finding)) + ": " + printable(finding.message);
}

std::string check_headline(const CheckReport& report) {
  std::string text = "Deployment " + printable(report.deployment);
  if (report.where.empty()) return text + ", the manifest alone";
  text += ", " + printable(report.where);
  if (!report.who.empty()) text += ", as " + printable(report.who);
  return text;
}

std::string check_verdict(const CheckReport& report) {
  std::string text =
      "Check: " + severities(report.findings) + " in " + counted(report.objects, "object");
  const std::size_t ignored = report.count(Finding::Standing::ignored);
  if (ignored != 0) text += ", " + std::to_string(ignored) + " ignored";
  if (report.has_baseline)
    text += ", " + std::to_string(report.count(Finding::Standing::known)) + " in the baseline";
  if (!report.unreadable.empty())
    text += ", " + std::to_string(report.unreadable.size()) + " could not be read";
  text += report.where.empty() ? ". Nothing was sent."
                               : ". " + counted(report.reads, "read") + " made.";
  if (report.mended != 0)
    // Offline there is nothing live: what the baseline has of that is there still.
    text += (report.where.empty() ? " Not found offline: " : " No longer found: ") +
            std::to_string(report.mended) + " of the baseline" +
            (report.where.empty() ? "." : ", so write it anew.");
  return text;
}

std::string check_text(const CheckReport& report, const Style& style) {
  Page page(style);
  const std::vector<RuleFindings> groups = by_rule(report, style.verbose);
  if (style.quiet && groups.empty() && report.unreadable.empty()) return {};
  if (!style.quiet) {
    page.paragraph(0, check_headline(report), 2);
    page.line();
  }
  for (const RuleFindings& group : groups) rule_block(page, report, group, style);
  for (const engine::Unreadable& unreadable : report.unreadable) unreadable_block(page, unreadable);
  if (!report.unreadable.empty()) page.line();
  page.paragraph(0, check_verdict(report), 2);
  return page.take();
}

}  // namespace akv::report
