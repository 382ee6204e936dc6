/// Carries a plan out with worker threads: the scheduler decides, workers only carry requests.
#pragma once
#include "akv/provision/engine/scheduler.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace akv::engine {

struct ChangeResult {
  Outcome outcome = Outcome::not_started;
  ErrorInfo error{};
  std::string remedy{};  ///< What can be pasted stands in lines of its own, after the first.
  std::string because{};
  std::vector<FieldChange> rewritten{};  ///< Read back changed at once.
};

/// Something people may want to see as it happens.
struct Event {
  std::size_t change = 0;
  Clock::SystemTime at{};
  std::string text;  ///< `created`, `written, Azure is registering …`
  bool final = false;
  Outcome outcome = Outcome::not_started;
};

struct RunOptions {
  SchedulerOptions scheduler{};
  const Clock* clock = &system_clock();  ///< Must outlive the run.
  Pace* pace = nullptr;                  ///< May be null; must outlive the run.
  std::stop_token stop{};                ///< First interrupt: begin nothing more.
  std::stop_token abandon{};             ///< Second: do not wait for what is in flight.
  /// Called on the caller's thread only.
  std::function<void(const Event&)> on_event{};
};

struct RunResult {
  std::vector<ChangeResult> changes;  ///< As in Plan::changes.
  bool interrupted = false;
  std::chrono::milliseconds took{0};
  std::size_t count(Outcome outcome) const;
};

/// Makes the execution of a change; called once for each, on the caller's thread, when it begins.
using MakeExecution = std::function<std::unique_ptr<Execution>(std::size_t change)>;
/// Steps several changes that wait on the same thing by one request.
using PollTogether = std::function<std::vector<StepOutcome>(
    const std::string& share, const std::vector<Execution*>& executions, const Context& context)>;

/// Blocks until all is done, or stopped. Brings its own threads (`parallel` at most) and joins
/// them. Never throws for what a change does.
RunResult run(const Plan& plan, const MakeExecution& make, const PollTogether& poll_together,
              const RunOptions& options);

}  // namespace akv::engine
