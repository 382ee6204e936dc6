/// The files of a run: those given, and those that they include.
#pragma once
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/yaml_tree.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// Files that stand in each other's `include`, the one given counted too.
inline constexpr std::size_t max_include_depth = 16;
/// Files that all includes of a run bring.
inline constexpr std::size_t max_included_files = 1'000;
/// Their text, together.
inline constexpr std::size_t max_included_bytes = std::size_t{64} << 20U;
/// Files in a folder that an include with a wildcard looks at.
inline constexpr std::size_t max_listed_files = 10'000;

/// A manifest that could be read.
struct File {
  Tree tree;
  bool overlay = false;
  std::string subscription{};             ///< As written at its top; filled in later.
  std::uint32_t subscription_origin = 0;  ///< Its place.

  NodeId section(std::string_view name) const { return tree.find(tree.root(), name); }
};

/// Used by one thread. What is given to it outlives it, and so does it the trees.
class Sources {
 public:
  Sources(const Files* files, Diagnostics& diagnostics)
      : files_(files), diagnostics_(diagnostics) {}

  /// Reads manifests: what a file includes comes before it, and each file once.
  void read(std::span<const Input> inputs);
  /// A values file.
  std::optional<Tree> read_values(const Input& input);

  /// What could be read: in that order, but overlays behind all others.
  std::vector<File> take_files();
  /// False: something could not be read, so what is missing is not reported.
  bool complete() const { return complete_; }
  std::size_t count() const { return count_; }
  /// By file, without byte order marks.
  const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  /// A file whose includes are being read.
  struct Open {
    File file;
    std::string path, identity;
    std::vector<NodeId> includes;
    std::size_t next = 0;
    std::vector<std::string> matches;  ///< Of the wildcard at `next`, last first.
  };

  std::optional<Tree> parse(std::uint32_t file, std::string_view text);
  void open(const std::string& path, std::string identity, std::string_view text);
  void read_mark(File& file);
  std::vector<NodeId> read_includes(const Tree& tree);
  /// Takes one step in the innermost open file.
  void advance();
  void include(const std::string& path, NodeId at, bool by_wildcard);
  std::vector<std::string> expand(const Open& includer, NodeId at);
  bool is_path(const Tree& tree, NodeId at);
  void error(NodeId at, std::string code, std::string message, std::string hint = {});

  const Files* files_;
  Diagnostics& diagnostics_;
  std::vector<Open> open_;
  std::vector<File> done_;
  std::set<std::string> known_;          // Identities of the files read.
  std::deque<std::string> included_;     // Texts, which trees point into.
  std::vector<std::string_view> texts_;  // Into those and into the inputs.
  std::size_t included_bytes_ = 0, count_ = 0;
  std::uint64_t values_ = 0;  // Of all trees.
  bool complete_ = true;
};

}  // namespace akv::manifest
