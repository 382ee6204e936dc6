#include "akv/mgmt/identity/detail/command.hpp"

#include "akv/mgmt/identity/detail/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace akv::identity::detail {
namespace {

using std::chrono::milliseconds;
using Ending = CommandResult::Ending;

// How long an end, or a stop request, may go unseen.
constexpr milliseconds slice{20};

struct Pipe {
  Descriptor from, to;
  bool open() {
    int ends[2];
    // Without O_CLOEXEC a program that another thread starts would keep it open.
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    from = Descriptor(ends[0]);
    to = Descriptor(ends[1]);
    return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
  }
};

/// The strings and the array of pointers that exec wants.
class ExecList {
 public:
  void add(std::string text) { texts_.push_back(std::move(text)); }
  /// Good until this object changes or ends.
  char** data() {
    pointers_.clear();
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
    return pointers_.data();
  }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

struct SpawnSettings {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  SpawnSettings(int out, int err) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    posix_spawn_file_actions_addchdir_np(&actions, "/");
    posix_spawnattr_init(&attributes);
    // The caller may block or ignore signals; the program must not inherit that.
    sigset_t none, defaults;
    sigemptyset(&none);
    sigfillset(&defaults);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
};

/// A running program and what it has printed so far.
class Child {
 public:
  explicit Child(const Command& command)
      : max_output_(command.max_output), hears_those_left_(command.hears_those_left) {
    if (!out_.open() || !err_.open()) {
      result_.reason = std::generic_category().message(errno);
      return;
    }
    ExecList arguments, environment;
    for (const std::string& argument : command.arguments) arguments.add(argument);
    for (const auto& [name, value] : command.environment) {
      std::string entry = name;
      entry.append("=").append(value);
      environment.add(std::move(entry));
    }
    const SpawnSettings settings(out_.to.get(), err_.to.get());
    const int error = posix_spawn(&pid_, command.arguments.front().c_str(), &settings.actions,
                                  &settings.attributes, arguments.data(), environment.data());
    if (error != 0) {
      pid_ = -1;
      result_.reason = std::generic_category().message(error);
    }
    out_.to.close();
    err_.to.close();
  }
  ~Child() {
    if (pid_ > 0) kill_group();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool is_running() const { return pid_ > 0; }

  CommandResult run(std::chrono::steady_clock::time_point until, const Context& context) {
    while (is_running()) {
      // Looked at before reading, so that all it printed before its end is read.
      const bool over = has_ended();
      wait_for_output(over ? milliseconds(0) : slice);
      if (!read(out_.from, result_.out) || !read(err_.from, result_.err))
        end(Ending::too_long);
      else if (over)
        reap();
      else if (is_ended(context))
        end(Ending::stopped);
      else if (std::chrono::steady_clock::now() >= until)
        end(Ending::timed_out);
    }
    const bool left = result_.ending == Ending::exited || result_.ending == Ending::unknown;
    if (hears_those_left_ && left) hear_those_left(until, context);
    return std::move(result_);
  }

 private:
  /// They are not ours to end.
  void hear_those_left(std::chrono::steady_clock::time_point until, const Context& context) {
    while ((out_.from.is_open() || err_.from.is_open()) && !is_ended(context) &&
           std::chrono::steady_clock::now() < until) {
      wait_for_output(slice);
      if (!read(out_.from, result_.out) || !read(err_.from, result_.err)) return;
    }
  }

  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == pid_;
  }

  static bool is_ended(const Context& context) {
    return context.stop.stop_requested() ||
           (context.deadline && context.clock->steady_now() >= *context.deadline);
  }

  void wait_for_output(milliseconds patience) const {
    std::array<pollfd, 2> waits{pollfd{out_.from.get(), POLLIN, 0},
                                pollfd{err_.from.get(), POLLIN, 0}};
    // A closed one has the number -1, which poll skips.
    (void)::poll(waits.data(), waits.size(), static_cast<int>(patience.count()));
  }

  /// All that is there. False when it is more than allowed.
  bool read(Descriptor& from, std::string& to) const {
    char block[4096];
    while (from.is_open()) {
      const ssize_t got = ::read(from.get(), block, sizeof block);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return true;
      if (got <= 0) {
        from.close();
        return true;
      }
      if (static_cast<std::size_t>(got) > max_output_ - to.size()) return false;
      to.append(block, static_cast<std::size_t>(got));
    }
    return true;
  }

  void reap() {
    int status = 0;
    pid_t reaped = 0;
    do {
      reaped = ::waitpid(pid_, &status, 0);
    } while (reaped < 0 && errno == EINTR);
    pid_ = -1;
    if (reaped < 0) {
      result_.ending = Ending::unknown;
      return;
    }
    result_.ending = WIFEXITED(status) ? Ending::exited : Ending::signalled;
    result_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  }

  void end(Ending ending) {
    kill_group();
    result_.ending = ending;
  }

  void kill_group() {
    ::kill(-pid_, SIGKILL);
    reap();
  }

  const std::size_t max_output_;
  const bool hears_those_left_;
  Pipe out_, err_;
  pid_t pid_ = -1;
  CommandResult result_;
};

}  // namespace

CommandResult run_command(const Command& command, const Context& context) {
  const auto until = std::chrono::steady_clock::now() + command.timeout;
  Child child(command);
  return child.run(until, context);
}

std::optional<std::string> find_program(std::string_view name, const Environment& environment) {
  const auto path = environment.find("PATH");
  if (path == environment.end()) return std::nullopt;
  std::string_view rest = path->second;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (!folder.starts_with('/')) continue;
    std::string file = std::string(folder) + "/" + std::string(name);
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
        ::access(file.c_str(), X_OK) == 0)
      return file;
  }
  return std::nullopt;
}

}  // namespace akv::identity::detail
