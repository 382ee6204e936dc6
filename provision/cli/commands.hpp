/// The commands and options there are: one table for the parser, the help and "did you mean". What
/// does not work yet does not stand in it.
#pragma once
#include <span>
#include <string_view>

namespace akv::cli {

/// Constant data with static lifetime, as is CommandSpec.
struct OptionSpec {
  std::string_view name;     ///< `--set`
  std::string_view value{};  ///< `NAME=VALUE`; empty: a switch.
  std::string_view help{};
  char letter = '\0';  ///< `o` for -o
  std::string_view
      without{};         ///< Set: the value is optional, needs `=`, and this one stands for it.
  bool repeats = false;  ///< One value each time.
};

enum class Group { look, change, attempt, about };

struct CommandSpec {
  std::string_view name;
  std::string_view summary;   ///< For `akv help`: half a line.
  std::string_view about;     ///< For `akv help COMMAND`: a sentence or two.
  std::string_view usage;     ///< `FILE... [options]`
  std::string_view examples;  ///< Lines, each with its line feed.
  std::string_view exits;     ///< `0 done, 1 error, …`
  Group group;
  std::span<const std::string_view> options;  ///< Names in the order of the help.
  bool files = false;                         ///< Takes FILE...
  std::span<const std::string_view> forms{};  ///< Of its report, with -o; the first is the default.
};

std::span<const CommandSpec> commands();
const CommandSpec* find_command(std::string_view name);
const OptionSpec& option(std::string_view name);  ///< Asserts that it is there.

}  // namespace akv::cli
