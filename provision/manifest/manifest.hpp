/// Manifests: YAML in, desired documents and every mistake out.
#pragma once
#include "akv/provision/engine/desired.hpp"
#include "akv/provision/manifest/files.hpp"
#include "akv/provision/manifest/vocabulary.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace akv::manifest {

enum class Severity { error, warning };

/// One mistake at its place. Prints as `file:line:column: message`, then `; hint`.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string file;
  std::size_t line = 0, column = 0;  ///< From 1; 0: the file as a whole.
  std::string code;                  ///< `unknown-key`, `bad-guid`, … stable, for machines.
  std::string message;               ///< `unknown key "skuu"`
  std::string hint;                  ///< `did you mean "sku"?`
};
std::string to_string(const Diagnostic& diagnostic);

struct Input {
  std::string name;  ///< As the user named it; `<stdin>` for `-`.
  std::string text;
};

struct LoadOptions {
  std::vector<std::pair<std::string, std::string>> set;  ///< `--set NAME=VALUE`, in order.
  std::vector<Input> values;                             ///< `--values FILE`: YAML maps of scalars.
  std::string subscription;  ///< `--subscription`, then the variable; the manifest's own wins.
  std::string tenant;        ///< The same for the tenant.
  std::function<std::optional<std::string>(std::string_view)>
      environment;                     ///< A snapshot's look-up.
  std::vector<std::string> allow_env;  ///< `--allow-env NAME`
  const Files* files = nullptr;        ///< What `include` reads; null: an include is a mistake.
  std::span<const std::string_view> rules{};  ///< That `# akv:ignore` may name.
};

struct Loaded {
  engine::Deployment deployment;  ///< Meaningful only without errors.
  std::vector<Diagnostic> diagnostics;
  std::size_t files = 0;  ///< Manifests read, those included too.
  std::size_t errors() const;
};

/// Never throws for what is in the inputs; all mistakes of all inputs come back at once (at most
/// 200, then a line that says how many more). A file that is named twice, or named and included,
/// counts once. Files marked `overlay: true` lie over all others, in their order. Caps: 256 MiB of
/// text and 64 levels an input, 5 million nodes of all files after expansion of aliases
/// (yaml_reader.hpp); includes (sources.hpp); combinations and what they make (for_each.hpp).
Loaded load(std::span<const Input> inputs, const Vocabulary& vocabulary,
            const LoadOptions& options);

struct RenderOptions {
  bool origins = false;  ///< Each value on a line of its own, with the `file:line` that set it.
};
/// The manifest with everything resolved, as YAML that loads to the same deployment (`akv render`).
std::string render(const engine::Deployment& deployment, const RenderOptions& options = {});
/// The JSON Schema of manifests, from the same tables.
std::string schema(const Vocabulary& vocabulary);

}  // namespace akv::manifest
