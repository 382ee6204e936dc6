// The program as a process: its streams, signals and terminal.
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace akv;
using test::contains;

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

struct Program {
  test::TemporaryFolder folder;
  std::string manifest = (folder / "quickstart.yaml").string();
  std::string emulator = "--emulator=" + (folder / "e.db").string();
  std::string out, err;

  Program() { std::ofstream(manifest) << test::small_manifest(); }

  /// A line of shell in which `akv` is the program.
  int shell(const std::string& line) {
    const std::string script = "akv() { \"" AKV_PROGRAM "\" \"$@\"; }; cd '" +
                               folder.path().string() + "'; { " + line + "; } >out 2>err";
    const int code = exit_code(std::system(script.c_str()));
    out = text_of(folder / "out");
    err = text_of(folder / "err");
    return code;
  }
};

/// The program on a terminal of its own.
class OnTerminal {
 public:
  explicit OnTerminal(std::vector<std::string> args) {
    args.insert(args.begin(), AKV_PROGRAM);
    std::vector<char*> words;
    for (std::string& arg : args) words.push_back(arg.data());
    words.push_back(nullptr);
    child_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (child_ == 0) {
      execv(words[0], words.data());
      _exit(127);
    }
  }
  ~OnTerminal() {
    close(terminal_);
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
  }
  /// Reads until `text` was shown; false when the program ended before.
  bool shows(const std::string& text) {
    char c = 0;
    while (!contains(shown_, text))
      if (read(terminal_, &c, 1) == 1)
        shown_ += c;
      else
        return false;
    return true;
  }
  void type(const std::string& text) {
    BOOST_REQUIRE(write(terminal_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void signal(int number) { kill(child_, number); }
  int end() {
    shows("this is never shown");
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return exit_code(status);
  }
  const std::string& shown() const { return shown_; }

 private:
  int terminal_ = -1;
  pid_t child_ = -1;
  std::string shown_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(program, Program)

BOOST_AUTO_TEST_CASE(version_help_and_a_wrong_command_line) {
  BOOST_TEST(shell("akv --version") == 0);
  BOOST_TEST(out == "akv 0.1.0\n");
  BOOST_TEST(shell("akv") == 64);
  BOOST_TEST(out.empty());
  BOOST_TEST(contains(err, "Usage: akv COMMAND"));
  BOOST_TEST(shell("akv help") == 0);
  BOOST_TEST(err.empty());
  BOOST_TEST(shell("akv plan --valeus x") == 64);
}

BOOST_AUTO_TEST_CASE(a_manifest_from_a_pipe) {
  BOOST_TEST(shell("cat quickstart.yaml | akv plan - " + emulator) == 0, err);
  BOOST_TEST(contains(out, "Plan: 2 to create"));
}

BOOST_AUTO_TEST_CASE(a_pipe_is_no_terminal_to_ask) {
  BOOST_TEST(shell("echo yes | akv apply quickstart.yaml " + emulator) == 3);
  BOOST_TEST(contains(err, "to answer beforehand: --yes"), err);
}

BOOST_AUTO_TEST_CASE(a_file_of_another_program_is_no_store_and_the_way_out_is_another_file) {
  std::ofstream(folder / "other.db") << std::string(5000, 'x');
  BOOST_TEST(shell("akv plan quickstart.yaml --emulator=" + (folder / "other.db").string()) == 1);
  BOOST_TEST(
      contains(err,
               "file is not a database\n  Remedy: make room or rights for that file, or name "
               "another: --emulator=FILE\n"),
      err);
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_be_written_is_named_with_a_way_out) {
  const std::string remedy =
      "  Remedy: make room or rights for that file, or name another: --emulator=FILE\n";
  BOOST_TEST(shell("akv plan quickstart.yaml --emulator=quickstart.yaml/e.db") == 1);
  BOOST_TEST(contains(err,
                      "akv: cannot make the folder of the emulator's store "
                      "quickstart.yaml/e.db: Not a directory\n" +
                          remedy),
             err);
  // A file may not grow: as on a full disk. The report goes through a pipe, which may.
  BOOST_TEST(shell("akv plan quickstart.yaml --emulator=e.db") == 0, err);
  shell("(trap '' XFSZ; ulimit -f 0; akv apply quickstart.yaml --yes --emulator=e.db) 2>&1 | cat");
  BOOST_TEST(contains(out, "akv: cannot use the emulator's store e.db: "), out);
  BOOST_TEST(contains(out, remedy), out);
  BOOST_TEST(shell("akv apply quickstart.yaml --yes --emulator=e.db") == 0, err);
}

BOOST_AUTO_TEST_CASE(a_reader_that_goes_away_stops_no_write) {
  BOOST_TEST(shell("akv apply quickstart.yaml --yes " + emulator + " | true; exit 0") == 0);
  BOOST_TEST(shell("akv plan quickstart.yaml " + emulator + " --detailed-exitcode") == 0, out);
  BOOST_TEST(shell("akv teardown quickstart.yaml --confirm quickstart " + emulator +
                   " >&- 2>&-; exit 0") == 0);
  BOOST_TEST(shell("akv drift quickstart.yaml " + emulator) == 2);
}

BOOST_AUTO_TEST_CASE(a_report_that_a_full_disk_swallows_fails_what_only_looks) {
  BOOST_REQUIRE(shell("akv apply quickstart.yaml --yes " + emulator) == 0);
  BOOST_REQUIRE(shell("akv plan quickstart.yaml --save today.plan " + emulator) == 0);
  const std::string alone = " --subscription 9c0d0000-0000-4000-8000-000000000003";
  for (const std::string& command :
       {"plan quickstart.yaml " + emulator, "plan quickstart.yaml -o json " + emulator,
        "drift quickstart.yaml " + emulator, "check quickstart.yaml " + emulator,
        "export -g rg-quickstart " + emulator, "doctor " + emulator, "whoami " + emulator,
        "show today.plan" + std::string(), "validate quickstart.yaml" + alone,
        "render quickstart.yaml" + alone, std::string("schema"), std::string("help plan"),
        std::string("--version")}) {
    BOOST_TEST(shell("akv " + command + " >/dev/full") == 1, command);
    BOOST_TEST(contains(err, "akv: the report could not be written: No space left on device\n"),
               command << ": " << err);
  }
  // What was wrong before stays wrong, and what was written stays done.
  BOOST_TEST(shell("akv plan --valeus x -o json >/dev/full") == 64);
  BOOST_TEST(shell("akv apply quickstart.yaml --yes " + emulator + " >/dev/full") == 0);
  BOOST_TEST(contains(err, "the report could not be written"), err);
}

BOOST_AUTO_TEST_CASE(a_reader_that_goes_away_leaves_the_code_alone) {
  const auto code_of = [this](const std::string& command) {
    shell("rm -f gone; { until [ -e gone ]; do :; done; akv " + command +
          "; echo $? >code; } | { exec <&-; : >gone; }; cat code");
    BOOST_TEST(err == "");
    return out;
  };
  BOOST_TEST(code_of("schema") == "0\n");
  BOOST_TEST(code_of("drift quickstart.yaml " + emulator) == "2\n");
}

BOOST_AUTO_TEST_CASE(a_question_on_a_terminal_takes_yes) {
  OnTerminal akv({"apply", manifest, emulator});
  BOOST_REQUIRE(akv.shows("Type yes: "));
  akv.type("yes\n");
  BOOST_TEST(akv.shows("Done: 2 succeeded"), akv.shown());
  BOOST_TEST(akv.end() == 0);
  BOOST_TEST(contains(akv.shown(), "\x1b[32m+ create\x1b[0m"), akv.shown());
}

BOOST_AUTO_TEST_CASE(signals_at_a_question_end_it_with_their_codes) {
  for (const int number : {SIGTERM, SIGHUP, SIGINT}) {
    OnTerminal akv({"apply", manifest, emulator});
    BOOST_REQUIRE(akv.shows("Type yes: "));
    akv.signal(number);
    BOOST_TEST(akv.end() == 128 + number);
    BOOST_TEST(contains(akv.shown(), "interrupted, nothing was written"), akv.shown());
  }
  OnTerminal akv({"apply", manifest, emulator});
  BOOST_REQUIRE(akv.shows("Type yes: "));
  akv.type("\x03");  // Ctrl-C
  BOOST_TEST(akv.end() == 130);
}

BOOST_AUTO_TEST_CASE(the_emulator_serves_until_it_is_interrupted_and_tells_its_clients_where) {
  const std::string store = (folder / "served.db").string();
  BOOST_TEST(shell("akv emulator env --store " + store) == 1);
  BOOST_TEST(contains(err, "no emulator is running on"), err);
  OnTerminal served({"emulator", "--port", "0", "--store", store});
  BOOST_REQUIRE_MESSAGE(served.shows("It ends with Ctrl-C."), served.shown());
  BOOST_TEST(shell("akv emulator env --store " + store) == 0, err);
  for (const char* name :
       {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_SUBSCRIPTION_ID",
        "AZURE_AUTHORITY_HOST", "AKV_CLOUD", "AKV_CA_FILE", "SSL_CERT_FILE"})
    BOOST_TEST(contains(out, name), name << " is not in\n" << out);
  const std::string with_exports = "eval \"$(akv emulator env --store " + store + ")\"; ";
  BOOST_TEST(shell(with_exports + "akv apply quickstart.yaml --yes") == 0, err);
  BOOST_TEST(shell(with_exports + "akv plan quickstart.yaml --detailed-exitcode") == 0, out);
  BOOST_TEST(shell("akv plan quickstart.yaml --emulator=" + store) == 75, err);
  BOOST_TEST(contains(err, "name another file: --emulator=FILE"), err);
  BOOST_TEST(shell("akv emulator --store " + store) == 75, err);
  BOOST_TEST(contains(err, "name another file: --store FILE"), err);
  served.type("\x03");
  BOOST_TEST(served.end() == 0);
  BOOST_TEST(shell("akv emulator env --store " + store) == 1);
  // What it kept is there for the emulator inside akv.
  BOOST_TEST(shell("akv plan quickstart.yaml --detailed-exitcode --emulator=" + store) == 0, out);
}

BOOST_AUTO_TEST_CASE(the_emulators_hint_can_be_pasted_into_a_shell) {
  const std::string store = (folder / "my store.db").string();
  OnTerminal served({"emulator", "--port", "0", "--store", store});
  BOOST_REQUIRE_MESSAGE(served.shows("It ends with Ctrl-C."), served.shown());
  BOOST_TEST(contains(served.shown(), "$(akv emulator env --store '" + store + "')"),
             served.shown());
  served.type("\x03");
  BOOST_TEST(served.end() == 0);
  BOOST_TEST(shell("akv emulator env --store '" + store + "'") == 1);
  BOOST_TEST(contains(err, "akv emulator --store '" + store + "'"), err);
}

BOOST_AUTO_TEST_CASE(a_plan_in_another_cloud_goes_through_the_proxy) {
  const std::string store = (folder / "gov.db").string();
  OnTerminal served({"emulator", "--port", "0", "--proxy", "0", "--store", store});
  BOOST_REQUIRE_MESSAGE(served.shows("It ends with Ctrl-C."), served.shown());
  BOOST_TEST(shell("eval \"$(akv emulator env --store " + store +
                   ")\"; unset AZURE_AUTHORITY_HOST; akv plan quickstart.yaml --cloud "
                   "AzureUSGovernment") == 0,
             err);
  served.type("\x03");
  BOOST_TEST(served.end() == 0);
}

BOOST_AUTO_TEST_CASE(the_emulator_misbehaves_by_a_file_and_is_a_proxy_where_asked) {
  const std::string store = (folder / "faulty.db").string();
  const std::string rules = (folder / "faults.json").string();
  std::ofstream(rules) << R"({"rules":[{"effect":{"delayMillis":1}}]})";
  BOOST_TEST(shell("akv emulator --port 0 --store " + store + " --faults " + rules) == 1);
  BOOST_TEST(contains(err, rules + ": $.rules[0].effect.delayMillis: unknown"), err);
  BOOST_TEST(!contains(err, "Azure"), err);
  BOOST_TEST(shell("akv emulator --store " + store + " --faults none.json") == 1);
  BOOST_TEST(contains(err, "none.json"), err);

  std::ofstream(rules) << R"({"rules":[{"match":{"path":"**/vaults"},"effect":{"status":404,
      "error":{"code":"FaultOnPurpose","message":"Not today."}}}]})";
  OnTerminal served({"emulator", "--throttle", "--port", "0", "--proxy", "0", "--store", store,
                     "--faults", rules});
  BOOST_REQUIRE_MESSAGE(served.shows("It ends with Ctrl-C."), served.shown());
  BOOST_TEST(contains(served.shown(), "Proxy for Azure's own names on http://127.0.0.1:"));
  const std::string with_exports = "eval \"$(akv emulator env --store " + store + ")\"; ";
  BOOST_TEST(shell(with_exports + "akv plan quickstart.yaml; echo $HTTPS_PROXY") == 0, err);
  BOOST_TEST(contains(out, "http://127.0.0.1:"), out);
  BOOST_TEST(contains(err + out, "FaultOnPurpose"), err + out);
  served.type("\x03");
  BOOST_TEST(served.end() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
