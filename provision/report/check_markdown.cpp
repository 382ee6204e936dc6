// A check as a comment on a pull request.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/check_parts.hpp"
#include "akv/provision/report/detail/markdown.hpp"

namespace akv::report {
namespace {

using engine::Finding;

constexpr std::size_t listed = 50;

std::string rule_lines(const CheckReport& report, const RuleFindings& group) {
  const engine::RuleInfo& rule = *group.rule;
  Page page(Style{});
  page.paragraph(0, rule.reason);
  page.paragraph(0, "Remedy: " + std::string(rule.remedy), 2);
  page.line();
  for (std::size_t i = 0; i < group.findings.size() && i < listed; ++i)
    page.spread(finding_text(report, *group.findings[i]),
                printable(report.places.file_and_line(group.findings[i]->origin)));
  if (group.findings.size() > listed)
    page.line("and " + std::to_string(group.findings.size() - listed) + " more");
  return page.take();
}

Entry rule_entry(const CheckReport& report, const RuleFindings& group) {
  const engine::RuleInfo& rule = *group.rule;
  const std::string severity(to_string(rule.severity)), title(rule.title);
  const std::string times = " (" + std::to_string(group.findings.size()) + ")";
  return {.what = "rules",
          .line = severity + " " + std::string(rule.id) + " " + title + times,
          .summary = severity + " " + code(rule.id) + " " + escaped(title) + times,
          .urgent = rule.severity == engine::Severity::high,
          .body = [&report, &group] { return rule_lines(report, group); }};
}

Entry unreadable_entry(const engine::Unreadable& unreadable) {
  return {.what = "unread",
          .line = "? unread " + printable(unreadable.kind) + " " + printable(unreadable.name),
          .summary = "? unread " + escaped(unreadable.kind) + " " + code(unreadable.name),
          .urgent = true,
          .body = [&unreadable] {
            Page page(Style{});
            unreadable_block(page, unreadable);
            return page.take();
          }};
}

}  // namespace

std::string check_markdown(const CheckReport& report) {
  Budget out("### akv check: " + escaped(report.deployment) + "\n\n");
  out.always("**" + escaped(check_verdict(report)) + "**\n\n");
  out.always(clipped(escaped(check_headline(report)), 1000) + ".\n\n");
  const std::vector<RuleFindings> groups = by_rule(report, false);
  std::vector<Entry> entries;
  entries.reserve(groups.size() + report.unreadable.size());
  for (const RuleFindings& group : groups) entries.push_back(rule_entry(report, group));
  for (const engine::Unreadable& unreadable : report.unreadable)
    entries.push_back(unreadable_entry(unreadable));
  out.list(entries);
  out.close();
  return out.take();
}

}  // namespace akv::report
