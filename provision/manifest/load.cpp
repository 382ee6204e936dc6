#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "akv/provision/manifest/parameters.hpp"
#include "akv/provision/manifest/principals.hpp"
#include "akv/provision/manifest/remarks.hpp"
#include "akv/provision/manifest/resolver.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/sources.hpp"
#include "akv/provision/manifest/suggest.hpp"
#include "akv/provision/manifest/tables.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akv::manifest {
namespace {

/// One run of load(): its steps in their order.
class Load {
 public:
  Load(std::span<const Input> inputs, const Vocabulary& vocabulary, const LoadOptions& options)
      : inputs_(inputs),
        tables_(vocabulary),
        options_(options),
        sources_(options.files, diagnostics_) {}

  Loaded run() {
    sources_.read(inputs_);
    for (const Input& input : options_.values)
      if (auto tree = sources_.read_values(input)) values_.push_back(std::move(*tree));
    files_ = sources_.take_files();
    names_.complete = sources_.complete();
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
    read_all_remarks();
    return {std::move(deployment_), finish(), sources_.count()};
  }

 private:
  ParameterValues read_parameters(Session& session) {
    Parameters parameters(session);
    for (const File& file : files_)
      if (const NodeId section = file.section("parameters"); section != no_node)
        parameters.declare(file.tree, section, file.overlay);
    for (const Tree& tree : values_) parameters.read_values(tree);
    for (const auto& [name, value] : options_.set) parameters.set(name, value);
    return parameters.finish();
  }

  /// `apiVersion`, `deployment`, `subscription`, `tenant`, and keys that do not belong here.
  void read_heads(Session& session, const Scope& scope) {
    bool named = false;
    Said name, tenant;
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
        if (word.name == "deployment") agree(name, *value, file, node, "deployment");
        if (word.name == "tenant") agree(tenant, *value, file, node, "tenant");
        if (word.name == "subscription") {
          file.subscription = value->string_or();
          file.subscription_origin = value->origin();
        }
      }
    }
    if (!named && names_.complete)
      diagnostics_.error(files_.empty() ? engine::Place{} : whole(files_.front()), "missing-key",
                         "\"deployment\" is missing",
                         "write \"deployment: NAME\", the mark of what this manifest owns");
    deployment_.name = name.text;
    deployment_.name_origin = name.origin;
    // Signing in takes a domain name for a tenant, a vault does not.
    const bool usable = check_guid(options_.tenant).empty();
    deployment_.tenant = tenant.text.empty() && usable ? options_.tenant : tenant.text;
    deployment_.tenant_origin = tenant.origin;
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
        reader.unknown_key(entry, known);
    }
  }

  struct Said {
    std::string text{};
    std::uint32_t origin = 0;
  };

  /// All files that say it must say the same; an overlay may say something else.
  void agree(Said& so_far, const json::Document& value, const File& file, NodeId node,
             const std::string& what) {
    const std::string text(value.string_or());
    if (so_far.text.empty() || file.overlay)
      so_far = {text, value.origin()};
    else if (!ascii::equal(so_far.text, text))
      diagnostics_.error(file.tree.place(node), "conflict",
                         what + " " + quoted(text) + " differs from " + quoted(so_far.text) +
                             " in the files before",
                         "files given together make one deployment");
  }

  void read_names(Session& session, const Scope& scope) {
    add_built_in_sets(names_);
    const Word* permissions = permissions_word(tables_.vault());
    Principals principals(session);
    for (const File& file : files_) {
      if (const NodeId section = file.section("principals"); section != no_node)
        principals.read(file.tree, section, scope, file.overlay);
      if (const NodeId section = file.section("permissionSets");
          section != no_node && permissions != nullptr)
        read_permission_sets(file.tree, section, *permissions, scope, file.overlay, session);
    }
    principals.finish(deployment_);
  }

  /// The `defaults:` for one kind, which may stand in one file only, and those of overlays.
  DefaultLayers defaults_of(Session& session, std::string_view kind) {
    DefaultLayers result;
    for (const File& file : files_) {
      const NodeId section = file.section("defaults");
      if (section == no_node || file.tree.at(section).kind != NodeKind::map) continue;
      const NodeId node = file.tree.find(section, kind);
      if (node == no_node) continue;
      if (!result.empty() && !file.overlay)
        diagnostics_.error(file.tree.place(node), "duplicate-defaults",
                           "defaults for " + quoted(kind) + " stand in two files",
                           "keep one; the first are at " +
                               session.describe(result.front().tree->place(result.front().node)));
      else
        result.push_back({&file.tree, node});
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
          reader.unknown_key(entry, kinds);
    }
  }

  /// That of the last overlay that says one; else a file's own, else the one that the other files
  /// agree on, else the option's.
  FileSubscription subscription_for(const File& file) const {
    const auto said = [](const File& f) {
      return FileSubscription{f.subscription, f.subscription_origin};
    };
    for (auto over = files_.rbegin(); over != files_.rend() && over->overlay; ++over)
      if (!over->subscription.empty()) return said(*over);
    // A faulty one is reported already; "-" keeps it from being reported as missing, too.
    if (file.section("subscription") != no_node)
      return file.subscription.empty() ? FileSubscription{"-"} : said(file);
    FileSubscription shared;
    for (const File& other : files_) {
      if (other.subscription.empty()) continue;
      if (!shared.id.empty() && !ascii::equal(shared.id, other.subscription))
        return {options_.subscription};
      shared = said(other);
    }
    return shared.id.empty() ? FileSubscription{options_.subscription} : shared;
  }

  void resolve(Session& session, const ParameterValues& parameters) {
    check_default_kinds(session);
    Resolver resolver(tables_, parameters, defaults_of(session, "resourceGroup"),
                      defaults_of(session, "vault"), session, deployment_);
    for (const File& file : files_) {
      const NodeId section = file.section("resourceGroups");
      if (section == no_node) continue;
      FieldReader reader(file.tree, session, Scope{});
      if (!reader.expect_list(section, "resourceGroups")) continue;
      if (file.overlay && file.tree.at(section).replace) resolver.clear();
      const FileSubscription subscription = subscription_for(file);
      for (const NodeId item : file.tree.items(section))
        resolver.add(file.tree, item, subscription, file.overlay);
    }
    resolver.finish();
  }

  void read_all_remarks() {
    for (const File& file : files_) {
      const std::uint32_t number = whole(file).file;
      read_remarks(number, sources_.texts().at(number), options_.rules, deployment_.remarks,
                   diagnostics_);
    }
  }

  std::vector<Diagnostic> finish() {
    files_.clear();
    return diagnostics_.finish(sources_.texts());
  }

  static engine::Place whole(const File& file) {
    return {file.tree.place(file.tree.root()).file, 0, 0};
  }

  std::span<const Input> inputs_;
  const Tables tables_;
  const LoadOptions& options_;
  Diagnostics diagnostics_;
  Sources sources_;
  Names names_;
  engine::Deployment deployment_;
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
