// Warnings of a manifest, with their places: told in text, in the document with -o json.
#include "support/console.hpp"
#include "support/published_schema.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using test::Console;
using test::contains;

namespace {

/// Access policies on a vault whose access roles decide: that is warned of.
std::string idle_policies() {
  std::string text = test::small_manifest();
  return text.replace(text.find("Authorization: false"), 20, "Authorization: true");
}

struct Warned : Console {
  std::string manifest = file("idle.yaml", idle_policies());
  const test::PublishedSchema plan_schema{"plan.schema.json"};

  std::string code_of_first() const {
    const json::Document all = document()["diagnostics"];
    return all.size() == 0 ? "" : std::string(all.as_array()[0]["code"].string_or());
  }
};

constexpr const char* subscription = "9c0d0000-0000-4000-8000-000000000003";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(diagnostics, Warned)

BOOST_AUTO_TEST_CASE(text_tells_warnings_unless_quiet) {
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(complained(), "idle.yaml:13:11: warning: access policies have no effect"),
             complained());
  BOOST_TEST(on_emulator({"plan", manifest, "--quiet"}) == 0);
  BOOST_TEST(complained() == "");
}

BOOST_AUTO_TEST_CASE(json_has_them_whatever_quiet_and_says_them_nowhere_else) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"plan", manifest},
        {"plan", manifest, "--quiet"},
        {"drift", manifest},
        {"drift", manifest, "--quiet"},
        {"apply", manifest},
        {"apply", manifest, "--yes", "--progress", "none"},
        {"apply", manifest, "--quiet"},
        {"teardown", manifest, "--quiet"}}) {
    std::vector<std::string> args = command;
    args.insert(args.end(), {"-o", "json"});
    on_emulator(args);
    BOOST_TEST_CONTEXT(command.front() << " " << command.back()) {
      BOOST_TEST(code_of_first() == "idle-access-policies", said());
      BOOST_TEST(document()["diagnostics"].size() == 1U);
      BOOST_TEST(plan_schema.misfit(said()) == "");
      BOOST_TEST(complained() == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_plan_without_any_says_so) {
  BOOST_TEST(on_emulator({"plan", file("plain.yaml", test::small_manifest()), "-o", "json"}) == 0);
  BOOST_TEST(document()["diagnostics"].is_array());
  BOOST_TEST(document()["diagnostics"].size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_check_has_those_of_the_manifest_and_its_own) {
  const std::string remarked =
      file("remarked.yaml", idle_policies() + "# akv:ignore can-purge nobody here\n");
  for (const char* quiet : {"--quiet", "--color=never"}) {
    BOOST_TEST(run({"check", remarked, "--offline", "--subscription", subscription, "-o", "json",
                    quiet}) == 2);
    BOOST_TEST(document()["diagnostics"].size() == 2U, said());
    BOOST_TEST(code_of_first() == "idle-access-policies");
    BOOST_TEST(test::PublishedSchema("check.schema.json").misfit(said()) == "");
    BOOST_TEST(complained() == "");
  }
}

BOOST_AUTO_TEST_CASE(an_error_after_them_keeps_them) {
  BOOST_TEST(on_emulator({"plan", manifest, "-o", "json", "--save",
                          (folder / "none" / "file").string()}) == 1);
  BOOST_TEST(document()["error"]["code"].string_or() == "saved-plan");
  BOOST_TEST(code_of_first() == "idle-access-policies");
  BOOST_TEST(test::PublishedSchema("error.schema.json").misfit(said()) == "");
  const std::string mistaken =
      file("mistaken.yaml", idle_policies() +
                                "        roleAssignments: [{principal: app, role: "
                                "Nonsense}]\n");
  BOOST_TEST(on_emulator({"plan", mistaken, "-o", "json"}) == 1);
  BOOST_TEST(document()["diagnostics"].size() == 2U, said());
  BOOST_TEST(test::PublishedSchema("diagnostics.schema.json").misfit(said()) == "");
}

BOOST_AUTO_TEST_CASE(who_is_asked_sees_them_before_the_question) {
  terminal = true;
  answer = [] { return "no"; };
  BOOST_TEST(on_emulator({"apply", manifest, "-o", "json"}) == 3);
  BOOST_TEST(complained().find("idle.yaml:13:11: warning: ") < complained().find("? Type yes: "),
             complained());
  BOOST_TEST(code_of_first() == "idle-access-policies");
}

BOOST_AUTO_TEST_CASE(what_a_saved_plan_finds_done_is_in_the_document) {
  const std::string plain = file("plain.yaml", test::small_manifest());
  const std::string plan = (folder / "today.plan").string();
  BOOST_REQUIRE(on_emulator({"plan", plain, "--save", plan}) == 0);
  BOOST_REQUIRE(on_emulator({"apply", plan, "--yes"}) == 0);
  BOOST_TEST(on_emulator({"apply", plan, "--yes", "-o", "json", "--quiet"}) == 0);
  BOOST_TEST(document()["alreadyDone"].size() == 2U, said());
  BOOST_TEST(plan_schema.misfit(said()) == "");
  BOOST_TEST(complained() == "");
}

BOOST_AUTO_TEST_CASE(who_is_signed_in_fits_its_schema) {
  const test::PublishedSchema schema("whoami.schema.json");
  BOOST_TEST(on_emulator({"whoami", "-o", "json"}) == 0);
  BOOST_TEST(schema.misfit(said()) == "");
}

BOOST_AUTO_TEST_SUITE_END()
