#include "akv/provision/manifest/tree_builder.hpp"

#include "akv/provision/manifest/suggest.hpp"
#include "akv/provision/manifest/yaml_reader.hpp"

#include <algorithm>
#include <utility>

namespace akv::manifest {

bool TreeBuilder::is_empty() const {
  return tree_.nodes_.empty() ||
         (tree_.nodes_.size() == 1 && tree_.nodes_[0].kind == NodeKind::null);
}

void TreeBuilder::refuse(engine::Place place, std::string code, std::string message,
                         std::string hint) {
  diagnostics_.error(place, std::move(code), std::move(message), std::move(hint));
  throw Refused();
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  ++events_;
  if (expect_end_)
    refuse({tree_.file_, static_cast<std::uint32_t>(mark.line + 1),
            static_cast<std::uint32_t>(mark.column + 1)},
           "second-document", "a second document begins here; a file holds one",
           "put it into a file of its own and give both");
}

NodeId TreeBuilder::add(NodeKind kind, const YAML::Mark& mark) {
  ++events_;
  const auto id = static_cast<NodeId>(tree_.nodes_.size());
  TreeNode node;
  node.kind = kind;
  node.line = static_cast<std::uint32_t>(mark.line + 1);
  node.column = static_cast<std::uint32_t>(mark.column + 1);
  node.end = id + 1;
  last_place_ = {tree_.file_, node.line, node.column};
  tree_.nodes_.push_back(node);
  // Also of what is not finished yet: it may be as large at each level.
  check_number(id, tree_.nodes_.size());
  return id;
}

void TreeBuilder::check_number(NodeId id, std::uint64_t nodes) {
  if (read_before_ + nodes > max_yaml_nodes)
    refuse(tree_.place(id), "too-large",
           "the manifest has more than " + std::to_string(max_yaml_nodes) +
               " values, in all files and with aliases counted as what they stand for",
           "make several deployments of it");
}

void TreeBuilder::count(NodeId id, std::uint64_t expanded, std::size_t height) {
  if (open_.size() + height > max_yaml_depth + 1)
    refuse(tree_.place(id), "too-deep",
           "nested deeper than " + std::to_string(max_yaml_depth) + " levels",
           "a manifest needs fewer than ten");
  if (open_.empty()) {
    tree_.values_ = expanded;
    return check_number(id, expanded);
  }
  Open& parent = open_.back();
  parent.last_child = id;
  ++parent.children;
  parent.expanded += expanded;
  parent.height = std::max(parent.height, height + 1);
  check_number(id, parent.expanded);
}

void TreeBuilder::remember(YAML::anchor_t anchor, Anchored what) {
  if (anchor == 0) return;
  if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
  anchors_[anchor] = what;
}

void TreeBuilder::place_empty(TreeNode& node, const YAML::Mark& mark) const {
  // The parser gives an empty value the place of the next token, which may be pages below.
  const std::string_view rest =
      source_.substr(std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), source_.size()));
  const bool written = rest.substr(0, 1) == "~" || rest.substr(0, 4) == "null" ||
                       rest.substr(0, 4) == "Null" || rest.substr(0, 4) == "NULL";
  if (open_.empty()) return;
  const Open& parent = open_.back();
  const TreeNode& container = tree_.nodes_[parent.node];
  if (container.kind == NodeKind::map && parent.children % 2 == 1) {
    const TreeNode& key = tree_.nodes_[parent.last_child];
    node.line = key.line;
    node.column = key.column;
  } else if (!written && container.kind == NodeKind::sequence) {
    // The dash stands on the last line before the mark that is neither blank nor a comment.
    const TreeNode& before =
        parent.last_child == no_node ? container : tree_.nodes_[parent.last_child];
    std::size_t end = source_.size() - rest.size();
    auto line = static_cast<std::uint32_t>(mark.line + 1);
    while (line > before.line) {
      const std::size_t start = end == 0 ? 0 : source_.rfind('\n', end - 1) + 1;
      const std::string_view text = source_.substr(start, end - start);
      const std::size_t dash = text.find_first_not_of(" \t\r");
      if (dash != std::string_view::npos && text[dash] == '-') {
        node.line = line;
        node.column = static_cast<std::uint32_t>(dash + 1);
        return;
      }
      if (start == 0) break;
      end = start - 1;
      --line;
    }
    node.line = before.line;
    node.column = before.column;
  }
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const NodeId id = add(NodeKind::null, mark);
  place_empty(tree_.nodes_[id], mark);
  remember(anchor, {id, 1, 1, false});
  count(id, 1, 1);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const NodeId id = add(NodeKind::alias, mark);
  // An anchor that is not finished is one of ours that is open, or an empty value's.
  const Anchored target = anchor < anchors_.size() ? anchors_[anchor] : Anchored{};
  if (target.node == no_node || target.open)
    refuse(tree_.place(id), "alias-loop", "this alias stands for a value that contains it",
           "an alias may only name a value that is complete");
  tree_.nodes_[id].first = target.node;
  count(id, target.expanded, target.height);
}

std::size_t TreeBuilder::skip_properties(TreeNode& node, const YAML::Mark& mark) const {
  // The mark of `&anchor !tag value` is that of its anchor.
  auto at = static_cast<std::size_t>(std::max(mark.pos, 0));
  while (at < source_.size() && (source_[at] == '&' || source_[at] == '!')) {
    const std::size_t blank = source_.find_first_of(" \t", at);
    const std::size_t next = source_.find_first_not_of(" \t", blank);
    if (next == std::string_view::npos ||
        source_.substr(at, next - at).find('\n') < std::string_view::npos)
      break;
    node.column += static_cast<std::uint32_t>(next - at);
    at = next;
  }
  return at;
}

