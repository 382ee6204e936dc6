/// Resource groups and vaults of all inputs, with defaults, as the objects of a deployment.
#pragma once
#include "akv/provision/manifest/field_reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// Where a kind's defaults stand; no node when there are none.
struct DefaultsAt {
  const Tree* tree = nullptr;
  NodeId node = no_node;
};

/// Used by one thread. Everything given to it outlives it.
class Resolver {
 public:
  Resolver(const Vocabulary& vocabulary, const ParameterValues& parameters, DefaultsAt group,
           DefaultsAt vault, Session& session, engine::Deployment& deployment);

  /// One entry of `resourceGroups`, appended to the deployment. `subscription` is that of its file,
  /// empty when no file and no option names one.
  void resource_group(const Tree& tree, NodeId node, std::string_view subscription);
  /// Checks the defaults even where nothing uses them.
  void check_defaults();

 private:
  /// Defaults as read last, and whether they are the same for every group.
  struct Defaults {
    DefaultsAt at;
    std::span<const Word> words;
    std::string_view kind;
    std::optional<json::Document> value{};
    bool everywhere = true;
  };
  struct Group {
    std::string subscription, name, unique_in;
    bool existing = false;
  };

  void vault(const Tree& tree, NodeId node, const Group& group);
  const json::Document& read(Defaults& defaults, const Scope& scope);
  std::string subscription_of(FieldReader& reader, NodeId node, const ReadObject& own,
                              std::string_view of_file);
  /// Takes the engine's own words out of the body.
  engine::Desired take_words(json::Document body, std::span<const Word> words);
  void reject_properties_of_existing(const ReadObject& own, std::span<const Word> words);
  /// What the object's `unmanaged` names goes from what it inherits.
  void drop_unmanaged(const json::Document& own, json::Document& inherited,
                      std::span<const Word> words);
  void check_states(const engine::Desired& desired);
  void check_tags(const engine::Desired& desired);
  void warn_of_idle_policies(const engine::Desired& desired);
  /// Refuses a name that was used before; `what` is `vault "kv"`.
  bool claim(std::map<std::string, engine::Place>& names, std::string key, std::string what,
             engine::Place place);

  const Vocabulary& vocabulary_;
  const ParameterValues& parameters_;
  Session& session_;
  engine::Deployment& deployment_;
  Defaults group_defaults_, vault_defaults_;
  std::map<std::string, engine::Place> groups_, vaults_;
  bool missing_subscription_reported_ = false;
};

}  // namespace akv::manifest
