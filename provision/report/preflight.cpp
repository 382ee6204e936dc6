// A preflight: one table of what is missing, in the way or not known.
#include "akv/provision/report/detail/preflight.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/detail/json_parts.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Preflight;
using engine::PreflightFinding;

constexpr std::size_t shown_objects = 3;
constexpr std::size_t what_column = 14;

struct Word {
  std::string_view code, word, sign;
  Paint paint;
};
constexpr Word words[] = {{"right-missing", "missing", "!", Paint::bad},
                          {"right-conditional", "maybe", "?", Paint::change},
                          {"right-unknown", "unknown", "?", Paint::change},
                          {"locked", "locked", "!", Paint::bad},
                          {"locks-unknown", "unknown", "?", Paint::change},
                          {"provider-not-registered", "missing", "!", Paint::bad},
                          {"provider-unknown", "unknown", "?", Paint::change}};

const Word& word_of(const PreflightFinding& finding) {
  return *std::find_if(std::begin(words), std::end(words) - 1,
                       [&finding](const Word& word) { return word.code == finding.code; });
}

std::string where_of(const engine::Plan& plan, const PreflightFinding& finding) {
  const auto id = ResourceId::parse(finding.scope);
  const bool inside = id && !id->resource_group.empty();
  return inside ? engine::told(plan, id->subscription, finding.where) : finding.where;
}

/// A name may be in several subscriptions: that of the finding is the likeliest.
std::string object_of(const engine::Plan& plan, const PreflightFinding& finding,
                      const std::string& name) {
  if (plan.subscriptions.size() < 2) return name;
  const engine::Change* found = nullptr;
  for (const engine::Change& change : plan.changes)
    if (change.name == name &&
        (!found || ascii::equal(change.subscription, subscription_of(finding.scope))))
      found = &change;
  return found ? engine::told(plan, *found) : name;
}

std::string objects_of(const engine::Plan& plan, const PreflightFinding& finding) {
  std::string text;
  const std::size_t n = finding.objects.size();
  for (std::size_t i = 0; i < std::min(n, shown_objects); ++i)
    text += (i == 0 ? "" : ", ") + printable(object_of(plan, finding, finding.objects[i]));
  if (n > shown_objects) text += " and " + std::to_string(n - shown_objects) + " more";
  return text;
}

std::size_t count(const Preflight& preflight, std::string_view code) {
  return static_cast<std::size_t>(
      std::count_if(preflight.findings.begin(), preflight.findings.end(),
                    [code](const PreflightFinding& finding) { return finding.code == code; }));
}

/// `2 rights are missing`
void add(std::string& text, std::size_t n, std::string_view noun, std::string_view rest) {
  if (n == 0) return;
  if (!text.empty()) text += ", ";
  text += counted(n, noun) + (n == 1 ? " is " : " are ");
  text += rest;
}

std::string looked_at(const Preflight& preflight) {
  return counted(preflight.rights, "right") + " on " + counted(preflight.scopes, "scope") + ", " +
         counted(preflight.locks, "lock") + ", " + counted(preflight.providers, "provider") +
         " and " + counted(preflight.names, "name");
}

std::string sum(const Preflight& preflight) {
  std::string text;
  add(text, count(preflight, "right-missing"), "right", "missing");
  add(text, count(preflight, "locked"), "lock", "in the way");
  add(text, count(preflight, "provider-not-registered"), "provider", "not registered");
  const auto open = static_cast<std::size_t>(
      std::count_if(preflight.findings.begin(), preflight.findings.end(),
                    [](const PreflightFinding& finding) { return !finding.stops_run; }));
  const std::string stops = text.empty() ? "nothing that is known stands in the way" : text;
  text = "Preflight: " + stops;
  if (open != 0) text += ", and " + std::to_string(open) + " could not be told";
  if (preflight.stops_run()) text += ", so apply would fail";
  return text + ". Looked at: " + looked_at(preflight) + ".";
}

}  // namespace

void preflight_block(Page& page, const engine::Plan& plan) {
  if (!plan.preflight) return;
  const Preflight& preflight = *plan.preflight;
  std::size_t widest = 0;
  for (const PreflightFinding& finding : preflight.findings)
    widest = std::max(widest, columns(printable(finding.what)));
  page.paragraph(0, sum(preflight), 2);
  for (const PreflightFinding& finding : preflight.findings) {
    const Word& word = word_of(finding);
    const std::string name =
        page.painted(word.paint, std::string(word.sign) + " " + std::string(word.word));
    // The colours take no column; entry() counts none for them.
    page.entry(2, name, what_column,
               padded(printable(finding.what), widest) + "  " + printable(where_of(plan, finding)));
    page.paragraph(what_column,
                   "for " + objects_of(plan, finding) + ": " + printable(finding.message), 2);
    if (!finding.remedy.empty())
      page.paragraph(what_column, "Remedy: " + printable(finding.remedy), 2);
  }
}

void preflight_table(Budget& out, const engine::Plan& plan) {
  if (!plan.preflight) return;
  const Preflight& preflight = *plan.preflight;
  out.add("**" + escaped(sum(preflight)) + "**\n\n");
  if (preflight.findings.empty()) return;
  std::string table =
      "| | what | where | for | why | remedy |\n| --- | --- | --- | --- | --- | --- |\n";
  std::size_t rows = 0;
  for (const PreflightFinding& finding : preflight.findings) {
    const Word& word = word_of(finding);
    std::string row = "| " + std::string(word.sign) + " " + std::string(word.word);
    for (const std::string& cell : {finding.what, where_of(plan, finding),
                                    objects_of(plan, finding), finding.message, finding.remedy})
      row += " | " + clipped(escaped(cell), 500);
    row += " |\n";
    if (table.size() + row.size() > max_markdown / 4) break;
    table += row;
    ++rows;
  }
  out.add(table + "\n");
  if (rows < preflight.findings.size())
    out.always("and " + std::to_string(preflight.findings.size() - rows) + " more.\n\n");
}

json::Document preflight_document(const Preflight& preflight) {
  json::Document findings = json::Document::array();
  for (const PreflightFinding& finding : preflight.findings) {
    json::Document objects = json::Document::array();
    for (const std::string& object : finding.objects) objects.push_back(object);
    findings.push_back(json::Document::object({{"code", finding.code},
                                               {"what", finding.what},
                                               {"scope", finding.scope},
                                               {"where", finding.where},
                                               {"objects", std::move(objects)},
                                               {"message", finding.message},
                                               {"remedy", finding.remedy},
                                               {"stopsRun", finding.stops_run}}));
  }
  return json::Document::object({{"rights", number(preflight.rights)},
                                 {"scopes", number(preflight.scopes)},
                                 {"locks", number(preflight.locks)},
                                 {"providers", number(preflight.providers)},
                                 {"names", number(preflight.names)},
                                 {"findings", std::move(findings)}});
}

}  // namespace akv::report
