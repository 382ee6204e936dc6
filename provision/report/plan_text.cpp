// A plan for people.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/preflight.hpp"
#include "akv/provision/report/detail/rows.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace akv::report {
namespace {

constexpr std::size_t listed_without_verbose = 10;

/// ARM's published token bucket for writes and the one for deletes, each per subscription.
constexpr std::size_t bucket = 200, refilled_each_second = 10;

/// A heading and one line each, the rest counted.
void list(Page& page, std::string_view heading, const std::vector<std::string>& lines,
          const Style& style) {
  if (lines.empty() || style.quiet) return;
  page.line();
  page.paragraph(0, heading);
  const std::size_t shown =
      style.verbose ? lines.size() : std::min(lines.size(), listed_without_verbose);
  for (std::size_t i = 0; i < shown; ++i) page.paragraph(2, lines[i], 2);
  if (shown < lines.size())
    page.line("  and " + std::to_string(lines.size() - shown) + " more; --verbose lists them all");
}

std::vector<std::string> printable_all(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (const std::string& text : texts) out.push_back(printable(text));
  return out;
}

std::vector<std::string> left_alone_lines(const engine::Plan& plan) {
  std::vector<std::string> lines;
  for (const auto& [name, field] : plan.left_alone) {
    const Row row = rows_left_alone({field}).front();
    lines.push_back(printable(name) + "  " + (row.block.empty() ? "" : row.block + " ") + row.name +
                    (row.value.empty() ? "" : "  " + row.value));
  }
  return lines;
}

/// In one line, else with its last sentence below: counts are not torn apart.
void sentences(Page& page, const std::string& text) {
  const std::size_t last = text.rfind(". ");
  if (columns(text) <= page.width() || last == std::string::npos) return page.paragraph(0, text, 2);
  page.paragraph(0, std::string_view(text).substr(0, last + 1), 2);
  page.paragraph(2, std::string_view(text).substr(last + 2));
}

/// The rules of akv check, on what changes: counted, and the worst of it.
void findings(Page& page, const engine::Plan& plan, const Style& style) {
  if (plan.findings.empty() || style.quiet) return;
  page.line();
  page.paragraph(
      0, "Rules on what changes: " + severities(plan.findings) + ". For all of them: akv check", 2);
  finding_lines(page, plan);
}

/// What a writing command would say; it says so itself, on its error stream.
void guards(Page& page, const engine::Plan& plan, Command command) {
  if (plan.guards.empty() || command != Command::plan) return;
  page.line("Apply would be refused by a guard:");
  for (const engine::GuardFinding& finding : plan.guards) guard_block(page, finding);
}

}  // namespace

std::string plan_text(const engine::Plan& plan, Command command, const Style& style) {
  Page page(style);
  const bool nothing = plan.changes.empty() && plan.refused.empty() && plan.unreadable.empty() &&
                       plan.inventory.empty() && plan.soft_deleted.empty();
  if (style.quiet && nothing && plan.warnings.empty()) return {};
  if (!style.quiet) {
    page.paragraph(0, headline(plan), 2);
    if (!nothing) page.line();
  }
  if (plan.teardown)
    inventory_blocks(page, plan);
  else
    for (const engine::Change& change : plan.changes)
      change_block(page, plan, change, command, style);
  for (const engine::Refusal& refusal : plan.refused) refusal_block(page, plan, refusal);
  for (const engine::Unreadable& unreadable : plan.unreadable) unreadable_block(page, unreadable);

  list(page, "Left alone, as the manifest does not name it:", left_alone_lines(plan), style);
  list(page, "Kept: these carry the mark of this deployment and left the manifest:",
       printable_all(plan.kept), style);
  if (!plan.warnings.empty()) page.line();
  for (const std::string& warning : plan.warnings)
    page.paragraph(0, "Warning: " + printable(warning), 2);

  findings(page, plan, style);
  if (!nothing || !plan.warnings.empty() || !plan.left_alone.empty() || !plan.kept.empty())
    page.line();
  if (!(style.quiet && nothing)) sentences(page, verdict(plan, command));
  if (!plan.digest.empty() && !plan.changes.empty() && command == Command::plan && !style.quiet)
    page.line("Digest: " + plan.digest);
  guards(page, plan, command);
  if (plan.preflight && !(style.quiet && plan.preflight->findings.empty()))
    preflight_block(page, plan);
  return page.take();
}

std::string guards_text(const engine::Plan& plan, const Style& style) {
  if (plan.guards.empty()) return {};
  Page page(style);
  page.line("akv: refused by a guard, nothing was written");
  for (const engine::GuardFinding& finding : plan.guards) guard_block(page, finding);
  return page.take();
}

std::string pace_text(const engine::Plan& plan) {
  // By subscription: how many writes, how many deletes. A change that takes several writes is no
  // more likely in one subscription than in another.
  std::map<std::string_view, std::pair<std::size_t, std::size_t>> counts;
  std::size_t deletes = 0;
  for (const engine::Change& change : plan.changes) {
    auto& count = counts[change.subscription];
    const bool is_delete = change.action == engine::Action::del;
    ++(is_delete ? count.second : count.first);
    deletes += is_delete ? 1 : 0;
  }
  const std::size_t changes = plan.changes.size() - deletes;
  const std::size_t writes = plan.planned_writes - std::min(plan.planned_writes, deletes);
  std::size_t most = 0;
  bool of_deletes = false;
  for (const auto& [subscription, count] : counts) {
    const std::size_t here = changes == 0 ? 0 : count.first * writes / changes;
    if (std::max(here, count.second) <= most) continue;
    most = std::max(here, count.second);
    of_deletes = count.second > here;
  }
  if (most <= bucket) return {};
  const std::chrono::seconds took((most - bucket) / refilled_each_second + 2);
  return std::string("At Azure's pace of 10 ") + (of_deletes ? "deletes" : "writes") +
         " a second this takes about " + duration(took) + ".\n";
}

}  // namespace akv::report
