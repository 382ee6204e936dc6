/// Signals as stop tokens: blocked everywhere, taken by one thread.
#pragma once
#include "akv/provision/cli/environment.hpp"

#include <csignal>
#include <functional>
#include <memory>
#include <thread>

namespace akv::cli {

/// For main only, one in a process. Block first, before any other thread starts; then listen.
class Signals {
 public:
  /// Blocks SIGINT, SIGTERM and SIGHUP in this thread and all that it starts, and ignores SIGPIPE.
  /// A signal that is ignored already (nohup) stays so.
  Signals();
  /// Ends the thread.
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// Starts the thread. `on_first` runs on it, once.
  void listen(std::function<void()> on_first);
  Interrupts interrupts() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
  sigset_t set_;
  std::thread thread_;
};

}  // namespace akv::cli
