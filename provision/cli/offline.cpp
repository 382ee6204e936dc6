// validate, render and schema: no client, no credential.
#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/inputs.hpp"
#include "akv/provision/kinds/estate.hpp"

namespace akv::cli {

int validate(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  const Manifest manifest = load_manifest(
      settings, environment, output.streams(),
      settings.subscription.empty() ? any_subscription : settings.subscription, settings.tenant);
  const std::vector<manifest::Diagnostic>& diagnostics = manifest.loaded.diagnostics;
  if (output.json())
    output.report(report::diagnostics_json(diagnostics));
  else if (diagnostics.empty())
    output.report(report::diagnostics_text(diagnostics, manifest.files));
  else
    output.message(report::diagnostics_text(diagnostics, manifest.files));
  return manifest.loaded.errors() == 0 ? exit_done : exit_failed;
}

int render(const Environment& environment, Output& output) {
  const Settings& settings = output.settings();
  output.report(manifest::render(
      load_deployment(settings, environment, output, settings.subscription, settings.given_tenant),
      {.origins = settings.origins}));
  return exit_done;
}

int schema(Output& output) {
  std::string text = manifest::schema(kinds::vocabulary());
  if (!text.ends_with('\n')) text += '\n';
  output.report(text);
  return exit_done;
}

}  // namespace akv::cli
