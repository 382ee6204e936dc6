/// The words of a command line, sorted by the table of commands.
#pragma once
#include "akv/provision/cli/commands.hpp"

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace akv::cli {

/// The command line is wrong: exit code 64.
struct UsageError : std::runtime_error {
  /// `remedy` names the help to read, or what was probably meant.
  UsageError(const std::string& message, std::string remedy_text)
      : std::runtime_error(message), remedy(std::move(remedy_text)) {}
  std::string remedy;
};

struct Arguments {
  const CommandSpec* command = nullptr;
  std::vector<std::string> files;
  std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< By `--name`.

  bool has(std::string_view name) const { return options.find(name) != options.end(); }
  std::optional<std::string> value(std::string_view name) const;
  const std::vector<std::string>& values(std::string_view name) const;
};

/// `args` without the program's name, beginning with the command. Throws UsageError.
Arguments parse_arguments(const std::vector<std::string>& args);

/// Whether the words ask for JSON, judged before and without parsing: an error in the command line
/// is reported in the form that was asked for.
bool wants_json(const std::vector<std::string>& args);

}  // namespace akv::cli
