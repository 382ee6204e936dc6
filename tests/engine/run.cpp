#include "akv/provision/engine/run.hpp"

#include "engine/fake_pace.hpp"
#include "support/fake_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

using Status = StepOutcome::Status;
using StepFunction = std::function<StepOutcome(int turn, const Context& context)>;

// An execution whose steps a test writes; `turn` counts them from 0.
class Scripted final : public Execution {
 public:
  explicit Scripted(StepFunction function, RequestClass kind = RequestClass::read,
                    bool in_doubt = false)
      : function_(std::move(function)), kind_(kind), in_doubt_(in_doubt) {}

  RequestClass next_request() const override { return kind_; }
  StepOutcome step(const Context& context) override { return function_(turn_++, context); }
  bool in_doubt() const override { return in_doubt_; }
  std::vector<FieldChange> rewritten() const override {
    FieldChange field;
    field.path = "sku";
    return {field};
  }

 private:
  const StepFunction function_;
  const RequestClass kind_;
  const bool in_doubt_;
  int turn_ = 0;
};

StepOutcome done(int, const Context&) { return {.status = Status::done}; }

Plan plan_of(std::size_t count, Action action = Action::create) {
  Plan plan;
  for (std::size_t i = 0; i < count; ++i) {
    Change change;
    change.action = action;
    change.name = std::string("rg/") + static_cast<char>('a' + i);
    change.subscription = "s";
    plan.changes.push_back(std::move(change));
  }
  return plan;
}

// A run on a fake clock. Each change makes what `make` says, `done` by default.
struct Stage {
  explicit Stage(std::size_t count, Action action = Action::create) : plan(plan_of(count, action)) {
    options.clock = &clock;
    options.on_event = [this](const Event& event) {
      BOOST_TEST((std::this_thread::get_id() == caller));
      events += plan.changes[event.change].name + " " + event.text + (event.final ? ".\n" : "\n");
    };
  }
  RunResult run() { return engine::run(plan, make, together, options); }

  static std::string text(const RunResult& result) {
    std::string out;
    for (const ChangeResult& change : result.changes) {
      if (!out.empty()) out += " ";
      out += to_string(change.outcome);
    }
    return out;
  }

  const std::thread::id caller = std::this_thread::get_id();
  FakeClock clock;
  Plan plan;
  RunOptions options;
  std::string events;
  MakeExecution make = [](std::size_t) { return std::make_unique<Scripted>(done); };
  PollTogether together;
};

// Lets `count` threads through only when all of them have come.
class Meeting {
 public:
  explicit Meeting(int count) : missing_(count) {}
  void come() {
    std::unique_lock lock(mutex_);
    if (--missing_ <= 0) all_here_.notify_all();
    all_here_.wait(lock, [this] { return missing_ <= 0; });
  }

 private:
  // mutex_ guards missing_.
  std::mutex mutex_;
  std::condition_variable all_here_;
  int missing_;
};

// Waits until the context is stopped, as a transport does.
StepOutcome until_stopped(const Context& context) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait(lock, context.stop, [] { return false; });
  return {.status = Status::failed, .error = {.message = "stopped on request"}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run)

BOOST_AUTO_TEST_CASE(an_empty_plan_is_done_at_once) {
  Stage stage(0);
  const RunResult result = stage.run();
  BOOST_TEST(result.changes.empty());
  BOOST_TEST(!result.interrupted);
}

BOOST_AUTO_TEST_CASE(each_action_ends_with_its_own_word) {
  std::string all;
  for (const Action action : {Action::create, Action::update, Action::recover, Action::purge,
                              Action::del, Action::adopt}) {
    Stage stage(1, action);
    stage.run();
    all += stage.events;
  }
  BOOST_TEST(all ==
             "rg/a created.\nrg/a updated.\nrg/a recovered.\nrg/a purged.\nrg/a deleted.\n"
             "rg/a adopted.\n");
}

