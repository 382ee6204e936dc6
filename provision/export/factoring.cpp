#include "akv/provision/export/factoring.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace akv::exporting {
namespace {

// Of more candidates the rarer ones save next to nothing.
constexpr std::size_t most_candidates = 16;
// Characters around what varies, as the writer lays lines out.
constexpr std::size_t around_value = 11;
constexpr std::size_t around_unmanaged = 14;
constexpr std::size_t policy_line = 70;
constexpr std::size_t list_line = 24;

using Length = std::int64_t;

Length length(const Estate& estate, TextId text) {
  return static_cast<Length>(estate.texts.at(text).size());
}

/// How often a key has a value, and how often something stands in its way.
struct Tally {
  struct Value {
    std::size_t count = 0;    ///< Objects that have it.
    std::size_t written = 0;  ///< Of these, those that must write it where no default says it.
    TextId path = no_text;    ///< The first of its spellings.
  };
  std::map<TextId, Value> values;
  std::size_t present = 0;  ///< Objects with any value; others must take a default back out.
};

/// The value of a key that makes the text the shortest, if any does.
std::optional<Part> best_value(const Estate& estate, TextId key, const Tally& tally,
                               std::size_t objects) {
  const Length around = length(estate, key) + static_cast<Length>(around_value);
  const auto line = [&](TextId value) { return around + length(estate, value); };
  Length without = 0;
  Length all = 0;
  for (const auto& [value, of] : tally.values) {
    without += static_cast<Length>(of.written) * line(value);
    all += static_cast<Length>(of.count) * line(value);
  }
  const auto lacking = static_cast<Length>(objects - tally.present);
  const Length taking_out = lacking * (length(estate, key) + static_cast<Length>(around_unmanaged));
  std::optional<Part> best;
  Length shortest = without;
  for (const auto& [value, of] : tally.values) {
    const Length text =
        line(value) + all - static_cast<Length>(of.count) * line(value) + taking_out;
    const bool earlier =
        best && text == shortest && estate.texts.at(value) < estate.texts.at(best->value);
    // Of equals the one that leaves less to say of each vault.
    const bool as_short = !best && text == shortest && of.count >= 2;
    if (text < shortest || as_short || earlier) {
      shortest = text;
      best = Part{of.path, key, value, false};
    }
  }
  return best;
}

// The firewall's members stand in one map, so they are chosen together: a vault that differs in one
// of them pays for the whole line.
constexpr std::string_view network_head = "networkAcls.";
constexpr Length network_line = 24;

bool is_of_network(const Estate& estate, const Part& part) {
  return estate.texts.at(part.path).starts_with(network_head);
}

std::vector<Part> written_network(const Estate& estate, const Object& vault) {
  std::vector<Part> parts;
  for (const Part& part : vault.parts)
    if (!part.optional && part.value != no_text && is_of_network(estate, part))
      parts.push_back(part);
  return parts;
}

Length network_length(const Estate& estate, std::span<const Object* const> objects,
                      const std::vector<Part>& defaults) {
  Length all = defaults.empty() ? 0 : network_line;
  const auto member = [&](const Part& part) {
    return length(estate, part.path) + (part.value == no_text ? 0 : length(estate, part.value));
  };
  for (const Part& part : defaults) all += member(part);
  for (const Object* vault : objects) {
    Length own = 0;
    for (const Part& part : vault->parts) {
      if (!is_of_network(estate, part)) continue;
      const auto inherited = std::find_if(defaults.begin(), defaults.end(),
                                          [&](const Part& known) { return known.key == part.key; });
      const bool says = inherited != defaults.end() ? inherited->value != part.value
                                                    : !part.optional && part.value != no_text;
      if (says) own += member(part);
    }
    all += own == 0 ? 0 : network_line + own;
  }
  return all;
}

std::vector<Part> shared_network(const Estate& estate, std::span<const Object* const> objects) {
  std::map<std::string, std::pair<std::size_t, std::vector<Part>>> by_text;
  for (const Object* vault : objects) {
    std::vector<Part> parts = written_network(estate, *vault);
    if (parts.empty()) continue;
    std::string text;
    for (const Part& part : parts)
      text += estate.texts.at(part.path) + ": " + estate.texts.at(part.value) + "\n";
    auto& [count, known] = by_text[text];
    if (++count == 1) known = std::move(parts);
  }
  std::vector<const std::pair<std::size_t, std::vector<Part>>*> candidates;
  for (const auto& [text, candidate] : by_text)
    if (candidate.first >= 2) candidates.push_back(&candidate);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto* a, const auto* b) { return a->first > b->first; });
  if (candidates.size() > most_candidates) candidates.resize(most_candidates);
  std::vector<Part> best;
  Length shortest = network_length(estate, objects, {});
  for (const auto* candidate : candidates) {
    const Length text = network_length(estate, objects, candidate->second);
    if (text >= shortest) continue;
    shortest = text;
    best = candidate->second;
  }
  return best;
}

bool is_spelt_before(const Estate& estate, TextId a, TextId b) {
  return b == no_text || estate.texts.at(a) < estate.texts.at(b);
}

/// An entry's identity: whom it is for.
std::tuple<TextId, TextId, TextId> whom(const Policy& policy) {
  return {policy.object, policy.tenant, policy.application};
}

