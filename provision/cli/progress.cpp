#include "akv/provision/cli/progress.hpp"

namespace akv::cli {
namespace {

// More changes than this are counted, not listed.
constexpr std::size_t most_listed = 100;
constexpr std::chrono::seconds between_counts{5};

}  // namespace

ProgressReport::ProgressReport(const engine::Plan& plan, Output& output)
    : plan_(plan), output_(output), width_(report::progress_width(plan)) {}

void ProgressReport::operator()(const engine::Event& event) {
  if (event.final) ++ended_;
  switch (output_.settings().progress) {
    case Progress::none:
      return;
    case Progress::json:
      return output_.message(report::progress_json(plan_, event));
    case Progress::plain:
      break;
  }
  const bool failed = event.final && event.outcome != engine::Outcome::succeeded;
  if (plan_.changes.size() <= most_listed || failed || output_.settings().verbose)
    output_.message(report::progress_line(plan_, event, width_));
  if (plan_.changes.size() > most_listed) count(event);
}

void ProgressReport::count(const engine::Event& event) {
  const bool all = ended_ == plan_.changes.size();
  if (!all && last_count_ && event.at < *last_count_ + between_counts) return;
  last_count_ = event.at;
  output_.message(report::progress_count(event.at, ended_, plan_.changes.size()));
}

}  // namespace akv::cli