BOOST_AUTO_TEST_CASE(progress_is_told_and_a_done_step_may_have_the_last_word) {
  Stage stage(1);
  stage.make = [](std::size_t) {
    return std::make_unique<Scripted>([](int turn, const Context&) -> StepOutcome {
      if (turn == 0)
        return {.status = Status::poll, .after = 10s, .progress = "written, registering"};
      return {.status = Status::done, .progress = "created, and how"};
    });
  };
  const RunResult result = stage.run();
  BOOST_TEST(stage.events == "rg/a written, registering\nrg/a created, and how.\n");
  BOOST_TEST((stage.clock.slept() == 10s));
  BOOST_TEST((result.took == 10s));
  BOOST_REQUIRE(result.changes[0].rewritten.size() == 1u);
  BOOST_TEST(result.changes[0].rewritten[0].path == "sku");
}

BOOST_AUTO_TEST_CASE(a_failure_skips_what_waits_for_it_and_the_rest_goes_on) {
  Stage stage(3);
  stage.plan.changes[1].waits_for = {0};
  stage.make = [](std::size_t i) {
    return std::make_unique<Scripted>([i](int, const Context&) -> StepOutcome {
      if (i != 0) return {.status = Status::done};
      return {.status = Status::failed,
              .error = {.code = "Denied", .message = "no right"},
              .remedy = "ask for one"};
    });
  };
  stage.options.scheduler.parallel = 1;
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "failed skipped succeeded");
  BOOST_TEST(stage.events ==
             "rg/a failed: Denied, no right.\nrg/b skipped: waits for rg/a.\nrg/c created.\n");
  BOOST_TEST(result.changes[0].error.code == "Denied");
  BOOST_TEST(result.changes[0].remedy == "ask for one");
  BOOST_TEST(result.changes[1].because == "rg/a");
  BOOST_TEST(result.count(Outcome::skipped) == 1u);
}

BOOST_AUTO_TEST_CASE(steps_run_at_the_same_time_as_many_as_parallel_says) {
  Stage stage(4);
  stage.options.scheduler.parallel = 4;
  Meeting meeting(4);
  stage.make = [&](std::size_t) {
    return std::make_unique<Scripted>([&](int, const Context&) -> StepOutcome {
      meeting.come();  // Would never return with fewer threads.
      return {.status = Status::done};
    });
  };
  BOOST_TEST(stage.run().count(Outcome::succeeded) == 4u);
}

