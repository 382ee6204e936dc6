#include "akv/provision/engine/detail/adopting.hpp"

#include "akv/provision/engine/detail/entries.hpp"
#include "akv/provision/engine/detail/rule_tree.hpp"

#include <algorithm>
#include <utility>

namespace akv::engine::detail {
namespace {

/// Walks along the rules, which bound the recursion.
class Keeper {
 public:
  Keeper(Rules rules, const DiffOptions& options) : rules_(rules), options_(options) {}

  void properties(Document& desired, const Document& live) {
    for (const Branch* each = rules_.first(rules_.root()); each; each = rules_.next(*each)) {
      Document* const list = desired.find(each->name);
      if (each->shape() == Shape::keyed && list && list->is_array())
        entries(*each, list->as_array(), live[each->name]);
    }
  }
  std::vector<std::string> take() { return std::move(kept_); }

 private:
  void entries(const Branch& list, Document::Array& wanted, const Document& live) {
    const auto there = elements(&live);
    Entries lookup(there, *list.rule);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::size_t at = lookup.find(wanted[i], i);
      if (at == Entries::none || is_absent(wanted[i]) || !wanted[i].is_object()) continue;
      members(list, wanted[i], there[at],
              std::string(list.name) + "[" +
                  options_.label(list.name, key_of(wanted[i], *list.rule)) + "]");
    }
  }

  void members(const Branch& branch, Document& entry, const Document& live,
               const std::string& path) {
    for (const Branch* each = rules_.first(branch); each; each = rules_.next(*each)) {
      const Document* const there = live.find(each->name);
      if (!there) continue;
      const std::string below = path + "." + std::string(each->name);
      if (each->shape() == Shape::set)
        join(entry, each->name, elements(there), below);
      else if (each->shape() == Shape::object && there->is_object())
        members(*each, entry.set(each->name), *there, below);
    }
  }

  void join(Document& entry, std::string_view name, std::span<const Document> live,
            const std::string& path) {
    const Document* const set = entry.find(name);
    const auto wanted = elements(set);
    Document::Array more;
    std::string words;
    for (const Document& word : live) {
      if (std::find(wanted.begin(), wanted.end(), word) != wanted.end()) continue;
      words += (words.empty() ? "" : ", ") + std::string(word.string_or());
      more.push_back(word);
    }
    if (more.empty()) return;
    kept_.push_back(path + " (" + words + ")");
    // Beside the word for all of them the manifest's own add nothing yet.
    const bool has_all = std::find(live.begin(), live.end(), Document("all")) != live.end();
    if (has_all)
      more.assign(live.begin(), live.end());
    else
      more.insert(more.begin(), wanted.begin(), wanted.end());
    std::sort(more.begin(), more.end(),
              [](const Document& a, const Document& b) { return a.string_or() < b.string_or(); });
    const std::uint32_t origin = set ? set->origin() : 0;
    entry.set(name, Document(std::move(more)));
    entry.find(name)->set_origin(origin);
  }

  const RuleTree rules_;
  const DiffOptions& options_;  // the caller's, for the time of one call
  std::vector<std::string> kept_;
};

}  // namespace

std::vector<std::string> keep_words(Document& desired, const Document& live, Rules rules,
                                    const DiffOptions& options) {
  if (!desired.is_object()) return {};
  Keeper keeper(rules, options);
  keeper.properties(desired, live);
  return keeper.take();
}

}  // namespace akv::engine::detail
