// Pipes and devices in place of files: read where somebody writes, given up where nobody does.
#include "akv/mgmt/core/errors.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace akv;
using test::Console;
using test::contains;

namespace {

constexpr const char* subscription = "9c0d0000-0000-4000-8000-000000000003";

/// An end of a pipe that a test holds open.
class End {
 public:
  End(const std::string& path, int mode) : number_(::open(path.c_str(), mode | O_CLOEXEC)) {
    BOOST_REQUIRE(number_ >= 0);
  }
  ~End() { ::close(number_); }
  End(const End&) = delete;
  End& operator=(const End&) = delete;
  void write(const std::string& text) const {
    BOOST_REQUIRE(::write(number_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }

 private:
  int number_;
};

struct WithPipe : Console {
  std::string pipe = (folder / "pipe").string();
  std::string manifest = file("quickstart.yaml", test::small_manifest());
  WithPipe() { BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(input_files, WithPipe)

BOOST_AUTO_TEST_CASE(a_pipe_that_nobody_writes_to_is_no_file_of_any_sort) {
  const std::string words = "cannot be read: nobody writes to this pipe";
  const std::vector<std::vector<std::string>> commands = {
      {"plan", pipe, store()},
      {"plan", manifest, "--values", pipe, store()},
      {"check", manifest, "--offline", "--subscription", subscription, "--baseline", pipe},
      {"show", pipe},
      {"doctor", "--gone", pipe, store()},
      {"emulator", "--port", "0", "--store", (folder / "s.db").string(), "--faults", pipe}};
  for (const auto& command : commands) {
    BOOST_TEST(run(command) == 1, command.front());
    BOOST_TEST(contains(complained(), words), complained());
  }
}

BOOST_AUTO_TEST_CASE(a_pipe_that_was_written_to_is_read_to_its_end) {
  const End keeps_it(pipe, O_RDONLY | O_NONBLOCK);
  const auto fill = [this](const std::string& text) { End(pipe, O_WRONLY).write(text); };
  fill(test::small_manifest());
  BOOST_TEST(run({"plan", pipe, store()}) == 0, complained());
  BOOST_TEST(contains(said(), "Plan: 2 to create"), said());
  fill(R"({"formatVersion": 1, "findings": []})");
  BOOST_TEST(run({"check", manifest, "--offline", "--subscription", subscription, "--baseline",
                  pipe}) == 2,
             complained());
  BOOST_TEST(contains(said(), ", 0 in the baseline"), said());
}

BOOST_AUTO_TEST_CASE(an_interrupt_ends_the_wait_for_a_writer_that_takes_its_time) {
  const End silent(pipe, O_RDWR);
  first.request_stop();
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"plan", pipe, store()},
           {"check", manifest, "--offline", "--subscription", subscription, "--baseline", pipe}}) {
    BOOST_TEST(run(command) == 130);
    BOOST_TEST(complained() == "akv: interrupted, nothing was written\n", complained());
  }
}

BOOST_AUTO_TEST_CASE(devices_are_read_as_far_as_the_limit) {
  BOOST_TEST(cli::read_input("/dev/zero", 10, {}).text.value_or("").size() == 11U);
  BOOST_TEST(cli::read_input("/dev/null", 10, {}).text.value_or("none").empty());
  BOOST_TEST(run({"plan", "/dev/null", store()}) == 1);
  BOOST_TEST(contains(complained(), "the file is empty"), complained());
  BOOST_TEST(cli::read_input(folder.path().string(), 10, {}).fault == "Is a directory");
  BOOST_TEST(cli::read_input(pipe + "2", 10, {}).fault == "No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
