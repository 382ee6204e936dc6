/// Exports from an emulated estate, and what a plan of the export would still do.
#pragma once
#include "akv/provision/export/export.hpp"
#include "kinds/world.hpp"

#include <string>
#include <vector>

namespace akv::test {

inline exporting::Selection everything(const World& world) {
  exporting::Selection selection;
  selection.subscription = world.emulator->identity().subscription_id;
  return selection;
}

inline exporting::Exported export_from(World& world, const exporting::Selection& selection,
                                       const exporting::ExportOptions& options = {}) {
  return exporting::export_manifest(*world.connection, selection, options,
                                    Context{.clock = &world.clock});
}

/// What planning the manifest with --adopt and --allow takeover would do beyond adopting.
inline std::string left_over(World& world, const std::string& manifest) {
  engine::PlanOptions options;
  options.adopt = {"*"};
  options.allow = {{"takeover", "*"}};
  engine::Plan plan = world.plan(manifest, options).plan;
  std::erase_if(plan.changes, [](const engine::Change& change) {
    return change.action == engine::Action::adopt;
  });
  return summary(plan);
}

/// The manifest from its first `principals:`, `defaults:` or `resourceGroups:` on: without ids.
inline std::string body_of(const std::string& manifest) {
  const std::size_t tenant = manifest.find("\ntenant: ");
  return manifest.substr(manifest.find('\n', tenant + 1) + 1);
}

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace akv::test
