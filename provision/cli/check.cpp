// check: plan, and judge by rules where it leads to.
#include "akv/provision/checks/baseline.hpp"
#include "akv/provision/checks/checker.hpp"
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "akv/provision/cli/session.hpp"
#include "akv/provision/report/check_report.hpp"
#include "akv/provision/report/detail/layout.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

namespace akv::cli {
namespace {

std::vector<engine::RuleInfo> rule_infos() {
  std::vector<engine::RuleInfo> infos;
  for (const checks::Rule& rule : checks::rules()) infos.push_back(rule.info);
  return infos;
}

std::optional<checks::Baseline> load_baseline(const std::string& name,
                                              const std::stop_token& stop) {
  if (name.empty()) return std::nullopt;
  const manifest::Files::Text file = read_input(name, checks::max_baseline_bytes + 1, stop);
  if (!file.text) throw checks::BaselineError(name + " cannot be read: " + file.fault);
  return checks::read_baseline(*file.text, name);
}

/// A pipe would wait for a reader, and standard output is the report's.
void check_may_write(const std::string& name) {
  std::error_code error;
  if (std::filesystem::exists(name, error) && !std::filesystem::is_regular_file(name, error))
    throw checks::BaselineError(name + " is no regular file; name another: --write-baseline FILE");
}

void save_baseline(const std::string& name, const std::vector<engine::Finding>& findings) {
  std::ofstream file(name, std::ios::binary | std::ios::trunc);
  file << checks::write_baseline(findings);
  file.close();
  if (!file)
    throw checks::BaselineError(name +
                                " cannot be written; name another file: --write-baseline "
                                "FILE");
}

/// What is judged, and what planning it said.
struct Judged {
  engine::Plan plan;
  checks::Checked checked;
};

engine::PlanOptions plan_options(const Settings& settings, checks::Checker& checker) {
  engine::PlanOptions options;
  options.target = settings.target;
  options.exclude = settings.exclude;
  options.outlook = [&checker](const engine::Outlook& outlook) { checker.look(outlook); };
  options.outlook_of_all = true;
  options.most_names = 0;  // No rule is about names.
  return options;
}

/// A part of an estate says nothing of the whole.
checks::Over extent(const Settings& settings) {
  return settings.target.empty() && settings.exclude.empty() ? checks::Over::estate
                                                             : checks::Over::objects;
}

Judged judge_live(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  const Session session = open_session(Needs::manifest, environment, output);
  checks::Checker checker(*session.deployment);
  engine::Plan plan = kinds::plan(*session.deployment, session.registry, *session.connection,
                                  plan_options(settings, checker), session.context)
                          .plan;
  return {std::move(plan), checker.finish(extent(settings))};
}

Judged judge_offline(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  const engine::Deployment deployment =
      load_deployment(settings, environment, output, settings.subscription, settings.given_tenant);
  const engine::Registry registry = kinds::make_registry();
  engine::Environment planned{.deployment = deployment.name};
  if (!deployment.tenant.empty())
    for (const std::string& subscription : deployment.subscriptions)
      planned.tenants[subscription] = deployment.tenant;
  checks::Checker checker(deployment);
  // Nothing is live: each object as a create would make it.
  engine::Plan plan =
      engine::Planner(deployment, registry, planned, plan_options(settings, checker)).finish();
  return {std::move(plan), checker.finish(extent(settings))};
}

/// Whether all was looked at: only then is what was not found mended.
bool is_whole(const report::CheckReport& report, const Settings& settings) {
  return extent(settings) == checks::Over::estate && report.unreadable.empty();
}

report::CheckReport report_on(Judged judged, const Settings& settings) {
  report::CheckReport report;
  report.deployment = std::move(judged.plan.deployment);
  report.where = std::move(judged.plan.where);
  report.who = std::move(judged.plan.who);
  report.rules = rule_infos();
  report.findings = std::move(judged.checked.findings);
  report.places = std::move(judged.plan.places);
  report.subscriptions = std::move(judged.plan.subscriptions);
  report.unreadable = std::move(judged.plan.unreadable);
  report.objects = judged.checked.objects;
  report.reads = judged.plan.reads;
  report.fail_on = settings.fail_on;
  report.version = AKV_VERSION;
  // What was not looked at may be what a remark is for.
  if (is_whole(report, settings)) report.warnings = std::move(judged.checked.idle_remarks);
  return report;
}

}  // namespace

int check(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  const std::optional<checks::Baseline> baseline =
      load_baseline(settings.baseline, environment.interrupts.first);
  if (!settings.write_baseline.empty()) check_may_write(settings.write_baseline);
  report::CheckReport report = report_on(
      settings.offline ? judge_offline(environment, output) : judge_live(environment, output),
      settings);
  if (baseline) {
    report.has_baseline = true;
    const std::size_t not_found = checks::apply_baseline(*baseline, report.findings);
    if (is_whole(report, settings)) report.mended = not_found;
  }
  // Before the report: where it cannot be written, the error is the one document.
  const bool writes = !settings.write_baseline.empty() && is_whole(report, settings);
  if (writes) save_baseline(settings.write_baseline, report.findings);
  output.warn(report.warnings);
  if (output.json()) report.warnings = output.aside().diagnostics;
  output.report(report::check(report, settings.check_format, output.report_style()));
  if (writes)
    output.message("Baseline written to " + report::printable(settings.write_baseline) + ".\n");
  else if (!settings.write_baseline.empty())
    output.message("Baseline not written: it would lack the findings of what could not be read.\n");
  if (!report.unreadable.empty()) return exit_partial;
  return report.fails() && settings.write_baseline.empty() ? exit_differences : exit_done;
}

std::string help_on_checks() { return report::rules_text(rule_infos()); }

}  // namespace akv::cli
