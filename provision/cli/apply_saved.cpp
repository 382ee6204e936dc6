#include "akv/provision/cli/apply_saved.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/cli/carry_out.hpp"
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/engine/freshness.hpp"
#include "akv/provision/engine/shell_word.hpp"
#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/show.hpp"

#include <algorithm>

namespace akv::cli {
namespace {

constexpr std::size_t named_done = 5;

void refuse_options(const Settings& settings) {
  const auto refuse = [](const std::string& option, const std::string& why) {
    throw UsageError("a saved plan does not take " + option + ": " + why,
                     "plan again with it, or leave it away");
  };
  if (!settings.allow.empty()) refuse("--allow", "it holds the allowances it was planned with");
  if (!settings.adopt.empty()) refuse("--adopt", "it holds what it takes over");
  const std::string settled = "its manifest was resolved when it was made";
  if (!settings.set.empty()) refuse("--set", settled);
  if (!settings.values.empty()) refuse("--values", settled);
  if (!settings.allow_env.empty()) refuse("--allow-env", settled);
  if (!settings.target.empty()) refuse("--target", "it is applied whole");
  if (!settings.exclude.empty()) refuse("--exclude", "it is applied whole");
  if (settings.prune) refuse("--prune", "it holds what it deletes");
  if (!settings.given_subscription.empty()) refuse("--subscription", "it names its own");
  if (!settings.given_tenant.empty()) refuse("--tenant", "it names its own");
}

[[noreturn]] void refuse_place(const std::string& planned, const std::string& here) {
  throw PlanFileError(
      "the plan was made for " + planned + ", and this is " + here + "; nothing was written",
      "apply it where it was planned, or plan here");
}

void check_cloud(const engine::SavedPlan& saved, const Session& session) {
  const std::string here = cloud_name(session), endpoint = cloud_endpoint(session);
  if (here != saved.cloud) refuse_place(saved.cloud, here);
  if (!ascii::equal(endpoint, saved.endpoint)) refuse_place(saved.endpoint, endpoint);
}

/// Of the subscriptions that the plan has anything of: into others this apply does not look.
void check_tenants(const engine::SavedPlan& saved, const engine::Deployment& deployment,
                   const engine::Environment& environment) {
  for (const std::string& subscription : deployment.subscriptions) {
    const auto known = saved.tenants.find(subscription);
    if (known == saved.tenants.end()) continue;
    const std::string& tenant = known->second;
    const auto now = environment.tenants.find(subscription);
    const std::string here = now == environment.tenants.end() ? std::string() : now->second;
    if (ascii::equal(here, tenant)) continue;
    std::string planned = "subscription ";
    planned.append(subscription).append(" in tenant ").append(tenant);
    refuse_place(planned, here.empty() ? "no tenant of it" : here);
  }
}

void tell_done(const engine::Freshness& freshness, std::size_t all, Output& output) {
  if (output.json()) output.aside().done = freshness.done;
  if (freshness.done.empty() || output.settings().quiet || output.json()) return;
  const std::size_t n = freshness.done.size();
  std::string text = std::to_string(n) + " of " + report::counted(all, "change") +
                     (n == 1 ? " is" : " are") + " done already: ";
  for (std::size_t i = 0; i < std::min(n, named_done); ++i)
    text += (i == 0 ? "" : ", ") + report::printable(freshness.done[i]);
  if (n > named_done) text += " and " + std::to_string(n - named_done) + " more";
  output.message(text + "\n");
}

/// The command that made it, for a shell.
std::string plan_again(const engine::SavedPlan& saved, const std::string& file) {
  std::string text = "akv plan";
  const auto add = [&text](const std::string& word) { text += " " + engine::shell_word(word); };
  for (const std::string& name : saved.files)
    add(name.starts_with("-") && name != "-" ? "./" + name : name);
  for (const std::string& word : saved.options) add(word);
  add("--save");
  add(file);
  return text;
}

int stale(const engine::SavedPlan& saved, const std::vector<engine::Moved>& moved, Output& output) {
  const std::string& file = output.settings().files.front();
  if (output.json())
    output.report(report::stale_json(file, saved, moved, plan_again(saved, file)));
  else
    output.message(
        report::stale_text(file, saved, moved, plan_again(saved, file), output.message_style()));
  return exit_stale;
}

}  // namespace

int apply_saved(const engine::SavedPlan& saved, const Environment& environment, Output& output) {
  refuse_options(output.settings());
  const engine::Deployment deployment = engine::deployment_of(saved);
  const Session session = open_session(Needs::manifest, environment, output, &deployment);
  check_cloud(saved, session);
  session.connection->keyvault_api_version = saved.plan.api_version;

  engine::Sightings seen(session.registry, saved);
  engine::PlanOptions options;
  options.adopt = saved.adopt;
  options.allow = saved.allow;
  options.facts = facts(session, output.settings());
  options.on_live = [&seen](const engine::Live& live) { seen.add(live); };
  kinds::Planned planned = kinds::plan(*session.deployment, session.registry, *session.connection,
                                       options, session.context);
  check_tenants(saved, *session.deployment, planned.environment);
  std::vector<std::pair<std::string, std::string>> unseen;
  for (const engine::Change& change : saved.plan.changes)
    if (change.action == engine::Action::del && !seen.find(change.id) &&
        !session.registry.at(change.kind).is_companion())
      unseen.emplace_back(change.kind, change.id);
  kinds::read_each(unseen, *session.connection, session.context,
                   [&seen](const engine::Live& live) { seen.add(live); });
  engine::Freshness freshness = engine::check_freshness(
      saved, std::move(planned.plan), seen, session.registry, planned.environment, planned.facts);
  if (!freshness.moved.empty()) return stale(saved, freshness.moved, output);
  tell_done(freshness, saved.plan.changes.size(), output);
  planned.plan = std::move(freshness.plan);
  return carry_out(planned, report::Command::apply_saved, session, saved.allow, environment, output,
                   plan_again(saved, output.settings().files.front()));
}

}  // namespace akv::cli
