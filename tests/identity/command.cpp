#include "akv/mgmt/identity/detail/command.hpp"

#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace akv;
using namespace akv::identity;
using namespace akv::identity::detail;
using namespace std::chrono_literals;
using Ending = CommandResult::Ending;

namespace akv::identity::detail {
static std::ostream& operator<<(std::ostream& out, CommandResult::Ending ending) {
  return out << static_cast<int>(ending);
}
}  // namespace akv::identity::detail

namespace {

struct Fixture {
  test::TemporaryFolder folder;
  Context context;
  Environment environment{{"PATH", "/usr/bin:/bin"}};

  Command shell(const std::string& script) const {
    return {.arguments = {"/bin/sh", "-c", script}, .environment = environment, .timeout = 60s};
  }
  CommandResult run(const std::string& script) const { return run_command(shell(script), context); }
  std::string make_file(const std::string& name, mode_t mode) const {
    const std::string path = (folder / name).string();
    ::close(::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    ::chmod(path.c_str(), mode);
    return path;
  }
};

/// The reading end of a pipe with a name: it is at its end once all who wrote to it are gone.
class NamedPipe {
 public:
  explicit NamedPipe(std::string path) : path_(std::move(path)) {
    ::mkfifo(path_.c_str(), 0600);
    fd_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  }
  ~NamedPipe() { ::close(fd_); }
  NamedPipe(const NamedPipe&) = delete;
  NamedPipe& operator=(const NamedPipe&) = delete;
  const std::string& path() const { return path_; }
  /// Waits for a byte; false at the end, or after a minute.
  bool has_byte() const {
    pollfd wait{fd_, POLLIN, 0};
    char byte = 0;
    return ::poll(&wait, 1, 60000) == 1 && ::read(fd_, &byte, 1) == 1;
  }

