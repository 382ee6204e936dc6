// Lines of progress, while a run goes on.
#include "akv/mgmt/core/time.hpp"
#include "akv/provision/report/detail/blocks.hpp"
#include "akv/provision/report/report.hpp"

#include <algorithm>

namespace akv::report {
namespace {

std::string clock_text(Clock::SystemTime at) {
  // `2026-11-22T10:14:02Z`: the hours to the seconds.
  return time::format_rfc3339(at).substr(11, 8);
}

}  // namespace

std::size_t progress_width(const engine::Plan& plan) {
  std::size_t width = 0;
  for (const engine::Change& change : plan.changes)
    width = std::max(width, columns(title(plan, change)));
  return std::min<std::size_t>(width, 60);
}

std::string progress_line(const engine::Plan& plan, const engine::Event& event, std::size_t width) {
  const engine::Change& change = plan.changes.at(event.change);
  return clock_text(event.at) + "  " + padded(title(plan, change), width) + "  " +
         printable(event.text) + "\n";
}

std::string progress_count(Clock::SystemTime at, std::size_t done, std::size_t all) {
  const std::string total = std::to_string(all);
  const std::string so_far = std::to_string(done);
  return clock_text(at) + "  " +
         std::string(total.size() - std::min(total.size(), so_far.size()), ' ') + so_far + " of " +
         total + "\n";
}

std::string progress_json(const engine::Plan& plan, const engine::Event& event) {
  const engine::Change& change = plan.changes.at(event.change);
  json::Document line = json::Document::object({
      {"at", time::format_rfc3339(event.at)},
      {"action", to_string(change.action)},
      {"kind", change.kind},
      {"name", change.name},
      {"id", change.id},
      {"text", event.text},
      {"final", event.final},
  });
  if (event.final) line.set("outcome", engine::to_string(event.outcome));
  return line.dump() + "\n";
}

}  // namespace akv::report
