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
constexpr std::size_t longest_list = 400;

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

/// What stays as it is: an object, or entries of one of its lists.
struct Staying {
  std::string object, list;
  std::vector<std::string> entries;  ///< Printable, as short as people know them.
  std::string in_full;               ///< The first of them.
};

/// An object's list is one line, with the count and the names of its entries.
void gather(std::vector<Staying>& out, Staying one) {
  const bool more = !out.empty() && !one.list.empty() && out.back().object == one.object &&
                    out.back().list == one.list;
  if (more)
    out.back().entries.push_back(one.entries.front());
  else
    out.push_back(std::move(one));
}

std::vector<std::string> lines_of(const std::vector<Staying>& all) {
  std::vector<std::string> lines;
  for (const Staying& one : all) {
    if (one.entries.size() < 2) {
      lines.push_back(one.in_full);
      continue;
    }
    std::string line = one.object + "  " + std::to_string(one.entries.size()) + " " + one.list;
    for (std::size_t i = 0; i < one.entries.size(); ++i)
      line += (i == 0 ? ": " : ", ") + one.entries[i];
    lines.push_back(clipped(line, longest_list));
  }
  return lines;
}

std::vector<std::string> left_alone_lines(const engine::Plan& plan, const Style& style) {
  std::vector<Staying> all;
  for (const auto& [name, field] : plan.left_alone) {
    const Row row = rows_left_alone({field}).front();
    Staying one{printable(name), style.verbose ? "" : row.block, {row.name}, {}};
    one.in_full = one.object + "  " + (row.block.empty() ? "" : row.block + " ") + row.name +
                  (row.value.empty() ? "" : "  " + row.value);
    gather(all, std::move(one));
  }
  return lines_of(all);
}

/// `GROUP/VAULT LIST[ENTRY]` where it is no object.
std::vector<std::string> kept_lines(const engine::Plan& plan, const Style& style) {
  std::vector<Staying> all;
  for (const std::string& kept : plan.kept) {
    Staying one{printable(kept), {}, {}, printable(kept)};
    const std::size_t bracket = kept.find('['), blank = kept.find(' ');
    if (!style.verbose && blank < bracket && bracket != std::string::npos && kept.ends_with(']')) {
      one.object = printable(kept.substr(0, blank));
      one.list = printable(kept.substr(blank + 1, bracket - blank - 1));
      one.entries = {printable(kept.substr(bracket + 1, kept.size() - bracket - 2))};
    }
    gather(all, std::move(one));
  }
  return lines_of(all);
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
  if (plan.guards.empty()) return;
  page.line("Apply would be refused by a guard:");
  for (const engine::GuardFinding& finding : plan.guards) guard_block(page, finding, command);
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
  if (plan.teardown) inventory_blocks(page, plan);
  object_blocks(page, plan, command, style);

  list(page, "Left alone, as the manifest does not name it:", left_alone_lines(plan, style), style);
  list(page, "Kept: these carry the mark of this deployment and left the manifest:",
       kept_lines(plan, style), style);
  if (!plan.warnings.empty()) page.line();
  for (const std::string& warning : plan.warnings)
    page.paragraph(0, "Warning: " + printable(warning), 2);

  findings(page, plan, style);
  if (!nothing || !plan.warnings.empty() || !plan.left_alone.empty() || !plan.kept.empty())
    page.line();
  if (!(style.quiet && nothing)) sentences(page, verdict(plan, command));
  const bool before_apply = command == Command::plan || command == Command::show;
  if (!plan.digest.empty() && !plan.changes.empty() && before_apply && !style.quiet)
    page.line("Digest: " + plan.digest);
  if (before_apply) guards(page, plan, command);
  if (plan.preflight && !(style.quiet && plan.preflight->findings.empty()))
    preflight_block(page, plan);
  return page.take();
}

std::string guards_text(const engine::Plan& plan, Command command, const Style& style) {
  if (plan.guards.empty()) return {};
  Page page(style);
  page.line("akv: refused by a guard, nothing was written");
  for (const engine::GuardFinding& finding : plan.guards) guard_block(page, finding, command);
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
