/// From a plan to its end: show, refuse, ask, do, report. The same for apply and teardown.
#pragma once
#include "akv/provision/cli/session.hpp"

namespace akv::cli {

/// Returns the exit code. `allow` lifts guards that fresh reads raise: the option's, or those that
/// a saved plan holds; `plan_again` is the command that made that plan.
int carry_out(const kinds::Planned& planned, report::Command command, const Session& session,
              const engine::Allowances& allow, const Environment& environment, Output& output,
              const std::string& plan_again = {});

}  // namespace akv::cli
