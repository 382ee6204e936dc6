// A check as a comment on a pull request.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/check_parts.hpp"
#include "akv/provision/report/detail/markdown.hpp"

namespace akv::report {
namespace {

using engine::Finding;

constexpr std::size_t listed = 50;

std::string rule_part(const CheckReport& report, const RuleFindings& group) {
  const engine::RuleInfo& rule = *group.rule;
  Page page(Style{});
  page.paragraph(0, rule.reason);
  page.paragraph(0, "Remedy: " + std::string(rule.remedy), 2);
  page.line();
  for (std::size_t i = 0; i < group.findings.size() && i < listed; ++i)
    page.spread(finding_text(*group.findings[i]),
                printable(report.places.file_and_line(group.findings[i]->origin)));
  if (group.findings.size() > listed)
    page.line("and " + std::to_string(group.findings.size() - listed) + " more");
  std::string summary(to_string(rule.severity));
  summary += " " + code(rule.id) + " " + escaped(rule.title) + " (" +
             std::to_string(group.findings.size()) + ")";
  return fold(summary, page.take());
}

std::string unreadable_part(const engine::Unreadable& unreadable) {
  Page page(Style{});
  unreadable_block(page, unreadable);
  return fold("? unread " + escaped(unreadable.kind) + " " + code(unreadable.name), page.take());
}

}  // namespace

std::string check_markdown(const CheckReport& report) {
  Budget out("### akv check: " + escaped(report.deployment) + "\n\n");
  out.always("**" + escaped(check_verdict(report)) + "**\n\n");
  out.always(clipped(escaped(check_headline(report)), 1000) + ".\n\n");
  for (const RuleFindings& group : by_rule(report, false)) out.add(rule_part(report, group));
  for (const engine::Unreadable& unreadable : report.unreadable)
    out.add(unreadable_part(unreadable));
  out.close();
  return out.take();
}

}  // namespace akv::report
