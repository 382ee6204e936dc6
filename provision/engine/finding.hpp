/// What the rules of `akv check` find in what a plan leads to.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace akv::engine {

enum class Severity : std::uint8_t { low, medium, high };
std::string_view to_string(Severity severity);  ///< `low`, `medium`, `high`

/// A rule as reports show it. Constant data with static lifetime: the views never dangle.
struct RuleInfo {
  std::string_view id;  ///< `purge-protection-off`
  Severity severity = Severity::low;
  std::string_view title;   ///< `Purge protection is off`
  std::string_view reason;  ///< Why it matters, in a sentence.
  std::string_view remedy;  ///< What to write instead.
};

struct Finding {
  /// Whether it counts; what does not is reported and never fails a check.
  enum class Standing : std::uint8_t {
    counts,
    ignored,  ///< By `# akv:ignore` in the manifest; `because` is its reason.
    known,    ///< It stands in the baseline.
  };
  std::string rule;  ///< RuleInfo::id
  Severity severity = Severity::low;
  std::string kind, name, id;  ///< Of the object; an id that is the same in every run.
  /// What of the object, the same in every run: `networkAcls.ipRules[203.0.0.0/8]`. Ids stand in
  /// it, not names that a manifest may change.
  std::string subject;
  std::string message;              ///< What it is here, with figures and names.
  std::uint32_t origin = 0;         ///< Nearest place in the manifest.
  std::uint32_t object_origin = 0;  ///< Place of the object's name.
  Standing standing = Standing::counts;
  std::string because{};
};

/// `RULE ID SUBJECT`: tells whether a finding is one that was there before. The same in every run,
/// whatever the case of an id and wherever the line stands.
std::string fingerprint(const Finding& finding);

}  // namespace akv::engine
