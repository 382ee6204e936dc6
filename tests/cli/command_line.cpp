#include "akv/provision/cli/arguments.hpp"
#include "akv/provision/cli/settings.hpp"
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using test::Console;
using test::contains;

namespace {

cli::Settings settings(std::vector<std::string> args, cli::Environment environment = {}) {
  return cli::read_settings(cli::parse_arguments(args), environment);
}

/// Runs a wrong command line and returns what it says.
std::string refused(const std::vector<std::string>& args) {
  Console console;
  BOOST_TEST(console.run(args) == 64);
  BOOST_TEST(console.said().empty());
  BOOST_TEST(console.complained().starts_with("akv: "));
  return console.complained();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_AUTO_TEST_CASE(no_command_prints_the_help_to_standard_error) {
  Console console;
  BOOST_TEST(console.run({}) == 64);
  BOOST_TEST(console.said().empty());
  BOOST_TEST(contains(console.complained(), "Usage: akv COMMAND"));
}

BOOST_AUTO_TEST_CASE(a_misspelt_command_is_guessed) {
  BOOST_TEST(contains(refused({"aply", "a.yaml"}), "unknown command \"aply\""));
  BOOST_TEST(contains(refused({"aply", "a.yaml"}), "did you mean \"apply\"?"));
  BOOST_TEST(contains(refused({"frobnicate"}), "akv help lists the commands"));
}

BOOST_AUTO_TEST_CASE(commands_of_later_days_are_unknown) {
  for (const char* command : {"prune", "undo", "runs"})
    BOOST_TEST(contains(refused({command, "a.yaml"}), "unknown command"), command);
  for (const char* option : {"--runs-dir=d", "--resume=r"})
    BOOST_TEST(contains(refused({"apply", "a.yaml", option}), "unknown option"), option);
}

BOOST_AUTO_TEST_CASE(a_misspelt_option_is_guessed) {
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--valeus", "f"}), "did you mean \"--values\"?"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--tarqet=x"}), "did you mean \"--target\"?"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "-x"}), "unknown option \"-x\""));
}

BOOST_AUTO_TEST_CASE(an_option_of_another_command_says_so) {
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--yes"}), "akv plan does not take --yes"));
}

BOOST_AUTO_TEST_CASE(options_before_the_command_are_refused_with_the_reason) {
  BOOST_TEST(contains(refused({"--quiet", "plan", "a.yaml"}), "options follow the command"));
}

BOOST_AUTO_TEST_CASE(a_missing_value_names_the_option_and_its_form) {
  BOOST_TEST(
      contains(refused({"plan", "a.yaml", "--cloud"}), "--cloud needs a value: --cloud WHERE"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "-o"}), "--output needs a value"));
}

BOOST_AUTO_TEST_CASE(a_switch_takes_no_value) {
  BOOST_TEST(contains(refused({"apply", "a.yaml", "--yes=no"}), "--yes takes no value"));
}

BOOST_AUTO_TEST_CASE(an_option_that_does_not_repeat_is_given_once) {
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--cloud", "a", "--cloud=b"}),
                      "--cloud is given more than once"));
}

BOOST_AUTO_TEST_CASE(values_that_cannot_be_are_refused_with_what_can) {
  BOOST_TEST(contains(refused({"plan", "a.yaml", "-o", "jsno"}), "did you mean \"json\"?"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--parallel", "0"}), "from 1 to 256"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--parallel", "257"}), "from 1 to 256"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--parallel", "4x"}), "from 1 to 256"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--set", "environment"}), "NAME=VALUE"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--set", "=x"}), "NAME=VALUE"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--allow", "acces-removed"}),
                      "did you mean \"access-removed\"?"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--allow", "delete="}), "names no GROUP/VAULT"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--my-ip", "203.0.113.0/24"}),
                      "--my-ip is one IPv4 address, not \"203.0.113.0/24\""));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--my-ip", "2001:db8::1"}),
                      "the public address that your requests come from"));
  BOOST_TEST(contains(refused({"apply", "a.yaml", "--my-ip", "10.1.2.3"}),
                      "\"10.1.2.3\" lies in 10.0.0.0/8, a private range"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--quiet", "--verbose"}), "exclude each other"));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "--emulator", "--cloud", "AzureCloud"}),
                      "exclude each other"));
  BOOST_TEST(contains(refused({"validate", "a.yaml", "-o", "markdown"}),
                      "--output is text or json, not \"markdown\""));
  BOOST_TEST(contains(refused({"plan", "a.yaml", "-o", "sarif"}),
                      "--output is text, json or markdown, not \"sarif\""));
  BOOST_TEST(contains(refused({"emulator", "--port", "65536"}), "from 0 to 65535"));
  BOOST_TEST(contains(refused({"emulator", "--proxy", "-1"}), "from 0 to 65535"));
}

