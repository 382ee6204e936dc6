/// From a plan to its end: show, refuse, ask, do, report. The same for apply and teardown.
#pragma once
#include "akv/provision/cli/session.hpp"

namespace akv::cli {

/// Returns the exit code. `allow` lifts guards that fresh reads raise: the option's, or those that
/// a saved plan holds.
int carry_out(const kinds::Planned& planned, report::Command command, const Session& session,
              const engine::Allowances& allow, const Environment& environment, Output& output);

}  // namespace akv::cli
