#include "akv/provision/kinds/vault_impact.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/network_reach.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/kinds/vault_access.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::FieldChange;
using engine::Reach;
using json::Document;

std::vector<std::string> words_of(const Document& set) {
  std::vector<std::string> words;
  if (set.is_array())
    for (const auto& word : set.as_array()) words.emplace_back(word.string_or());
  return words;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [word](const std::string& other) { return ascii::equal(other, word); });
}

// `all` counts as every permission, purge included.
std::vector<std::string> expand(std::string_view category, const Document& set) {
  auto words = words_of(set);
  if (!has(words, "all")) return words;
  const auto all = permission_words(category).subspan(1);
  return {all.begin(), all.end()};
}

std::size_t missing_from(const std::vector<std::string>& words,
                         const std::vector<std::string>& other) {
  return static_cast<std::size_t>(std::count_if(
      words.begin(), words.end(), [&other](const std::string& word) { return !has(other, word); }));
}

std::size_t count_pairs(const Document& policies) {
  std::size_t pairs = 0;
  if (!policies.is_array()) return pairs;
  for (const auto& entry : policies.as_array())
    for (const auto category : permission_categories()) {
      const auto words = words_of(entry["permissions"][category]);
      pairs += count_permissions(category, words);
    }
  return pairs;
}

std::string category_of(const FieldChange& field) {
  constexpr std::string_view prefix = "permissions.";
  return field.leaf.starts_with(prefix) ? field.leaf.substr(prefix.size()) : std::string();
}

// What people can do with some permissions, in the order in which a sentence names it.
struct Ability {
  std::string_view verb;
  std::span<const std::string_view> words;
};
constexpr std::array<std::string_view, 1> reading{"get"};
constexpr std::array<std::string_view, 1> listing{"list"};
constexpr std::array<std::string_view, 8> key_use{"encrypt", "decrypt", "wrapKey", "unwrapKey",
                                                  "sign",    "verify",  "release", "rotate"};
constexpr std::array<std::string_view, 8> changing{
    "set", "create", "import", "update", "restore", "setsas", "setissuers", "manageissuers"};
constexpr std::array<std::string_view, 1> deleting{"delete"};
constexpr std::array<std::string_view, 1> purging{"purge"};
constexpr std::array<std::string_view, 1> recovering{"recover"};
constexpr std::array<std::string_view, 1> backing_up{"backup"};
constexpr std::array<Ability, 6> abilities{{{"list", listing},
                                            {"read", reading},
                                            {"use", key_use},
                                            {"change", changing},
                                            {"delete", deleting},
                                            {"purge", purging}}};
// Said only where nothing above has changed: with those they go without saying.
constexpr std::array<Ability, 2> lesser_abilities{
    {{"recover", recovering}, {"back up", backing_up}}};

bool able(const Ability& ability, const std::vector<std::string>& words) {
  return std::any_of(ability.words.begin(), ability.words.end(),
                     [&words](std::string_view word) { return has(words, word); });
}

std::string join(const std::vector<std::string_view>& verbs) {
  std::string text;
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (i > 0) text += i + 1 == verbs.size() ? " or " : ", ";
    text += verbs[i];
  }
  return text;
}

// What became of each ability.
struct Verbs {
  std::vector<std::string_view> still, lost, gained;

  void add(const Ability& ability, const std::vector<std::string>& before,
           const std::vector<std::string>& after) {
    const bool could = able(ability, before), can = able(ability, after);
    if (could && can) still.push_back(ability.verb);
    if (could && !can) lost.push_back(ability.verb);
    if (!could && can) gained.push_back(ability.verb);
  }
  // Who reads mostly lists too, and that need not be said.
  static void join_reading(std::vector<std::string_view>& verbs) {
    if (verbs.size() > 1 && verbs[0] == "list" && verbs[1] == "read") verbs.erase(verbs.begin());
  }
};

// `app can still read secrets, and can no longer change or delete them`
std::string effect_of(const FieldChange& field, const std::string& category) {
  const auto before = expand(category, field.before);
  const auto after = expand(category, field.after);
  Verbs verbs;
  for (const auto& ability : abilities) verbs.add(ability, before, after);
  if (verbs.lost.empty() && verbs.gained.empty())
    for (const auto& ability : lesser_abilities) verbs.add(ability, before, after);
  for (auto* list : {&verbs.still, &verbs.lost, &verbs.gained}) Verbs::join_reading(*list);
  std::string text;
  if (!verbs.lost.empty() && !verbs.still.empty())
    text = field.entry + " can still " + join(verbs.still) + " " + category +
           ", and can no longer " + join(verbs.lost) + " them";
  else if (!verbs.lost.empty())
    text = field.entry + " can no longer " + join(verbs.lost) + " " + category;
  if (!verbs.gained.empty())
    text += text.empty() ? field.entry + " can now " + join(verbs.gained) + " " + category
                         : "; it can now " + join(verbs.gained) + " them";
  return text;
}