BOOST_AUTO_TEST_CASE(never_more_threads_than_parallel_nor_than_there_is_work) {
  Stage stage(20);
  stage.options.scheduler.parallel = 3;
  std::mutex mutex;
  std::set<std::thread::id> threads;
  stage.make = [&](std::size_t) {
    return std::make_unique<Scripted>([&](int turn, const Context&) -> StepOutcome {
      std::lock_guard lock(mutex);
      threads.insert(std::this_thread::get_id());
      return {.status = turn < 3 ? Status::again : Status::done};
    });
  };
  BOOST_TEST(stage.run().count(Outcome::succeeded) == 20u);
  BOOST_TEST(threads.size() <= 3u);
  BOOST_TEST(!threads.contains(std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(waiting_changes_hold_no_worker) {
  Stage stage(50);
  stage.options.scheduler.parallel = 1;
  stage.make = [](std::size_t) {
    return std::make_unique<Scripted>([](int turn, const Context&) -> StepOutcome {
      if (turn == 0) return {.status = Status::poll, .after = 30s};
      return {.status = Status::done};
    });
  };
  BOOST_TEST(stage.run().count(Outcome::succeeded) == 50u);
  BOOST_TEST((stage.clock.slept() == 30s));
}

BOOST_AUTO_TEST_CASE(those_that_wait_on_one_thing_are_asked_together) {
  Stage stage(3);
  std::atomic<int> alone = 0;
  stage.make = [&](std::size_t) {
    return std::make_unique<Scripted>([&](int turn, const Context&) -> StepOutcome {
      if (turn > 0) ++alone;
      return {.status = Status::poll, .after = 5s, .share = "dns"};
    });
  };
  std::string asked;
  stage.together = [&](const std::string& share, const std::vector<Execution*>& executions,
                       const Context&) {
    asked += share + " " + std::to_string(executions.size()) + "\n";
    return std::vector<StepOutcome>(executions.size(), {.status = Status::done});
  };
  BOOST_TEST(stage.run().count(Outcome::succeeded) == 3u);
  BOOST_TEST(asked == "dns 3\n");
  BOOST_TEST(alone == 0);
}

BOOST_AUTO_TEST_CASE(without_a_way_to_ask_together_each_is_asked_alone) {
  Stage stage(2);
  stage.make = [](std::size_t) {
    return std::make_unique<Scripted>([](int turn, const Context&) -> StepOutcome {
      if (turn == 0) return {.status = Status::poll, .after = 5s, .share = "dns"};
      return {.status = Status::done};
    });
  };
  BOOST_TEST(stage.run().count(Outcome::succeeded) == 2u);
}

BOOST_AUTO_TEST_CASE(no_exception_is_lost) {
  Stage stage(4);
  stage.make = [](std::size_t i) -> std::unique_ptr<Execution> {
    if (i == 0) throw std::runtime_error("cannot be made");
    if (i == 1) throw NotFoundError({.code = "NoKind", .message = "no such kind"});
    return std::make_unique<Scripted>([i](int, const Context&) -> StepOutcome {
      if (i == 2) throw ForbiddenError({.status = 403, .code = "Denied", .message = "no right"});
      throw std::runtime_error("broken step");
    });
  };
  stage.options.scheduler.parallel = 1;
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "failed failed failed failed");
  BOOST_TEST(stage.events ==
             "rg/a failed: InternalError, cannot be made.\n"
             "rg/b failed: NoKind, no such kind.\n"
             "rg/c failed: Denied, no right.\n"
             "rg/d failed: InternalError, broken step.\n");
  BOOST_TEST(result.changes[2].error.status == 403);
}

BOOST_AUTO_TEST_CASE(a_shared_poll_that_throws_or_miscounts_fails_all_that_it_was_for) {
  for (const bool throws : {true, false}) {
    Stage stage(2);
    stage.make = [](std::size_t) {
      return std::make_unique<Scripted>([](int, const Context&) -> StepOutcome {
        return {.status = Status::poll, .after = 1s, .share = "dns"};
      });
    };
    stage.together = [throws](const std::string&, const std::vector<Execution*>&,
                              const Context&) -> std::vector<StepOutcome> {
      if (throws) throw std::runtime_error("broken list");
      return {{.status = Status::done}};
    };
    const RunResult result = stage.run();
    BOOST_TEST(Stage::text(result) == "failed failed");
    BOOST_TEST(result.changes[1].error.message ==
               (throws ? "broken list" : "a shared poll answered for 1 of 2 changes"));
  }
}

BOOST_AUTO_TEST_CASE(the_pace_is_waited_for_on_the_clock) {
  FakePace pace;
  pace.open_at("s", RequestClass::write, Clock::SteadyTime(7s));
  Stage stage(2);
  stage.options.pace = &pace;
  stage.make = [](std::size_t) { return std::make_unique<Scripted>(done, RequestClass::write); };
  BOOST_TEST(stage.run().count(Outcome::succeeded) == 2u);
  BOOST_TEST((stage.clock.slept() == 7s));
}

BOOST_AUTO_TEST_CASE(an_execution_is_made_when_its_change_begins_and_once) {
  Stage stage(3);
  stage.plan.changes[1].waits_for = {0};
  stage.plan.changes[2].waits_for = {1};
  std::string made;
  stage.make = [&](std::size_t i) {
    made += "made " + stage.plan.changes[i].name + "\n" + stage.events;
    stage.events.clear();
    return std::make_unique<Scripted>([](int turn, const Context&) -> StepOutcome {
      return {.status = turn ? Status::done : Status::again};
    });
  };
  stage.run();
  BOOST_TEST(made == "made rg/a\nmade rg/b\nrg/a created.\nmade rg/c\nrg/b created.\n");
}

BOOST_AUTO_TEST_CASE(the_first_interrupt_begins_nothing_more_and_waits_for_what_is_under_way) {
  Stage stage(3);
  stage.options.scheduler.parallel = 1;
  std::stop_source stop;
  stage.options.stop = stop.get_token();
  stage.make = [&](std::size_t) {
    return std::make_unique<Scripted>([&](int turn, const Context& context) -> StepOutcome {
      stop.request_stop();
      BOOST_TEST(!context.stop.stop_requested());
      if (turn == 0) return {.status = Status::poll, .after = 20s};
      return {.status = Status::done};
    });
  };
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "succeeded notStarted notStarted");
  BOOST_TEST(result.interrupted);
  BOOST_TEST(stage.events == "rg/a created.\n");
}

BOOST_AUTO_TEST_CASE(an_interrupt_before_the_run_starts_nothing) {
  Stage stage(2);
  std::stop_source stop;
  stop.request_stop();
  stage.options.stop = stop.get_token();
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "notStarted notStarted");
  BOOST_TEST(result.interrupted);
}

