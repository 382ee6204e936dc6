// plan and drift: read, compare, report.
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/provision/checks/checker.hpp"
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/plan_file.hpp"
#include "akv/provision/cli/session.hpp"
#include "akv/provision/engine/fingerprint.hpp"
#include "akv/provision/engine/freshness.hpp"
#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>

namespace akv::cli {
namespace {

enum class Judged { no, yes };

kinds::Planned compute(const Session& session, const Settings& settings, Judged judged,
                       engine::Sightings* seen = nullptr) {
  checks::Checker checker(*session.deployment);
  engine::PlanOptions options;
  options.target = settings.target;
  options.exclude = settings.exclude;
  options.adopt = settings.adopt;
  options.allow = settings.allow;
  options.facts = facts(session, settings);
  options.prune = settings.prune;
  options.prune_scopes = settings.prune_scopes;
  options.preflight = settings.preflight;
  if (seen) options.on_live = [seen](const engine::Live& live) { seen->add(live); };
  if (judged == Judged::yes)
    options.outlook = [&checker](const engine::Outlook& outlook) { checker.look(outlook); };
  kinds::Planned planned = kinds::plan(*session.deployment, session.registry, *session.connection,
                                       options, session.context);
  planned.plan.findings = checks::counting(checker.finish(checks::Over::objects).findings);
  return planned;
}

/// What was planned, with all that apply needs to know whether it still holds.
void save(const kinds::Planned& planned, const engine::Sightings& seen, const Session& session,
          const Environment& environment, const Settings& settings) {
  engine::SavedPlan saved;
  saved.saved_at = time::format_rfc3339(environment.clock->now());
  saved.cloud = cloud_name(session);
  saved.endpoint = cloud_endpoint(session);
  saved.tenant = session.deployment->tenant;
  saved.tenants = planned.environment.tenants;
  saved.subscriptions = session.deployment->subscriptions;
  saved.files = settings.files;
  for (const auto& [name, value] : settings.set) saved.parameters.push_back(name);
  // No secret has a place in a manifest, nor among these; one that got there goes no further.
  for (const std::string& word : settings.plan_options) saved.options.push_back(redact::text(word));
  saved.allow = settings.allow;
  saved.adopt = settings.adopt;
  saved.plan = planned.plan;
  saved.witnesses = engine::witnesses_of(planned.plan, *session.deployment, seen);
  engine::keep_canonical(saved, session.registry);
  std::string text;
  try {
    text = engine::to_text(saved);
  } catch (const FormatError& error) {
    throw PlanFileError(error.info().message, "");
  }
  write_plan_file(settings.save, text, environment.process_id);
}

void show(const engine::Plan& plan, report::Command command, Output& output) {
  switch (output.format()) {
    case report::Format::text:
      return output.report(report::plan_text(plan, command, output.report_style()));
    case report::Format::json:
      return output.report(report::plan_json(plan, output.aside()));
    case report::Format::markdown:
      return output.report(report::plan_markdown(plan, command));
  }
}

}  // namespace

int plan(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  if (!settings.save.empty()) check_may_save(settings.save);
  const Session session = open_session(Needs::manifest, environment, output);
  engine::Sightings seen(session.registry, *session.deployment);
  kinds::Planned planned =
      compute(session, settings, Judged::yes, settings.save.empty() ? nullptr : &seen);
  engine::Plan& plan = planned.plan;
  plan.digest = engine::change_set_digest(plan);
  // Before the report: where it cannot be saved, the error is the one document.
  if (!settings.save.empty()) save(planned, seen, session, environment, settings);
  show(plan, report::Command::plan, output);
  if (!settings.save.empty() && !settings.quiet)
    output.message("Saved in " + report::printable(settings.save) +
                   ". It can be applied as long as nothing that it changes has moved.\n");
  const bool detailed = output.settings().detailed_exit_code;
  const bool refused =
      !plan.guards.empty() || (plan.preflight && plan.preflight->stops_run()) ||
      std::any_of(plan.refused.begin(), plan.refused.end(),
                  [](const engine::Refusal& refusal) { return refusal.stops_run; });
  if (detailed && refused) return exit_refused;
  if (!plan.unreadable.empty()) return exit_partial;
  return detailed && plan.has_differences() ? exit_differences : exit_done;
}

int drift(const Environment& environment, Output& output) {
  const Session session = open_session(Needs::manifest, environment, output);
  const engine::Plan plan = compute(session, output.settings(), Judged::no).plan;
  show(plan, report::Command::drift, output);
  if (!plan.unreadable.empty()) return exit_partial;
  return plan.has_differences() ? exit_differences : exit_done;
}

}  // namespace akv::cli
