#include "akv/provision/engine/scheduler.hpp"

#include "engine/fake_pace.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <stdexcept>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

using Status = StepOutcome::Status;
using Time = Clock::SteadyTime;

RequestClass reads(std::size_t) { return RequestClass::read; }

std::string names(const std::vector<Step>& steps) {
  std::string out;
  for (const Step& step : steps) {
    if (!out.empty()) out += " ";
    for (const std::size_t i : step.changes) out += static_cast<char>('a' + i);
    if (!step.share.empty()) out += "@" + step.share;
  }
  return out;
}

Node node(char name, std::vector<std::size_t> waits_for = {}) {
  return {std::string(1, name), "s", std::move(waits_for)};
}

std::vector<Node> free_nodes(std::size_t count) {
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < count; ++i) nodes.push_back(node(static_cast<char>('a' + i)));
  return nodes;
}

// A scheduler and the moment; steps are finished by the names of their nodes.
struct Stage {
  explicit Stage(std::vector<Node> nodes, SchedulerOptions options = {}, const Pace* pace = nullptr)
      : scheduler(std::move(nodes), options, pace) {}

  std::string next() {
    auto steps = scheduler.next(now, next_request);
    const std::string started = names(steps);
    for (Step& step : steps) in_flight.push_back(std::move(step));
    return started;
  }
  void finish(const std::string& name, StepOutcome outcome) {
    const auto at = std::find_if(in_flight.begin(), in_flight.end(),
                                 [&](const Step& step) { return names({step}) == name; });
    BOOST_REQUIRE_MESSAGE(at != in_flight.end(), name << " is not in flight");
    const Step step = *at;
    in_flight.erase(at);
    scheduler.finished(step, std::vector<StepOutcome>(step.changes.size(), outcome), now);
  }
  void finish(const std::string& name, Status status) { finish(name, StepOutcome{status}); }

  std::string outcomes() const {
    std::string out;
    for (const NodeResult& result : scheduler.results()) {
      if (!out.empty()) out += " ";
      out += to_string(result.outcome);
      if (!result.because.empty()) out += "(" + result.because + ")";
    }
    return out;
  }

