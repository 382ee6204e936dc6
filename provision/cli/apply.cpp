// apply and teardown: what they plan differs, how it is carried out does not.
#include "akv/provision/cli/carry_out.hpp"
#include "akv/provision/cli/handlers.hpp"

namespace akv::cli {

int apply(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  const Session session = open_session(Needs::manifest, environment, output);
  engine::PlanOptions options;
  options.target = settings.target;
  options.exclude = settings.exclude;
  options.adopt = settings.adopt;
  options.allow = settings.allow;
  options.facts = facts(session, settings);
  const kinds::Planned planned = kinds::plan(*session.deployment, session.registry,
                                             *session.connection, options, session.context);
  return carry_out(planned, report::Command::apply, session, environment, output);
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
  return carry_out(planned, report::Command::teardown, session, environment, output);
}

}  // namespace akv::cli
