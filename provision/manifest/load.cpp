#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "akv/provision/manifest/parameters.hpp"
#include "akv/provision/manifest/resolver.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/source_check.hpp"
#include "akv/provision/manifest/suggest.hpp"
#include "akv/provision/manifest/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akv::manifest {
namespace {

/// A manifest that could be read, with the place of each of its sections.
struct File {
  Tree tree;
  std::string subscription{};  ///< As written at its top.

  NodeId section(std::string_view name) const { return tree.find(tree.root(), name); }
};

std::vector<std::string> names_of(std::span<const Input> inputs, const LoadOptions& options) {
  std::vector<std::string> names;
  for (const Input& input : inputs) names.push_back(input.name);
  for (const Input& input : options.values) names.push_back(input.name);
  return names;
}

/// One run of load(): its steps in their order.
class Load {
 public:
  Load(std::span<const Input> inputs, const Vocabulary& vocabulary, const LoadOptions& options)
      : inputs_(inputs),
        vocabulary_(vocabulary),
        options_(options),
        diagnostics_(names_of(inputs, options)) {}

  Loaded run() {
    read_files();
    if (!options_.subscription.empty() && !check_guid(options_.subscription).empty())
      diagnostics_.error_outside("--subscription or AZURE_SUBSCRIPTION_ID", "bad-subscription",
                                 quoted(options_.subscription) + " is not a GUID",
                                 "give the subscription's id, not its name");
    Interpolator interpolator({options_.environment, options_.allow_env}, names_.complete,
                              diagnostics_);
    deployment_.places.files = diagnostics_.files();
    Session session{diagnostics_, interpolator, names_, deployment_.places};
    const ParameterValues parameters = read_parameters(session);
    const Scope scope{&parameters};
    read_heads(session, scope);
    read_names(session, scope);
    resolve(session, parameters);
    return {std::move(deployment_), finish()};
  }

 private:
  std::optional<Tree> read(std::uint32_t file, std::string_view text) {
    const CheckedSource source = check_source(file, text, diagnostics_);
    texts_[file] = source.text;
    auto tree = source.ok ? read_yaml(file, source.text, diagnostics_) : std::optional<Tree>();
    if (!tree) names_.complete = false;
    return tree;
  }

  void read_files() {
    texts_.resize(diagnostics_.files().size());
    std::uint32_t file = 0;
    for (const Input& input : inputs_) {
      if (auto tree = read(file++, input.text)) {
        if (tree->at(tree->root()).kind == NodeKind::map) {
          files_.push_back({std::move(*tree)});
        } else {
          names_.complete = false;
          diagnostics_.error(tree->place(tree->root()), "wrong-type",
                             "a manifest is a map, and this is none",
                             "begin with \"apiVersion: akv/v1\"");
        }
      }
    }
    for (const Input& input : options_.values)
      if (auto tree = read(file++, input.text)) values_.push_back(std::move(*tree));
  }

  ParameterValues read_parameters(Session& session) {
    Parameters parameters(session);
    for (const File& file : files_)
      if (const NodeId section = file.section("parameters"); section != no_node)
        parameters.declare(file.tree, section);
    for (const Tree& tree : values_) parameters.read_values(tree);
    for (const auto& [name, value] : options_.set) parameters.set(name, value);
    return parameters.finish();
  }

  /// `apiVersion`, `deployment`, `subscription`, `tenant`, and keys that do not belong here.
  void read_heads(Session& session, const Scope& scope) {
    bool named = false;
    std::string tenant;
    for (File& file : files_) {
      FieldReader reader(file.tree, session, scope);
      check_top_keys(reader);
      if (file.section("apiVersion") == no_node)
        diagnostics_.error(whole(file), "missing-key", "\"apiVersion\" is missing",
                           "begin with \"apiVersion: akv/v1\"");
      for (const Word& word : manifest_words()) {
        const NodeId node = file.section(word.name);
        const bool single = word.type == FieldType::word || word.type == FieldType::text;
        if (node == no_node || !single) continue;
        if (word.name == "deployment") named = true;
        const auto value = reader.value(word, node);
        if (!value) continue;
        const std::string text(value->string_or());
        if (word.name == "deployment") agree(deployment_.name, text, file, node, "deployment");
        if (word.name == "tenant") agree(tenant, text, file, node, "tenant");
        if (word.name == "subscription") file.subscription = text;
      }
    }
    if (!named && names_.complete)
      diagnostics_.error(files_.empty() ? engine::Place{} : whole(files_.front()), "missing-key",
                         "\"deployment\" is missing",
                         "write \"deployment: NAME\", the mark of what this manifest owns");
    // Signing in takes a domain name for a tenant, a vault does not.
    const bool usable = check_guid(options_.tenant).empty();
    deployment_.tenant = tenant.empty() && usable ? options_.tenant : tenant;
    names_.tenant = deployment_.tenant;
  }

