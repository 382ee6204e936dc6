/// What a doctor found: values that the reports print.
#pragma once
#include "akv/provision/engine/plan.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::doctor {

enum class Severity {
  breaks,  ///< Does not work, or stops to on a known day.
  risk,    ///< Works, and is less safe than it looks.
  note,
};
std::string_view to_string(Severity severity);

/// One of the table of rules; constant data with static lifetime.
struct Rule {
  std::string_view id;  ///< `null-access-model`; stable, for machines.
  Severity severity;
  std::string_view title;  ///< `access model never set`
  std::string_view why;    ///< What follows from it, in a sentence or two.
};
/// In the order of the report.
std::span<const Rule> rules();
const Rule& rule(std::string_view id);  ///< Asserts that it is there.

struct Finding {
  const Rule* rule = nullptr;
  std::string object;   ///< `GROUP/VAULT`
  std::string id;       ///< Its ARM id.
  std::string message;  ///< What it is here: `3 access policies decide`.
  std::string due{};    ///< The day on which it breaks or passes, `2027-02-27`; else empty.
  /// Shell commands that mend it, to be run in this order; words are quoted where needed.
  std::vector<std::string> commands{};
};

/// A step of signing in.
struct Step {
  std::string name, text;
  bool good = true;
};

struct Examination {
  std::string where, who, subscription;
  std::vector<Step> steps;
  std::vector<Finding> findings;  ///< By rule in the table's order, then by object.
  std::vector<engine::Unreadable> unreadable;
  std::size_t groups = 0, vaults = 0, deleted = 0, reads = 0;
  /// Of the vaults, those where Azure roles decide: role assignments are not read, so whether
  /// anybody administers these is not known.
  std::size_t by_roles = 0;
};

}  // namespace akv::doctor
