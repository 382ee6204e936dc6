#include "akv/provision/engine/detail/entries.hpp"
#include "akv/provision/engine/detail/rule_tree.hpp"
#include "akv/provision/engine/diff.hpp"

#include <utility>
#include <vector>

namespace akv::engine {
namespace {

using detail::Branch;
using detail::RuleTree;

// Lays what is desired over what is live, along the rules, which bound the recursion. What the
// manifest speaks of has its place there, which rules on the outcome tell and remarks are put at.
class Overlay {
 public:
  Overlay(const RuleTree& rules, const std::function<ListMode(std::string_view)>& mode)
      : rules_(rules), mode_(mode) {}

  Document properties(const Document& desired, const Document& live) {
    Document after = live.is_object() ? live : Document::object();
    for (const json::Member& wanted : desired.as_object()) {
      const Branch* branch = rules_.member(rules_.root(), wanted.name);
      exact_ = !mode_ || mode_(wanted.name) == ListMode::exact;
      after.set(wanted.name, member(branch ? *branch : Branch{}, wanted.value, live[wanted.name]));
    }
    return after;
  }

 private:
  Document member(const Branch& branch, const Document& desired, const Document& live) {
    switch (branch.shape()) {
      case Shape::object:
        return desired.is_object() ? object(branch, desired, live) : desired;
      case Shape::map:
        return map(desired, live);
      case Shape::keyed:
        return keyed(branch, desired, live);
      case Shape::value:
      case Shape::set:
        break;
    }
    return desired;
  }

  Document object(const Branch& branch, const Document& desired, const Document& live) {
    Document after = live.is_object() ? live : Document::object();
    for (const json::Member& wanted : desired.as_object()) {
      const Branch* below = rules_.member(branch, wanted.name);
      after.set(wanted.name, member(below ? *below : Branch{}, wanted.value, live[wanted.name]));
    }
    return after;
  }

  Document map(const Document& desired, const Document& live) const {
    Document after = Document::object();
    if (!exact_ && live.is_object())
      for (const json::Member& there : live.as_object())
        if (!desired.find_ignoring_case(there.name)) after.set(there.name, there.value);
    if (desired.is_object())
      for (const json::Member& wanted : desired.as_object())
        if (!wanted.value.is_null()) after.set(wanted.name, wanted.value);
    return after;
  }

  Document keyed(const Branch& list, const Document& desired, const Document& live) {
    const auto wanted = detail::elements(&desired), there = detail::elements(&live);
    Document after = Document::array();
    detail::Entries lookup(there, *list.rule);
    std::vector<bool> named(there.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::size_t at = lookup.find(wanted[i], i);
      const bool is_there = at != detail::Entries::none;
      if (is_there) named[at] = true;
      if (!detail::is_absent(wanted[i]))
        after.push_back(is_there ? entry(list, wanted[i], there[at]) : wanted[i]);
    }
    if (!exact_)
      for (std::size_t i = 0; i < there.size(); ++i)
        if (!named[i]) after.push_back(there[i]);
    return after;
  }

  // An entry keeps the members that the manifest does not speak of, but not their sets: a
  // category that it does not name has no permissions.
  Document entry(const Branch& list, const Document& desired, const Document& live) {
    if (!desired.is_object() || !live.is_object()) return desired;
    Document after = live;
    empty_sets(list, after);
    const bool outer = std::exchange(exact_, true);
    for (const json::Member& wanted : desired.as_object()) {
      if (detail::is_key(wanted.name, *list.rule)) continue;
      const Branch* below = rules_.member(list, wanted.name);
      const Document there = after[wanted.name];
      after.set(wanted.name, member(below ? *below : Branch{}, wanted.value, there));
    }
    exact_ = outer;
    after.set_origin(desired.origin());
    return after;
  }

  void empty_sets(const Branch& branch, Document& object) const {
    for (const Branch* each = rules_.first(branch); each; each = rules_.next(*each)) {
      if (each->shape() == Shape::set || each->shape() == Shape::keyed ||
          (each->rule && each->rule->cleared))
        object.erase(each->name);
      else if (Document* below = object.find(each->name))
        empty_sets(*each, *below);
    }
  }

  const RuleTree& rules_;
  const std::function<ListMode(std::string_view)>& mode_;
  bool exact_ = true;  // The mode of the list or map at hand.
};

}  // namespace

Document after_image(const Document& desired, const Document& live, Rules rules,
                     const std::function<ListMode(std::string_view)>& mode) {
  if (!desired.is_object()) return live;
  const RuleTree tree(rules);
  return Overlay(tree, mode).properties(desired, live);
}

}  // namespace akv::engine
