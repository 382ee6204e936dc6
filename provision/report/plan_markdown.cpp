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

/// `where` is what outside() says.
Entry entry(std::string_view sign, std::string_view word, const std::string& kind,
            const std::string& name, const std::string& where,
            const std::vector<std::string>& risks = {}) {
  Entry out;
  out.what = word;
  for (const bool plain : {true, false}) {
    std::string& text = plain ? out.line : out.summary;
    text.append(sign).append(" ").append(word).append(" ");
    text.append(plain ? printable(kind) : escaped(kind)).append(" ");
    text.append(plain ? printable(name) : code(name));
    text.append(plain ? where : escaped(where));
    std::string_view before = " (";
    for (const std::string& risk : risks) {
      text.append(before).append(plain ? printable(risk) : escaped(risk));
      before = ", ";
    }
    if (!risks.empty()) text += ")";
  }
  return out;
}

template <class Fill>
std::string block(Fill fill) {
  Page page(fold_style);
  fill(page);
  return page.take();
}

void guards(Budget& out, const Plan& plan, Command command) {
  for (const engine::GuardFinding& finding : plan.guards) {
    std::string text = "> **Refused by guard " + escaped(finding.id) + ":** " +
                       sentence(clipped(escaped(finding.message), 1000));
    if (!finding.remedy.empty()) text += " " + sentence(clipped(escaped(finding.remedy), 500));
    if (!finding.lifted_by.empty()) {
      // `plan again with --allow GUARD`, of a saved plan: the options alone are code.
      const std::string means = means_it(finding.lifted_by, command);
      const std::size_t options = std::min(means.find("--"), means.size());
      text += " To mean it: " + means.substr(0, options) + code(means.substr(options));
    }
    out.add(text + "\n\n");
  }
}

void findings(Budget& out, const Plan& plan) {
  if (plan.findings.empty()) return;
  const std::string lines = block([&](Page& page) { finding_lines(page, plan); });
  out.add("Rules on what changes: **" + severities(plan.findings) + "**" +
          (lines.empty() ? "." : ", of which the high ones are\n\n" + fenced(lines)) + "\n");
}

/// What a teardown takes away, as far as half a page holds it.
std::string inventory(const Plan& plan) {
  if (!plan.teardown) return {};
  const std::string all = block([&](Page& page) { inventory_blocks(page, plan); });
  return all.empty() ? all : fold("What is there", all, max_markdown / 2);
}

std::string warnings(const Plan& plan) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < plan.warnings.size() && i < most; ++i)
    text += "Warning: " + escaped(clipped(plan.warnings[i], 500)) + "\n\n";
  if (plan.warnings.size() > most)
    text += counted(plan.warnings.size() - most, "more warning") + ".\n\n";
  return text;
}

/// Objects, then what there always is room for.
void changes(Budget& out, const Plan& plan, Command command) {
  const std::string last = inventory(plan) + warnings(plan);
  std::vector<Entry> entries;
  for (const engine::Refusal& refusal : plan.refused) {
    entries.push_back(entry("!", "refused", refusal.kind, refusal.name,
                            outside(plan, subscription_of(refusal.id))));
    entries.back().urgent = true;
    entries.back().body = [&] {
      return block([&](Page& page) { refusal_block(page, plan, refusal); });
    };
  }
  for (const engine::Unreadable& unreadable : plan.unreadable) {
    entries.push_back(entry("?", "unread", unreadable.kind, unreadable.name,
                            outside(plan, subscription_of(unreadable.id))));
    entries.back().urgent = true;
    entries.back().body = [&] {
      return block([&](Page& page) { unreadable_block(page, unreadable); });
    };
  }
  if (!plan.teardown)
    for (const engine::Change& change : plan.changes) {
      entries.push_back(entry(sign(change.action), to_string(change.action), change.kind,
                              change.name, outside(plan, change.subscription), change.risks));
      entries.back().urgent = !change.risks.empty() || change.action == engine::Action::del ||
                              change.action == engine::Action::purge;
      entries.back().body = [&plan, &change, command] {
        return block([&](Page& page) { change_block(page, plan, change, command, fold_style); });
      };
    }
  out.keep(last.size());
  out.list(entries);
  out.always(last);
}

/// The table, guards and folds; without the closing line about what was left out.
Budget opening(const Plan& plan, Command command, std::string_view title) {
  Budget out("### akv " + std::string(title) + ": " +
             (plan.deployment.empty() ? "resource groups" : escaped(plan.deployment)) + "\n\n");
  out.always("**" + escaped(verdict(plan, command)) + "**\n\n");
  out.always(clipped(escaped(headline(plan)), 1000) + ".\n\n" + summary_table(plan) + "\n");
  if (!plan.digest.empty() && (command == Command::plan || command == Command::show))
    out.always("Digest: `" + plan.digest + "`\n\n");
  return out;
}

std::string_view title_of(Command command) {
  switch (command) {
    case Command::plan:
    case Command::show:
      return "plan";
    case Command::apply:
    case Command::apply_saved:
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
  guards(out, plan, command);
  findings(out, plan);
  changes(out, plan, command);
  out.close();
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
  guards(out, plan, command);
  changes(out, plan, command);
  out.close();
  return out.take();
}

}  // namespace akv::report
