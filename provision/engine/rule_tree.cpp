#include "akv/provision/engine/detail/rule_tree.hpp"

namespace akv::engine::detail {

RuleTree::RuleTree(Rules rules) {
  branches_.reserve(2 * rules.size() + 1);
  branches_.emplace_back();
  for (const Rule& rule : rules) {
    std::uint32_t branch = 0;
    for (std::string_view rest = rule.path; !rest.empty();) {
      const auto dot = rest.find('.');
      std::string_view name = rest.substr(0, dot);
      rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
      // `list[]` leads to the members of its entries, which hang below `list` itself.
      if (name.ends_with("[]")) name.remove_suffix(2);
      branch = member_or_new(branch, name);
    }
    branches_[branch].rule = &rule;
  }
}

const Branch* RuleTree::member(const Branch& of, std::string_view name) const {
  for (const Branch* branch = first(of); branch; branch = next(*branch))
    if (branch->name == name) return branch;
  return nullptr;
}

std::uint32_t RuleTree::member_or_new(std::uint32_t of, std::string_view name) {
  for (std::uint32_t i = branches_[of].first_member; i; i = branches_[i].next)
    if (branches_[i].name == name) return i;
  const auto fresh = static_cast<std::uint32_t>(branches_.size());
  branches_.push_back({.name = name});
  Branch& parent = branches_[of];
  if (parent.last_member)
    branches_[parent.last_member].next = fresh;
  else
    parent.first_member = fresh;
  parent.last_member = fresh;
  return fresh;
}

}  // namespace akv::engine::detail