  void check_top_keys(FieldReader& reader) {
    const Tree& tree = reader.tree();
    std::vector<std::string_view> known;
    for (const Word& word : manifest_words()) known.push_back(word.name);
    for (const Entry& entry : tree.entries(tree.root())) {
      const std::string_view key = tree.text(entry.key);
      // A home for anchors.
      if (key.substr(0, 2) == "x-") continue;
      if (std::find(known.begin(), known.end(), key) == known.end())
        reader.unknown_key(entry.key, known);
    }
  }

  /// All files that say it must say the same.
  void agree(std::string& so_far, const std::string& text, const File& file, NodeId node,
             const std::string& what) {
    if (so_far.empty())
      so_far = text;
    else if (!ascii::equal(so_far, text))
      diagnostics_.error(
          file.tree.place(node), "conflict",
          what + " " + quoted(text) + " differs from " + quoted(so_far) + " in the files before",
          "files given together make one deployment");
  }

  void read_names(Session& session, const Scope& scope) {
    add_built_in_sets(names_);
    const Word* permissions = permissions_word(vocabulary_.vault);
    for (const File& file : files_) {
      if (const NodeId section = file.section("principals"); section != no_node)
        read_principals(file.tree, section, scope, session, deployment_);
      if (const NodeId section = file.section("permissionSets");
          section != no_node && permissions != nullptr)
        read_permission_sets(file.tree, section, *permissions, scope, session);
    }
  }

  /// The `defaults:` for one kind, which may stand in one file only.
  DefaultsAt defaults_of(Session& session, std::string_view kind) {
    DefaultsAt result;
    for (const File& file : files_) {
      const NodeId section = file.section("defaults");
      if (section == no_node || file.tree.at(section).kind != NodeKind::map) continue;
      const NodeId node = file.tree.find(section, kind);
      if (node == no_node) continue;
      if (result.node != no_node)
        diagnostics_.error(
            file.tree.place(node), "duplicate-defaults",
            "defaults for " + quoted(kind) + " stand in two files",
            "keep one; the first are at " + session.describe(result.tree->place(result.node)));
      else
        result = {&file.tree, node};
    }
    return result;
  }

  void check_default_kinds(Session& session) {
    constexpr std::array<std::string_view, 2> kinds{"resourceGroup", "vault"};
    for (const File& file : files_) {
      const NodeId section = file.section("defaults");
      if (section == no_node) continue;
      FieldReader reader(file.tree, session, Scope{});
      if (!reader.expect_map(section, "defaults")) continue;
      for (const Entry& entry : file.tree.entries(section))
        if (std::find(kinds.begin(), kinds.end(), file.tree.text(entry.key)) == kinds.end())
          reader.unknown_key(entry.key, kinds);
    }
  }

  /// A file's own, else the one that the other files agree on, else the option's.
  std::string subscription_for(const File& file) const {
    // A faulty one is reported already; "-" keeps it from being reported as missing, too.
    if (file.section("subscription") != no_node)
      return file.subscription.empty() ? "-" : file.subscription;
    std::string shared;
    for (const File& other : files_) {
      if (other.subscription.empty()) continue;
      if (!shared.empty() && !ascii::equal(shared, other.subscription))
        return options_.subscription;
      shared = other.subscription;
    }
    return shared.empty() ? options_.subscription : shared;
  }

  void resolve(Session& session, const ParameterValues& parameters) {
    check_default_kinds(session);
    Resolver resolver(vocabulary_, parameters, defaults_of(session, "resourceGroup"),
                      defaults_of(session, "vault"), session, deployment_);
    for (const File& file : files_) {
      const NodeId section = file.section("resourceGroups");
      if (section == no_node) continue;
      FieldReader reader(file.tree, session, Scope{});
      if (!reader.expect_list(section, "resourceGroups")) continue;
      const std::string subscription = subscription_for(file);
      for (const NodeId item : file.tree.items(section))
        resolver.resource_group(file.tree, item, subscription);
    }
    resolver.check_defaults();
  }

  std::vector<Diagnostic> finish() {
    files_.clear();
    return diagnostics_.finish(texts_);
  }

  static engine::Place whole(const File& file) {
    return {file.tree.place(file.tree.root()).file, 0, 0};
  }

  std::span<const Input> inputs_;
  const Vocabulary& vocabulary_;
  const LoadOptions& options_;
  Diagnostics diagnostics_;
  Names names_;
  engine::Deployment deployment_;
  std::vector<std::string_view> texts_;  // By file, without byte order marks.
  std::vector<File> files_;
  std::vector<Tree> values_;
};

}  // namespace

Loaded load(std::span<const Input> inputs, const Vocabulary& vocabulary,
            const LoadOptions& options) {
  if (inputs.empty())
    return {{}, {{Severity::error, "", 0, 0, "no-input", "no manifest was given", ""}}};
  return Load(inputs, vocabulary, options).run();
}

}  // namespace akv::manifest
