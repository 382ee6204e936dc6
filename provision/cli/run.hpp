/// The whole program but for the process around it.
#pragma once
#include "akv/provision/cli/environment.hpp"

#include <string>
#include <vector>

namespace akv::cli {

/// `args` without the program's name. Returns the exit code; throws nothing.
int run(const std::vector<std::string>& args, Streams& streams, const Environment& environment);

/// Whether the command will open a connection: main prepares the process for that beforehand.
bool goes_online(const std::vector<std::string>& args);

}  // namespace akv::cli
