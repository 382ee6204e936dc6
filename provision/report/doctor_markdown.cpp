#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/detail/markdown.hpp"
#include "akv/provision/report/doctor_report.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using doctor::Finding;

std::string one(const Finding& finding) {
  std::string text = "- **" + escaped(finding.object) + "**: " + escaped(finding.message);
  if (!finding.due.empty()) text += " (" + finding.due + ")";
  text += "\n";
  if (finding.commands.empty()) return text;
  text += "  ```sh\n";
  for (const std::string& command : finding.commands) text += "  " + printable(command) + "\n";
  return text + "  ```\n";
}

}  // namespace

std::string doctor_markdown(const doctor::Examination& examination) {
  constexpr std::size_t room_for_the_end = 1000;
  std::string text = "### akv doctor: " + counted(examination.findings.size(), "finding") + "\n\n" +
                     counted(examination.vaults, "vault") + " in " +
                     counted(examination.groups, "group") + ", " +
                     counted(examination.deleted, "deleted vault") + " of subscription `" +
                     printable(examination.subscription) + "`.\n";
  if (const std::string limit = not_judged(examination); !limit.empty())
    text += "\n" + limit + "\n";
  const doctor::Rule* last = nullptr;
  std::size_t shown = 0;
  for (const Finding& finding : examination.findings) {
    std::string part;
    if (finding.rule != last)
      part = "\n#### " + std::string(to_string(finding.rule->severity)) + ": " +
             std::string(finding.rule->title) + "\n\n" + std::string(finding.rule->why) + "\n\n";
    part += one(finding);
    if (text.size() + part.size() > max_markdown - room_for_the_end) break;
    last = finding.rule;
    text += part;
    ++shown;
  }
  if (shown < examination.findings.size())
    text += "\n" + std::to_string(examination.findings.size() - shown) +
            " more do not fit here: `akv doctor` prints them all.\n";
  std::size_t named = 0;
  for (const engine::Unreadable& scope : examination.unreadable) {
    const std::string part = (named == 0 ? "\n" : "") + ("- not read: " + escaped(scope.name)) +
                             " (" + escaped(scope.code) + ")\n";
    if (text.size() + part.size() > max_markdown - 200) break;
    text += part;
    ++named;
  }
  if (named < examination.unreadable.size())
    text += "\n" + std::to_string(examination.unreadable.size() - named) + " more were not read.\n";
  return text;
}

}  // namespace akv::report
