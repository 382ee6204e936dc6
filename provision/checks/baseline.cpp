#include "akv/provision/checks/baseline.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/checks/rules.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace akv::checks {
namespace {

using engine::Finding;

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  std::string message = name;
  message += " is no baseline: ";
  message += what;
  message += "; akv check FILE --write-baseline ";
  message += name;
  message += " writes one";
  throw BaselineError(message);
}

Document parse(std::string_view text, const std::string& name) {
  if (text.size() > max_baseline_bytes) refuse(name, "it is longer than 64 MiB");
  try {
    return Document::parse(text, {.bytes = max_baseline_bytes, .depth = 8});
  } catch (const FormatError& error) {
    refuse(name, error.info().message);
  }
}

std::string entry_text(const Document& entry, std::string_view member, std::size_t index,
                       const std::string& name) {
  const Document& text = entry[member];
  if (!text.is_string())
    refuse(name, "findings[" + std::to_string(index) + "]." + std::string(member) +
                     " is missing or no text");
  return text.as_string();
}

}  // namespace

Baseline read_baseline(std::string_view text, const std::string& name) {
  const Document document = parse(text, name);
  if (document["formatVersion"].int_or(0) != 1) refuse(name, "formatVersion is not 1");
  const Document& list = document["findings"];
  if (!list.is_array()) refuse(name, "findings is missing or no list");
  if (list.size() > max_baseline_findings)
    refuse(name, "it has more than " + std::to_string(max_baseline_findings) + " findings");
  Baseline baseline;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Document& entry = list.as_array()[i];
    Finding finding;
    finding.rule = entry_text(entry, "rule", i, name);
    finding.id = entry_text(entry, "object", i, name);
    finding.subject = entry_text(entry, "subject", i, name);
    if (std::find(rule_ids().begin(), rule_ids().end(), finding.rule) == rule_ids().end())
      refuse(name, "there is no rule " + manifest::quoted(finding.rule));
    baseline.insert(fingerprint(finding));
  }
  return baseline;
}

std::string write_baseline(std::span<const Finding> findings) {
  std::map<std::string, Document> sorted;
  for (const Finding& finding : findings)
    if (finding.standing != Finding::Standing::ignored)
      sorted.emplace(fingerprint(finding), Document::object({{"rule", finding.rule},
                                                             {"object", ascii::lower(finding.id)},
                                                             {"subject", finding.subject}}));
  // One line each: so a change of it reads well in a pull request.
  std::string text = "{\"formatVersion\": 1, \"findings\": [";
  std::string_view separator = "\n  ";
  for (const auto& [fingerprint, entry] : sorted) {
    text += separator;
    text += entry.dump();
    separator = ",\n  ";
  }
  text += sorted.empty() ? "]}\n" : "\n]}\n";
  return text;
}

std::size_t apply_baseline(const Baseline& baseline, std::vector<Finding>& findings) {
  std::set<std::string_view> seen;
  for (Finding& finding : findings) {
    const auto known = baseline.find(fingerprint(finding));
    if (known == baseline.end()) continue;
    seen.insert(*known);
    if (finding.standing == Finding::Standing::counts) finding.standing = Finding::Standing::known;
  }
  return baseline.size() - seen.size();
}

}  // namespace akv::checks
