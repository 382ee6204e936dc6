/// The help texts, made from the table of commands.
#pragma once
#include "akv/provision/cli/commands.hpp"

#include <string>

namespace akv::cli {

std::string help();
std::string help_on(const CommandSpec& command);
std::string help_on_exit_codes();
std::string version();

}  // namespace akv::cli
