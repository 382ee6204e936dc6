/// Which step may be taken when. A single-threaded state machine without clock, threads or network:
/// next(now) says what to start, finished() what came of it.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/pace.hpp"
#include "akv/provision/engine/kind.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace akv::engine {

enum class Outcome { succeeded, failed, skipped, unknown, not_started };
std::string_view to_string(Outcome outcome);  ///< `succeeded`, …, `notStarted`

struct Node {
  std::string name;                    ///< For messages.
  std::string subscription;            ///< Whose pace it takes from.
  std::vector<std::size_t> waits_for;  ///< Indices of nodes.
};

struct SchedulerOptions {
  int parallel = 16;                    ///< Steps in flight.
  int max_retries = 10;                 ///< StepOutcome::retry in a row, per change.
  std::chrono::minutes poll_limit{60};  ///< A change that polls longer has failed.
};

/// A step to take now: one change, or all that share a poll.
struct Step {
  std::vector<std::size_t> changes;
  std::string share;  ///< Set for a shared poll.
};

struct NodeResult {
  Outcome outcome = Outcome::not_started;
  ErrorInfo error{};
  std::string remedy{};
  std::string because{};  ///< skipped: the name of what failed, that it waited for.
};

class Scheduler {
 public:
  /// Throws std::invalid_argument with the path of a cycle (`a -> b -> a`). `pace` may be null and
  /// must outlive the scheduler.
  Scheduler(std::vector<Node> nodes, SchedulerOptions options, const Pace* pace);

  /// Steps to start at `now`, in order of the nodes; none while `parallel` are in flight.
  /// `next_request(i)` says which bucket change i's next step takes from.
  std::vector<Step> next(Clock::SteadyTime now,
                         const std::function<RequestClass(std::size_t)>& next_request);
  /// What came of a step that next() gave: one outcome for each of its changes.
  void finished(const Step& step, const std::vector<StepOutcome>& outcomes, Clock::SteadyTime now);
  /// When next() may have something without anything finishing first; nullopt: never.
  std::optional<Clock::SteadyTime> wake() const;
  /// No change that has not begun begins any more; those under way go on.
  void stop();
  /// Nothing is in flight and nothing can start any more.
  bool done() const;
  /// What change i waits for, as a sentence: `waits for rg-a, which failed`.
  std::string why_blocked(std::size_t i) const;
  const std::vector<NodeResult>& results() const;
  /// The nodes that ended since this was asked last, in the order in which they did.
  std::vector<std::size_t> take_ended();
  /// The nodes that have begun and not ended, in order.
  std::vector<std::size_t> under_way() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace akv::engine
