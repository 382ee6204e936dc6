#include "akv/provision/cli/arguments.hpp"

#include "akv/provision/manifest/suggest.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

namespace akv::cli {
namespace {

std::string more_about(const CommandSpec& command) {
  return "akv help " + std::string(command.name);
}

std::string shown(const OptionSpec& spec) {
  std::string text(spec.name);
  if (spec.value.empty()) return text;
  const bool optional = !spec.without.empty();
  return text + (optional ? "[=" : " ") + std::string(spec.value) + (optional ? "]" : "");
}

/// The names as CLI11 wants them: `-o,--output`, `--emulator{default}`.
std::string cli11_names(const OptionSpec& spec) {
  std::string names;
  if (spec.letter != '\0') names = std::string("-") + spec.letter + ",";
  names += spec.name;
  if (!spec.without.empty()) names += "{" + std::string(spec.without) + "}";
  return names;
}

CLI::Option* add(CLI::App& app, const OptionSpec& spec) {
  if (spec.value.empty()) return app.add_flag(cli11_names(spec))->disable_flag_override();
  // A flag takes its value only after "=": so `--emulator file.yaml` leaves the file a file.
  if (!spec.without.empty()) return app.add_flag(cli11_names(spec));
  return app.add_option(cli11_names(spec))->expected(1, -1)->allow_extra_args(false);
}

[[noreturn]] void refuse_command(const std::string& given) {
  std::vector<std::string_view> names;
  for (const CommandSpec& command : commands()) names.push_back(command.name);
  throw UsageError("unknown command " + manifest::quoted(given),
                   manifest::did_you_mean(given, names, "akv help lists the commands"));
}

[[noreturn]] void refuse_option(const std::string& given, const CommandSpec& command) {
  const std::string name = given.substr(0, given.find('='));
  const bool elsewhere =
      std::any_of(commands().begin(), commands().end(), [&](const CommandSpec& other) {
        return std::find(other.options.begin(), other.options.end(), name) != other.options.end();
      });
  if (elsewhere)
    throw UsageError("akv " + std::string(command.name) + " does not take " + name,
                     more_about(command));
  throw UsageError("unknown option " + manifest::quoted(name),
                   manifest::did_you_mean(name, command.options, more_about(command)));
}

/// CLI11 begins its messages with the option's name, with or without its dashes.
const OptionSpec* option_in(const std::string& message, const CommandSpec& command) {
  std::string_view word(message);
  word = word.substr(0, word.find_first_of(": "));
  for (const std::string_view name : command.options)
    if (word == name || word == name.substr(2)) return &option(name);
  return nullptr;
}

[[noreturn]] void refuse_value(const CLI::ParseError& error, const CommandSpec& command) {
  const std::string message = error.what();
  const OptionSpec* spec = option_in(message, command);
  if (spec == nullptr) throw UsageError(message, more_about(command));
  if (spec->value.empty())
    throw UsageError(std::string(spec->name) + " takes no value", more_about(command));
  throw UsageError(std::string(spec->name) + " needs a value: " + shown(*spec),
                   more_about(command));
}

}  // namespace

std::optional<std::string> Arguments::value(std::string_view name) const {
  const auto found = options.find(name);
  if (found == options.end()) return std::nullopt;
  return found->second.back();
}

const std::vector<std::string>& Arguments::values(std::string_view name) const {
  static const auto* const none = new std::vector<std::string>;
  const auto found = options.find(name);
  return found == options.end() ? *none : found->second;
}

Arguments parse_arguments(const std::vector<std::string>& args) {
  Arguments out;
  out.command = find_command(args.front());
  if (out.command == nullptr && args.front().starts_with("-"))
    throw UsageError("expected a command before " + manifest::quoted(args.front()),
                     "akv help lists the commands; options follow the command");
  if (out.command == nullptr) refuse_command(args.front());
  const CommandSpec& command = *out.command;

  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<std::pair<const OptionSpec*, CLI::Option*>> added;
  for (const std::string_view name : command.options)
    added.emplace_back(&option(name), add(app, option(name)));

  // CLI11 takes words from the back. What follows "--" are files, whatever they look like.
  const auto end = std::find(args.begin() + 1, args.end(), "--");
  std::vector<std::string> words(args.begin() + 1, end);
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    refuse_value(error, command);
  }
  // Files are what is left over: CLI11 2.1 hands nothing to an optional positional beside flags.
  for (const std::string& extra : app.remaining()) {
    if (extra.starts_with("-") && extra != "-") refuse_option(extra, command);
    out.files.push_back(extra);
  }
  if (end != args.end()) out.files.insert(out.files.end(), end + 1, args.end());

  for (const auto& [spec, parsed] : added) {
    if (parsed->count() == 0) continue;
    if (parsed->count() > 1 && !spec->repeats && !spec->value.empty())
      throw UsageError(std::string(spec->name) + " is given more than once", more_about(command));
    out.options[std::string(spec->name)] = parsed->results();
  }
  if (!command.files && !out.files.empty())
    throw UsageError("akv " + std::string(command.name) + " takes no file, but got " +
                         manifest::quoted(out.files.front()),
                     more_about(command));
  return out;
}

bool wants_json(const std::vector<std::string>& args) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "-ojson" || args[i] == "-o=json" || args[i] == "--output=json") return true;
    if ((args[i] == "-o" || args[i] == "--output") && i + 1 < args.size() && args[i + 1] == "json")
      return true;
  }
  return false;
}

}  // namespace akv::cli
