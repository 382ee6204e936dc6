/// Applying a saved plan.
#pragma once
#include "akv/provision/cli/output.hpp"
#include "akv/provision/cli/plan_file.hpp"

namespace akv::cli {

/// Reads again what the plan changes, refuses it with exit code 4 where that has moved, and carries
/// out what is left of it. Throws UsageError for options that only a manifest takes.
int apply_saved(const engine::SavedPlan& saved, const Environment& environment, Output& output);

}  // namespace akv::cli
