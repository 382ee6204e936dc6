#include "akv/provision/engine/graph.hpp"

#include <algorithm>
#include <stdexcept>

namespace akv::engine {
namespace {

enum class Mark : unsigned char { fresh, on_path, finished };

// Depth first with a stack of our own: a chain may be as long as an estate.
class CycleSearch {
 public:
  explicit CycleSearch(const Edges& edges)
      : edges_(edges), marks_(edges.size()), next_edge_(edges.size()) {}

  std::vector<std::size_t> from(std::size_t start) {
    if (marks_[start] != Mark::fresh) return {};
    enter(start);
    while (!path_.empty()) {
      const std::size_t node = path_.back();
      if (next_edge_[node] == edges_[node].size()) {
        marks_[node] = Mark::finished;
        path_.pop_back();
        continue;
      }
      const std::size_t other = edges_[node][next_edge_[node]++];
      if (marks_[other] == Mark::on_path) {
        std::vector<std::size_t> cycle(std::find(path_.begin(), path_.end(), other), path_.end());
        cycle.push_back(other);
        return cycle;
      }
      if (marks_[other] == Mark::fresh) enter(other);
    }
    return {};
  }

 private:
  void enter(std::size_t node) {
    marks_[node] = Mark::on_path;
    path_.push_back(node);
  }

  const Edges& edges_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> next_edge_, path_;
};

}  // namespace

std::vector<std::size_t> find_cycle(const Edges& waits_for) {
  CycleSearch search(waits_for);
  for (std::size_t node = 0; node < waits_for.size(); ++node)
    if (auto cycle = search.from(node); !cycle.empty()) return cycle;
  return {};
}

Edges reversed(const Edges& waits_for) {
  Edges waiting(waits_for.size());
  for (std::size_t node = 0; node < waits_for.size(); ++node)
    for (const std::size_t other : waits_for[node]) waiting[other].push_back(node);
  return waiting;
}

void check_graph(const Edges& waits_for, const std::function<std::string(std::size_t)>& name) {
  for (std::size_t node = 0; node < waits_for.size(); ++node)
    for (const std::size_t other : waits_for[node])
      if (other >= waits_for.size())
        throw std::invalid_argument(name(node) + " waits for change " + std::to_string(other) +
                                    ", but there are only " + std::to_string(waits_for.size()));
  const auto cycle = find_cycle(waits_for);
  if (cycle.empty()) return;
  std::string path;
  for (const std::size_t node : cycle) path += (path.empty() ? "" : " -> ") + name(node);
  throw std::invalid_argument("changes wait for each other in a circle: " + path);
}

}  // namespace akv::engine
