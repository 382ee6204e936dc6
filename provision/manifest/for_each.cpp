#include "akv/provision/manifest/for_each.hpp"

#include "akv/provision/manifest/parameters.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <set>
#include <utility>

namespace akv::manifest {
namespace {

/// Whether `${name}` stands anywhere in the object, aliases followed, but in its own forEach.
bool mentions(const Tree& tree, NodeId object, NodeId for_each, std::string_view name) {
  const std::string reference = "${" + std::string(name) + "}";
  std::set<NodeId> seen{for_each};
  std::vector<NodeId> waiting{object};
  while (!waiting.empty()) {
    const NodeId start = waiting.back();
    waiting.pop_back();
    if (!seen.insert(start).second) continue;
    for (NodeId at = start; at < tree.at(start).end; ++at) {
      if (at == for_each) {
        at = tree.at(at).end - 1;
        continue;
      }
      if (tree.at(at).kind == NodeKind::alias) waiting.push_back(tree.target(at));
      if (tree.text(at).find(reference) != std::string_view::npos) return true;
    }
  }
  return false;
}

}  // namespace

Combinations::Combinations(const Tree& tree, NodeId object, const Scope& scope, Session& session)
    : node_(tree.find(object, for_each_word().name)) {
  if (node_ == no_node) return;
  FieldReader reader(tree, session, scope);
  read(reader, object, scope, session);
  if (faulty_) count_ = 1;
}

void Combinations::read(FieldReader& reader, NodeId object, const Scope& scope, Session& session) {
  const Tree& tree = reader.tree();
  if (tree.at(node_).kind != NodeKind::map || tree.at(node_).size == 0) {
    faulty_ = true;
    names_known_ = false;
    reader.error(node_, "wrong-type", "forEach is a map of names and their values",
                 "write forEach: {region: [weu, neu]}");
    return;
  }
  if (tree.entries(node_).size() > max_variables) {
    faulty_ = true;
    names_known_ = false;
    reader.error(node_, "too-many",
                 "forEach has more than " + std::to_string(max_variables) + " names",
                 "write several entries");
    return;
  }
  const std::size_t before = session.diagnostics.errors();
  const auto lists = reader.value(for_each_word(), node_);
  for (const Entry& entry : tree.entries(node_)) {
    Variable variable{std::string(tree.text(entry.key)), tree.place(entry.key)};
    if (!is_parameter_name(variable.name)) {
      reader.error(entry.key, "bad-name", quoted(variable.name) + " cannot name a variable",
                   "write letters, digits, _ and -, the first no digit");
    } else if (scope.parameters->contains(variable.name)) {
      reader.error(entry.key, "clashing-name", quoted(variable.name) + " is a parameter already",
                   "choose another name");
    } else if (!mentions(tree, object, node_, variable.name)) {
      reader.error(entry.key, "unused-variable", "nothing here uses ${" + variable.name + "}",
                   "write it into the name, or remove it from forEach");
    }
    for (const Loop* loop = scope.loop; loop != nullptr; loop = loop->outer)
      for (const Loop::Variable& other : loop->variables)
        if (other.name == variable.name)
          reader.error(entry.key, "clashing-name",
                       quoted(variable.name) + " is a variable of the resource group's forEach",
                       "choose another name; that one is at " + session.describe(other.place));
    if (lists)
      for (const json::Document& value : (*lists)[variable.name].is_array()
                                             ? (*lists)[variable.name].as_array()
                                             : json::Document::Array())
        variable.values.emplace_back(value.string_or());
    variables_.push_back(std::move(variable));
  }
  faulty_ = session.diagnostics.errors() > before;
  if (faulty_) return;
  for (const Variable& variable : variables_) {
    count_ *= variable.values.size();
    if (count_ <= max_combinations) continue;
    faulty_ = true;
    reader.error(node_, "too-many",
                 "forEach makes more than " + std::to_string(max_combinations) + " combinations",
                 "write several entries with shorter lists");
    return;
  }
}

Loop Combinations::at(std::size_t index, const Loop* outer) const {
  Loop loop;
  loop.outer = outer;
  loop.names_known = names_known_;
  for (const Variable& variable : variables_)
    loop.variables.push_back({variable.name, {}, variable.place});
  if (faulty_) return loop;
  for (std::size_t i = variables_.size(); i-- > 0;) {
    const auto& values = variables_[i].values;
    loop.variables[i].value = values[index % values.size()];
    index /= values.size();
  }
  return loop;
}

std::string label_of(const Loop* loop) {
  std::string text;
  for (; loop != nullptr; loop = loop->outer) {
    std::string own;
    for (const Loop::Variable& variable : loop->variables) {
      if (!own.empty()) own += ", ";
      own.append(variable.name).append("=").append(variable.value.value_or("?"));
    }
    if (own.empty()) continue;
    if (!text.empty()) own.append(", ").append(text);
    text = std::move(own);
  }
  return text;
}

}  // namespace akv::manifest
