/// Reads one YAML document into a Tree, and refuses what yaml-cpp would accept in silence or choke
/// on.
#pragma once
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/yaml_tree.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace akv::manifest {

/// Levels of nesting, aliases counted as what they stand for.
inline constexpr std::size_t max_yaml_depth = 64;
/// Nodes of all files of a run, each alias counted as what it stands for. 10,000 vaults with eight
/// access policies each have 1.3 million.
inline constexpr std::uint64_t max_yaml_nodes = 5'000'000;
/// Text that the parser may hold back. A flow collection (`[…]`, `{…}`) that could still turn out
/// to be a key is kept as tokens until it closes, and a single value until it ends, so this bounds
/// memory; checked to the parser's block of 2,048 bytes.
inline constexpr std::size_t max_held_bytes = std::size_t{8} << 20;
/// Brackets in what the parser holds back, which cost it the most.
inline constexpr std::size_t max_held_brackets = 1'000'000;

/// The tree of `text`, which must have passed check_source() and outlive it. Nothing, and at least
/// one error, for bad syntax, a second document, an unclosed quote, an alias to an enclosing value
/// or more than the caps above. Duplicate keys, tags other than `!replace`, keys that are no texts
/// and `<<` of something else than maps are errors too, but the tree is there unless keys make no
/// sense. `read_before` counts the nodes of the other files of the run.
std::optional<Tree> read_yaml(std::uint32_t file, std::string_view text, Diagnostics& diagnostics,
                              std::uint64_t read_before = 0);

}  // namespace akv::manifest
