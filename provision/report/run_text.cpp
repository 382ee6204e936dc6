// What follows a run, for people: what failed and why, then how it ended.
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/rows.hpp"
#include "akv/provision/report/report.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Outcome;
using engine::Plan;
using engine::RunResult;

constexpr std::size_t listed_names = 20;

/// Names of the changes with that outcome: the first ones, the rest counted.
std::string names(const Plan& plan, const RunResult& result, Outcome outcome, bool all) {
  std::string text;
  std::size_t n = 0;
  for (std::size_t i = 0; i < result.changes.size(); ++i) {
    if (result.changes[i].outcome != outcome) continue;
    if (++n <= listed_names || all)
      text += (text.empty() ? "" : ", ") + title(plan, plan.changes[i]);
  }
  if (n > listed_names && !all) text += " and " + std::to_string(n - listed_names) + " more";
  return text;
}

/// What can be pasted stands behind the first line, and is not wrapped.
void remedy(Page& page, std::string_view text) {
  if (text.empty()) return;
  std::size_t end = std::min(text.find('\n'), text.size());
  page.paragraph(9, "Remedy: " + printable(text.substr(0, end)));
  while (end < text.size()) {
    text.remove_prefix(end + 1);
    end = std::min(text.find('\n'), text.size());
    page.line(std::string(11, ' ') + printable(text.substr(0, end)));
  }
}

void failures(Page& page, const Plan& plan, const RunResult& result) {
  for (std::size_t i = 0; i < result.changes.size(); ++i) {
    const engine::ChangeResult& change = result.changes[i];
    if (change.outcome != Outcome::failed) continue;
    const Trouble why = explain(change.error);
    const bool azures = !why.code.empty() && why.code[0] >= 'A' && why.code[0] <= 'Z';
    const std::string code = azures ? printable(why.code) + ", " : "";
    page.paragraph(0,
                   page.painted(Paint::bad, "failed") + "   " + title(plan, plan.changes[i]) +
                       ": " + code + why.message,
                   9);
    remedy(page, change.remedy.empty() ? why.remedy : change.remedy);
    if (!why.request_id.empty()) page.paragraph(9, "Request id: " + why.request_id);
  }
}

void skipped(Page& page, const Plan& plan, const RunResult& result) {
  for (std::size_t i = 0; i < result.changes.size(); ++i) {
    if (result.changes[i].outcome != Outcome::skipped) continue;
    const std::string& because = result.changes[i].because;
    page.paragraph(0,
                   "skipped  " + title(plan, plan.changes[i]) +
                       (because.empty() ? "" : ": waits for " + printable(because)),
                   9);
  }
}

void rewritten(Page& page, const Plan& plan, const RunResult& result) {
  for (std::size_t i = 0; i < result.changes.size(); ++i)
    for (const engine::FieldChange& field : result.changes[i].rewritten)
      page.paragraph(0,
                     "changed  " + title(plan, plan.changes[i]) + ": " + printable(field.path) +
                         " was rewritten after our write: it reads back as " +
                         value_text(field.before) + ", not " + value_text(field.after) +
                         " (Azure Policy does that)",
                     9);
}

std::string traffic(const Requests& requests) {
  std::string text = counted(requests.writes, "write") + ", " + std::to_string(requests.retries) +
                     (requests.retries == 1 ? " retry" : " retries");
  if (requests.throttled_milliseconds > 0)
    text += ", " + duration(std::chrono::milliseconds(requests.throttled_milliseconds)) +
            " of waiting because Azure asked for it";
  return text + ".";
}

std::string counts(const RunResult& result) {
  std::string text = std::to_string(result.count(Outcome::succeeded)) + " succeeded, " +
                     std::to_string(result.count(Outcome::failed)) + " failed";
  const std::size_t skipped = result.count(Outcome::skipped);
  if (!result.interrupted || skipped > 0) text += ", " + std::to_string(skipped) + " skipped";
  if (const std::size_t n = result.count(Outcome::unknown); n > 0)
    text += ", " + std::to_string(n) + " unknown";
  if (const std::size_t n = result.count(Outcome::not_started); n > 0)
    text += ", " + std::to_string(n) + " not begun";
  return text;
}

void interrupted(Page& page, const Plan& plan, const RunResult& result, const Style& style) {
  const std::string done = names(plan, result, Outcome::succeeded, style.verbose);
  if (!done.empty()) page.paragraph(2, "done       " + done, 11);
  const std::string unknown = names(plan, result, Outcome::unknown, true);
  if (!unknown.empty())
    page.paragraph(2,
                   "unknown    " + unknown +
                       ": sent, no answer seen; the same command reads first, then goes on",
                   11);
  const std::string waiting = names(plan, result, Outcome::not_started, style.verbose);
  if (!waiting.empty()) page.paragraph(2, "not begun  " + waiting, 11);
  page.line("  Go on:     the same command again");
}

void ending(Page& page, const Plan& plan, const RunResult& result, const Requests& requests,
            const Style& style) {
  const std::string numbers = counts(result) + ", in " + duration(result.took) + ".";
  if (result.interrupted) {
    page.paragraph(0, "Interrupted: " + numbers + " " + traffic(requests), 2);
    return interrupted(page, plan, result, style);
  }
  const bool complete = result.count(Outcome::succeeded) == result.changes.size();
  const bool none = result.count(Outcome::succeeded) == 0;
  std::string text = complete ? "Done: " : none ? "Failed: " : "Done in part: ";
  text += numbers;
  if (!complete || style.verbose || requests.throttled_milliseconds > 0)
    text += " " + traffic(requests);
  page.paragraph(0, text, 2);
  if (const std::string unknown = names(plan, result, Outcome::unknown, true); !unknown.empty())
    page.paragraph(0, "unknown  " + unknown + ": sent, no answer seen", 9);
  if (!complete) page.line("When mended, the same command goes on from here.");
}

void kept_by_azure(Page& page, const std::vector<engine::SoftDeleted>& soft_deleted) {
  for (const engine::SoftDeleted& vault : soft_deleted) {
    std::string text = "Soft-deleted: " + printable(vault.name);
    if (!vault.location.empty()) text += " (" + printable(vault.location) + ")";
    if (!vault.gone_on.empty()) text += ", recoverable until " + printable(vault.gone_on);
    if (vault.purge_protected) text += ", purge protection on: its name is free only then";
    page.paragraph(0, text + ".", 2);
  }
}

}  // namespace

std::string run_text(const Plan& plan, const RunResult& result, const Requests& requests,
                     const std::vector<engine::SoftDeleted>& soft_deleted, const Style& style) {
  Page page(style);
  failures(page, plan, result);
  skipped(page, plan, result);
  rewritten(page, plan, result);
  ending(page, plan, result, requests, style);
  if (!style.quiet) kept_by_azure(page, soft_deleted);
  return page.take();
}

}  // namespace akv::report
