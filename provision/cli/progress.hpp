/// What a run shows while it goes on, on standard error.
#pragma once
#include "akv/provision/cli/output.hpp"
#include "akv/provision/engine/run.hpp"

#include <optional>

namespace akv::cli {

/// A line for each event; for many changes a line every few seconds with a count, and failures at
/// once. Used by one thread.
class ProgressReport {
 public:
  /// Both must outlive it.
  ProgressReport(const engine::Plan& plan, Output& output);
  void operator()(const engine::Event& event);

 private:
  void count(const engine::Event& event);

  const engine::Plan& plan_;
  Output& output_;
  std::size_t width_, ended_ = 0;
  std::optional<Clock::SystemTime> last_count_;
};

}  // namespace akv::cli
