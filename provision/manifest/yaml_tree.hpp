/// A YAML document as a flat list of nodes with marks: an eighth of the memory of YAML::Node.
#pragma once
#include "akv/provision/engine/desired.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = UINT32_MAX;

enum class NodeKind : std::uint8_t { null, scalar, sequence, map, alias };

/// Nodes stand in the order of the text; the children of a container follow it at once.
struct TreeNode {
  NodeKind kind = NodeKind::null;
  bool plain = false;                  ///< A scalar without quotes.
  bool replace = false;                ///< Tagged `!replace`.
  bool merges = false;                 ///< A map with a `<<` key.
  bool verbatim = true;                ///< A scalar's text stands in the source as it is.
  std::uint32_t line = 0, column = 0;  ///< From 1; columns in bytes. An empty value: of its key.
  std::uint32_t first = 0;  ///< A scalar: offset of its text. An alias: the node it stands for.
  std::uint32_t size = 0;   ///< A scalar: length. A sequence: its items. A map: its keys.
  NodeId end = 0;           ///< One past the node's last descendant.
};

/// One key of a map and its value, both past aliases.
struct Entry {
  NodeId key = no_node, value = no_node;
};

/// Immutable once read. Views into the source: valid as long as the input's text.
class Tree {
 public:
  Tree(std::uint32_t file, std::string_view source) : file_(file), source_(source) {}

  NodeId root() const { return nodes_.empty() ? no_node : target(0); }
  /// The node, or what it stands for when it is an alias.
  NodeId target(NodeId id) const {
    return nodes_[id].kind == NodeKind::alias ? nodes_[id].first : id;
  }
  const TreeNode& at(NodeId id) const { return nodes_[id]; }
  /// Text of a scalar; empty for everything else.
  std::string_view text(NodeId id) const;
  engine::Place place(NodeId id) const { return {file_, nodes_[id].line, nodes_[id].column}; }

  std::vector<NodeId> items(NodeId sequence) const;
  /// The entries of a map as they count: its own, then those that its `<<` brings and that are not
  /// there yet. All keys are scalars, none comes twice; the reader saw to it.
  std::vector<Entry> entries(NodeId map) const;
  /// The value of that key, or no_node.
  NodeId find(NodeId map, std::string_view key) const;

  std::size_t size() const { return nodes_.size(); }
  /// The same with each alias counted as what it stands for.
  std::uint64_t values() const { return values_; }
  /// Bytes held beside the source.
  std::size_t memory() const {
    return nodes_.capacity() * sizeof(TreeNode) + unescaped_.capacity();
  }

 private:
  friend class TreeBuilder;
  std::vector<Entry> own_entries(NodeId map) const;

  std::uint32_t file_;
  std::string_view source_;  // Of the input, which outlives the tree.
  std::string unescaped_;    // Texts that differ from the source: escapes, folded lines.
  std::vector<TreeNode> nodes_;
  std::uint64_t values_ = 0;
};

}  // namespace akv::manifest
