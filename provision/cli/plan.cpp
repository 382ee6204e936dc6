// plan and drift: read, compare, report.
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/session.hpp"

#include <algorithm>

namespace akv::cli {
namespace {

engine::Plan compute(const Session& session, const Settings& settings) {
  engine::PlanOptions options;
  options.target = settings.target;
  options.exclude = settings.exclude;
  options.adopt = settings.adopt;
  options.allow = settings.allow;
  options.facts = facts(session, settings);
  return kinds::plan(*session.deployment, session.registry, *session.connection, options,
                     session.context)
      .plan;
}

void show(const engine::Plan& plan, report::Command command, Output& output) {
  switch (output.format()) {
    case report::Format::text:
      return output.report(report::plan_text(plan, command, output.report_style()));
    case report::Format::json:
      return output.report(report::plan_json(plan));
    case report::Format::markdown:
      return output.report(report::plan_markdown(plan, command));
  }
}

}  // namespace

int plan(const Environment& environment, Output& output) {
  const Session session = open_session(Needs::manifest, environment, output);
  const engine::Plan plan = compute(session, output.settings());
  show(plan, report::Command::plan, output);
  const bool detailed = output.settings().detailed_exit_code;
  const bool refused = !plan.guards.empty() || std::any_of(plan.refused.begin(), plan.refused.end(),
                                                           [](const engine::Refusal& refusal) {
                                                             return refusal.stops_run;
                                                           });
  if (detailed && refused) return exit_refused;
  if (!plan.unreadable.empty()) return exit_partial;
  return detailed && plan.has_differences() ? exit_differences : exit_done;
}

int drift(const Environment& environment, Output& output) {
  const Session session = open_session(Needs::manifest, environment, output);
  const engine::Plan plan = compute(session, output.settings());
  show(plan, report::Command::drift, output);
  if (!plan.unreadable.empty()) return exit_partial;
  return plan.has_differences() ? exit_differences : exit_done;
}

}  // namespace akv::cli
