/// What the forms of a check report share.
#pragma once
#include "akv/provision/report/check_report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::report {

/// The findings of one rule that are to be shown.
struct RuleFindings {
  const engine::RuleInfo* rule;
  std::vector<const engine::Finding*> findings;
};
/// In the order of the rules; those without findings are left out. With `all`, also what is ignored
/// or known.
std::vector<RuleFindings> by_rule(const CheckReport& report, bool all);

/// `purge protection is off` of which object and in what words: `rg/kv: its content can be purged`.
std::string finding_text(const CheckReport& report, const engine::Finding& finding);
/// The object; outside the first of several subscriptions with its own.
std::string finding_name(const CheckReport& report, const engine::Finding& finding);

/// `Check: 1 high, 2 medium, 0 low in 42 objects, 2 ignored, 3 in the baseline. 4 reads made.`
std::string check_verdict(const CheckReport& report);
/// `Deployment payments, in AzureCloud, …, as ana`, or `…, the manifest alone`.
std::string check_headline(const CheckReport& report);

}  // namespace akv::report
