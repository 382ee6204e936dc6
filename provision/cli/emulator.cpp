// emulator: Azure Resource Manager on this machine, until interrupted.
#include "akv/emulator/emulator.hpp"

#include "akv/emulator/exports.hpp"
#include "akv/emulator/faults.hpp"
#include "akv/emulator/listener.hpp"
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "akv/provision/cli/inputs.hpp"
#include "akv/provision/engine/shell_word.hpp"
#include "akv/provision/report/detail/layout.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace akv::cli {
namespace {

void wait_for_interrupt(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  ended.wait(lock, stop, [] { return false; });
}

/// Throws ManifestError: a mistake of a file that the user named.
[[noreturn]] void refuse_faults(const std::string& file, std::string message) {
  throw ManifestError({{.file = file, .code = "faults", .message = std::move(message)}}, 1);
}

json::Document read_faults(const std::string& name, const std::stop_token& stop) {
  const manifest::Files::Text file = read_input(name, emulator::max_faults_file, stop);
  if (!file.text) refuse_faults(name, "cannot be read: " + file.fault);
  if (file.text->size() > emulator::max_faults_file) refuse_faults(name, "is longer than 4 MiB");
  return json::Document::parse(*file.text);
}

void set_faults(emulator::Emulator& service, const std::string& file, const std::stop_token& stop) {
  try {
    service.set_faults(read_faults(file, stop));
  } catch (const FormatError& error) {
    refuse_faults(file, error.info().message);  // with the place in the file
  }
}

int serve(const Environment& environment, Output& output, long process_id) {
  const Settings& settings = output.settings();
  emulator::Options options;
  options.store = settings.store;
  options.clock = environment.clock;
  options.throttle = settings.throttle;
  if (settings.azure_pace) emulator::use_recorded_delays(options);
  const auto service = std::make_shared<emulator::Emulator>(std::move(options));
  if (!settings.faults.empty()) set_faults(*service, settings.faults, environment.interrupts.first);
  const emulator::Authority authority =
      emulator::open_authority(emulator::authority_folder(settings.store), *environment.clock);
  emulator::ListenerOptions listener_options;
  listener_options.port = settings.port;
  listener_options.proxy_port = settings.proxy;
  const emulator::Listener listener(service, authority, listener_options);

  emulator::Running running;
  running.base_url = listener.base_url();
  running.proxy_url = listener.proxy_url();
  running.ca_file = std::filesystem::absolute(authority.ca_file);
  running.bundle_file = std::filesystem::absolute(authority.bundle_file);
  running.identity = service->identity();
  running.pid = process_id;
  const emulator::RunningFile announcement(emulator::running_file(settings.store), running);
  const std::string store = report::printable(settings.store);
  output.report("Azure Resource Manager on " + listener.base_url() + ", kept in " + store +
                "\nIn another shell: eval \"$(akv emulator env" +
                (settings.store == ".akv/emulator.db"
                     ? std::string()
                     : " --store " + report::printable(engine::shell_word(settings.store))) +
                ")\"\n" +
                (running.proxy_url.empty()
                     ? std::string()
                     : "Proxy for Azure's own names on " + running.proxy_url + "\n") +
                "It ends with Ctrl-C.\n");
  wait_for_interrupt(environment.interrupts.first);
  return exit_done;
}

int print_exports(Output& output) {
  const std::string& store = output.settings().store;
  const auto running = emulator::find_running(emulator::running_file(store));
  if (!running) {
    output.trouble({"no-emulator", "no emulator is running on " + store,
                    "start one in another shell: akv emulator --store " + engine::shell_word(store),
                    ""});
    return exit_failed;
  }
  output.report(emulator::shell_exports(*running));
  return exit_done;
}

}  // namespace

int run_emulator(const Arguments& arguments, const Environment& environment, Output& output) {
  if (arguments.files.empty()) return serve(environment, output, environment.process_id);
  if (arguments.files.size() > 1 || arguments.files.front() != "env")
    throw UsageError("akv emulator takes nothing or env", "akv help emulator");
  return print_exports(output);
}

}  // namespace akv::cli
