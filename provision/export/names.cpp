#include "akv/provision/export/names.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/export/describe_policies.hpp"
#include "akv/provision/manifest/permission_sets.hpp"
#include "akv/provision/manifest/yaml_text.hpp"

#include <algorithm>
#include <set>

namespace akv::exporting {
namespace {

constexpr std::size_t longest_set_name = 40;

std::string yaml_of(const std::string& id, const engine::Principal* known, std::string type) {
  if (known != nullptr && !known->type.empty()) type = known->type;
  const bool break_glass = known != nullptr && known->break_glass;
  std::string text = manifest::yaml::scalar(id);
  if (type.empty() && !break_glass) return text;
  return "{objectId: " + text + (type.empty() ? "" : ", type: " + manifest::yaml::scalar(type)) +
         (break_glass ? ", breakGlass: true}" : "}");
}

/// `{keys: [get, list], secrets: [all]}` as `keys-get-list-secrets-all`; with counts in place of
/// the words where that would be too long.
std::string name_of(std::string_view permissions) {
  std::string name;
  std::string counted;
  std::size_t words = 0;
  std::string word;
  const auto finish_list = [&] {
    if (words > 0) counted += "-" + std::to_string(words);
    words = 0;
  };
  for (const char c : permissions) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += ascii::to_lower(c);
      continue;
    }
    if (word.empty()) continue;
    name += (name.empty() ? "" : "-") + word;
    if (c == ':') {
      finish_list();
      counted += (counted.empty() ? "" : "-") + word;
    } else {
      ++words;
    }
    word.clear();
  }
  finish_list();
  return name.size() <= longest_set_name ? name : counted;
}

std::map<std::string, std::string> unambiguous_built_in_sets() {
  std::map<std::string, std::string> names;
  std::set<std::string> twice;
  for (const manifest::BuiltInSet& set : manifest::built_in_sets()) {
    const std::string yaml = permissions_yaml(manifest::permissions_of(set));
    if (!names.emplace(yaml, set.name).second) twice.insert(yaml);
  }
  for (const std::string& yaml : twice) names.erase(yaml);
  return names;
}

bool is_built_in_name(std::string_view name) {
  const auto sets = manifest::built_in_sets();
  return std::any_of(sets.begin(), sets.end(),
                     [name](const manifest::BuiltInSet& set) { return set.name == name; });
}

}  // namespace

std::map<TextId, NamedPrincipal> name_principals(const Estate& estate,
                                                 const std::vector<engine::Principal>& known) {
  std::map<std::string, const engine::Principal*> by_id;
  std::set<std::string> taken;
  for (const engine::Principal& principal : known) {
    by_id.emplace(ascii::lower(principal.object_id), &principal);
    taken.insert(principal.name);
  }
  std::map<std::string, TextId> ids;  // sorted: names do not depend on the order of pages
  for (const Policy& policy : estate.policies)
    ids.emplace(estate.texts.at(policy.object), policy.object);
  for (const TextId object : estate.principals) ids.emplace(estate.texts.at(object), object);

  std::map<TextId, NamedPrincipal> named;
  for (auto at = ids.begin(); at != ids.end(); ++at) {
    const std::string& id = at->first;
    const auto type = estate.principal_types.find(at->second);
    const std::string type_text = type != estate.principal_types.end() ? type->second : "";
    const auto found = by_id.find(id);
    if (found != by_id.end()) {
      named.emplace(at->second,
                    NamedPrincipal{found->second->name, yaml_of(id, found->second, type_text)});
      continue;
    }
    // Both that share a beginning get a longer name, whichever came first.
    std::size_t length = 8;
    const auto shares = [&](auto other) {
      return other->first.compare(0, length, id, 0, length) == 0;
    };
    while (length < id.size() && ((at != ids.begin() && shares(std::prev(at))) ||
                                  (std::next(at) != ids.end() && shares(std::next(at))) ||
                                  taken.contains("p-" + id.substr(0, length))))
      ++length;
    named.emplace(at->second,
                  NamedPrincipal{"p-" + id.substr(0, length), yaml_of(id, nullptr, type_text)});
  }
  return named;
}

NamedPermissions name_permissions(const Estate& estate, const std::map<TextId, std::size_t>& uses) {
  const std::map<std::string, std::string> built_in = unambiguous_built_in_sets();
  std::map<std::string, std::pair<TextId, std::size_t>> by_text;
  for (const auto& [id, count] : uses) by_text.emplace(estate.texts.at(id), std::pair(id, count));

  NamedPermissions out;
  for (const auto& [text, use] : by_text) {
    const auto [id, count] = use;
    if (const auto known = built_in.find(text); known != built_in.end()) {
      out.names.emplace(id, known->second);
      continue;
    }
    const std::string wish = name_of(text);
    const std::size_t declared = wish.size() + text.size() + 5;
    if (count < 2 || count * text.size() <= count * wish.size() + declared) continue;
    std::string name = wish;
    for (int number = 2; out.sets.contains(name) || is_built_in_name(name); ++number)
      name = wish + "-" + std::to_string(number);
    out.sets.emplace(name, id);
    out.names.emplace(id, std::move(name));
  }
  return out;
}

}  // namespace akv::exporting
