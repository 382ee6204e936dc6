// A plan and a run as comments on a pull request: a table, then each object behind a fold.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/markdown.hpp"
#include "akv/provision/report/detail/preflight.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Plan;

const Style fold_style{};

std::string summary_table(const Plan& plan) {
  struct Column {
    std::string_view name;
    std::size_t n;
    bool always;
  };
  const Column list[] = {{"create", plan.count(engine::Action::create), true},
                         {"update", plan.count(engine::Action::update), true},
                         {"delete", plan.count(engine::Action::del), true},
                         {"recover", plan.count(engine::Action::recover), false},
                         {"purge", plan.count(engine::Action::purge), false},
                         {"adopt", plan.count(engine::Action::adopt), false},
                         {"refused", plan.refused.size(), false},
                         {"unreadable", plan.unreadable.size(), false},
                         {"unchanged", plan.unchanged, true}};
  std::string head = "|", rule = "|", row = "|";
  for (const Column& column : list) {
    if (!column.always && column.n == 0) continue;
    head += " " + std::string(column.name) + " |";
    rule += " ---: |";
    row += " " + std::to_string(column.n) + " |";
  }
  return head + "\n" + rule + "\n" + row + "\n";
}

std::string change_summary(const engine::Change& change) {
  std::string text = std::string(sign(change.action)) + " " +
                     std::string(to_string(change.action)) + " " + escaped(change.kind) + " " +
                     code(change.name);
  std::string risks;
  for (const std::string& risk : change.risks) risks += (risks.empty() ? "" : ", ") + escaped(risk);
  return risks.empty() ? text : text + " (" + risks + ")";
}

template <class Fill>
std::string block(Fill fill) {
  Page page(fold_style);
  fill(page);
  return page.take();
}

void guards(Budget& out, const Plan& plan) {
  for (const engine::GuardFinding& finding : plan.guards) {
    std::string text = "> **Refused by guard " + escaped(finding.id) + ":** " +
                       sentence(clipped(escaped(finding.message), 1000));
    if (!finding.remedy.empty()) text += " " + sentence(clipped(escaped(finding.remedy), 500));
    if (!finding.lifted_by.empty()) text += " To mean it: " + code(finding.lifted_by);
    out.add(text + "\n\n");
  }
}

void findings(Budget& out, const Plan& plan) {
  if (plan.findings.empty()) return;
  const std::string lines = block([&](Page& page) { finding_lines(page, plan); });
  out.add("Rules on what changes: **" + severities(plan.findings) + "**" +
          (lines.empty() ? "." : ", of which the high ones are\n\n" + fenced(lines)) + "\n");
}

void changes(Budget& out, const Plan& plan, Command command) {
  for (const engine::Refusal& refusal : plan.refused)
    out.add(fold("! refused " + escaped(refusal.kind) + " " + code(refusal.name),
                 block([&](Page& page) { refusal_block(page, plan, refusal); })));
  for (const engine::Unreadable& unreadable : plan.unreadable)
    out.add(fold("? unread " + escaped(unreadable.kind) + " " + code(unreadable.name),
                 block([&](Page& page) { unreadable_block(page, unreadable); })));
  if (plan.teardown) {
    const std::string all = block([&](Page& page) { inventory_blocks(page, plan); });
    std::size_t end = all.size();
    const std::size_t room = max_markdown / 2;
    if (end > room) end = all.rfind('\n', room) + 1;
    if (end != 0) out.add(fold("What is there", all.substr(0, end)));
    const auto cut = std::count(all.begin() + static_cast<std::ptrdiff_t>(end), all.end(), '\n');
    if (cut != 0)
      out.always("\nand " + counted(static_cast<std::size_t>(cut), "line") + " more.\n");
    return;
  }
  for (const engine::Change& change : plan.changes)
    out.add(fold(change_summary(change), block([&](Page& page) {
                   change_block(page, plan, change, command, fold_style);
                 })));
}

/// The table, guards and folds; without the closing line about what was left out.
Budget opening(const Plan& plan, Command command, std::string_view title) {
  Budget out("### akv " + std::string(title) + ": " +
             (plan.deployment.empty() ? "resource groups" : escaped(plan.deployment)) + "\n\n");
  out.always("**" + escaped(verdict(plan, command)) + "**\n\n");
  out.always(clipped(escaped(headline(plan)), 1000) + ".\n\n" + summary_table(plan) + "\n");
  if (!plan.digest.empty() && command == Command::plan)
    out.always("Digest: `" + plan.digest + "`\n\n");
  return out;
}

void closing(Budget& out, const Plan& plan) {
  for (const std::string& warning : plan.warnings) out.add("Warning: " + escaped(warning) + "\n\n");
  out.close();
}

std::string_view title_of(Command command) {
  switch (command) {
    case Command::plan:
      return "plan";
    case Command::apply:
      return "apply";
    case Command::drift:
      return "drift";
    case Command::teardown:
      return "teardown";
  }
  return "";
}

}  // namespace

std::string plan_markdown(const Plan& plan, Command command) {
  Budget out = opening(plan, command, title_of(command));
  preflight_table(out, plan);
  guards(out, plan);
  findings(out, plan);
  changes(out, plan, command);
  closing(out, plan);
  return out.take();
}

std::string run_markdown(const Plan& plan, const engine::RunResult& result,
                         const Requests& requests,
                         const std::vector<engine::SoftDeleted>& soft_deleted) {
  const Command command = plan.teardown ? Command::teardown : Command::apply;
  Budget out = opening(plan, command, title_of(command));
  // How it ended comes first: it must not be what is left out.
  const std::string all = run_text(plan, result, requests, soft_deleted, fold_style);
  const std::size_t room = max_markdown / 3;
  const std::size_t start = all.size() > room ? all.find('\n', all.size() - room) + 1 : 0;
  if (start != 0) out.always("The last of many lines:\n\n");
  out.always(fenced(std::string_view(all).substr(start)) + "\n");
  guards(out, plan);
  changes(out, plan, command);
  closing(out, plan);
  return out.take();
}

}  // namespace akv::report
