#include "akv/provision/cli/carry_out.hpp"

#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/progress.hpp"
#include "akv/provision/cli/question.hpp"

#include <algorithm>

namespace akv::cli {
namespace {

using engine::Outcome;
using engine::Plan;
using report::Command;
using report::Format;

bool stops_run(const Plan& plan) {
  return std::any_of(plan.refused.begin(), plan.refused.end(),
                     [](const engine::Refusal& refusal) { return refusal.stops_run; });
}

/// The plan, where it belongs before anything is done. JSON and Markdown are one document at the
/// end; a person who is about to be asked still sees what it is about.
void show_plan(const Plan& plan, Command command, Output& output) {
  if (output.format() == Format::text)
    return output.report(report::plan_text(plan, command, output.report_style()));
  if (plan.changes.empty() || !will_ask(plan, output)) return;
  output.tell(output.aside().diagnostics);
  output.message(report::plan_text(plan, command, output.message_style()));
}

/// Where the writes outlast Azure's bucket, how long that takes. The emulator inside akv has none.
void show_pace(const Plan& plan, const Session& session, Output& output) {
  if (session.emulator != nullptr) return;
  const std::string text = report::pace_text(plan);
  if (text.empty()) return;
  if (output.format() == Format::text && !output.settings().quiet) return output.report(text);
  if (will_ask(plan, output)) output.message(text);
}

/// Ends without a write; the one document of JSON and Markdown is printed here.
int stopped(const Plan& plan, Command command, const Session& session, const report::Trouble& why,
            int code, Output& output) {
  switch (output.format()) {
    case Format::json:
      output.report(report::run_json(plan, why, requests(session), output.aside()));
      break;
    case Format::markdown:
      output.report(report::plan_markdown(plan, command));
      [[fallthrough]];
    case Format::text:
      output.message(plan.guards.empty() || code != exit_refused || stops_run(plan)
                         ? report::trouble_text(why)
                         : report::guards_text(plan, command, output.message_style()));
  }
  return code;
}

report::Trouble refusal_trouble(const Plan& plan) {
  const auto count = static_cast<std::size_t>(
      std::count_if(plan.refused.begin(), plan.refused.end(),
                    [](const engine::Refusal& refusal) { return refusal.stops_run; }));
  return {"refused",
          "refused: " + std::to_string(count) + (count == 1 ? " object" : " objects") +
              " cannot be brought to what is asked for; nothing was written",
          "the lines marked ! in the report say what stands in the way", ""};
}

report::Trouble guard_trouble(const Plan& plan, Command command) {
  std::string lifts;
  for (const engine::GuardFinding& finding : plan.guards)
    if (!finding.lifted_by.empty()) lifts += (lifts.empty() ? "" : " ") + finding.lifted_by;
  return {"refused-by-guard", "refused by a guard, nothing was written",
          lifts.empty() ? "no option lifts it"
                        : "comply, or mean it: " + report::means_it(lifts, command),
          ""};
}

report::Trouble not_approved(const Plan& plan, const std::string& approved) {
  return {"not-approved",
          "refused: these changes are not the ones that were approved, nothing was written; "
          "approved was " +
              approved + ", this is " + plan.digest,
          "look at the report; to approve it: --expect " + plan.digest, ""};
}

void show_run(const Plan& plan, const engine::RunResult& result, const report::Requests& requests,
              const std::vector<engine::SoftDeleted>& soft_deleted, Output& output) {
  switch (output.format()) {
    case Format::text:
      return output.report(
          report::run_text(plan, result, requests, soft_deleted, output.report_style()));
    case Format::json:
      return output.report(report::run_json(plan, result, requests, soft_deleted, output.aside()));
    case Format::markdown:
      return output.report(report::run_markdown(plan, result, requests, soft_deleted));
  }
}

int nothing_to_do(const Plan& plan, Command command, const Session& session, Output& output) {
  if (output.format() == Format::json)
    output.report(report::run_json(plan, {}, requests(session), {}, output.aside()));
  if (output.format() == Format::markdown) output.report(report::plan_markdown(plan, command));
  return plan.unreadable.empty() && plan.refused.empty() ? exit_done : exit_partial;
}

int code_of(const Plan& plan, const engine::RunResult& result, bool wrote,
            const Environment& environment) {
  const bool complete = result.count(Outcome::succeeded) == result.changes.size();
  // The first write tells whether a failure left things as they were.
  if (!complete && !wrote && !result.interrupted) return exit_failed;
  if (result.interrupted) return exit_signal_base + environment.interrupts.signal();
  return complete && plan.unreadable.empty() && plan.refused.empty() ? exit_done : exit_partial;
}

/// What is soft-deleted after a teardown; asked although the run may have been interrupted.
std::vector<engine::SoftDeleted> look_after(const kinds::Planned& planned, const Session& session,
                                            bool& readable, Output& output) {
  Context context = session.context;
  context.stop = {};
  try {
    return kinds::soft_deleted_after(planned, *session.connection, context);
  } catch (const AzureError& error) {
    readable = false;
    report::Trouble trouble = report::explain(error);
    trouble.message = "what is soft-deleted now could not be read: " + trouble.message;
    if (output.json())
      output.aside().unknown_deleted = std::move(trouble);
    else
      output.message(report::trouble_text(trouble));
    return {};
  }
}

}  // namespace

int carry_out(const kinds::Planned& planned, Command command, const Session& session,
              const engine::Allowances& allow, const Environment& environment, Output& output,
              const std::string& plan_again) {
  const Plan& plan = planned.plan;
  show_plan(plan, command, output);
  if (const std::string& approved = output.settings().expect;
      !approved.empty() && approved != plan.digest)
    return stopped(plan, command, session, not_approved(plan, approved), exit_stale, output);
  if (stops_run(plan))
    return stopped(plan, command, session, refusal_trouble(plan), exit_refused, output);
  if (!plan.guards.empty())
    return stopped(plan, command, session, guard_trouble(plan, command), exit_refused, output);
  if (plan.changes.empty()) return nothing_to_do(plan, command, session, output);

  show_pace(plan, session, output);
  const Interrupts& interrupts = environment.interrupts;
  const Answer answer = ask(plan, output, interrupts.first);
  if (interrupts.first.stop_requested())
    return stopped(plan, command, session,
                   {"interrupted", "interrupted, nothing was written", "", ""},
                   exit_signal_base + interrupts.signal(), output);
  if (!answer.yes)
    return stopped(plan, command, session,
                   {"not-confirmed", "not confirmed, nothing was written: " + answer.why_not,
                    answer.remedy, ""},
                   exit_refused, output);

  ProgressReport progress(plan, output);
  engine::RunOptions options;
  options.scheduler.parallel = output.settings().parallel;
  options.clock = environment.clock;
  options.stop = interrupts.first;
  options.abandon = interrupts.second;
  options.on_event = [&progress](const engine::Event& event) { progress(event); };
  const report::Requests before = requests(session);
  const engine::RunResult result = kinds::apply(planned, session.registry, *session.connection,
                                                allow, std::move(options), plan_again);
  report::Requests sent = requests(session);
  const bool wrote = sent.writes > before.writes;

  bool readable = true;
  std::vector<engine::SoftDeleted> soft_deleted;
  if (plan.teardown && result.count(Outcome::succeeded) > 0 && !interrupts.second.stop_requested())
    soft_deleted = look_after(planned, session, readable, output);
  show_run(plan, result, sent, soft_deleted, output);
  const int code = code_of(plan, result, wrote, environment);
  return code == exit_done && !readable ? exit_partial : code;
}

}  // namespace akv::cli
