/// What `akv check` found, in every form that people and CI systems read; all from one value.
#pragma once
#include "akv/provision/engine/finding.hpp"
#include "akv/provision/report/report.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace akv::report {

enum class CheckFormat { text, json, markdown, sarif, junit };

struct CheckReport {
  std::string deployment;
  std::string where, who;                 ///< As in a plan; empty: the manifest alone was judged.
  std::vector<engine::RuleInfo> rules;    ///< All there are, in the order to list them.
  std::vector<engine::Finding> findings;  ///< By rule in that order, then by object.
  engine::Places places;
  std::vector<std::string> subscriptions{};  ///< As in a plan.
  std::vector<engine::Unreadable> unreadable;
  std::vector<manifest::Diagnostic> warnings;  ///< Remarks that suppress nothing.
  std::size_t objects = 0;                     ///< Judged.
  std::size_t reads = 0;                       ///< Requests made.
  bool has_baseline = false;
  std::size_t mended = 0;  ///< Entries of the baseline that were not found again.
  engine::Severity fail_on = engine::Severity::high;
  std::string version;  ///< Of the program.

  std::size_t count(engine::Severity severity) const;  ///< Of those that count.
  std::size_t count(engine::Finding::Standing standing) const;
  bool fails() const;  ///< One that counts is at or above fail_on.
};

// Each ends with a line feed.
std::string check_text(const CheckReport& report, const Style& style);
/// `docs/schema/check.schema.json` describes it.
std::string check_json(const CheckReport& report);
/// At most max_markdown bytes; what does not fit is counted.
std::string check_markdown(const CheckReport& report);
/// SARIF 2.1.0, for code scanning: high is error, medium warning, low note. What the manifest
/// ignores or the baseline holds is suppressed. One that has no place stands at the first file.
std::string check_sarif(const CheckReport& report);
/// JUnit's XML as Jenkins, GitLab and Azure Pipelines read it: a suite for each rule, with a test
/// case for each finding, and one that passes where there is none. Only what is at or above
/// `fail_on` fails.
std::string check_junit(const CheckReport& report);
std::string check(const CheckReport& report, CheckFormat format, const Style& style);

/// The table of rules, for `akv help checks`.
std::string rules_text(std::span<const engine::RuleInfo> rules);
/// The same with reasons and remedies, for docs/checks.md.
std::string rules_markdown(std::span<const engine::RuleInfo> rules);

/// `1 high, 2 medium, 0 low`
std::string severities(std::span<const engine::Finding> findings);

}  // namespace akv::report
