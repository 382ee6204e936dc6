/// A kind's rules as a tree, so that a comparison walks documents and rules side by side.
#pragma once
#include "akv/provision/engine/rules.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace akv::engine::detail {

/// One property. `rule` is null for a property that only leads to others, such as
/// `accessPolicies[].permissions`.
struct Branch {
  std::string_view name;
  const Rule* rule = nullptr;
  std::uint32_t first_member = 0, last_member = 0, next = 0;  ///< Branches; 0: none.

  Shape shape() const { return rule ? rule->shape : first_member ? Shape::object : Shape::value; }
};

/// Holds views into the rules, which have static lifetime. Members keep the order of the rules.
class RuleTree {
 public:
  explicit RuleTree(Rules rules);

  const Branch& root() const { return branches_[0]; }
  /// The members of an object, or of the entries of a keyed list: `first`, then `next` until null.
  const Branch* first(const Branch& of) const { return at(of.first_member); }
  const Branch* next(const Branch& branch) const { return at(branch.next); }
  const Branch* member(const Branch& of, std::string_view name) const;

 private:
  const Branch* at(std::uint32_t index) const { return index ? &branches_[index] : nullptr; }
  std::uint32_t member_or_new(std::uint32_t of, std::string_view name);

  std::vector<Branch> branches_;
};

}  // namespace akv::engine::detail