  Scheduler scheduler;
  Time now{1000s};
  std::function<RequestClass(std::size_t)> next_request = reads;
  std::vector<Step> in_flight{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scheduler)

BOOST_AUTO_TEST_CASE(a_change_starts_when_the_last_it_waits_for_has_succeeded) {
  Stage stage({node('a'), node('b'), node('c', {0, 1, 1}), node('d', {0})});
  BOOST_TEST(stage.next() == "a b");
  BOOST_TEST(stage.scheduler.why_blocked(2) == "waits for a and b");
  stage.finish("a", Status::done);
  BOOST_TEST(stage.next() == "d");
  BOOST_TEST(stage.scheduler.why_blocked(2) == "waits for b");
  stage.finish("b", Status::again);
  BOOST_TEST(stage.next() == "b");
  stage.finish("b", Status::done);
  BOOST_TEST(stage.next() == "c");
  stage.finish("c", Status::done);
  BOOST_TEST(!stage.scheduler.done());
  stage.finish("d", Status::done);
  BOOST_TEST(stage.scheduler.done());
  BOOST_TEST(!stage.scheduler.wake());
  BOOST_TEST(stage.outcomes() == "succeeded succeeded succeeded succeeded");
}

BOOST_AUTO_TEST_CASE(no_more_than_parallel_are_in_flight) {
  Stage stage(free_nodes(5), {.parallel = 2});
  BOOST_TEST(stage.next() == "a b");
  BOOST_TEST(stage.next() == "");
  BOOST_TEST(!stage.scheduler.wake());
  BOOST_TEST(stage.scheduler.why_blocked(2) == "waits for one of 2 in flight");
  BOOST_TEST(stage.scheduler.why_blocked(0) == "is in flight");
  stage.finish("b", Status::again);
  BOOST_TEST(stage.next() == "b");
  stage.finish("a", Status::done);
  BOOST_TEST(stage.next() == "c");
  // Fewer than one would never end.
  Stage none(free_nodes(1), {.parallel = 0});
  BOOST_TEST(none.next() == "a");
}

BOOST_AUTO_TEST_CASE(a_failure_skips_only_what_depends_on_it_and_says_why) {
  Stage stage({node('a'), node('b'), node('c', {0}), node('d', {2}), node('e', {1})});
  stage.next();
  stage.finish("a",
               StepOutcome{.status = Status::failed, .error = {.code = "Denied"}, .remedy = "ask"});
  BOOST_TEST(stage.outcomes() == "failed notStarted skipped(a) skipped(a) notStarted");
  BOOST_TEST(stage.scheduler.results()[0].error.code == "Denied");
  BOOST_TEST(stage.scheduler.results()[0].remedy == "ask");
  BOOST_TEST(stage.scheduler.why_blocked(2) == "waits for a, which failed");
  BOOST_TEST(stage.scheduler.why_blocked(3) == "waits for c, which was skipped");
  BOOST_TEST(stage.scheduler.why_blocked(0) == "");
  BOOST_TEST((stage.scheduler.take_ended() == std::vector<std::size_t>{0, 2, 3}));
  stage.finish("b", Status::done);
  BOOST_TEST(stage.next() == "e");
}

BOOST_AUTO_TEST_CASE(what_waits_for_an_unknown_end_is_skipped) {
  Stage stage({node('a'), node('b', {0})});
  stage.next();
  stage.finish("a", Status::unknown);
  BOOST_TEST(stage.outcomes() == "unknown skipped(a)");
  BOOST_TEST(stage.scheduler.why_blocked(1) == "waits for a, of which no answer was seen");
  BOOST_TEST(stage.scheduler.done());
}

BOOST_AUTO_TEST_CASE(a_change_that_waits_holds_no_worker) {
  Stage stage(free_nodes(2), {.parallel = 1});
  BOOST_TEST(stage.next() == "a");
  stage.finish("a", StepOutcome{.status = Status::poll, .after = 10s});
  BOOST_TEST(stage.next() == "b");
  BOOST_TEST(stage.scheduler.why_blocked(0) == "waits for the service to finish");
  stage.finish("b", Status::done);
  BOOST_TEST(stage.next() == "");
  BOOST_TEST((stage.scheduler.wake() == Time(1010s)));
  stage.now = Time(1010s);
  BOOST_TEST(stage.next() == "a");
}

BOOST_AUTO_TEST_CASE(a_passing_failure_is_tried_again_a_bounded_number_of_times) {
  Stage stage(free_nodes(1), {.max_retries = 2});
  const StepOutcome busy{.status = Status::retry, .after = 1s, .error = {.code = "Busy"}};
  const auto attempt = [&](const StepOutcome& outcome) {
    BOOST_TEST(stage.next() == "a");
    stage.finish("a", outcome);
    stage.now += 1s;
  };
  attempt(busy);
  BOOST_TEST(stage.scheduler.why_blocked(0) == "waits to try again");
  attempt(busy);
  attempt({.status = Status::again});  // Counted in a row only.
  attempt(busy);
  attempt(busy);
  BOOST_TEST(!stage.scheduler.done());
  attempt(busy);
  BOOST_TEST(stage.outcomes() == "failed");
  BOOST_TEST(stage.scheduler.results()[0].error.code == "Busy");
}

BOOST_AUTO_TEST_CASE(where_patience_ends_in_doubt_the_outcome_is_unknown) {
  Stage stage(free_nodes(1), {.max_retries = 0});
  BOOST_TEST(stage.next() == "a");
  stage.finish("a", StepOutcome{.status = Status::retry, .error = {.maybe_delivered = true}});
  BOOST_TEST(stage.outcomes() == "unknown");
}

BOOST_AUTO_TEST_CASE(a_change_that_polls_too_long_has_failed) {
  Stage stage(free_nodes(1), {.poll_limit = std::chrono::minutes(2)});
  const StepOutcome poll{.status = Status::poll, .after = 60s};
  const StepOutcome retry{.status = Status::retry, .after = 1s};
  for (const auto& outcome : {poll, retry, poll}) {
    BOOST_TEST(stage.next() == "a");
    stage.finish("a", outcome);
    stage.now = stage.scheduler.wake().value();
  }
  BOOST_TEST(stage.next() == "a");
  stage.finish("a", poll);
  BOOST_TEST(stage.outcomes() == "failed");
  const NodeResult& result = stage.scheduler.results()[0];
  BOOST_TEST(result.error.code == "StillNotDone");
  BOOST_TEST(result.error.message == "the service took it, and was still not done 2 minutes later");
  BOOST_TEST(result.remedy ==
             "look at its state with the service; applying again goes on from there");
}

BOOST_AUTO_TEST_CASE(a_new_operation_has_the_whole_poll_limit) {
  Stage stage(free_nodes(1), {.poll_limit = std::chrono::minutes(1)});
  for (int i = 0; i < 5; ++i) {
    stage.next();
    stage.finish("a", StepOutcome{.status = Status::poll, .after = 50s});
    stage.now += 50s;
    stage.next();
    stage.finish("a", Status::again);
  }
  BOOST_TEST(stage.outcomes() == "notStarted");
}

BOOST_AUTO_TEST_CASE(all_that_wait_on_one_thing_are_polled_by_one_step) {
  Stage stage(free_nodes(4));
  BOOST_TEST(stage.next() == "a b c d");
  const auto dns = [](std::chrono::seconds after) {
    return StepOutcome{.status = Status::poll, .after = after, .share = "dns"};
  };
  stage.finish("b", dns(5s));
  stage.now += 1s;
  stage.finish("a", dns(5s));
  stage.finish("c", dns(9s));
  BOOST_TEST(stage.scheduler.why_blocked(0) ==
             "waits for the service to finish, together with others of dns");
  BOOST_TEST((stage.scheduler.wake() == Time(1005s)));
  stage.now = Time(1005s);
  BOOST_TEST(stage.next() == "abc@dns");
  // Whoever comes meanwhile waits for the next time: one at a time.
  stage.finish("d", dns(0s));
  BOOST_TEST(stage.next() == "");
  BOOST_TEST(!stage.scheduler.wake());
  stage.finish("abc@dns", dns(5s));
  BOOST_TEST(stage.next() == "abcd@dns");
  stage.finish("abcd@dns", StepOutcome{.status = Status::done});
  BOOST_TEST(stage.scheduler.done());
}

BOOST_AUTO_TEST_CASE(a_shared_poll_that_fails_for_a_moment_is_repeated_as_one) {
  Stage stage(free_nodes(2));
  stage.next();
  for (const char* name : {"a", "b"})
    stage.finish(name, StepOutcome{.status = Status::poll, .after = 1s, .share = "dns"});
  stage.now += 1s;
  BOOST_TEST(stage.next() == "ab@dns");
  stage.finish("ab@dns", StepOutcome{.status = Status::retry, .after = 2s});
  stage.now += 2s;
  BOOST_TEST(stage.next() == "ab@dns");
}

BOOST_AUTO_TEST_CASE(the_pace_of_a_subscription_holds_up_that_subscription_only) {
  FakePace pace;
  pace.open_at("s", RequestClass::read, Time(1007s));
  auto nodes = free_nodes(3);
  nodes[2].subscription = "other";
  Stage stage(nodes, {}, &pace);
  BOOST_TEST(stage.next() == "c");
  BOOST_TEST(stage.scheduler.why_blocked(0) == "waits for the pace of s");
  BOOST_TEST((stage.scheduler.wake() == Time(1007s)));
  stage.now = Time(1007s);
  BOOST_TEST(stage.next() == "a b");
}

BOOST_AUTO_TEST_CASE(an_empty_bucket_of_writes_does_not_hold_up_reads) {
  FakePace pace;
  pace.open_at("s", RequestClass::write, Time(1060s));
  Stage stage(free_nodes(3), {}, &pace);
  std::vector<RequestClass> kinds(3, RequestClass::read);
  stage.next_request = [&](std::size_t i) { return kinds[i]; };
  BOOST_TEST(stage.next() == "a b c");
  kinds[0] = kinds[1] = RequestClass::write;
  for (const char* name : {"a", "b", "c"}) stage.finish(name, Status::again);
  BOOST_TEST((stage.scheduler.wake() == Time(1000s)));
  BOOST_TEST(stage.next() == "c");
  BOOST_TEST((stage.scheduler.wake() == Time(1060s)));
  stage.now = Time(1060s);
  BOOST_TEST(stage.next() == "a b");
}

BOOST_AUTO_TEST_CASE(a_shared_poll_keeps_the_pace_too) {
  FakePace pace;
  Stage stage(free_nodes(1), {}, &pace);
  stage.next();
  stage.finish("a", StepOutcome{.status = Status::poll, .after = 1s, .share = "dns"});
  pace.open_at("s", RequestClass::read, Time(1009s));
  stage.now = Time(1001s);
  BOOST_TEST(stage.next() == "");
  BOOST_TEST((stage.scheduler.wake() == Time(1009s)));
  stage.now = Time(1009s);
  BOOST_TEST(stage.next() == "a@dns");
}

BOOST_AUTO_TEST_CASE(what_has_not_begun_is_asked_for_its_bucket_only_when_it_is_next) {
  FakePace pace;
  pace.open_at("s", RequestClass::read, Time(1007s));
  Stage stage(free_nodes(20), {}, &pace);
  std::size_t asked = 0;
  stage.next_request = [&](std::size_t i) {
    asked = std::max(asked, i + 1);
    return RequestClass::read;
  };
  BOOST_TEST(stage.next() == "");
  BOOST_TEST(asked == 1u);
}

BOOST_AUTO_TEST_CASE(stop_begins_nothing_more_and_lets_what_is_under_way_end) {
  Stage stage({node('a'), node('b'), node('c'), node('d', {0})}, {.parallel = 2});
  BOOST_TEST(stage.next() == "a b");
  stage.scheduler.stop();
  stage.finish("a", Status::done);
  stage.finish("b", StepOutcome{.status = Status::poll, .after = 5s});
  BOOST_TEST(stage.next() == "");
  BOOST_TEST(!stage.scheduler.done());
  BOOST_TEST((stage.scheduler.under_way() == std::vector<std::size_t>{1}));
  BOOST_TEST((stage.scheduler.wake() == Time(1005s)));
  stage.now = Time(1005s);
  BOOST_TEST(stage.next() == "b");
  stage.finish("b", Status::done);
  BOOST_TEST(stage.scheduler.done());
  BOOST_TEST(!stage.scheduler.wake());
  BOOST_TEST(stage.outcomes() == "succeeded succeeded notStarted notStarted");
  BOOST_TEST(stage.scheduler.why_blocked(2) == "was not begun before the stop");
}

BOOST_AUTO_TEST_CASE(a_circle_is_refused_with_its_path) {
  BOOST_CHECK_EXCEPTION(Scheduler({node('a', {1}), node('b', {0})}, {}, nullptr),
                        std::invalid_argument, [](const std::invalid_argument& e) {
                          return std::string(e.what()) ==
                                 "changes wait for each other in a circle: a -> b -> a";
                        });
}

BOOST_AUTO_TEST_CASE(nothing_to_do_is_done_at_once) {
  Stage stage({});
  BOOST_TEST(stage.next() == "");
  BOOST_TEST(stage.scheduler.done());
}

// Random graphs with random ends of steps, random finishing order, and a stop in some of them.
BOOST_AUTO_TEST_CASE(any_graph_keeps_the_rules_and_ends) {
  for (std::size_t most = 1; most <= 12; ++most) {
    for (std::uint32_t seed = 1; seed <= 150; ++seed) {
      std::mt19937 random(seed);
      std::vector<Node> nodes;
      for (std::size_t i = 0; i < most; ++i) {
        Node fresh = node(static_cast<char>('a' + i));
        fresh.subscription = random() % 2 ? "s" : "t";
        for (std::size_t other = 0; other < i; ++other)
          if (random() % 4 == 0) fresh.waits_for.push_back(other);
        nodes.push_back(std::move(fresh));
      }
      const int parallel = static_cast<int>(1 + random() % 4);
      Stage stage(nodes, {.parallel = parallel, .max_retries = 3}, nullptr);
      bool stopped = false;
      std::vector<bool> begun(most);
      const auto complain = [&](const std::string& what) {
        BOOST_ERROR("seed " << seed << ", " << most << " nodes: " << what);
      };
      int turns = 0;
      while (!stage.scheduler.done() && ++turns < 2000) {
        const std::size_t before = stage.in_flight.size();
        stage.next();
        if (stage.in_flight.size() > static_cast<std::size_t>(parallel))
          return complain("more than " + std::to_string(parallel) + " in flight");
        for (std::size_t k = before; k < stage.in_flight.size(); ++k)
          for (const std::size_t i : stage.in_flight[k].changes) {
            if (stopped && !begun[i]) return complain("one began after the stop");
            begun[i] = true;
            for (const std::size_t other : nodes[i].waits_for)
              if (stage.scheduler.results()[other].outcome != Outcome::succeeded)
                return complain("one began before what it waits for had succeeded");
          }
        if (!stopped && random() % 40 == 0) {
          stage.scheduler.stop();
          stopped = true;
        }
        if (stage.in_flight.empty()) {
          if (stage.scheduler.done()) break;
          const auto wake = stage.scheduler.wake();
          if (!wake) return complain("nothing would ever happen again");
          if (*wake < stage.now) return complain("it would wake in the past");
          stage.now = *wake;
          continue;
        }
        const std::string name = names({stage.in_flight[random() % stage.in_flight.size()]});
        switch (random() % 8) {
          case 0:
            stage.finish(name, Status::failed);
            break;
          case 1:
            stage.finish(name, StepOutcome{.status = Status::retry, .after = 1s});
            break;
          case 2:
            stage.finish(name, StepOutcome{.status = Status::poll, .after = 2s});
            break;
          case 3:
            stage.finish(name, StepOutcome{.status = Status::poll, .after = 2s, .share = "x"});
            break;
          case 4:
            stage.finish(name, Status::again);
            break;
          default:
            stage.finish(name, Status::done);
        }
      }
      if (!stage.scheduler.done()) return complain("it did not end");
      for (std::size_t i = 0; i < most; ++i) {
        const Outcome outcome = stage.scheduler.results()[i].outcome;
        if (outcome == Outcome::not_started && !stopped) return complain("one was forgotten");
        if (outcome == Outcome::not_started && begun[i]) return complain("one never ended");
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
