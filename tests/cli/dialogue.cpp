// What a person sees and is asked, and what an interrupt does.
#include "cli/quickstart.hpp"

using namespace akv;
using test::contains;
using test::Quickstart;

namespace {

/// Requests a stop when it is told that the first object is there.
class StopAtFirst final : public std::stringbuf {
 public:
  explicit StopAtFirst(std::stop_source& stop) : stop_(stop) {}

 private:
  int sync() override {
    if (str().find("created") != std::string::npos) stop_.request_stop();
    return 0;
  }
  std::stop_source& stop_;  // the test's; outlives it
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dialogue, Quickstart)

BOOST_AUTO_TEST_CASE(quiet_says_nothing_when_nothing_differs) {
  apply_it();
  BOOST_TEST(on_emulator({"plan", manifest, "--quiet"}) == 0);
  BOOST_TEST(said().empty());
  BOOST_TEST(on_emulator({"apply", manifest, "--quiet"}) == 0);
  BOOST_TEST(said().empty());
  BOOST_TEST(complained().empty());
}

BOOST_AUTO_TEST_CASE(verbose_shows_each_request_on_standard_error) {
  BOOST_TEST(on_emulator({"plan", manifest, "--verbose"}) == 0);
  BOOST_TEST(contains(complained(), "GET"), complained());
}

BOOST_AUTO_TEST_CASE(a_question_is_asked_after_the_plan_and_only_yes_is_yes) {
  terminal = true;
  answer = [] { return "y"; };
  BOOST_TEST(on_emulator({"apply", manifest}) == 3);
  BOOST_TEST(contains(said(), "Plan: 2 to create"));
  BOOST_TEST(contains(complained(), "Make these 2 changes on the emulator in "), complained());
  BOOST_TEST(contains(complained(), "? Type yes: "));
  BOOST_TEST(contains(complained(), "not confirmed, nothing was written: only yes means yes"));
  answer = [] { return std::nullopt; };
  BOOST_TEST(on_emulator({"apply", manifest}) == 3);
  BOOST_TEST(contains(complained(), "no answer"));
  answer = [] { return "yes"; };
  BOOST_TEST(on_emulator({"apply", manifest}) == 0);
  asked = 0;
  BOOST_TEST(on_emulator({"apply", manifest}) == 0);
  BOOST_TEST(asked == 0, "with nothing to do there is no question");
}

BOOST_AUTO_TEST_CASE(without_a_terminal_and_an_answer_nothing_is_written) {
  BOOST_TEST(on_emulator({"apply", manifest}) == 3);
  BOOST_TEST(asked == 0);
  BOOST_TEST(contains(complained(), "to answer beforehand: --yes"), complained());
  BOOST_TEST(on_emulator({"apply", manifest, "-o", "json"}) == 3);
  BOOST_TEST(document()["error"]["code"].string_or() == "not-confirmed");
  BOOST_TEST(document()["summary"]["create"].int_or(0) == 2);
  BOOST_TEST(complained().empty());
}

BOOST_AUTO_TEST_CASE(json_with_a_terminal_shows_the_plan_before_the_question) {
  terminal = true;
  answer = [] { return "no"; };
  BOOST_TEST(on_emulator({"apply", manifest, "-o", "json"}) == 3);
  BOOST_TEST(contains(complained(), "Plan: 2 to create"));
  BOOST_TEST(document()["error"]["code"].string_or() == "not-confirmed");
}

BOOST_AUTO_TEST_CASE(teardown_wants_the_deployments_name) {
  apply_it();
  BOOST_TEST(on_emulator({"teardown", manifest}) == 3);
  BOOST_TEST(contains(complained(), "--confirm quickstart"), complained());
  BOOST_TEST(on_emulator({"teardown", manifest, "--confirm", "other"}) == 3);
  BOOST_TEST(contains(complained(), "--confirm says other, but this is quickstart"), complained());
  terminal = true;
  answer = [] { return "yes"; };
  BOOST_TEST(on_emulator({"teardown", manifest}) == 3);
  BOOST_TEST(contains(complained(), "type the deployment's name, quickstart: "), complained());
  answer = [] { return "quickstart"; };
  BOOST_TEST(on_emulator({"teardown", manifest}) == 0);
  BOOST_TEST(on_emulator({"teardown", manifest}) == 0);
  BOOST_TEST(contains(said(), "Nothing to tear down."), said());
}

BOOST_AUTO_TEST_CASE(teardown_by_group_wants_the_groups_name) {
  apply_it();
  BOOST_TEST(on_emulator({"teardown", "-g", "rg-quickstart"}) == 3);
  BOOST_TEST(contains(complained(), "--confirm rg-quickstart"), complained());
  BOOST_TEST(on_emulator({"teardown", "-g", "rg-quickstart", "--confirm", "rg-quickstart"}) == 0);
  BOOST_TEST(contains(said(), "Group rg-quickstart, on the emulator"), said());
}

BOOST_AUTO_TEST_CASE(an_interrupt_at_the_question_writes_nothing) {
  terminal = true;
  for (const int number : {1, 2, 15}) {
    first = {};
    environment.interrupts.first = first.get_token();
    signal = number;
    answer = [this]() -> std::optional<std::string> {
      first.request_stop();
      return std::nullopt;
    };
    BOOST_TEST(on_emulator({"apply", manifest}) == 128 + number);
    BOOST_TEST(contains(complained(), "interrupted, nothing was written"), complained());
  }
  first = {};
  environment.interrupts.first = first.get_token();
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "Plan: 2 to create"));
}

