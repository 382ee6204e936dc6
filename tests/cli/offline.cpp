#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using test::Console;
using test::contains;

BOOST_AUTO_TEST_SUITE(offline)

BOOST_AUTO_TEST_CASE(a_manifest_without_mistakes_validates_without_any_variable) {
  Console console;
  BOOST_TEST(console.run({"validate", console.file("a.yaml", test::small_manifest())}) == 0);
  BOOST_TEST(console.said() == "No mistakes in 1 file. Nothing was sent.\n");
  BOOST_TEST(console.complained().empty());
}

BOOST_AUTO_TEST_CASE(mistakes_go_to_standard_error_with_exit_code_1) {
  Console console;
  console.environment.variables["AZURE_SUBSCRIPTION_ID"] = "9c0d0000-0000-4000-8000-000000000003";
  const std::string file = console.file("a.yaml", test::small_manifest("[gett]"));
  for (const char* command : {"validate", "plan", "render", "apply", "drift", "teardown"}) {
    BOOST_TEST(console.run({command, file}) == 1, command);
    BOOST_TEST(console.said().empty());
    BOOST_TEST(contains(console.complained(), "a.yaml:13:"), console.complained());
    BOOST_TEST(contains(console.complained(), "did you mean \"get\"?"));
    BOOST_TEST(contains(console.complained(), "1 mistake in 1 file. Nothing was sent.\n"));
  }
}

BOOST_AUTO_TEST_CASE(mistakes_as_json_are_one_document_and_nothing_else) {
  Console console;
  console.environment.variables["AZURE_SUBSCRIPTION_ID"] = "9c0d0000-0000-4000-8000-000000000003";
  const std::string file = console.file("a.yaml", test::small_manifest("[gett]"));
  for (const char* command : {"validate", "plan", "apply", "drift", "teardown"}) {
    BOOST_TEST(console.run({command, file, "-o", "json"}) == 1);
    BOOST_TEST(console.complained().empty());
    const json::Document list = console.document()["diagnostics"];
    BOOST_REQUIRE(list.size() == 1U);
    BOOST_TEST(list.as_array()[0]["severity"].string_or() == "error");
    BOOST_TEST(list.as_array()[0]["line"].int_or(0) == 13);
  }
}

BOOST_AUTO_TEST_CASE(a_missing_an_empty_and_an_unreadable_file_are_mistakes) {
  Console console;
  BOOST_TEST(console.run({"validate", (console.folder / "none.yaml").string()}) == 1);
  BOOST_TEST(contains(console.complained(), "none.yaml: cannot be read: No such file"),
             console.complained());
  BOOST_TEST(console.run({"validate", console.file("empty.yaml", " \n\n")}) == 1);
  BOOST_TEST(contains(console.complained(), "the file is empty"), console.complained());
  BOOST_TEST(console.run({"validate", console.file("a.yaml", test::small_manifest()), "--values",
                          (console.folder / "v.yaml").string()}) == 1);
  BOOST_TEST(contains(console.complained(), "v.yaml"));
}

BOOST_AUTO_TEST_CASE(a_folder_stands_for_its_yaml_files_in_order) {
  Console console;
  console.file("estate/b.yaml",
               "resourceGroups: [{name: rg-b, location: eastus}]\n"
               "apiVersion: akv/v1\ndeployment: both\n");
  console.file("estate/a.yaml",
               "resourceGroups: [{name: rg-a, location: eastus}]\n"
               "apiVersion: akv/v1\ndeployment: both\n");
  console.file("estate/notes.txt", "not a manifest");
  const std::string folder = (console.folder / "estate").string();
  BOOST_TEST(console.run({"validate", folder}) == 0, console.complained());
  BOOST_TEST(console.said() == "No mistakes in 2 files. Nothing was sent.\n");
  BOOST_TEST(console.run({"render", folder, "--subscription",
                          "9c0d0000-0000-4000-8000-000000000003"}) == 0);
  const std::string text = console.said();
  BOOST_TEST(text.find("rg-a") < text.find("rg-b"));

  std::filesystem::create_directory(console.folder / "nothing");
  BOOST_TEST(console.run({"validate", (console.folder / "nothing").string()}) == 1);
  BOOST_TEST(contains(console.complained(), "the folder holds no *.yaml"));
}

BOOST_AUTO_TEST_CASE(a_dash_is_standard_input) {
  Console console;
  console.input = test::small_manifest("[gett]");
  BOOST_TEST(console.run({"validate", "-"}) == 1);
  BOOST_TEST(contains(console.complained(), "<stdin>:13:"), console.complained());
}

