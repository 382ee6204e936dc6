/// Which objects `--target` and `--exclude` leave to be planned.
#pragma once
#include "akv/provision/engine/planner.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::engine::detail {

bool is_selected(const PlanOptions& options, std::string_view name);
/// Adds a warning for each glob that matches nothing in the manifest.
void warn_of_idle_globs(const PlanOptions& options, const Deployment& deployment,
                        std::vector<std::string>& warnings);

}  // namespace akv::engine::detail
