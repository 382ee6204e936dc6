/// Saved plans: as plan shows a fresh one, and what has moved since.
#pragma once
#include "akv/provision/engine/freshness.hpp"
#include "akv/provision/report/report.hpp"

#include <string>
#include <vector>

namespace akv::report {

// Each ends with a line feed.

/// When and where it was made and which guards it lifts, then the plan.
std::string show_text(const engine::SavedPlan& saved, const Style& style);
/// The plan's members, and `saved`.
std::string show_json(const engine::SavedPlan& saved);

/// `akv: refused: today.plan is stale, …`, then each object with its fields, when and by whom, and
/// `plan_again`: the command to be pasted. For the error stream.
std::string stale_text(const std::string& file, const engine::SavedPlan& saved,
                       const std::vector<engine::Moved>& moved, const std::string& plan_again,
                       const Style& style);
/// `{"formatVersion": 1, "error": {…}, "moved": […]}`; docs/schema/error.schema.json describes it.
std::string stale_json(const std::string& file, const engine::SavedPlan& saved,
                       const std::vector<engine::Moved>& moved, const std::string& plan_again);

}  // namespace akv::report
