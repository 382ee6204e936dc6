#include "akv/provision/engine/run.hpp"

#include "akv/provision/engine/detail/workers.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <utility>

namespace akv::engine {
namespace {

using Status = StepOutcome::Status;

// The pipeline may wait this long for the pace before it gives the step back.
constexpr std::chrono::seconds patience{5};

StepOutcome failed(ErrorInfo error) {
  return {.status = Status::failed, .error = std::move(error)};
}

// Work that may throw, as the outcomes of `count` changes: an exception never leaves a worker.
template <class Work>
std::vector<StepOutcome> caught(std::size_t count, const Work& work) {
  try {
    std::vector<StepOutcome> outcomes = work();
    if (outcomes.size() == count) return outcomes;
    return {count,
            failed({.code = "InternalError",
                    .message = "a shared poll answered for " + std::to_string(outcomes.size()) +
                               " of " + std::to_string(count) + " changes"})};
  } catch (const AzureError& e) {
    return {count, failed(e.info())};
  } catch (const std::exception& e) {
    return {count, failed({.code = "InternalError", .message = e.what()})};
  }
}

// Stands in for an execution that could not be made.
class Unmade final : public Execution {
 public:
  explicit Unmade(ErrorInfo error) : error_(std::move(error)) {}
  RequestClass next_request() const override { return RequestClass::read; }
  StepOutcome step(const Context&) override { return failed(error_); }
  bool in_doubt() const override { return false; }

 private:
  const ErrorInfo error_;
};

std::string_view past(Action action) {
  switch (action) {
    case Action::create:
      return "created";
    case Action::update:
      return "updated";
    case Action::recover:
      return "recovered";
    case Action::purge:
      return "purged";
    case Action::del:
      return "deleted";
    case Action::adopt:
      return "adopted";
  }
  return "";
}

std::vector<Node> nodes_of(const Plan& plan) {
  std::vector<Node> nodes;
  for (const Change& change : plan.changes)
    nodes.push_back({called(change), change.subscription, change.waits_for});
  return nodes;
}

// What workers bring back, and whatever else should end a wait.
class Inbox {
 public:
  struct Result {
    Step step;
    std::vector<StepOutcome> outcomes;
  };

  void put(Result result) {
    {
      std::lock_guard lock(mutex_);
      results_.push_back(std::move(result));
    }
    changed_.notify_one();
  }
  void nudge() {
    {
      std::lock_guard lock(mutex_);
      nudged_ = true;
    }
    changed_.notify_one();
  }
  std::deque<Result> take() {
    std::lock_guard lock(mutex_);
    nudged_ = false;
    return std::exchange(results_, {});
  }
  void wait(std::optional<std::chrono::steady_clock::duration> at_most) {
    std::unique_lock lock(mutex_);
    const auto come = [this] { return nudged_ || !results_.empty(); };
    if (at_most)
      changed_.wait_for(lock, *at_most, come);
    else
      changed_.wait(lock, come);
  }

 private:
  // mutex_ guards both.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Result> results_;
  bool nudged_ = false;
};

// The caller's thread runs the scheduler; workers only step executions. An execution is touched by
// the caller's thread while none of its steps is in flight, and by one worker while one is.
class Run {
 public:
  Run(const Plan& plan, const MakeExecution& make, const PollTogether& poll_together,
      const RunOptions& options)
      : plan_(plan),
        make_(make),
        poll_together_(poll_together),
        options_(options),
        scheduler_(nodes_of(plan), options.scheduler, options.pace),
        executions_(plan.changes.size()),
        writing_(plan.changes.size()),
        written_(plan.changes.size()),
        context_{.stop = options.abandon, .clock = options.clock, .max_wait = patience},
        began_(options.clock->steady_now()),
        on_stop_(options.stop, [this] { nudge(); }),
        on_abandon_(options.abandon, [this] { nudge(); }) {
    result_.changes.resize(plan.changes.size());
  }

  RunResult carry_out() {
    {
      detail::Workers workers(static_cast<std::size_t>(std::max(options_.scheduler.parallel, 1)));
      while (!options_.abandon.stop_requested()) {
        if (options_.stop.stop_requested() && !std::exchange(stopping_, true)) scheduler_.stop();
        for (Step& step : scheduler_.next(options_.clock->steady_now(), next_request_))
          start(std::move(step), workers);
        if (scheduler_.done()) break;
        wait();
        take_results();
      }
      // Steps that are in flight see `abandon` in their context and return; then all is joined.
    }
    if (options_.abandon.stop_requested()) give_up();
    result_.interrupted = stopping_ || options_.abandon.stop_requested();
    result_.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        options_.clock->steady_now() - began_);
    return std::move(result_);
  }

 private:
  Execution& execution(std::size_t i) {
    if (executions_[i]) return *executions_[i];
    try {
      executions_[i] = make_(i);
    } catch (const AzureError& e) {
      executions_[i] = std::make_unique<Unmade>(e.info());
    } catch (const std::exception& e) {
      executions_[i] =
          std::make_unique<Unmade>(ErrorInfo{.code = "InternalError", .message = e.what()});
    }
    return *executions_[i];
  }

  void start(Step step, detail::Workers& workers) {
    std::vector<Execution*> those;
    for (const std::size_t i : step.changes) {
      those.push_back(&execution(i));
      writing_[i] = those.back()->next_request() != RequestClass::read;
    }
    ++in_flight_;
    workers.start([this, step = std::move(step), those = std::move(those)] {
      auto outcomes = caught(those.size(), [&]() -> std::vector<StepOutcome> {
        if (!step.share.empty() && poll_together_)
          return poll_together_(step.share, those, context_);
        std::vector<StepOutcome> each;
        for (Execution* execution : those) each.push_back(execution->step(context_));
        return each;
      });
      inbox_.put({step, std::move(outcomes)});
    });
  }

