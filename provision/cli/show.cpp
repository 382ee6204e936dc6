// show: a saved plan, as plan shows a fresh one. No client, no credential.
#include "akv/provision/report/show.hpp"

#include "akv/provision/cli/exit_codes.hpp"
#include "akv/provision/cli/handlers.hpp"
#include "akv/provision/cli/plan_file.hpp"
#include "akv/provision/kinds/estate.hpp"

namespace akv::cli {

int show_saved(const Environment& environment, Output& output) {
  const engine::SavedPlan saved = load_saved_plan(
      output.settings().files.front(), kinds::make_registry(), environment.interrupts.first);
  switch (output.format()) {
    case report::Format::text:
      output.report(report::show_text(saved, output.report_style()));
      break;
    case report::Format::json:
      output.report(report::show_json(saved));
      break;
    case report::Format::markdown:
      output.report(report::plan_markdown(saved.plan, report::Command::show));
  }
  return exit_done;
}

}  // namespace akv::cli
