#include "akv/provision/cli/settings.hpp"
#include "support/console.hpp"
#include "support/golden.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace akv;
using test::Console;
using test::contains;

BOOST_AUTO_TEST_SUITE(help_texts)

BOOST_AUTO_TEST_CASE(help_lists_exactly_the_commands_that_work) {
  Console console;
  BOOST_TEST(console.run({"help"}) == 0);
  BOOST_TEST(console.complained().empty());
  test::check_golden("cli/help.txt", console.said());
  std::set<std::string> listed;
  std::istringstream text(console.said());
  for (std::string line; std::getline(text, line);)
    if (line.starts_with("  ")) listed.insert(line.substr(2, line.find(' ', 2) - 2));
  BOOST_TEST((listed == std::set<std::string>{"validate", "plan", "drift", "show", "check",
                                              "doctor", "export", "render", "schema", "whoami",
                                              "apply", "teardown", "emulator"}));
}

BOOST_AUTO_TEST_CASE(each_command_has_its_help_in_both_ways_of_asking) {
  for (const char* name : {"validate", "plan", "drift", "show", "check", "doctor", "export",
                           "render", "schema", "whoami", "apply", "teardown", "emulator", "help"}) {
    Console console;
    BOOST_TEST(console.run({"help", name}) == 0);
    const std::string text = console.said();
    test::check_golden(std::string("cli/help_") + name + ".txt", text);
    BOOST_TEST(contains(text, std::string("Usage: akv ") + name));
    BOOST_TEST(console.run({name, "--help"}) == 0);
    BOOST_TEST(console.said() == text);
    BOOST_TEST(console.run({name, "-h"}) == 0);
    for (const char* later : {"--runs-dir", "--resume", "undo"}) BOOST_TEST(!contains(text, later));
  }
}

BOOST_AUTO_TEST_CASE(each_command_lists_the_forms_that_it_has_and_takes_no_others) {
  const auto takes = [](const cli::CommandSpec& command, const char* form) {
    std::vector<std::string> args = {std::string(command.name), "-o", form};
    if (command.files) args.emplace_back("a.yaml");
    try {
      cli::read_settings(cli::parse_arguments(args), {});
      return true;
    } catch (const cli::UsageError&) {
      return false;
    }
  };
  for (const cli::CommandSpec& command : cli::commands()) {
    Console console;
    BOOST_TEST(console.run({"help", std::string(command.name)}) == 0);
    const std::string text = console.said();
    const std::size_t at = std::min(text.find("-o, --output FORMAT"), text.size());
    const std::string line = text.substr(at, text.find('\n', at) - at);
    for (const char* form : {"text", "json", "markdown", "sarif", "junit"})
      BOOST_TEST(takes(command, form) == contains(line, form), command.name << " " << form);
  }
}

BOOST_AUTO_TEST_CASE(exit_codes_have_a_page) {
  Console console;
  BOOST_TEST(console.run({"help", "exit-codes"}) == 0);
  test::check_golden("cli/help_exit_codes.txt", console.said());
}

BOOST_AUTO_TEST_CASE(rules_have_a_page) {
  Console console;
  BOOST_TEST(console.run({"help", "checks"}) == 0);
  test::check_golden("cli/help_checks.txt", console.said());
}

BOOST_AUTO_TEST_CASE(help_on_what_there_is_not_guesses) {
  Console console;
  BOOST_TEST(console.run({"help", "aply"}) == 64);
  BOOST_TEST(contains(console.complained(), "did you mean \"apply\"?"));
}

BOOST_AUTO_TEST_CASE(the_version_is_one_line) {
  Console console;
  BOOST_TEST(console.run({"--version"}) == 0);
  BOOST_TEST(console.said() == "akv 0.1.0\n");
  BOOST_TEST(console.run({"--help"}) == 0);
  BOOST_TEST(contains(console.said(), "Usage: akv COMMAND"));
}

BOOST_AUTO_TEST_SUITE_END()
