/// Cases that cannot run here say so, and CTest shows their suite as skipped.
#pragma once
#include <string>

namespace akv::test {

/// The current case does not check what it is there for: `why` ("no interface descriptions in …").
/// Printed at the end of the run, whatever the log level, unless something failed: that is what
/// counts then. One thread, inside a case. Defined beside the runner, in main.cpp.
void say_skipped(const std::string& why);

}  // namespace akv::test