BOOST_AUTO_TEST_CASE(an_interrupt_while_planning_is_an_interrupt) {
  first.request_stop();
  BOOST_TEST(on_emulator({"plan", manifest}) == 130);
  BOOST_TEST(contains(complained(), "interrupted"), complained());
}

BOOST_AUTO_TEST_CASE(an_interrupt_while_applying_lists_what_is_done_and_not_begun) {
  StopAtFirst buffer(first);
  err_buffer = &buffer;
  BOOST_TEST(on_emulator({"apply", manifest, "--yes"}) == 130);
  BOOST_TEST(contains(said(), "Interrupted: 1 succeeded, 0 failed, 1 not begun"), said());
  BOOST_TEST(contains(said(), "not begun  rg-quickstart/kv-quickstart"), said());
  err_buffer = nullptr;
  first = {};
  environment.interrupts.first = first.get_token();
  BOOST_TEST(on_emulator({"apply", manifest, "--yes"}) == 0);
  BOOST_TEST(contains(said(), "Done: 1 succeeded"), said());
}

BOOST_AUTO_TEST_CASE(a_closed_standard_output_stops_no_write) {
  out.setstate(std::ios::badbit);
  BOOST_TEST(on_emulator({"apply", manifest, "--yes"}) == 0);
  out.clear();
  BOOST_TEST(on_emulator({"plan", manifest}) == 0);
  BOOST_TEST(contains(said(), "No changes."));
}

BOOST_AUTO_TEST_CASE(colour_is_decided_for_each_stream_and_can_be_forbidden) {
  const auto coloured = [this](std::vector<std::string> args) {
    args.insert(args.begin(), {"plan", manifest});
    on_emulator(args);
    return contains(said(), "\x1b[");
  };
  BOOST_TEST(!coloured({}));
  out_terminal = true;
  BOOST_TEST(coloured({}));
  BOOST_TEST(!coloured({"--color", "never"}));
  environment.variables["NO_COLOR"] = "1";
  BOOST_TEST(!coloured({}));
  BOOST_TEST(coloured({"--color=always"}));
  environment.variables = {{"TERM", "dumb"}};
  BOOST_TEST(!coloured({}));
  environment.variables = {{"NO_COLOR", ""}, {"TERM", "xterm"}};
  BOOST_TEST(coloured({}));
}

BOOST_AUTO_TEST_CASE(progress_can_be_json_or_none) {
  BOOST_TEST(on_emulator({"apply", manifest, "--yes", "--progress", "json"}) == 0);
  const std::string first_line = complained().substr(0, complained().find('\n'));
  BOOST_TEST(json::Document::parse(first_line)["kind"].is_string());
  BOOST_TEST(on_emulator({"teardown", manifest, "--confirm", "quickstart", "--progress=none"}) ==
             0);
  BOOST_TEST(complained().empty());
}

BOOST_AUTO_TEST_CASE(many_changes_are_counted_not_listed) {
  std::string text = "apiVersion: akv/v1\ndeployment: many\nresourceGroups:\n";
  for (int i = 0; i < 120; ++i)
    text += "  - {name: rg-" + std::to_string(i) + ", location: eastus}\n";
  BOOST_TEST(on_emulator({"apply", file("many.yaml", text), "--yes"}) == 0);
  BOOST_TEST(contains(complained(), "120 of 120\n"), complained());
  BOOST_TEST(!contains(complained(), "rg-7  created"));
}

BOOST_AUTO_TEST_SUITE_END()
