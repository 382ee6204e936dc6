/// `forEach` of a resource group or vault.
#pragma once
#include "akv/provision/manifest/field_reader.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace akv::manifest {

/// Names in one `forEach`.
inline constexpr std::size_t max_variables = 16;
/// Combinations of one.
inline constexpr std::size_t max_combinations = 1'000;
/// Groups and vaults that all of a run make.
inline constexpr std::size_t max_made_objects = 20'000;
/// Values in the documents of those.
inline constexpr std::size_t max_made_values = 2'000'000;

/// The combinations of one object: the last name changes fastest. Without `forEach` there is one,
/// without variables of its own; after a mistake one, whose variables have no values.
class Combinations {
 public:
  /// Reads and checks the `forEach` of `object`; `scope` is that of what stands around it.
  Combinations(const Tree& tree, NodeId object, const Scope& scope, Session& session);

  std::size_t count() const { return count_; }
  /// The loop for everything that is written in the object. `outer` outlives it.
  Loop at(std::size_t index, const Loop* outer) const;
  /// Whether there is a `forEach`.
  bool is_loop() const { return node_ != no_node; }
  NodeId node() const { return node_; }

 private:
  struct Variable {
    std::string name;
    engine::Place place{};
    std::vector<std::string> values{};
  };
  void read(FieldReader& reader, NodeId object, const Scope& scope, Session& session);

  NodeId node_ = no_node;
  std::vector<Variable> variables_;
  std::size_t count_ = 1;
  bool faulty_ = false, names_known_ = true;
};

/// `region=weu, stage=dev`: the loops around something, outermost first; empty without any.
std::string label_of(const Loop* loop);

}  // namespace akv::manifest