BOOST_AUTO_TEST_CASE(files_that_are_missing_or_too_many_are_refused) {
  BOOST_TEST(contains(refused({"plan"}), "akv plan needs a FILE"));
  BOOST_TEST(contains(refused({"teardown"}), "needs a FILE or --group GROUP"));
  BOOST_TEST(contains(refused({"teardown", "a.yaml", "-g", "rg"}), "not both"));
  BOOST_TEST(contains(refused({"schema", "a.yaml"}), "takes no file"));
  BOOST_TEST(contains(refused({"whoami", "me"}), "takes no file"));
  BOOST_TEST(contains(refused({"plan", "-", "-"}), "once only"));
  BOOST_TEST(contains(refused({"emulator", "environment"}), "nothing or env"));
}

BOOST_AUTO_TEST_CASE(nothing_follows_a_whole_command_line) {
  BOOST_TEST(contains(refused({"--version", "extra"}),
                      "akv --version takes nothing behind it, but got \"extra\""));
  BOOST_TEST(contains(refused({"--help", "plan"}), "akv --help takes nothing behind it"));
  BOOST_TEST(contains(refused({"-h", "--quiet"}), "akv -h takes nothing behind it"));
  BOOST_TEST(contains(refused({"help", "plan", "extra"}),
                      "akv help takes one topic, but got \"extra\" too"));
  BOOST_TEST(contains(refused({"help", "exit-codes", "plan"}), "takes one topic"));
}

BOOST_AUTO_TEST_CASE(a_wrong_command_line_is_reported_as_json_where_json_was_asked_for) {
  for (const std::vector<std::string>& form : {std::vector<std::string>{"-o", "json"},
                                               {"--output", "json"},
                                               {"--output=json"},
                                               {"-ojson"}}) {
    Console console;
    std::vector<std::string> args = {"plan", "--valeus"};
    args.insert(args.end(), form.begin(), form.end());
    BOOST_TEST(console.run(args) == 64);
    BOOST_TEST(console.complained().empty());
    BOOST_TEST(console.document()["error"]["code"].string_or() == "usage");
    BOOST_TEST(
        contains(std::string(console.document()["error"]["remedy"].string_or()), "--values"));
  }
}

BOOST_AUTO_TEST_CASE(an_optional_value_needs_an_equals_sign) {
  const cli::Settings plain = settings({"plan", "--emulator", "a.yaml", "--adopt"});
  BOOST_TEST(*plain.emulator == ".akv/emulator.db");
  BOOST_TEST(plain.files == std::vector<std::string>{"a.yaml"});
  BOOST_TEST(plain.adopt == std::vector<std::string>{"*"});
  const cli::Settings given =
      settings({"plan", "a.yaml", "--emulator=e.db", "--adopt=rg-a/*", "--adopt=rg-b/*"});
  BOOST_TEST(*given.emulator == "e.db");
  BOOST_TEST((given.adopt == std::vector<std::string>{"rg-a/*", "rg-b/*"}));
}

