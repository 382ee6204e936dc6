#include "akv/provision/cli/run.hpp"

#include "akv/emulator/emulator.hpp"
#include "akv/emulator/sqlite.hpp"
#include "akv/emulator/store_error.hpp"
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/help.hpp"
#include "akv/provision/cli/inputs.hpp"
#include "akv/provision/cli/plan_file.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <new>

namespace akv::cli {
namespace {

int show_help(const Arguments& arguments, Output& output) {
  if (arguments.files.size() > 1)
    throw UsageError(
        "akv help takes one topic, but got " + manifest::quoted(arguments.files[1]) + " too",
        "akv help " + arguments.files.front());
  if (arguments.files.empty()) {
    output.report(help());
    return exit_done;
  }
  const std::string& topic = arguments.files.front();
  if (topic == "exit-codes") {
    output.report(help_on_exit_codes());
    return exit_done;
  }
  if (topic == "checks") {
    output.report(help_on_checks());
    return exit_done;
  }
  const CommandSpec* command = find_command(topic);
  if (command == nullptr) {
    std::vector<std::string_view> names = {"checks", "exit-codes"};
    for (const CommandSpec& known : commands()) names.push_back(known.name);
    throw UsageError("there is no help on " + manifest::quoted(topic),
                     manifest::did_you_mean(topic, names, "akv help lists the commands"));
  }
  output.report(help_on(*command));
  return exit_done;
}

int dispatch(const Arguments& arguments, const Environment& environment, Output& output) {
  const std::string_view name = arguments.command->name;
  if (name == "validate") return validate(environment, output);
  if (name == "plan") return plan(environment, output);
  if (name == "show") return show_saved(environment, output);
  if (name == "check") return check(environment, output);
  if (name == "drift") return drift(environment, output);
  if (name == "render") return render(environment, output);
  if (name == "schema") return schema(output);
  if (name == "doctor") return doctor(environment, output);
  if (name == "export") return export_vaults(environment, output);
  if (name == "whoami") return whoami(environment, output);
  if (name == "apply") return apply(environment, output);
  if (name == "teardown") return teardown(environment, output);
  return run_emulator(arguments, environment, output);
}

/// `akv --version` and `akv --help` are whole command lines.
int answer_option(const std::vector<std::string>& args, Output& output) {
  if (args.size() > 1)
    throw UsageError(
        "akv " + args.front() + " takes nothing behind it, but got " + manifest::quoted(args[1]),
        "options follow a command; akv help lists the commands");
  output.report(args.front() == "--version" ? version() : help());
  return exit_done;
}

int run_command(const std::vector<std::string>& args, const Environment& environment,
                Output& output) {
  const std::string& first = args.front();
  if (first == "--version" || first == "--help" || first == "-h")
    return answer_option(args, output);
  const Arguments arguments = parse_arguments(args);
  if (arguments.has("--help")) {
    output.report(help_on(*arguments.command));
    return exit_done;
  }
  if (arguments.command->name == "help") return show_help(arguments, output);
  output.configure(read_settings(arguments, environment));
  return dispatch(arguments, environment, output);
}

void show_mistakes(std::vector<manifest::Diagnostic> mistakes, std::size_t files, report::Sent sent,
                   Output& output) {
  if (output.json()) {
    const std::vector<manifest::Diagnostic>& warnings = output.aside().diagnostics;
    mistakes.insert(mistakes.begin(), warnings.begin(), warnings.end());
    output.report(report::diagnostics_json(mistakes));
  } else {
    output.message(report::diagnostics_text(mistakes, files, sent));
  }
}

/// The option that puts the emulator's store elsewhere: inside akv, or served.
std::string other_store(const Settings& settings) {
  return settings.emulator ? "--emulator=FILE" : "--store FILE";
}

/// The disk of the emulator's store is full, cannot be written, or holds something else.
report::Trouble store_trouble(const std::string& message, const Settings& settings) {
  return {"store", message,
          "make room or rights for that file, or name another: " + other_store(settings), ""};
}

/// Every failure becomes its exit code here, and nowhere else.
int guarded(const std::vector<std::string>& args, const Environment& environment, Output& output) {
  const Interrupts& interrupts = environment.interrupts;
  try {
    return run_command(args, environment, output);
  } catch (const UsageError& error) {
    Settings settings;
    if (wants_json(args)) settings.format = report::Format::json;
    output.configure(settings);
    output.trouble({"usage", error.what(), error.remedy, ""});
    return exit_usage;
  } catch (const ManifestError& error) {
    show_mistakes(error.diagnostics, error.files, report::Sent::nothing, output);
    return exit_failed;
  } catch (const kinds::NameMistakes& error) {
    show_mistakes(error.diagnostics, error.files, report::Sent::reads, output);
    return exit_failed;
  } catch (const PlanFileError& error) {
    output.trouble({"saved-plan", error.what(), error.remedy, ""});
    return exit_failed;
  } catch (const emulator::StoreBusy& error) {
    output.trouble(
        {"busy", error.what(),
         "end the other process, or name another file: " + other_store(output.settings()), ""});
    return exit_busy;
  } catch (const AzureError& error) {
    if (interrupts.first.stop_requested()) {
      output.trouble({"interrupted", "interrupted, nothing was written", "", ""});
      return exit_signal_base + interrupts.signal();
    }
    output.trouble(report::explain(error));
    return exit_failed;
  } catch (const std::bad_alloc&) {
    output.trouble({"out-of-memory", "there is not enough memory", "", ""});
    return exit_failed;
  } catch (const emulator::SqlError& error) {
    const Settings& settings = output.settings();
    output.trouble(store_trouble("cannot use the emulator's store " +
                                     settings.emulator.value_or(settings.store) + ": " +
                                     error.what(),
                                 settings));
    return exit_failed;
  } catch (const emulator::StoreError& error) {
    output.trouble(store_trouble(error.what(), output.settings()));
    return exit_failed;
  } catch (const std::exception& error) {
    output.trouble({"failed", error.what(), "", ""});
    return exit_failed;
  }
}

int run_any(const std::vector<std::string>& args, const Environment& environment, Output& output) {
  if (args.empty()) {
    output.message(help());
    return exit_usage;
  }
  return guarded(args, environment, output);
}

/// What only looks has done nothing where nobody got to see it.
bool only_looks(const std::vector<std::string>& args) {
  const CommandSpec* command = args.empty() ? nullptr : find_command(args.front());
  return command == nullptr || command->group != Group::change;
}

}  // namespace

int run(const std::vector<std::string>& args, Streams& streams, const Environment& environment) {
  Output output(streams, environment);
  const int code = run_any(args, environment, output);
  const bool failed = output.report_is_lost() && only_looks(args) && code != exit_usage;
  return failed ? exit_failed : code;
}

bool goes_online(const std::vector<std::string>& args) {
  static constexpr std::string_view online[] = {"plan",     "apply",  "drift",  "check",
                                                "teardown", "export", "doctor", "whoami"};
  if (args.empty() ||
      std::find(std::begin(online), std::end(online), args.front()) == std::end(online))
    return false;
  return std::none_of(args.begin(), args.end(), [](const std::string& word) {
    return word == "--offline" || word == "--emulator" || word.starts_with("--emulator=");
  });
}

}  // namespace akv::cli
