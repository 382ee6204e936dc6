// A check as JUnit's XML: a suite for each rule.
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/check_parts.hpp"
#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Finding;

/// printable() leaves only what XML 1.0 can hold, but for two that it cannot.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += c;
    }
  }
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (std::size_t at = out.find(none); at != std::string::npos; at = out.find(none, at))
      out.replace(at, none.size(), "?");
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  std::string out = " ";
  out += name;
  out += "=\"" + xml(value) + "\"";
  return out;
}

std::string attribute(std::string_view name, std::size_t value) {
  return attribute(name, std::to_string(value));
}

bool fails(const CheckReport& report, const Finding& finding) {
  return finding.standing == Finding::Standing::counts && finding.severity >= report.fail_on;
}

std::string why_skipped(const Finding& finding) {
  switch (finding.standing) {
    case Finding::Standing::ignored:
      return "ignored in the manifest: " + finding.because;
    case Finding::Standing::known:
      return "in the baseline";
    case Finding::Standing::counts:
      break;
  }
  return {};
}

std::string test_case(const CheckReport& report, const engine::RuleInfo& rule,
                      const Finding& finding) {
  std::string out = "    <testcase" + attribute("classname", rule.id) +
                    attribute("name", finding_name(report, finding) + " " + finding.subject);
  const engine::Place& place = report.places.at(finding.origin);
  if (place.line != 0 && place.file < report.places.files.size())
    out += attribute("file", report.places.files[place.file]) + attribute("line", place.line);
  out += ">\n";
  const std::string where = report.places.file_and_line(finding.origin);
  std::string body = finding_text(report, finding);
  if (!where.empty()) body += " (" + where + ")";
  if (const std::string why = why_skipped(finding); !why.empty()) {
    out += "      <skipped" + attribute("message", why) + "/>\n";
  } else if (fails(report, finding)) {
    out += "      <failure" + attribute("type", to_string(rule.severity)) +
           attribute("message", std::string(rule.title) + ": " + finding.message) + ">" +
           xml(body) + "&#10;" + xml(rule.reason) + "&#10;Remedy: " + xml(rule.remedy) +
           "</failure>\n";
  } else {
    out +=
        "      <system-out>" + xml(to_string(rule.severity)) + ": " + xml(body) + "</system-out>\n";
  }
  return out + "    </testcase>\n";
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

std::string attributes(const Counts& counts) {
  return attribute("tests", counts.tests) + attribute("failures", counts.failures) +
         attribute("errors", counts.errors) + attribute("skipped", counts.skipped);
}

std::string suite(const CheckReport& report, const engine::RuleInfo& rule,
                  const RuleFindings* group, Counts& all) {
  Counts counts;
  std::string cases;
  if (!group) {
    ++counts.tests;
    cases =
        "    <testcase" + attribute("classname", rule.id) + attribute("name", rule.title) + "/>\n";
  } else {
    for (const Finding* finding : group->findings) {
      ++counts.tests;
      counts.failures += fails(report, *finding) ? 1 : 0;
      counts.skipped += finding->standing != Finding::Standing::counts ? 1 : 0;
      cases += test_case(report, rule, *finding);
    }
  }
  all.tests += counts.tests;
  all.failures += counts.failures;
  all.skipped += counts.skipped;
  return "  <testsuite" + attribute("name", rule.id) + attributes(counts) + ">\n" + cases +
         "  </testsuite>\n";
}

/// What could not be read was not judged: an error, not a pass.
std::string unread_suite(const CheckReport& report, Counts& all) {
  if (report.unreadable.empty()) return {};
  Counts counts;
  std::string cases;
  for (const engine::Unreadable& unreadable : report.unreadable) {
    ++counts.tests;
    ++counts.errors;
    cases += "    <testcase" + attribute("classname", "read") + attribute("name", unreadable.name) +
             ">\n      <error" + attribute("type", unreadable.code) +
             attribute("message", unreadable.message) + "/>\n    </testcase>\n";
  }
  all.tests += counts.tests;
  all.errors += counts.errors;
  return "  <testsuite" + attribute("name", "read") + attributes(counts) + ">\n" + cases +
         "  </testsuite>\n";
}

}  // namespace

std::string check_junit(const CheckReport& report) {
  const std::vector<RuleFindings> groups = by_rule(report, true);
  Counts all;
  std::string suites;
  for (const engine::RuleInfo& rule : report.rules) {
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const RuleFindings& g) { return g.rule == &rule; });
    suites += suite(report, rule, group == groups.end() ? nullptr : &*group, all);
  }
  suites += unread_suite(report, all);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
         attribute("name", "akv check " + report.deployment) + attributes(all) + ">\n" + suites +
         "</testsuites>\n";
}

}  // namespace akv::report
