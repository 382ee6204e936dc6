/// Who waits for whom: indices, checked once.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace akv::engine {

/// For each node the nodes that it waits for.
using Edges = std::vector<std::vector<std::size_t>>;

/// The nodes of one cycle, the first of them again at the end; empty where there is none. The same
/// edges always give the same cycle.
std::vector<std::size_t> find_cycle(const Edges& waits_for);

/// For each node those that wait for it, in order. Every index must be in range.
Edges reversed(const Edges& waits_for);

/// Throws std::invalid_argument where an index is out of range or there is a cycle, with its path
/// in `name`'s words: `a -> b -> a`.
void check_graph(const Edges& waits_for, const std::function<std::string(std::size_t)>& name);

}  // namespace akv::engine
