// export: live vaults as a manifest.
#include "akv/provision/export/export.hpp"

#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/session.hpp"
#include "akv/provision/report/detail/layout.hpp"

namespace akv::cli {
namespace {

exporting::Selection selection(const Settings& settings, const std::string& subscription) {
  exporting::Selection out;
  out.subscription = subscription;
  out.groups = settings.groups;
  for (const auto& [name, value] : settings.tags) out.tags.push_back({name, value});
  out.names = settings.names;
  return out;
}

/// Names of a manifest that is read for nothing else, whatever subscription it is for.
std::vector<engine::Principal> known_principals(const Environment& environment, Output& output) {
  Settings settings = output.settings();
  if (settings.principals.empty()) return {};
  settings.files = {settings.principals};
  return load_deployment(settings, environment, output, any_subscription, settings.given_tenant)
      .principals;
}

void say_what_is_left(const exporting::Exported& exported, Output& output) {
  for (const engine::Unreadable& scope : exported.unreadable)
    output.message(report::trouble_text({scope.code, scope.name + " was not read: " + scope.message,
                                         scope.remedy, scope.request_id}));
  if (output.settings().quiet) return;
  std::string text = "akv: exported " + report::counted(exported.vaults, "vault") + " in " +
                     report::counted(exported.groups, "group");
  const Settings& settings = output.settings();
  const bool filtered = !settings.tags.empty() || !settings.names.empty();
  if (exported.vaults == 0 && filtered) text += ": no vault there has such a tag and name";
  if (exported.unmarked > 0)
    text += ", " + std::to_string(exported.unmarked) + " without a mark: plan with --adopt";
  if (exported.foreign > 0)
    text += ", " + std::to_string(exported.foreign) + " of other deployments, as the comments say";
  output.message(text + "\n");
}

}  // namespace

int export_vaults(const Environment& environment, Output& output) {
  // Offline first: mistakes in a manifest cost no sign-in.
  const exporting::ExportOptions options{.deployment = output.settings().mark,
                                         .principals = known_principals(environment, output)};
  const Session session = open_session(Needs::subscription, environment, output);
  const exporting::Exported exported = exporting::export_manifest(
      *session.connection, selection(output.settings(), session.subscription), options,
      session.context);
  output.report(exported.manifest);
  say_what_is_left(exported, output);
  return exported.unreadable.empty() ? exit_done : exit_partial;
}

}  // namespace akv::cli