BOOST_AUTO_TEST_CASE(an_interrupt_ends_a_wait_on_the_real_clock) {
  Stage stage(2);
  stage.options.clock = &system_clock();
  FakePace pace;
  pace.open_at("s", RequestClass::read, system_clock().steady_now() + 1h);
  stage.options.pace = &pace;
  std::stop_source stop;
  stage.options.stop = stop.get_token();
  std::jthread signal([&] { stop.request_stop(); });
  BOOST_TEST(Stage::text(stage.run()) == "notStarted notStarted");
}

BOOST_AUTO_TEST_CASE(the_second_interrupt_waits_for_nothing_and_says_what_is_unknown) {
  Stage stage(6);
  stage.options.scheduler.parallel = 5;
  std::stop_source abandon;
  stage.options.abandon = abandon.get_token();
  Meeting meeting(5);
  const auto write = [](StepFunction function, bool in_doubt) {
    return std::make_unique<Scripted>(std::move(function), RequestClass::write, in_doubt);
  };
  stage.make = [&](std::size_t i) -> std::unique_ptr<Execution> {
    // Only when all five are in flight the run is abandoned.
    const auto after_all = [&meeting, &abandon](StepOutcome outcome) {
      return [&meeting, &abandon, outcome](int, const Context& context) {
        meeting.come();
        abandon.request_stop();
        return outcome.status == Status::retry ? until_stopped(context) : outcome;
      };
    };
    const StepOutcome cut{.status = Status::retry};
    switch (i) {
      case 0:  // Sent, and no answer.
        return write(after_all(cut), true);
      case 1:  // A read was cut short.
        return std::make_unique<Scripted>(after_all(cut));
      case 2:  // Its answer came all the same.
        return write(after_all({.status = Status::done}), false);
      case 3:  // So did the service's refusal.
        return write(after_all({.status = Status::failed, .error = {.status = 403}}), false);
      default:  // Written, and the service still works on it.
        return write(after_all({.status = Status::poll, .after = 5s}), false);
    }
  };
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "unknown notStarted succeeded failed unknown notStarted");
  BOOST_TEST(result.interrupted);
  BOOST_TEST(stage.events.find("rg/a unknown: sent, no answer seen.\n") != std::string::npos);
  BOOST_TEST(stage.events.find("rg/c created.\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_change_between_two_writes_is_unknown_when_the_run_is_abandoned) {
  Stage stage(2);
  std::stop_source abandon;
  stage.options.abandon = abandon.get_token();
  stage.make = [&](std::size_t i) {
    return std::make_unique<Scripted>(
        [&, i](int, const Context&) -> StepOutcome {
          if (i == 1) abandon.request_stop();
          return {.status = i == 0 ? Status::again : Status::retry, .after = 1h};
        },
        i == 0 ? RequestClass::write : RequestClass::read);
  };
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "unknown notStarted");
}

BOOST_AUTO_TEST_CASE(a_step_may_say_itself_that_its_end_is_unknown) {
  Stage stage(2);
  stage.plan.changes[1].waits_for = {0};
  stage.make = [](std::size_t) {
    return std::make_unique<Scripted>(
        [](int, const Context&) -> StepOutcome { return {.status = Status::unknown}; });
  };
  const RunResult result = stage.run();
  BOOST_TEST(Stage::text(result) == "unknown skipped");
  BOOST_TEST(stage.events ==
             "rg/a unknown: sent, no answer seen.\nrg/b skipped: waits for rg/a.\n");
}

BOOST_AUTO_TEST_SUITE_END()