 private:
  std::string path_;
  int fd_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(command, Fixture)

BOOST_AUTO_TEST_CASE(both_streams_and_the_exit_code_arrive) {
  const CommandResult result = run("printf out; printf err >&2; exit 3");
  BOOST_TEST(result.ending == Ending::exited);
  BOOST_TEST(result.exit_code == 3);
  BOOST_TEST(result.out == "out");
  BOOST_TEST(result.err == "err");
}

BOOST_AUTO_TEST_CASE(arguments_are_no_shells_text) {
  const CommandResult result =
      run_command({.arguments = {"/bin/sh", "-c", R"(printf %s "$1")", "sh", "$(echo x); `y` \"'"},
                   .environment = environment,
                   .timeout = 60s},
                  context);
  BOOST_TEST(result.out == "$(echo x); `y` \"'");
}

BOOST_AUTO_TEST_CASE(it_gets_the_given_environment_no_input_and_the_root_folder) {
  environment["ONE"] = "1";
  const CommandResult result = run("pwd; cat; env");
  BOOST_TEST(result.out.starts_with("/\n"), result.out);
  BOOST_TEST(result.out.find("ONE=1\n") != std::string::npos);
  BOOST_TEST(result.out.find("HOME=") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(blocked_signals_are_not_inherited) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  const CommandResult result = run("kill -TERM $$; echo survived");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  BOOST_TEST(result.ending == Ending::signalled);
  BOOST_TEST(result.exit_code == SIGTERM);
  BOOST_TEST(result.out == "");
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_be_started_says_why) {
  const auto start = [&](const std::string& file) {
    return run_command({.arguments = {file}, .environment = environment}, context);
  };
  CommandResult result = start((folder / "absent").string());
  BOOST_TEST(result.ending == Ending::not_started);
  BOOST_TEST(result.reason == "No such file or directory");
  result = start(make_file("text", 0700));
  BOOST_TEST(result.ending == Ending::not_started);
  BOOST_TEST(result.reason == "Exec format error");
}

BOOST_AUTO_TEST_CASE(output_of_the_cap_is_taken_and_not_a_byte_more) {
  for (const char* const to : {"", " >&2"}) {
    Command command = shell(std::string("head -c 100000 /dev/zero") + to);
    command.max_output = 100000;
    CommandResult result = run_command(command, context);
    BOOST_TEST(result.ending == Ending::exited);
    BOOST_TEST((result.out + result.err).size() == 100000u);
    command.max_output = 99999;
    BOOST_TEST(run_command(command, context).ending == Ending::too_long);
  }
}

BOOST_AUTO_TEST_CASE(a_program_that_never_stops_printing_is_killed) {
  Command command = shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
  command.max_output = 1000;
  BOOST_TEST(run_command(command, context).ending == Ending::too_long);
}

BOOST_AUTO_TEST_CASE(a_program_that_hangs_is_killed_in_time) {
  Command command = shell("echo started; exec sleep 600");
  command.timeout = 300ms;
  BOOST_TEST(run_command(command, context).ending == Ending::timed_out);
}

BOOST_AUTO_TEST_CASE(all_that_it_started_goes_with_it) {
  const NamedPipe pipe((folder / "pipe").string());
  std::stop_source source;
  context.stop = source.get_token();
  CommandResult result;
  std::thread runner(
      [&] { result = run("sh -c 'exec 3>" + pipe.path() + "; echo >&3; sleep 600' & wait"); });
  BOOST_TEST(pipe.has_byte());
  source.request_stop();
  runner.join();
  BOOST_TEST(result.ending == Ending::stopped);
  BOOST_TEST(!pipe.has_byte());
}

BOOST_AUTO_TEST_CASE(the_contexts_deadline_ends_it) {
  test::FakeClock clock;
  context.clock = &clock;
  context.deadline = clock.steady_now();
  BOOST_TEST(run("exec sleep 600").ending == Ending::stopped);
}

BOOST_AUTO_TEST_CASE(what_it_leaves_behind_does_not_hold_it_up) {
  const NamedPipe pipe((folder / "pipe").string());
  const CommandResult result =
      run("sh -c 'exec 3>" + pipe.path() + "; echo >&3; exec sleep 2' & echo done");
  BOOST_TEST(result.ending == Ending::exited);
  BOOST_TEST(result.out == "done\n");
  BOOST_TEST(pipe.has_byte());  // it went on
}

BOOST_AUTO_TEST_CASE(what_it_leaves_behind_is_heard_where_that_is_asked_for_until_time_is_up) {
  const NamedPipe pipe((folder / "pipe").string());
  // Until the shell's end was seen.
  Command command =
      shell("{ while kill -0 $$ 2>/dev/null; do :; done; echo late; } & echo done; exit 3");
  command.hears_those_left = true;
  CommandResult result = run_command(command, context);
  BOOST_TEST(result.ending == Ending::exited);
  BOOST_TEST(result.exit_code == 3);
  BOOST_TEST(result.out == "done\nlate\n");
  command = shell("sh -c 'exec 3>" + pipe.path() + "; echo >&3; exec sleep 2' & echo done");
  command.hears_those_left = true;
  command.timeout = 300ms;
  result = run_command(command, context);
  BOOST_TEST(result.ending == Ending::exited);
  BOOST_TEST(result.out == "done\n");
  BOOST_TEST(pipe.has_byte());
}

BOOST_AUTO_TEST_CASE(a_program_is_found_in_the_absolute_folders_of_path) {
  const std::string here = folder.path().string();
  environment["PATH"] = "relative::.:" + here + "/absent:" + here;
  BOOST_TEST(!find_program("az", environment).has_value());
  make_file("az", 0600);  // root may run nothing that nobody may run
  BOOST_TEST(!find_program("az", environment).has_value());
  const std::string path = make_file("az", 0700);
  BOOST_TEST(find_program("az", environment).value() == path);
  std::filesystem::create_directory(folder / "azd");
  BOOST_TEST(!find_program("azd", environment).has_value());
  BOOST_TEST(!find_program("az", {}).has_value());
}

// As in a program that does not care for its children, or whose other parts wait for all of them.
BOOST_AUTO_TEST_CASE(how_it_ended_may_be_known_to_nobody) {
  struct sigaction ignore {
  }, before{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGCHLD, &ignore, &before);
  const CommandResult result = run("printf out; exit 3");
  Command hanging = shell("exec sleep 600");
  hanging.timeout = 100ms;
  const CommandResult hung = run_command(hanging, context);
  ::sigaction(SIGCHLD, &before, nullptr);
  BOOST_TEST(result.ending == Ending::unknown);
  BOOST_TEST(result.out == "out");
  BOOST_TEST(hung.ending == Ending::timed_out);
}

BOOST_AUTO_TEST_SUITE_END()
