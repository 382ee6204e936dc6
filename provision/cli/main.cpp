#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/identity/environment.hpp"
#include "akv/provision/cli/run.hpp"
#include "akv/provision/cli/signals.hpp"
#include "akv/provision/cli/terminal.hpp"

#include <iostream>
#include <unistd.h>

int main(int argc, char** argv) {
  using namespace akv;
  cli::hold_standard_descriptors();
  const std::vector<std::string> args(argv + 1, argv + argc);
  cli::Environment environment;
  environment.variables = identity::process_environment();
  environment.process_id = getpid();
  cli::Signals signals;
  // Before any thread: it sets variables of the process.
  if (cli::goes_online(args)) http::prepare_process();

  cli::Streams streams = cli::process_streams();
  const bool plain = args.empty() || args.front().starts_with("-") || args.front() == "help";
  if (!plain)
    signals.listen([] {
      constexpr std::string_view text =
          "\nakv: stopping: nothing new begins, waiting for what is in flight (once more to stop "
          "waiting)\n";
      // Straight to the descriptor: the stream belongs to the other threads.
      if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
    });
  environment.interrupts = signals.interrupts();
  return cli::run(args, streams, environment);
}