void TreeBuilder::set_text(TreeNode& node, std::size_t at, const std::string& value) {
  node.size = static_cast<std::uint32_t>(value.size());
  if (!node.plain) ++at;
  if (at <= source_.size() && source_.substr(at, value.size()) == value) {
    node.first = static_cast<std::uint32_t>(at);
    return;
  }
  node.verbatim = false;
  node.first = static_cast<std::uint32_t>(tree_.unescaped_.size());
  tree_.unescaped_ += value;
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const NodeId id = add(NodeKind::scalar, mark);
  TreeNode& node = tree_.nodes_[id];
  const std::size_t at = skip_properties(node, mark);
  const char first = at < source_.size() ? source_[at] : '\0';
  node.plain = first != '"' && first != '\'' && first != '|' && first != '>';
  if (first == '"' || first == '\'') last_quote_ = at;
  set_text(node, at, value);
  check_tag(id, tag);
  remember(anchor, {id, 1, 1, false});
  count(id, 1, 1);
}

void TreeBuilder::check_tag(NodeId id, const std::string& tag) {
  if (tag.empty() || tag == "?" || tag == "!") return;
  TreeNode& node = tree_.nodes_[id];
  if (tag == "!replace") {
    node.replace = true;
    if (node.kind == NodeKind::scalar)
      diagnostics_.error(tree_.place(id), "bad-tag", "!replace on a single value has no meaning",
                         "remove it: a value always replaces the default");
    return;
  }
  diagnostics_.error(tree_.place(id), "bad-tag", "unknown tag " + quoted(tag),
                     "remove it; the only tag is !replace, on a list or map");
}

void TreeBuilder::open(NodeId id, YAML::anchor_t anchor) {
  if (open_.size() >= max_yaml_depth)
    refuse(tree_.place(id), "too-deep",
           "nested deeper than " + std::to_string(max_yaml_depth) + " levels",
           "a manifest needs fewer than ten");
  remember(anchor, {id, 0, 0, true});
  open_.push_back({id, anchor});
}

void TreeBuilder::close() {
  ++events_;
  const Open done = open_.back();
  open_.pop_back();
  TreeNode& node = tree_.nodes_[done.node];
  node.end = static_cast<NodeId>(tree_.nodes_.size());
  node.size = node.kind == NodeKind::map ? done.children / 2 : done.children;
  remember(done.anchor, {done.node, done.expanded, done.height, false});
  count(done.node, done.expanded, done.height);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  const NodeId id = add(NodeKind::sequence, mark);
  check_tag(id, tag);
  open(id, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  const NodeId id = add(NodeKind::map, mark);
  check_tag(id, tag);
  open(id, anchor);
}

void TreeBuilder::OnMapEnd() {
  const NodeId map = open_.back().node;
  close();
  check_keys(map);
}

void TreeBuilder::check_keys(NodeId map) {
  std::vector<NodeId> keys;
  keys.reserve(tree_.nodes_[map].size);
  bool merges = false;
  for (const Entry& entry : tree_.own_entries(map)) {
    const TreeNode& key = tree_.nodes_[entry.key];
    if (key.kind != NodeKind::scalar)
      refuse(key.kind == NodeKind::null ? tree_.place(map) : tree_.place(entry.key), "bad-key",
             "a key must be a text", "write NAME: VALUE");
    keys.push_back(entry.key);
    if (key.plain && tree_.text(entry.key) == "<<") {
      check_merge(entry.key, entry.value);
      merges = true;
    }
  }
  tree_.nodes_[map].merges = merges;

  const auto report = [this](NodeId first, NodeId second) {
    diagnostics_.error(
        tree_.place(second), "duplicate-key",
        "key " + quoted(tree_.text(second)) + " stands here twice",
        "remove one; the first is on line " + std::to_string(tree_.nodes_[first].line));
  };
  constexpr std::size_t few = 12;
  if (keys.size() <= few) {
    for (std::size_t i = 1; i < keys.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (tree_.text(keys[i]) == tree_.text(keys[j])) {
          report(keys[j], keys[i]);
          break;
        }
    return;
  }
  std::sort(keys.begin(), keys.end(), [this](NodeId a, NodeId b) {
    const int order = tree_.text(a).compare(tree_.text(b));
    return order != 0 ? order < 0 : a < b;
  });
  for (std::size_t i = 1, first = 0; i < keys.size(); ++i) {
    if (tree_.text(keys[i]) == tree_.text(keys[first]))
      report(keys[first], keys[i]);
    else
      first = i;
  }
}

void TreeBuilder::check_merge(NodeId key, NodeId value) {
  const TreeNode& node = tree_.nodes_[value];
  if (node.kind == NodeKind::map) return;
  if (node.kind == NodeKind::sequence) {
    const std::vector<NodeId> items = tree_.items(value);
    if (std::all_of(items.begin(), items.end(),
                    [this](NodeId item) { return tree_.nodes_[item].kind == NodeKind::map; }))
      return;
  }
  refuse(tree_.place(key), "bad-merge", "\"<<\" takes a map or a list of maps",
         "write an alias to one: <<: *name");
}

}  // namespace akv::manifest