void assess_access(Change& change, const Document& before) {
  auto& impact = change.impact;
  impact.pairs_before = count_pairs(before["accessPolicies"]);
  for (const auto& field : change.fields) {
    if (field.property != "accessPolicies") continue;
    const std::string category = category_of(field);
    if (category.empty()) continue;
    const auto was = expand(category, field.before), will = expand(category, field.after);
    impact.pairs_lost += missing_from(was, will);
    impact.pairs_gained += missing_from(will, was);
    // A create gives what it says; only a change needs words.
    if (!before.is_null())
      if (std::string effect = effect_of(field, category); !effect.empty())
        change.effects.emplace_back(field.path, std::move(effect));
  }
  impact.access_emptied = impact.pairs_before > 0 && impact.pairs_gained == 0 &&
                          impact.pairs_lost == impact.pairs_before;
}

bool is(const Document& value, std::string_view word) {
  return ascii::equal(value.string_or(), word);
}

bool admits_all_networks(const Reach& reach) {
  return reach.door == Reach::Door::open && reach.all;
}

/// Whether some range that had a rule before lies in one that has a rule now.
bool keeps_an_address(const Reach& before, const Reach& after) {
  return std::any_of(before.addresses.begin(), before.addresses.end(), [&after](const auto& was) {
    return std::any_of(after.addresses.begin(), after.addresses.end(), [&was](const auto& is) {
      return is.prefix <= was.prefix && is.covers(was.address);
    });
  });
}

// To Disabled, to Deny, bypass to None, or the last rule goes: where that shuts somebody out.
void assess_network(Change& change, const Document& before) {
  const Reach &was = change.impact.before.reach, &will = change.impact.after.reach;
  const Document& acls = before["networkAcls"];
  std::size_t rules = acls["ipRules"].size() + acls["virtualNetworkRules"].size();
  std::size_t removed = 0, added = 0;
  bool closed = false, opened = false;
  for (const auto& field : change.fields) {
    if (field.path == "publicNetworkAccess") {
      closed |= is(field.after, "Disabled");
      opened |= is(field.before, "Disabled");
    } else if (field.path == "networkAcls.defaultAction") {
      closed |= is(field.after, "Deny") && was.door == Reach::Door::open;
      opened |= is(field.after, "Allow");
    } else if (field.path == "networkAcls.bypass") {
      closed |= is(field.after, "None");
      opened |= is(field.before, "None");
    } else if (field.path.starts_with("networkAcls.") && !field.entry.empty()) {
      removed += field.after.is_null() ? 1 : 0;
      added += field.before.is_null() ? 1 : 0;
    }
  }
  closed |= rules > 0 && removed >= rules && was.door == Reach::Door::open &&
            !keeps_an_address(was, will);
  opened |= added > 0;
  change.impact.network_closed =
      closed && !admits_all_networks(will) && will.private_endpoints == 0;
  change.impact.network_opened = opened;
}

bool concerns_network(const FieldChange& field) {
  return field.property == "publicNetworkAccess" || field.property == "networkAcls";
}

// One line for what several settings come to together.
void tell_reach(Change& change, bool is_new) {
  if (std::none_of(change.fields.begin(), change.fields.end(), concerns_network)) return;
  const std::string after = engine::reach_text(change.impact.after.reach);
  const std::string before =
      is_new ? std::string() : engine::reach_text(change.impact.before.reach);
  std::string line = "network: ";
  if (!before.empty() && before != after) line += before + " -> ";
  change.effects.emplace_back(engine::network_effect, line + after);
  for (const std::string& sentence : engine::contradictions(change.impact.after.reach))
    change.effects.emplace_back(engine::network_effect, "warning: " + sentence);
}

void assess_switches(Change& change) {
  for (const auto& field : change.fields) {
    if (field.path == "enablePurgeProtection")
      change.impact.purge_protection = field.after.bool_or(false);
    if (field.path == "enableRbacAuthorization") change.impact.access_model = true;
    if (field.path == "tenantId") change.impact.tenant = true;
  }
}

void name_risks(Change& change) {
  const auto& impact = change.impact;
  const auto risk = [&change](bool there, const char* id) {
    if (there) change.risks.emplace_back(id);
  };
  risk(impact.pairs_gained > 0, "access-added");
  risk(impact.pairs_lost > 0, "access-removed");
  risk(impact.access_emptied, "access-emptied");
  risk(impact.network_closed, "network-closed");
  risk(impact.network_opened, "network-opened");
  risk(impact.purge_protection, "purge-protection");
  risk(impact.access_model, "access-model");
  risk(impact.tenant, "tenant");
}

}  // namespace

void assess_vault(Change& change, const Document& before, const Document& after) {
  change.impact = {};
  change.risks.clear();
  change.effects.clear();
  if (!before.is_null()) change.impact.before = vault_access(before, change.live);
  change.impact.after = vault_access(after, change.live);
  assess_access(change, before);
  if (!before.is_null()) {
    assess_network(change, before);
    assess_switches(change);
  }
  tell_reach(change, before.is_null());
  name_risks(change);
}

}  // namespace akv::kinds
