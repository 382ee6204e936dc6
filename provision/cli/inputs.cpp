#include "akv/provision/cli/inputs.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/provision/checks/rules.hpp"
#include "akv/provision/cli/arguments.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/engine/saved_plan.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace akv::cli {
namespace {

namespace fs = std::filesystem;
using manifest::Diagnostic;
using manifest::Input;

// Its reader sees one byte more where there is more.
constexpr std::size_t most_bytes = std::size_t{256} << 20;

/// Collects inputs, and what is wrong with the files themselves.
class Reader {
 public:
  Reader(Streams& streams, const std::stop_token& stop) : streams_(streams), stop_(stop) {}

  void read(const std::string& name, std::vector<Input>& into) {
    if (name == "-") {
      add({"<stdin>", streams_.read_all(most_bytes + 1, stop_)}, into);
      return;
    }
    std::error_code error;
    if (fs::is_directory(name, error))
      read_folder(name, into);
    else
      read_file(name, into);
  }

  std::vector<Diagnostic> take_mistakes() { return std::move(mistakes_); }

 private:
  void read_folder(const std::string& name, std::vector<Input>& into) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator entry(name, error), end; !error && entry != end;
         entry.increment(error))
      if (entry->path().extension() == ".yaml" && !entry->is_directory())
        files.push_back(entry->path().string());
    if (error) return mistake(name, "unreadable-file", "cannot be read: " + error.message(), "");
    if (files.empty())
      return mistake(name, "empty-folder", "the folder holds no *.yaml",
                     "name the manifest's file, or its folder");
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) read_file(file, into);
  }

  void read_file(const std::string& name, std::vector<Input>& into) {
    manifest::Files::Text file = read_input(name, most_bytes, stop_);
    if (!file.text) return mistake(name, "unreadable-file", "cannot be read: " + file.fault, "");
    add({name, std::move(*file.text)}, into);
  }

  void add(Input input, std::vector<Input>& into) {
    if (input.text.find_first_not_of(" \t\r\n") == std::string::npos)
      return mistake(input.name, "empty-file", "the file is empty",
                     "akv schema prints what a manifest holds");
    if (engine::is_saved_plan(input.text))
      return mistake(input.name, "saved-plan", "this is a saved plan, and no manifest",
                     "akv show and akv apply take it");
    into.push_back(std::move(input));
  }

  void mistake(const std::string& file, std::string code, std::string message, std::string hint) {
    Diagnostic out;
    out.file = file;
    out.code = std::move(code);
    out.message = std::move(message);
    out.hint = std::move(hint);
    mistakes_.push_back(std::move(out));
  }

  Streams& streams_;
  const std::stop_token& stop_;  // the environment's; outlives this
  std::vector<Diagnostic> mistakes_;
};

// A mistyped target would find nothing, and say that all is well.
void check_targets(const std::vector<std::string>& globs, const engine::Deployment& deployment) {
  if (globs.empty()) return;
  std::vector<std::string_view> names;
  std::set<std::string_view> known;
  for (const engine::Desired& object : deployment.objects)
    if (known.insert(object.name).second) names.push_back(object.name);
  for (const std::string& glob : globs) {
    if (std::any_of(names.begin(), names.end(),
                    [&glob](std::string_view name) { return engine::glob_matches(glob, name); }))
      continue;
    throw UsageError(
        "--target " + manifest::quoted(glob) + " matches nothing in the manifest",
        manifest::did_you_mean(
            glob, names,
            names.empty() ? "the manifest names nothing" : "there is " + manifest::list_of(names)));
  }
}

}  // namespace

Manifest load_manifest(const Settings& settings, const Environment& environment, Streams& streams,
                       const std::string& subscription, const std::string& tenant) {
  Reader reader(streams, environment.interrupts.first);
  std::vector<Input> inputs;
  manifest::LoadOptions options;
  for (const std::string& name : settings.files) reader.read(name, inputs);
  for (const std::string& name : settings.values) reader.read(name, options.values);
  if (environment.interrupts.first.stop_requested())
    throw CancelledError({.message = "stopped while reading the manifest"});
  options.set = settings.set;
  options.subscription = subscription;
  options.tenant = tenant;
  options.allow_env = settings.allow_env;
  options.environment = [&environment](std::string_view name) -> std::optional<std::string> {
    const auto found = environment.variables.find(name);
    if (found == environment.variables.end()) return std::nullopt;
    return found->second;
  };

  const manifest::DiskFiles disk;
  options.files = &disk;
  options.rules = checks::rule_ids();
  Manifest out;
  out.files = inputs.size();
  std::vector<Diagnostic> mistakes = reader.take_mistakes();
  // Without a file that was named, what the others say of each other would mislead.
  if (mistakes.empty()) {
    out.loaded = manifest::load(inputs, kinds::vocabulary(), options);
    out.files = out.loaded.files;
  } else {
    out.files += mistakes.size();
    out.loaded.diagnostics = std::move(mistakes);
  }
  return out;
}

engine::Deployment load_deployment(const Settings& settings, const Environment& environment,
                                   Output& output, const std::string& subscription,
                                   const std::string& tenant) {
  Manifest manifest = load_manifest(settings, environment, output.streams(), subscription, tenant);
  if (manifest.loaded.errors() != 0)
    throw ManifestError(std::move(manifest.loaded.diagnostics), manifest.files);
  output.warn(manifest.loaded.diagnostics);
  check_targets(settings.target, manifest.loaded.deployment);
  return std::move(manifest.loaded.deployment);
}

}  // namespace akv::cli
