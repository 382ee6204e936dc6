#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/doctor_report.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using doctor::Examination;
using doctor::Finding;
using doctor::Rule;
using doctor::Severity;

Paint paint_of(Severity severity) {
  switch (severity) {
    case Severity::breaks:
      return Paint::bad;
    case Severity::risk:
      return Paint::change;
    case Severity::note:
      return Paint::quiet;
  }
  return Paint::none;
}

/// A command that a shell reads as one, whatever its length: broken between words, and a word that
/// is longer than a line stands on one of its own.
void add_command(Page& page, std::size_t indent, const std::string& command) {
  const std::string text = printable(command);
  std::string line(indent, ' ');
  bool begun = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    // Room for the blank and the backslash behind it.
    if (begun && line.size() + word.size() + 3 > page.width()) {
      page.line(line + " \\");
      line.assign(indent + 2, ' ');
      begun = false;
    }
    line += (begun ? " " : "") + word;
    begun = true;
    at = end + 1;
  }
  page.line(line);
}

void add_finding(Page& page, const Finding& finding) {
  page.spread("  " + page.painted(Paint::none, printable(finding.object)),
              finding.due.empty()
                  ? std::string()
                  : (finding.rule->severity == Severity::breaks ? "by " : "until ") + finding.due);
  page.paragraph(6, printable(finding.message));
  for (const std::string& command : finding.commands) add_command(page, 6, command);
}

void add_steps(Page& page, const Examination& examination) {
  page.line("Sign-in");
  for (const doctor::Step& step : examination.steps)
    page.entry(2,
               page.painted(step.good ? Paint::good : Paint::bad, step.good ? "ok   " : "wrong") +
                   "  " + step.name,
               23, printable(step.text));
}

}  // namespace

std::string not_judged(const Examination& examination) {
  if (examination.by_roles == 0) return {};
  return "Azure roles decide on " + counted(examination.by_roles, "vault") +
         ": role assignments are not read, so whether anybody administers " +
         (examination.by_roles == 1 ? "it" : "them") + " is not judged.";
}

std::string doctor_text(const Examination& examination, const Style& style) {
  Page page(style);
  if (!style.quiet) {
    page.paragraph(
        0, "Doctor, " + printable(examination.where) + ", as " + printable(examination.who));
    page.line();
    add_steps(page, examination);
    page.line();
    page.paragraph(0, "Estate of subscription " + printable(examination.subscription) + ": " +
                          counted(examination.vaults, "vault") + " in " +
                          counted(examination.groups, "group") + ", " +
                          counted(examination.deleted, "deleted vault"));
    if (const std::string limit = not_judged(examination); !limit.empty()) page.paragraph(0, limit);
  }
  const auto has_commands = [](const Finding& finding) { return !finding.commands.empty(); };
  if (std::any_of(examination.findings.begin(), examination.findings.end(), has_commands))
    page.paragraph(0, "The commands act on: az account set --subscription " +
                          printable(examination.subscription));
  const Rule* last = nullptr;
  for (const Finding& finding : examination.findings) {
    if (finding.rule != last) {
      last = finding.rule;
      const auto count = std::count_if(examination.findings.begin(), examination.findings.end(),
                                       [last](const Finding& other) { return other.rule == last; });
      page.line();
      page.line(page.painted(paint_of(last->severity), std::string(to_string(last->severity))) +
                "  " + std::string(last->title) + " (" + std::string(last->id) + "), " +
                counted(static_cast<std::size_t>(count), "time"));
      page.paragraph(2, last->why);
    }
    add_finding(page, finding);
  }
  if (!examination.unreadable.empty()) {
    page.line();
    page.line(page.painted(Paint::bad, "not read"));
    for (const engine::Unreadable& scope : examination.unreadable) {
      page.paragraph(
          2, printable(scope.name) + ": " + printable(scope.code) + ", " + printable(scope.message),
          2);
      page.paragraph(6, "Remedy: " + printable(scope.remedy));
    }
  }
  if (style.quiet && examination.findings.empty() && examination.unreadable.empty()) return {};
  page.line();
  page.paragraph(0,
                 (examination.findings.empty() ? std::string("Nothing found")
                                               : counted(examination.findings.size(), "finding")) +
                     (examination.unreadable.empty()
                          ? std::string()
                          : ", " + std::to_string(examination.unreadable.size()) + " not read") +
                     ". " + counted(examination.reads, "read") + " made, nothing written.");
  return page.take();
}

}  // namespace akv::report
