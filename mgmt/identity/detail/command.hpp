/// Runs a program and takes what it prints.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/identity/environment.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::identity::detail {

struct Command {
  /// The program's absolute path, then its arguments as they are: there is no shell.
  std::vector<std::string> arguments;
  Environment environment;  ///< All that it gets.
  /// On the machine's own clock; the context's deadline ends it too.
  std::chrono::milliseconds timeout{10000};
  std::size_t max_output = std::size_t{1} << 20;  ///< Of each stream, in bytes.
  /// Also takes what processes print that it leaves behind, until they end or time is up.
  bool hears_those_left = false;
};

struct CommandResult {
  enum class Ending {
    exited,       ///< With `exit_code`.
    signalled,    ///< It was ended by a signal that we did not send.
    unknown,      ///< It ended, and nobody can say how: this process ignores SIGCHLD, or another
                  ///< part of it waits for all children.
    not_started,  ///< `reason` says why.
    timed_out,    ///< Killed, like the two below.
    too_long,     ///< It printed more than max_output.
    stopped,      ///< The context ended first.
  };
  Ending ending = Ending::not_started;
  int exit_code = 0;
  std::string reason;
  std::string out, err;
};

/// Runs it to its end, in `/`, without input, in a process group of its own: all of the group is
/// killed when it takes too long, prints too much or the context ends. A process that it leaves
/// behind when it exits is left alone. Throws nothing for what the program does.
CommandResult run_command(const Command& command, const Context& context);

/// Where the PATH of `environment` has a program of that name; nullopt where it does not. Only
/// absolute folders count, so that nobody's working folder can put its own az there.
std::optional<std::string> find_program(std::string_view name, const Environment& environment);

}  // namespace akv::identity::detail
