/// Loads manifests from texts, and shows what came out as texts.
#pragma once
#include "akv/provision/kinds/companion_words.hpp"
#include "akv/provision/kinds/resource_group_words.hpp"
#include "akv/provision/kinds/vault_words.hpp"
#include "akv/provision/manifest/manifest.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest_tests {

inline constexpr std::string_view subscription = "9c0d0000-0000-4000-8000-000000000003";

inline manifest::Vocabulary words() {
  return {kinds::resource_group_words(), kinds::vault_words(), kinds::companion_words()};
}

/// Options with a subscription, and with these environment variables.
inline manifest::LoadOptions with_environment(std::map<std::string, std::string> variables = {}) {
  manifest::LoadOptions options;
  options.subscription = subscription;
  options.environment =
      [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  return options;
}

inline manifest::Loaded load(std::string_view text,
                             const manifest::LoadOptions& options = with_environment()) {
  const std::array inputs{manifest::Input{"a.yaml", std::string(text)}};
  return manifest::load(inputs, words(), options);
}

/// All diagnostics, one a line.
inline std::string report(const manifest::Loaded& loaded) {
  std::string text;
  for (const manifest::Diagnostic& diagnostic : loaded.diagnostics)
    text += manifest::to_string(diagnostic) + "\n";
  return text;
}

/// Lines of one vault's members, each indented as it must be, in a whole manifest. The first
/// member is line 11.
inline std::string vault(std::string_view members) {
  std::string text =
      "apiVersion: akv/v1\n"
      "deployment: test\n"
      "principals:\n"
      "  app: 1b2c0000-0000-4000-8000-000000000001\n"
      "  ops: 1b2c0000-0000-4000-8000-000000000002\n"
      "permissionSets: {reader: {secrets: [get, list]}}\n"
      "resourceGroups:\n"
      "  - name: rg\n"
      "    vaults:\n"
      "      - name: kv-test\n";
  std::size_t at = 0;
  while (at < members.size()) {
    const std::size_t end = std::min(members.find('\n', at), members.size());
    text += "        " + std::string(members.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return text;
}

/// The last object of the manifest: the vault of vault().
inline engine::Desired last(const manifest::Loaded& loaded) {
  return loaded.deployment.objects.empty() ? engine::Desired{} : loaded.deployment.objects.back();
}

/// Everything of a deployment but places, for comparing.
inline std::string show(const engine::Deployment& deployment) {
  std::string text = deployment.name + " tenant=" + deployment.tenant + "\n";
  for (const std::string& s : deployment.subscriptions) text += "subscription " + s + "\n";
  for (const engine::Principal& p : deployment.principals)
    text += "principal " + p.name + " " + p.object_id + " " + p.type +
            (p.break_glass ? " break-glass" : "") + "\n";
  for (const engine::Desired& object : deployment.objects) {
    text += object.kind + " " + object.name + " " + object.id + " " + object.body.dump();
    for (const auto& [property, mode] : object.manage)
      text += " " + property + (mode == engine::ListMode::merge ? "=merge" : "=exact");
    if (object.existing) text += " existing";
    if (object.adopt) text += " adopt";
    if (object.on_soft_deleted == engine::OnSoftDeleted::recover) text += " recover";
    if (object.on_soft_deleted == engine::OnSoftDeleted::purge) text += " purge";
    text += "\n";
  }
  return text;
}

}  // namespace akv::manifest_tests