BOOST_AUTO_TEST_CASE(render_resolves_parameters_and_loads_again_to_the_same) {
  Console console;
  const std::string file =
      console.file("a.yaml",
                   "apiVersion: akv/v1\ndeployment: d-${environment}\n"
                   "parameters: {environment: {default: dev}}\n"
                   "resourceGroups: [{name: \"rg-${environment}\", location: eastus}]\n");
  const std::string subscription = "--subscription=9c0d0000-0000-4000-8000-000000000003";
  BOOST_TEST(console.run({"render", file, "--set", "environment=prod", subscription}) == 0);
  const std::string once = console.said();
  BOOST_TEST(contains(once, "rg-prod"));
  BOOST_TEST(console.run({"render", console.file("b.yaml", once), subscription}) == 0);
  BOOST_TEST(console.said() == once);
}

BOOST_AUTO_TEST_CASE(set_wins_over_values_and_values_over_defaults) {
  Console console;
  const std::string file = console.file(
      "a.yaml",
      "apiVersion: akv/v1\ndeployment: d\n"
      "parameters: {a: {default: default-a}, b: {default: default-b}, c: {default: default-c}}\n"
      "resourceGroups: [{name: \"${a}.${b}.${c}\", location: eastus}]\n");
  const std::string values = console.file("v.yaml", "b: values-b\nc: values-c\n");
  BOOST_TEST(console.run({"render", file, "--values", values, "--set", "c=set-c", "--subscription",
                          "9c0d0000-0000-4000-8000-000000000003"}) == 0,
             console.complained());
  BOOST_TEST(contains(console.said(), "default-a.values-b.set-c"), console.said());
}

BOOST_AUTO_TEST_CASE(other_variables_of_the_environment_need_to_be_allowed) {
  Console console;
  console.environment.variables["SECRET_OF_CI"] = "hunter2";
  const std::string file = console.file(
      "a.yaml",
      "apiVersion: akv/v1\ndeployment: d\n"
      "resourceGroups: [{name: rg, location: eastus, tags: {x: \"${env:SECRET_OF_CI}\"}}]\n");
  BOOST_TEST(console.run({"validate", file}) == 1);
  BOOST_TEST(!contains(console.complained(), "hunter2"));
  BOOST_TEST(console.run({"validate", file, "--allow-env", "SECRET_OF_CI"}) == 0);
}

BOOST_AUTO_TEST_CASE(included_files_are_found_beside_the_file_and_counted) {
  Console console;
  console.file("common/base.yaml", test::small_manifest());
  const std::string file =
      console.file("prod.yaml",
                   "apiVersion: akv/v1\noverlay: true\ninclude: ['common/*.yaml']\n"
                   "resourceGroups: [{name: rg-quickstart, tags: {stage: prod}}]\n");
  BOOST_TEST(console.run({"validate", file}) == 0, console.complained());
  BOOST_TEST(console.said() == "No mistakes in 2 files. Nothing was sent.\n");
  BOOST_TEST(console.run({"render", file, "--origins", "--subscription",
                          "9c0d0000-0000-4000-8000-000000000003"}) == 0);
  BOOST_TEST(contains(console.said(), "/prod.yaml:4\n"), console.said());
  BOOST_TEST(contains(console.said(), "/common/base.yaml:6\n"), console.said());
}

BOOST_AUTO_TEST_CASE(a_managed_identity_is_rendered_and_asked_for_where_it_is_used) {
  Console console;
  console.environment.variables["AZURE_SUBSCRIPTION_ID"] = "9c0d0000-0000-4000-8000-000000000003";
  const std::string file =
      console.file("a.yaml",
                   "apiVersion: akv/v1\ndeployment: d\nprincipals:\n  app: {managedIdentity: "
                   "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/app}\n");
  BOOST_TEST(console.run({"validate", file}) == 0, console.complained());
  BOOST_TEST(console.run({"render", file}) == 0, console.complained());
  BOOST_TEST(contains(console.said(), "{managedIdentity: /subscriptions/s/"));
  BOOST_TEST(console.run({"plan", file, console.store()}) == 0, console.complained());
  const std::string used = console.file(
      "b.yaml",
      "apiVersion: akv/v1\ndeployment: d\nprincipals:\n  app: {managedIdentity: "
      "/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/g/providers/"
      "Microsoft.Web/sites/app}\nresourceGroups:\n  - {name: rg, location: westeurope, "
      "roleAssignments: [{principal: app, role: Reader}]}\n");
  BOOST_TEST(console.run({"plan", used, console.store()}) == 5);
  BOOST_TEST(contains(console.said(), "the managed identity of \"app\": The subscription"),
             console.said());
}

BOOST_AUTO_TEST_CASE(the_schema_is_json) {
  Console console;
  BOOST_TEST(console.run({"schema"}) == 0);
  BOOST_TEST(console.document().is_object());
}

BOOST_AUTO_TEST_SUITE_END()
