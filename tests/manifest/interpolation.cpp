#include "akv/provision/manifest/interpolation.hpp"

#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv::manifest_tests;
using akv::manifest::LoadOptions;

namespace {

/// The tag `t` of a vault when it is written as `text`, or the mistakes.
std::string tag(const std::string& text, const LoadOptions& options = with_environment(),
                const std::string& parameters = "") {
  const auto loaded = load(vault("tags: {t: \"" + text + "\"}") + parameters, options);
  if (loaded.errors() > 0) return report(loaded);
  return std::string(last(loaded).body["tags"]["t"].string_or("?"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interpolation)

BOOST_AUTO_TEST_CASE(fills_in_parameters) {
  const std::string parameters = "parameters: {stage: {default: dev}, n: {default: 1.10}}\n";
  BOOST_TEST(tag("a-${stage}-${n}${stage}", with_environment(), parameters) == "a-dev-1.10dev");
}

BOOST_AUTO_TEST_CASE(fills_in_once_only) {
  BOOST_TEST(tag("${p}", with_environment(), "parameters: {p: {default: '$${q}'}}\n") == "${q}");
  auto options = with_environment();
  options.set = {{"p", "${env:SECRET}"}};
  BOOST_TEST(tag("${p}", options, "parameters: {p: {}}\n") == "${env:SECRET}");
}

BOOST_AUTO_TEST_CASE(writes_dollar_signs) {
  BOOST_TEST(tag("$$") == "$");
  BOOST_TEST(tag("$${x}") == "${x}");
  BOOST_TEST(tag("5$ and $5 $") == "5$ and $5 $");
}

BOOST_AUTO_TEST_CASE(set_wins_over_values_over_default) {
  const std::string parameters = "parameters: {p: {default: d}}\n";
  auto options = with_environment();
  BOOST_TEST(tag("${p}", options, parameters) == "d");
  options.values = {{"v.yaml", "p: v"}, {"w.yaml", "p: w"}};
  BOOST_TEST(tag("${p}", options, parameters) == "w");
  options.set = {{"p", "s"}, {"p", "t"}};
  BOOST_TEST(tag("${p}", options, parameters) == "t");
}

BOOST_AUTO_TEST_CASE(reads_variables_that_may_be_read) {
  auto options = with_environment({{"AKV_X", "x"}, {"AZURE_TENANT_ID", "t"}, {"HOME", "/home"}});
  BOOST_TEST(tag("${env:AKV_X}${env:AZURE_TENANT_ID}", options) == "xt");
  BOOST_TEST(
      tag("${env:HOME}", options) ==
      "a.yaml:11:19: a manifest may not read the variable HOME; AKV_*, AZURE_SUBSCRIPTION_ID "
      "and AZURE_TENANT_ID may be read, others with --allow-env HOME\n");
  options.allow_env = {"HOME"};
  BOOST_TEST(tag("${env:HOME}", options) == "/home");
}

BOOST_AUTO_TEST_CASE(a_pipelines_secret_is_forbidden_even_with_a_default) {
  const auto options = with_environment({{"AZURE_CLIENT_SECRET", "hunter2"}});
  const std::string answer = tag("${env:AZURE_CLIENT_SECRET:-x}", options);
  BOOST_TEST(answer.find("may not read") != std::string::npos);
  BOOST_TEST(answer.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(takes_the_default_of_a_variable_that_is_unset_or_empty) {
  const auto options = with_environment({{"AKV_EMPTY", ""}, {"AKV_SET", "s"}});
  BOOST_TEST(tag("${env:AKV_NONE:-d}", options) == "d");
  BOOST_TEST(tag("${env:AKV_EMPTY:-d}", options) == "d");
  BOOST_TEST(tag("${env:AKV_SET:-d}", options) == "s");
  BOOST_TEST(tag("${env:AKV_NONE:-}", options) == "");
  BOOST_TEST(tag("${env:AKV_EMPTY}", options) == "");
  BOOST_TEST(tag("${env:AKV_NONE}", options) ==
             "a.yaml:11:19: the variable AKV_NONE is not set; set it, or give a default: "
             "${env:AKV_NONE:-default}\n");
}

BOOST_AUTO_TEST_CASE(unique_digits_never_change) {
  // printf 'sub/rg' | sha256sum
  BOOST_TEST(akv::manifest::unique_digits("SUB/Rg", 6) ==
             akv::manifest::unique_digits("sub/rg", 6));
  BOOST_TEST(akv::manifest::unique_digits("sub/rg", 32) == "7608a9b18ccf98e1595962d7cc6d02bd");
  BOOST_TEST(akv::manifest::unique_digits("sub/rg", 1).size() == 1U);
}

BOOST_AUTO_TEST_CASE(unique_is_made_of_subscription_and_group) {
  const std::string expected = akv::manifest::unique_digits(std::string(subscription) + "/rg", 6);
  BOOST_TEST(tag("${unique:6}") == expected);
  BOOST_TEST(tag("${unique:33}").find("takes a number from 1 to 32") != std::string::npos);
  BOOST_TEST(tag("${unique:0}").find("takes a number from 1 to 32") != std::string::npos);
  BOOST_TEST(tag("${unique:6x}").find("takes a number from 1 to 32") != std::string::npos);
  BOOST_TEST(report(load("apiVersion: akv/v1\ndeployment: d-${unique:3}\n"))
                 .find("only stands in what a resource group holds") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_what_it_cannot_fill_in) {
  const std::string parameters = "parameters: {stage: {default: dev}}\n";
  BOOST_TEST(tag("${stag}", with_environment(), parameters) ==
             "a.yaml:11:19: unknown parameter \"stag\"; did you mean \"stage\"?\n");
  BOOST_TEST(tag("${}", with_environment(), parameters).find("unknown parameter \"\"") !=
             std::string::npos);
  BOOST_TEST(tag("a${stage", with_environment(), parameters) ==
             "a.yaml:11:19: \"${stage\" has no closing brace; write ${NAME}, or $$ for a dollar "
             "sign\n");
  BOOST_TEST(tag("${env:9X}").find("is not the name of an environment variable") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(unused_values_are_mistakes) {
  auto options = with_environment();
  options.set = {{"stge", "x"}};
  options.values = {{"v.yaml", "# mine\nother: x\n"}};
  BOOST_TEST(report(load(vault("") + "parameters: {stage: {default: dev}}\n", options)) ==
             "--set stge: no manifest declares this parameter; did you mean \"stage\"?\n"
             "v.yaml:2:1: unknown parameter \"other\"; the manifest declares stage\n");
}

BOOST_AUTO_TEST_CASE(values_outside_allowed_are_mistakes_where_they_stand) {
  auto options = with_environment();
  options.set = {{"stage", "prd"}};
  options.values = {{"v.yaml", "stage: staging\n"}};
  BOOST_TEST(report(load(vault("") + "parameters:\n  stage: {default: x, allowed: [dev, prod]}\n",
                         options)) ==
             "--set stage: \"prd\" is not allowed; did you mean \"prod\"?\n"
             "a.yaml:12:20: \"x\" is not allowed for stage; write dev or prod\n"
             "v.yaml:1:8: \"staging\" is not allowed for stage; write dev or prod\n");
}

BOOST_AUTO_TEST_CASE(a_parameter_without_value_is_one_mistake) {
  BOOST_TEST(
      tag("${p} ${p}", with_environment(), "parameters: {p: {}}\n") ==
      "a.yaml:12:14: parameter \"p\" has no value; give --set p=VALUE, or write a default\n");
}

BOOST_AUTO_TEST_CASE(a_default_reads_variables_only) {
  const auto options = with_environment({{"AKV_X", "x"}});
  BOOST_TEST(tag("${p}", options, "parameters: {p: {default: '${env:AKV_X}'}}\n") == "x");
  BOOST_TEST(tag("${p}", options, "parameters: {q: {default: 1}, p: {default: '${q}'}}\n")
                 .find("the default of a parameter may not refer to \"q\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(declarations_are_checked) {
  BOOST_TEST(
      report(
          load(vault("") + "parameters:\n  1x: {}\n  p:\n  q: {defalt: 1}\n  r: [1]\n  s: {}\n")) ==
      "a.yaml:12:3: \"1x\" cannot name a parameter; write letters, digits, _ and -, the first "
      "no digit\n"
      "a.yaml:13:3: parameter \"p\" has no declaration; write {default: VALUE}, or {} where "
      "--set must give one\n"
      "a.yaml:14:3: parameter \"q\" has no value; give --set q=VALUE, or write a default\n"
      "a.yaml:14:7: unknown key \"defalt\"; did you mean \"default\"?\n"
      "a.yaml:15:6: parameter \"r\": expected a map, found a list\n"
      "a.yaml:16:3: parameter \"s\" has no value; give --set s=VALUE, or write a default\n");
}

BOOST_AUTO_TEST_SUITE_END()
