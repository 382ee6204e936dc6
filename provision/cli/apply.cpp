// apply and teardown: what they plan differs, how it is carried out does not.
#include "akv/provision/cli/apply_saved.hpp"
#include "akv/provision/cli/carry_out.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/engine/fingerprint.hpp"

namespace akv::cli {

int apply(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  if (const auto saved = find_saved_plan(settings.files, kinds::make_registry()))
    return apply_saved(*saved, environment, output);
  const Session session = open_session(Needs::manifest, environment, output);
  engine::PlanOptions options;
  options.target = settings.target;
  options.exclude = settings.exclude;
  options.adopt = settings.adopt;
  options.allow = settings.allow;
  options.facts = facts(session, settings);
  options.prune = settings.prune;
  options.prune_scopes = settings.prune_scopes;
  kinds::Planned planned = kinds::plan(*session.deployment, session.registry, *session.connection,
                                       options, session.context);
  planned.plan.digest = engine::change_set_digest(planned.plan);
  return carry_out(planned, report::Command::apply, session, settings.allow, environment, output);
}

int teardown(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  const bool by_group = !settings.groups.empty();
  const Session session =
      open_session(by_group ? Needs::subscription : Needs::manifest, environment, output);
  kinds::TeardownOptions options;
  options.groups = settings.groups;
  options.subscription = session.subscription;
  options.purge = settings.purge;
  options.delete_existing_groups = settings.delete_existing_groups;
  options.allow = settings.allow;
  const kinds::Planned planned =
      kinds::plan_teardown(session.deployment ? &*session.deployment : nullptr, session.registry,
                           *session.connection, options, session.context);
  return carry_out(planned, report::Command::teardown, session, settings.allow, environment,
                   output);
}

}  // namespace akv::cli