BOOST_AUTO_TEST_CASE(the_emulator_is_throttled_slow_faulty_or_a_proxy_only_where_asked) {
  const cli::Settings plain = settings({"emulator"});
  BOOST_TEST(!plain.throttle);
  BOOST_TEST(!plain.azure_pace);
  BOOST_TEST(!plain.proxy.has_value());
  BOOST_TEST(plain.faults.empty());
  const cli::Settings given =
      settings({"emulator", "--throttle", "--azure-pace", "--proxy", "8444", "--faults", "f.json"});
  BOOST_TEST(given.azure_pace);
  BOOST_TEST(given.throttle);
  BOOST_TEST(*given.proxy == 8444);
  BOOST_TEST(given.faults == "f.json");
}

BOOST_AUTO_TEST_CASE(an_option_that_repeats_takes_one_value_each_time) {
  const cli::Settings s = settings({"plan", "--set", "a=1", "one.yaml", "--set", "b==2", "two.yaml",
                                    "--allow", "delete", "--allow=access-removed=rg/*"});
  BOOST_TEST((s.files == std::vector<std::string>{"one.yaml", "two.yaml"}));
  BOOST_REQUIRE(s.set.size() == 2U);
  BOOST_TEST(s.set[1].first == "b");
  BOOST_TEST(s.set[1].second == "=2");
  BOOST_REQUIRE(s.allow.size() == 2U);
  BOOST_TEST(s.allow[0].glob == "*");
  BOOST_TEST(s.allow[1].glob == "rg/*");
  BOOST_TEST(!s.my_ip);
  BOOST_TEST(*settings({"plan", "f", "--my-ip", "203.0.113.7"}).my_ip == 0xCB007107U);
}

BOOST_AUTO_TEST_CASE(values_come_from_the_option_then_akv_then_azure_then_the_default) {
  cli::Environment environment;
  BOOST_TEST(settings({"plan", "f"}, environment).cloud == "AzureCloud");
  environment.variables = {{"AZURE_SUBSCRIPTION_ID", "azure"},
                           {"AKV_CLOUD", "AzureChinaCloud"},
                           {"AKV_CA_FILE", "ca.pem"},
                           {"AZURE_TENANT_ID", ""}};
  BOOST_TEST(settings({"plan", "f"}, environment).subscription == "azure");
  BOOST_TEST(settings({"plan", "f"}, environment).cloud == "AzureChinaCloud");
  BOOST_TEST(settings({"plan", "f"}, environment).ca_file == "ca.pem");
  BOOST_TEST(settings({"plan", "f"}, environment).tenant.empty());
  environment.variables["AKV_SUBSCRIPTION_ID"] = "akv";
  BOOST_TEST(settings({"plan", "f"}, environment).subscription == "akv");
  BOOST_TEST(settings({"plan", "f", "--subscription", "option"}, environment).subscription ==
             "option");
}

BOOST_AUTO_TEST_CASE(two_dashes_end_the_options) {
  BOOST_TEST((settings({"plan", "a.yaml", "--", "-strange.yaml", "--quiet"}).files ==
              std::vector<std::string>{"a.yaml", "-strange.yaml", "--quiet"}));
  BOOST_TEST(settings({"plan", "-"}).files == std::vector<std::string>{"-"});
}

BOOST_AUTO_TEST_CASE(a_target_that_matches_nothing_is_no_green_drift) {
  Console console;
  const std::string manifest = console.file("estate.yaml", test::small_manifest());
  for (const char* command : {"plan", "apply", "drift", "check"}) {
    BOOST_TEST(console.run({command, manifest, "--target", "rg-quickstart/*", "--target",
                            "rg-quickstart/kv-quikstart", console.store()}) == 64,
               command);
    BOOST_TEST(console.said().empty());
    BOOST_TEST(contains(console.complained(),
                        "--target \"rg-quickstart/kv-quikstart\" matches nothing in the manifest"),
               console.complained());
    BOOST_TEST(contains(console.complained(), "did you mean \"rg-quickstart/kv-quickstart\"?"),
               console.complained());
  }
  BOOST_TEST(console.run({"drift", manifest, "--target", "other/*", console.store()}) == 64);
  BOOST_TEST(
      contains(console.complained(), "there is rg-quickstart or rg-quickstart/kv-quickstart"),
      console.complained());
  BOOST_TEST(console.run({"drift", manifest, "--target", "RG-quickstart", console.store()}) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
