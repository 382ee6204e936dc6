#include "akv/provision/manifest/yaml_tree.hpp"

#include <unordered_set>

namespace akv::manifest {

std::string_view Tree::text(NodeId id) const {
  const TreeNode& node = nodes_[id];
  if (node.kind != NodeKind::scalar) return {};
  const std::string_view from = node.verbatim ? source_ : std::string_view(unescaped_);
  return from.substr(node.first, node.size);
}

std::vector<NodeId> Tree::items(NodeId sequence) const {
  std::vector<NodeId> result;
  if (nodes_[sequence].kind != NodeKind::sequence) return result;
  result.reserve(nodes_[sequence].size);
  for (NodeId at = sequence + 1; at < nodes_[sequence].end; at = nodes_[at].end)
    result.push_back(target(at));
  return result;
}

std::vector<Entry> Tree::own_entries(NodeId map) const {
  std::vector<Entry> result;
  if (nodes_[map].kind != NodeKind::map) return result;
  result.reserve(nodes_[map].size);
  for (NodeId at = map + 1; at < nodes_[map].end;) {
    const NodeId value = nodes_[at].end;
    result.push_back({target(at), target(value)});
    at = nodes_[value].end;
  }
  return result;
}

std::vector<Entry> Tree::entries(NodeId map) const {
  std::vector<Entry> result = own_entries(map);
  if (!nodes_[map].merges) return result;

  // Depth first and in order, so that the nearer map wins; a stack, because maps that are merged
  // may merge others.
  result.clear();
  std::unordered_set<std::string_view> seen;  // Looked up only; the order is that of the text.
  std::vector<NodeId> waiting{map};
  while (!waiting.empty()) {
    const NodeId current = waiting.back();
    waiting.pop_back();
    NodeId merged = no_node;
    for (const Entry& entry : own_entries(current)) {
      if (nodes_[entry.key].plain && text(entry.key) == "<<")
        merged = entry.value;
      else if (seen.insert(text(entry.key)).second)
        result.push_back(entry);
    }
    if (merged == no_node) continue;
    if (nodes_[merged].kind == NodeKind::map) {
      waiting.push_back(merged);
    } else {
      const std::vector<NodeId> maps = items(merged);
      waiting.insert(waiting.end(), maps.rbegin(), maps.rend());
    }
  }
  return result;
}

NodeId Tree::find(NodeId map, std::string_view key) const {
  if (nodes_[map].kind != NodeKind::map) return no_node;
  if (nodes_[map].merges) {
    for (const Entry& entry : entries(map))
      if (text(entry.key) == key) return entry.value;
    return no_node;
  }
  for (NodeId at = map + 1; at < nodes_[map].end;) {
    const NodeId value = nodes_[at].end;
    if (text(target(at)) == key) return target(value);
    at = nodes_[value].end;
  }
  return no_node;
}

}  // namespace akv::manifest
