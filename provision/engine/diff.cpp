#include "akv/provision/engine/diff.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/detail/entries.hpp"
#include "akv/provision/engine/detail/rule_tree.hpp"

#include <algorithm>
#include <iterator>

namespace akv::engine {
namespace {

using detail::Branch;
using detail::RuleTree;

using Fields = std::vector<FieldChange>;

bool is_nothing(const Document* value) { return !value || value->is_null(); }

bool same_value(const Document* a, const Document* b) {
  if (is_nothing(a) || is_nothing(b)) return is_nothing(a) && is_nothing(b);
  return *a == *b;
}

Document value_or_null(const Document* value) { return value ? *value : Document(); }

std::uint32_t origin_or(const Document* value, std::uint32_t outer) {
  return value && value->origin() ? value->origin() : outer;
}

// Puts `head` before the paths that were found below it, from `start` on.
void prefix(Fields& fields, std::size_t start, std::string_view head) {
  for (std::size_t i = start; i < fields.size(); ++i)
    fields[i].path = std::string(head) + "." + fields[i].path;
}

// Walks both documents along the rules. The rules bound the recursion, never the input. Each
// function adds changes with paths relative to the document that it was given, and its caller puts
// its own name before them: paths are only built where something differs.
class Comparison {
 public:
  Comparison(const RuleTree& rules, const DiffOptions& options)
      : rules_(rules), options_(options) {}

  Difference properties(const Document& desired, const Document& live) {
    Difference all;
    const auto compare = [&](const Branch& branch, const Document& wanted) {
      const Document* there = live.find(branch.name);
      if (!is_nothing(there) && wanted == *there) return;
      property_ = branch.name;
      Difference found;
      member(branch, &wanted, there, origin_or(&wanted, desired.origin()), found);
      for (auto [from, to] :
           {std::pair(&found.fields, &all.fields), std::pair(&found.left_alone, &all.left_alone)}) {
        for (FieldChange& change : *from) change.property = branch.name;
        std::move(from->begin(), from->end(), std::back_inserter(*to));
      }
    };
    for (const Branch* branch = rules_.first(rules_.root()); branch; branch = rules_.next(*branch))
      if (const Document* wanted = desired.find(branch->name)) compare(*branch, *wanted);
    for (const json::Member& other : desired.as_object())
      if (!rules_.member(rules_.root(), other.name)) compare({.name = other.name}, other.value);
    return all;
  }

 private:
  // `desired` is null only inside an entry, where what it does not name is empty.
  void member(const Branch& branch, const Document* desired, const Document* live,
              std::uint32_t origin, Difference& found) {
    const Rule* outer = immutable_;
    if (branch.rule && branch.rule->immutable) immutable_ = branch.rule;
    switch (branch.shape()) {
      case Shape::object:
        if (is_nothing(desired) || desired->is_object()) {
          object(branch, desired, live, origin, found);
          break;
        }
        [[fallthrough]];
      case Shape::value:
        if ((desired || (branch.rule && branch.rule->cleared)) && !same_value(desired, live))
          add(found, branch.name, value_or_null(live), value_or_null(desired), origin);
        break;
      case Shape::set:
        set(branch, desired, live, origin, found);
        break;
      case Shape::map:
        if (desired) map(branch, *desired, live, origin, found);
        break;
      case Shape::keyed:
        if (desired || in_entry_) keyed(branch, desired, live, origin, found);
        break;
    }
    immutable_ = outer;
  }

  void object(const Branch& branch, const Document* desired, const Document* live,
              std::uint32_t origin, Difference& found) {
    const std::size_t start = found.fields.size(), alone = found.left_alone.size();
    members(branch, desired, live, origin, found, nullptr);
    prefix(found.fields, start, branch.name);
    prefix(found.left_alone, alone, branch.name);
  }

  // `identity`: the rule of the list whose entry this is; its key members are equal already.
  void members(const Branch& branch, const Document* desired, const Document* live,
               std::uint32_t origin, Difference& found, const Rule* identity) {
    for (const Branch* each = rules_.first(branch); each; each = rules_.next(*each)) {
      if (identity && detail::is_key(each->name, *identity)) continue;
      const Document* wanted = desired ? desired->find(each->name) : nullptr;
      const Document* there = live ? live->find(each->name) : nullptr;
      if (wanted || in_entry_) member(*each, wanted, there, origin_or(wanted, origin), found);
    }
    if (!desired || !desired->is_object()) return;
    for (const json::Member& other : desired->as_object()) {
      if (rules_.member(branch, other.name)) continue;
      if (identity && (detail::is_key(other.name, *identity) || other.name == "state")) continue;
      member({.name = other.name}, &other.value, live ? live->find(other.name) : nullptr,
             origin_or(&other.value, origin), found);
    }
  }

  void set(const Branch& branch, const Document* desired, const Document* live,
           std::uint32_t origin, Difference& found) {
    if (detail::same_set(detail::elements(desired), detail::elements(live))) return;
    const auto shown = [this](const Document* set) {
      return is_nothing(set) && in_entry_ ? Document::array() : value_or_null(set);
    };
    add(found, branch.name, shown(live), shown(desired), origin);
  }

