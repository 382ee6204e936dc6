/// Resource groups and vaults of all inputs, with defaults and overlays, as the objects of a
/// deployment.
#pragma once
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/for_each.hpp"
#include "akv/provision/manifest/tables.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// Where a kind's defaults stand in one file.
struct DefaultsAt {
  const Tree* tree = nullptr;
  NodeId node = no_node;
};

/// Defaults of one kind: those of a manifest, then those of its overlays.
using DefaultLayers = std::vector<DefaultsAt>;

/// The subscription of a file's groups that name none, and where it stands.
struct FileSubscription {
  std::string id;
  std::uint32_t origin = 0;
};

/// Call add() for each entry of `resourceGroups`, those of overlays last, then finish(). Used by
/// one thread. Everything given to it outlives it.
class Resolver {
 public:
  Resolver(const Tables& tables, const ParameterValues& parameters, DefaultLayers group,
           DefaultLayers vault, Session& session, engine::Deployment& deployment);

  /// `subscription` is empty when no file and no option names one.
  void add(const Tree& tree, NodeId group, const FileSubscription& subscription, bool overlay);
  /// Forgets all groups so far: an overlay replaces them.
  void clear();
  /// Appends all objects to the deployment, and checks the defaults even where nothing uses them.
  void finish();

 private:
  /// Defaults as read last, and whether they are the same for every group.
  struct Defaults {
    DefaultLayers layers;
    std::span<const Word> words;
    std::string_view kind;
    std::optional<json::Document> value{};
    bool everywhere = true;
  };
  /// What one file says of a group.
  struct GroupLayer {
    const Tree* tree;
    NodeId node;
    std::unique_ptr<Loop> loop;  // Null without a forEach. Vaults' loops point to it.
  };
  struct Group {
    json::Document name;  ///< With its place; null where it could not be read.
    FileSubscription subscription;
    std::vector<GroupLayer> layers;  // Never empty.
    // While it is resolved:
    std::string shown_name, unique_in;
    bool existing = false;
  };
  /// A vault that overlays may add to.
  struct Vault {
    json::Document name;
    std::string label;
    std::vector<ReadObject> layers;
    bool made = false;  ///< By a forEach.
  };
  /// Who has a name already.
  struct Claim {
    engine::Place place;
    std::string label;
    bool reported = false;
  };

  void add_group(const Tree& tree, NodeId node, const FileSubscription& subscription, bool overlay,
                 std::unique_ptr<Loop> loop);
  Group* find_beneath(FieldReader& reader, NodeId node, std::string_view name,
                      std::string_view subscription, bool& ambiguous);
  void resolve(Group& group);
  void resolve_vaults(const Group& group);
  Vault read_vault(const Tree& tree, NodeId node, const Scope& scope);
  void finish_vault(const Group& group, Vault vault);
  /// Counts what a forEach makes. False at the cap, which is reported.
  bool may_make(const Tree& tree, NodeId for_each);

  const json::Document& read(Defaults& defaults, const Scope& scope);
  /// The defaults, and each layer over what lies beneath it.
  json::Document lay(Defaults& defaults, const Scope& scope, std::vector<ReadObject> layers,
                     bool existing);
  /// Takes the engine's own words out of the body.
  engine::Desired take_words(json::Document body, std::span<const Word> words);
  void push(engine::Desired desired, std::span<const Word> words, bool made);
  /// A name with its place, behind the word for what has it.
  struct Claimed {
    std::string_view kind;
    const json::Document& name;
  };
  /// Refuses a name that was used before.
  bool claim(std::map<std::string, Claim>& names, std::string key, Claimed what,
             const std::string& label);

  const Tables& tables_;
  const ParameterValues& parameters_;
  Session& session_;
  engine::Deployment& deployment_;
  Defaults group_defaults_, vault_defaults_;
  std::vector<Group> groups_;
  std::multimap<std::string, std::size_t> groups_by_name_;  // Lower case; into groups_.
  std::map<std::string, Claim> group_claims_, vault_claims_;
  std::map<const Tree*, std::map<std::string, Claim>> overlay_claims_;  // groups, by overlay
  std::size_t made_objects_ = 0, made_values_ = 0;
  bool full_ = false;  // A cap on what forEach makes is reached.
  bool missing_subscription_reported_ = false;
};

}  // namespace akv::manifest
