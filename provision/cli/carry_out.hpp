/// From a plan to its end: show, refuse, ask, do, report. The same for apply and teardown.
#pragma once
#include "akv/provision/cli/session.hpp"

namespace akv::cli {

/// Returns the exit code.
int carry_out(const kinds::Planned& planned, report::Command command, const Session& session,
              const Environment& environment, Output& output);

}  // namespace akv::cli
