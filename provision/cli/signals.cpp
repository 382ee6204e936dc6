#include "akv/provision/cli/signals.hpp"

#include <atomic>

namespace akv::cli {

struct Signals::State {
  std::stop_source first, second;
  std::atomic<int> signal{0};
  std::atomic<bool> over{false};
};

Signals::Signals() : state_(std::make_shared<State>()) {
  sigemptyset(&set_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction present {};
    sigaction(signal, nullptr, &present);
    if (present.sa_handler != SIG_IGN) sigaddset(&set_, signal);
  }
  // To wake the thread at the end: kept out of everybody else's way by being blocked too.
  sigaddset(&set_, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void Signals::listen(std::function<void()> on_first) {
  thread_ = std::thread([state = state_, set = set_, on_first = std::move(on_first)] {
    for (;;) {
      int signal = 0;
      if (sigwait(&set, &signal) != 0 || state->over) return;
      if (signal == SIGUSR2) continue;
      if (int none = 0; state->signal.compare_exchange_strong(none, signal)) {
        on_first();
        state->first.request_stop();
      } else {
        state->second.request_stop();
      }
    }
  });
}

Signals::~Signals() {
  if (!thread_.joinable()) return;
  state_->over = true;
  pthread_kill(thread_.native_handle(), SIGUSR2);
  thread_.join();
}

Interrupts Signals::interrupts() const {
  Interrupts out;
  out.first = state_->first.get_token();
  out.second = state_->second.get_token();
  out.signal = [state = state_] { return state->signal.load(); };
  return out;
}

}  // namespace akv::cli