/// Whether a vault can inherit the entries: it has one for each of their principals.
bool covers(const Estate& estate, const Object& vault, const std::vector<PolicyId>& shared) {
  return std::all_of(shared.begin(), shared.end(), [&](PolicyId wanted) {
    return std::any_of(vault.policies.begin(), vault.policies.end(), [&](PolicyId own) {
      return own == wanted || whom(estate.policies[own]) == whom(estate.policies[wanted]);
    });
  });
}

std::size_t count_others(const Object& vault, const std::vector<PolicyId>& shared) {
  return static_cast<std::size_t>(std::count_if(
      vault.policies.begin(), vault.policies.end(),
      [&](PolicyId own) { return std::find(shared.begin(), shared.end(), own) == shared.end(); }));
}

Length length_with(const Estate& estate, std::span<const Object* const> objects,
                   const std::vector<PolicyId>& shared) {
  std::size_t text = shared.empty() ? 0 : list_line + shared.size() * policy_line;
  for (const Object* vault : objects) {
    if (vault->mode == Policies::unmanaged) {
      text += shared.empty() ? 0 : 16 + around_unmanaged;
      continue;
    }
    const bool inherits = !shared.empty() && covers(estate, *vault, shared);
    const std::size_t own = inherits ? count_others(*vault, shared) : vault->policies.size();
    if (!inherits || own > 0) text += list_line + own * policy_line;
  }
  return static_cast<Length>(text);
}

std::vector<PolicyId> shared_policies(const Estate& estate,
                                      std::span<const Object* const> objects) {
  std::map<PolicyId, std::size_t> uses;
  for (const Object* vault : objects)
    for (const PolicyId policy : vault->policies) ++uses[policy];
  const auto text_of = [&](PolicyId id) {
    const Policy& policy = estate.policies[id];
    const auto text = [&](TextId of) { return of == no_text ? "" : estate.texts.at(of).c_str(); };
    return std::string(text(policy.object)) + "|" + text(policy.tenant) + "|" +
           text(policy.application) + "|" + text(policy.permissions);
  };
  struct Candidate {
    std::size_t count;
    std::string text;
    PolicyId id;
  };
  std::vector<Candidate> candidates;
  for (const auto& [id, count] : uses)
    if (count >= 2) candidates.push_back({count, text_of(id), id});
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(b.count, a.text) < std::tie(a.count, b.text);
  });
  std::vector<PolicyId> trial;
  std::vector<PolicyId> best;
  std::set<std::tuple<TextId, TextId, TextId>> principals;
  Length shortest = length_with(estate, objects, {});
  for (const Candidate& candidate : candidates) {
    if (trial.size() == most_candidates) break;
    if (!principals.insert(whom(estate.policies[candidate.id])).second) continue;
    trial.push_back(candidate.id);
    const Length text = length_with(estate, objects, trial);
    if (text < shortest) {
      shortest = text;
      best = trial;
    }
  }
  return best;
}

}  // namespace

Defaults choose_defaults(const Estate& estate, std::span<const Object* const> objects) {
  std::map<TextId, Tally> tallies;
  for (const Object* object : objects)
    for (const Part& part : object->parts) {
      if (part.value == no_text || is_of_network(estate, part)) continue;
      Tally& tally = tallies[part.key];
      ++tally.present;
      Tally::Value& value = tally.values[part.value];
      ++value.count;
      if (!part.optional) ++value.written;
      if (is_spelt_before(estate, part.path, value.path)) value.path = part.path;
    }
  Defaults defaults;
  for (const auto& [key, tally] : tallies)
    if (const auto part = best_value(estate, key, tally, objects.size()))
      defaults.parts.push_back(*part);
  for (Part& part : shared_network(estate, objects)) defaults.parts.push_back(part);
  std::sort(defaults.parts.begin(), defaults.parts.end(), [&](const Part& a, const Part& b) {
    return stands_before(estate.texts.at(a.path), estate.texts.at(b.path));
  });
  defaults.policies = shared_policies(estate, objects);
  return defaults;
}

Own under_defaults(const Estate& estate, const Object& object, const Defaults& defaults) {
  Own own;
  const auto default_of = [&](TextId key) -> const Part* {
    for (const Part& part : defaults.parts)
      if (part.key == key) return &part;
    return nullptr;
  };
  for (const Part& part : object.parts) {
    const Part* inherited = default_of(part.key);
    if (part.value == no_text) {
      if (inherited != nullptr) own.unmanaged.push_back(inherited->path);
    } else if (inherited != nullptr ? inherited->value != part.value : !part.optional) {
      own.parts.push_back(part);
    }
  }
  for (const Part& part : defaults.parts)
    if (std::none_of(object.parts.begin(), object.parts.end(),
                     [&](const Part& o) { return o.key == part.key; }))
      own.unmanaged.push_back(part.path);

  const std::vector<PolicyId>& shared = defaults.policies;
  if (object.mode == Policies::unmanaged) {
    own.unmanaged_policies = !shared.empty();
    return own;
  }
  const bool inherits = !shared.empty() && covers(estate, object, shared);
  for (const PolicyId policy : object.policies)
    if (!inherits || std::find(shared.begin(), shared.end(), policy) == shared.end())
      own.policies.push_back(policy);
  own.writes_policies = !inherits || !own.policies.empty();
  own.replaces_policies = !inherits && !shared.empty() && !own.policies.empty();
  return own;
}

}  // namespace akv::exporting
