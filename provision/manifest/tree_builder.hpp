/// Builds a Tree from the parser's events. Internal to the reader.
#pragma once
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

class TreeBuilder final : public YAML::EventHandler {
 public:
  /// Thrown through the parser to stop it, when the error is already among the diagnostics.
  struct Refused {};
  /// Thrown by the source when the parser reads far ahead without reporting anything.
  struct TooFarAhead {};

  /// `source` and `diagnostics` outlive the builder. `read_before` counts the nodes of other files.
  TreeBuilder(std::uint32_t file, std::string_view source, Diagnostics& diagnostics,
              std::uint64_t read_before)
      : tree_(file, source),
        source_(source),
        diagnostics_(diagnostics),
        read_before_(read_before),
        last_place_{file, 1, 1} {}

  /// From now on another document is an error.
  void expect_end() { expect_end_ = true; }
  /// Whether the document holds nothing but an empty value.
  bool is_empty() const;
  /// Offset of the quote that opens the last quoted scalar.
  std::optional<std::size_t> last_quote() const { return last_quote_; }
  /// Of the last node reported; the beginning of the file before the first.
  engine::Place last_place() const { return last_place_; }
  std::size_t events() const { return events_; }
  Tree take() { return std::move(tree_); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  struct Open {
    NodeId node;
    YAML::anchor_t anchor;
    std::uint32_t children = 0;
    NodeId last_child = no_node;
    std::uint64_t expanded = 1;  ///< Nodes below, with aliases counted as what they stand for.
    std::size_t height = 1;
  };
  struct Anchored {
    NodeId node = no_node;
    std::uint64_t expanded = 0;
    std::size_t height = 0;
    bool open = false;
  };

  NodeId add(NodeKind kind, const YAML::Mark& mark);
  void place_empty(TreeNode& node, const YAML::Mark& mark) const;
  std::size_t skip_properties(TreeNode& node, const YAML::Mark& mark) const;
  void set_text(TreeNode& node, std::size_t at, const std::string& value);
  void check_tag(NodeId id, const std::string& tag);
  void open(NodeId id, YAML::anchor_t anchor);
  void close();
  /// Enters a finished value into its parent's figures.
  void count(NodeId id, std::uint64_t expanded, std::size_t height);
  void check_number(NodeId id, std::uint64_t nodes);
  void remember(YAML::anchor_t anchor, Anchored what);
  void check_keys(NodeId map);
  void check_merge(NodeId key, NodeId value);
  [[noreturn]] void refuse(engine::Place place, std::string code, std::string message,
                           std::string hint = {});

  Tree tree_;
  std::string_view source_;  // Of the input, which outlives the builder.
  Diagnostics& diagnostics_;
  std::uint64_t read_before_;
  std::vector<Open> open_;
  std::vector<Anchored> anchors_;  // By the parser's anchor numbers, which count up from 1.
  std::optional<std::size_t> last_quote_;
  engine::Place last_place_;
  std::size_t events_ = 0;
  bool expect_end_ = false;
};

}  // namespace akv::manifest