  void map(const Branch& branch, const Document& desired, const Document* live,
           std::uint32_t origin, Difference& found) {
    Difference entries;
    const auto entry = [&](Fields& into, const std::string& name, Document before, Document after,
                           std::uint32_t place) {
      FieldChange change = made(std::string(branch.name) + "[" + name + "]", std::move(before),
                                std::move(after), place);
      change.entry = name;
      into.push_back(std::move(change));
    };
    if (desired.is_object()) {
      for (const json::Member& wanted : desired.as_object()) {
        const Document* there = live ? live->find_ignoring_case(wanted.name) : nullptr;
        if (!same_value(&wanted.value, there))
          entry(entries.fields, wanted.name, value_or_null(there), wanted.value,
                origin_or(&wanted.value, origin));
      }
    }
    if (live && live->is_object()) {
      Fields& others = mode() == ListMode::exact ? entries.fields : entries.left_alone;
      for (const json::Member& there : live->as_object())
        if (!desired.find_ignoring_case(there.name))
          entry(others, there.name, there.value, Document(), origin);
    }
    take_sorted(entries, found);
  }

  void keyed(const Branch& branch, const Document* desired, const Document* live,
             std::uint32_t origin, Difference& found) {
    const auto wanted = detail::elements(desired), there = detail::elements(live);
    detail::Entries lookup(there, *branch.rule);
    std::vector<bool> named(there.size());
    Difference entries;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::size_t at = lookup.find(wanted[i], i);
      const Document* old = at == detail::Entries::none ? nullptr : &there[at];
      if (old) named[at] = true;
      if (old && wanted[i] == *old) continue;
      const bool goes = detail::is_absent(wanted[i]);
      if (goes && !old) continue;
      entry(branch, goes ? nullptr : &wanted[i], old, origin_or(&wanted[i], origin),
            entries.fields);
    }
    const bool exact = mode() == ListMode::exact;
    for (std::size_t i = 0; i < there.size(); ++i) {
      if (named[i]) continue;
      if (exact)
        entry(branch, nullptr, &there[i], origin, entries.fields);
      else
        whole_entry(branch, nullptr, &there[i], origin, entries.left_alone);
    }
    take_sorted(entries, found);
  }

  // An entry that comes (`live` null), goes (`desired` null) or differs.
  void entry(const Branch& list, const Document* desired, const Document* live,
             std::uint32_t origin, Fields& into) {
    const Rule& rule = *list.rule;
    Difference found;
    if (!rule.key.empty()) {
      const bool outer = std::exchange(in_entry_, true);
      members(list, desired, live, origin, found, &rule);
      in_entry_ = outer;
    }
    const bool both = desired && live;
    const bool any_set = std::any_of(found.fields.begin(), found.fields.end(),
                                     [](const FieldChange& f) { return f.after.is_array(); });
    if (!both && !any_set) return whole_entry(list, desired, live, origin, into);
    if (found.fields.empty()) return;
    const Document key = detail::key_of(desired ? *desired : *live, rule);
    const std::string label = label_of(key);
    for (FieldChange& change : found.fields) {
      change.leaf = std::move(change.path);
      change.path = std::string(list.name) + "[" + label + "]." + change.leaf;
      change.entry = label;
      change.key = key;
      into.push_back(std::move(change));
    }
  }

  void whole_entry(const Branch& list, const Document* desired, const Document* live,
                   std::uint32_t origin, Fields& into) {
    const Document key = detail::key_of(desired ? *desired : *live, *list.rule);
    const std::string label = label_of(key);
    FieldChange change = made(std::string(list.name) + "[" + label + "]", value_or_null(live),
                              value_or_null(desired), origin);
    change.entry = label;
    change.key = key;
    into.push_back(std::move(change));
  }

  // The fields of one entry keep the order of the rules.
  static void take_sorted(Difference& entries, Difference& found) {
    const auto by_entry = [](const FieldChange& a, const FieldChange& b) {
      if (!ascii::equal(a.entry, b.entry)) return ascii::less(a.entry, b.entry);
      return a.entry != b.entry ? a.entry < b.entry
                                : detail::key_text(a.key) < detail::key_text(b.key);
    };
    for (auto [from, to] : {std::pair(&entries.fields, &found.fields),
                            std::pair(&entries.left_alone, &found.left_alone)}) {
      std::stable_sort(from->begin(), from->end(), by_entry);
      std::move(from->begin(), from->end(), std::back_inserter(*to));
    }
  }

  // An entry that the manifest names is its whole: nothing in it is left alone.
  ListMode mode() const {
    return in_entry_ || !options_.mode ? ListMode::exact : options_.mode(property_);
  }

  std::string label_of(const Document& key) const {
    return options_.label ? options_.label(property_, key) : detail::key_text(key);
  }

  FieldChange made(std::string path, Document before, Document after, std::uint32_t origin) const {
    FieldChange change;
    change.path = std::move(path);
    change.before = std::move(before);
    change.after = std::move(after);
    change.origin = origin;
    change.immutable = immutable_ != nullptr;
    if (immutable_) change.way_out = immutable_->way_out;
    return change;
  }

  void add(Difference& found, std::string_view name, Document before, Document after,
           std::uint32_t origin) const {
    found.fields.push_back(made(std::string(name), std::move(before), std::move(after), origin));
  }

  const RuleTree& rules_;
  const DiffOptions& options_;
  std::string_view property_;
  const Rule* immutable_ = nullptr;  // The innermost rule around us that forbids a change.
  bool in_entry_ = false;
};

bool all_equal(const Document& desired, const Document& live) {
  const auto& members = desired.as_object();
  return std::all_of(members.begin(), members.end(), [&](const json::Member& member) {
    const Document* there = live.find(member.name);
    return there && member.value == *there;
  });
}

}  // namespace

Difference diff(const Document& desired, const Document& live, Rules rules,
                const DiffOptions& options) {
  if (!desired.is_object() || all_equal(desired, live)) return {};
  const RuleTree tree(rules);
  return Comparison(tree, options).properties(desired, live);
}

}  // namespace akv::engine