  // With nothing in flight only time can bring something, so the clock is asked to bring it. With
  // something in flight time must not be moved on; there, waking early does no harm.
  void wait() {
    const auto wake = scheduler_.wake();
    if (in_flight_ == 0) {
      if (wake)
        options_.clock->sleep_until(*wake, stopping_ ? options_.abandon : nudge_.get_token());
      return;
    }
    if (wake)
      inbox_.wait(std::max(*wake - options_.clock->steady_now(),
                           std::chrono::steady_clock::duration::zero()));
    else
      inbox_.wait(std::nullopt);
  }

  void nudge() {
    nudge_.request_stop();
    inbox_.nudge();
  }

  void take_results() {
    auto results = inbox_.take();
    // Asked after taking: what was cut short by it is then never judged as a failure.
    if (options_.abandon.stop_requested()) {
      late_ = std::move(results);
      return;
    }
    for (auto& [step, outcomes] : results) {
      --in_flight_;
      for (std::size_t k = 0; k < outcomes.size(); ++k) {
        const std::size_t i = step.changes[k];
        const StepOutcome& outcome = outcomes[k];
        note_write(i, outcome);
        if (outcome.status == Status::done)
          closing_words_[i] = outcome.progress;
        else if (!outcome.progress.empty())
          tell({.change = i, .text = outcome.progress});
      }
      scheduler_.finished(step, outcomes, options_.clock->steady_now());
      for (const std::size_t i : scheduler_.take_ended()) conclude(i, scheduler_.results()[i]);
    }
  }

  void note_write(std::size_t i, const StepOutcome& outcome) {
    if (outcome.status == Status::poll || (outcome.status == Status::again && writing_[i]))
      written_[i] = true;
  }

  void conclude(std::size_t i, const NodeResult& node) {
    ChangeResult& result = result_.changes[i];
    result = {node.outcome, node.error, node.remedy, node.because, {}};
    Event event{.change = i, .final = true, .outcome = node.outcome};
    switch (node.outcome) {
      case Outcome::succeeded:
        result.rewritten = executions_[i]->rewritten();
        event.text = closing_words_[i].empty() ? past(plan_.changes[i].action) : closing_words_[i];
        break;
      case Outcome::failed:
        event.text = "failed: " + (node.error.code.empty() ? "" : node.error.code + ", ") +
                     node.error.message;
        break;
      case Outcome::skipped:
        event.text = "skipped: waits for " + node.because;
        break;
      case Outcome::unknown:
        event.text = "unknown: sent, no answer seen";
        break;
      case Outcome::not_started:
        break;
    }
    closing_words_.erase(i);
    executions_[i].reset();
    tell(std::move(event));
  }

  // What came back while the threads were joined still counts. Of the rest, what may have been
  // written is unknown: a write without an answer, or the first of several, or one that the
  // service still works on.
  void give_up() {
    std::map<std::size_t, NodeResult> last;
    for (auto& result : inbox_.take()) late_.push_back(std::move(result));
    for (auto& [step, outcomes] : late_)
      for (std::size_t k = 0; k < outcomes.size(); ++k) {
        StepOutcome& outcome = outcomes[k];
        const std::size_t i = step.changes[k];
        note_write(i, outcome);
        // Without a status nobody refused it: the step was cut short.
        const bool refused = outcome.status == Status::failed && outcome.error.status != 0;
        if (outcome.status == Status::done) {
          closing_words_[i] = outcome.progress;
          last[i] = {.outcome = Outcome::succeeded};
        } else if (refused) {
          last[i] = {Outcome::failed, std::move(outcome.error), std::move(outcome.remedy), {}};
        } else if (outcome.status == Status::unknown) {
          last[i] = {Outcome::unknown, std::move(outcome.error), std::move(outcome.remedy), {}};
        }
      }
    for (const std::size_t i : scheduler_.under_way()) {
      const auto seen = last.find(i);
      if (seen != last.end())
        conclude(i, seen->second);
      else if (executions_[i]->in_doubt() || written_[i])
        conclude(i, {.outcome = Outcome::unknown});
    }
  }

  void tell(Event event) {
    event.at = options_.clock->now();
    if (options_.on_event) options_.on_event(event);
  }

  const Plan& plan_;
  const MakeExecution& make_;
  const PollTogether& poll_together_;
  const RunOptions& options_;
  Scheduler scheduler_;
  std::vector<std::unique_ptr<Execution>> executions_;  // Null before it begins and after it ended.
  std::vector<bool> writing_;                           // Its step in flight is a write.
  std::vector<bool> written_;  // The service has taken a write, and there is more to do.
  std::map<std::size_t, std::string> closing_words_;
  const std::function<RequestClass(std::size_t)> next_request_ = [this](std::size_t i) {
    return execution(i).next_request();
  };
  const Context context_;
  const Clock::SteadyTime began_;
  RunResult result_;
  std::size_t in_flight_ = 0;
  bool stopping_ = false;
  Inbox inbox_;
  std::deque<Inbox::Result> late_;  // Came in when the run was abandoned.
  std::stop_source nudge_;
  // Last, so that they are gone before what they nudge.
  const std::stop_callback<std::function<void()>> on_stop_, on_abandon_;
};

}  // namespace

std::size_t RunResult::count(Outcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(),
                    [outcome](const ChangeResult& change) { return change.outcome == outcome; }));
}

RunResult run(const Plan& plan, const MakeExecution& make, const PollTogether& poll_together,
              const RunOptions& options) {
  return Run(plan, make, poll_together, options).carry_out();
}

}  // namespace akv::engine
