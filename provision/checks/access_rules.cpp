#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/checks/detail/judgements.hpp"
#include "akv/provision/kinds/permissions.hpp"

#include <algorithm>
#include <array>

namespace akv::checks {
namespace {

using engine::Principal;
using Words = std::span<const std::string_view>;

constexpr std::size_t many_policies = 900;  // Of 1,024.

bool goes_by_roles(const Seen& seen) { return seen["enableRbacAuthorization"].bool_or(false); }

bool has(const Document& words, std::string_view word) {
  if (!words.is_array()) return false;
  return std::any_of(words.as_array().begin(), words.as_array().end(),
                     [word](const Document& w) { return ascii::equal(w.string_or(), word); });
}

/// The words of a category; `all` stands for every one of them.
const Document& given(const Document& entry, std::string_view category) {
  return entry["permissions"][category];
}

bool can(const Document& entry, std::string_view category, std::string_view word) {
  const Document& words = given(entry, category);
  return has(words, word) || has(words, "all");
}

bool can_any(const Document& entry, std::string_view category, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return can(entry, category, word); });
}

/// Able to fill the vault and to empty it: what an administrator of its content needs.
bool administers(const Document& entry) {
  for (const std::string_view category : kinds::permission_categories())
    if (const Document& words = given(entry, category); words.is_array())
      for (const Document& word : words.as_array())
        if (kinds::administers(category, word.string_or())) return true;
  return false;
}

/// Where the permissions of one category were written, else those of the entry.
const Document* place_of(const Document& entry, std::string_view category) {
  const Document& words = given(entry, category);
  return words.origin() != 0 ? &words : &entry;
}

/// `keys and secrets`: the categories in which the entry can do it.
std::string where_it_can(const Document& entry, std::string_view word) {
  std::vector<std::string_view> categories;
  for (const std::string_view category : kinds::permission_categories())
    if (can(entry, category, word)) categories.push_back(category);
  std::string text;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (i > 0) text += i + 1 == categories.size() ? " and " : ", ";
    text += categories[i];
  }
  return text;
}

const Principal* named(const Seen& seen, const Document& entry) {
  const auto found = seen.estate.principals.find(ascii::lower(entry["objectId"].string_or()));
  return found == seen.estate.principals.end() ? nullptr : &found->second;
}

std::string label(const Seen& seen, const Document& entry) {
  const Principal* principal = named(seen, entry);
  return principal ? principal->name : std::string(entry["objectId"].string_or());
}

/// `accessPolicies[OBJECT]`, by id: names may change.
std::string subject_of(const Document& entry) {
  std::string subject = "accessPolicies[" + ascii::lower(entry["objectId"].string_or());
  if (const auto application = entry["applicationId"].string_or(); !application.empty())
    subject += "/" + ascii::lower(application);
  return subject + "]";
}

/// `roleAssignments[OBJECT/ROLE]`
std::string assignment(const Document& entry) {
  std::string subject = "roleAssignments[" + ascii::lower(entry["objectId"].string_or()) + "/";
  subject += entry["roleDefinitionId"].string_or();
  return subject + "]";
}

const Document::Array& policies(const Document& after) { return items(after["accessPolicies"]); }

/// Calls for each entry that gives something: none, where the vault does not go by policies.
template <class Judge>
void each_policy(const Seen& seen, Judge judge) {
  if (goes_by_roles(seen)) return;
  for (const Document& entry : policies(seen.outlook.after))
    if (entry["state"].string_or() != "absent") judge(entry);
}

std::vector<const Document*> administrators(const Seen& seen) {
  std::vector<const Document*> found;
  each_policy(seen, [&found](const Document& entry) {
    if (administers(entry)) found.push_back(&entry);
  });
  return found;
}

/// Purge, where protection against it is as given.
void purge(const Seen& seen, bool is_protected, const Report& report) {
  if (seen["enablePurgeProtection"].bool_or(false) != is_protected) return;
  each_policy(seen, [&](const Document& entry) {
    const std::string categories = where_it_can(entry, "purge");
    if (!categories.empty())
      report(subject_of(entry) + ".purge", label(seen, entry) + " may purge " + categories, &entry);
  });
}

}  // namespace

std::vector<std::string> purgers(const Document& after) {
  std::vector<std::string> found;
  if (after["enableRbacAuthorization"].bool_or(false)) return found;
  for (const Document& entry : policies(after))
    if (!where_it_can(entry, "purge").empty())
      found.push_back(ascii::lower(entry["objectId"].string_or()));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void access_legacy(const Seen& seen, const Report& report) {
  if (!goes_by_roles(seen))
    report("enableRbacAuthorization", "enableRbacAuthorization is false",
           &seen["enableRbacAuthorization"]);
}

void policies_idle(const Seen& seen, const Report& report) {
  const Document& list = seen["accessPolicies"];
  if (goes_by_roles(seen) && list.size() != 0)
    report("accessPolicies",
           std::to_string(list.size()) + " of them, while enableRbacAuthorization is true", &list);
}

void policies_merged(const Seen& seen, const Report& report) {
  const auto mode = seen.outlook.desired.manage.find("accessPolicies");
  if (mode == seen.outlook.desired.manage.end() || mode->second != engine::ListMode::merge) return;
  Document place;
  for (const auto& [word, origin] : seen.outlook.desired.word_origins)
    if (word == "manage.accessPolicies") place.set_origin(origin);
  if (!goes_by_roles(seen)) report("manage.accessPolicies", "accessPolicies is merge", &place);
}

void policies_many(const Seen& seen, const Report& report) {
  const Document& list = seen["accessPolicies"];
  if (!goes_by_roles(seen) && list.size() >= many_policies)
    report("accessPolicies", std::to_string(list.size()) + " of 1024 access policies", &list);
}

void nobody_administers(const Seen& seen, const Report& report) {
  if (!goes_by_roles(seen) && administrators(seen).empty())
    report("accessPolicies", "no entry may create keys or set secrets", &seen["accessPolicies"]);
}

void single_administrator(const Seen& seen, const Report& report) {
  const std::vector<const Document*> found = administrators(seen);
  if (found.size() != 1) return;
  const Principal* principal = named(seen, *found.front());
  if (principal && principal->type == "Group") return;
  report(subject_of(*found.front()) + ".administers",
         label(seen, *found.front()) + " is the only one, and not known to be a group",
         found.front());
}

void permissions_all(const Seen& seen, const Report& report) {
  each_policy(seen, [&](const Document& entry) {
    for (const std::string_view category : kinds::permission_categories())
      if (has(given(entry, category), "all"))
        report(subject_of(entry) + ".permissions." + std::string(category),
               label(seen, entry) + " has all on " + std::string(category),
               place_of(entry, category));
  });
}

void can_purge(const Seen& seen, const Report& report) { purge(seen, false, report); }
void purge_idle(const Seen& seen, const Report& report) { purge(seen, true, report); }

void uses_and_manages_keys(const Seen& seen, const Report& report) {
  constexpr std::array<std::string_view, 4> uses{"decrypt", "sign", "unwrapKey", "release"};
  constexpr std::array<std::string_view, 5> manages{"create", "import", "delete", "restore",
                                                    "purge"};
  each_policy(seen, [&](const Document& entry) {
    // Of all permissions another rule speaks.
    if (has(given(entry, "keys"), "all")) return;
    if (can_any(entry, "keys", uses) && can_any(entry, "keys", manages))
      report(subject_of(entry) + ".permissions.keys",
             label(seen, entry) + " can use keys, and create or delete them",
             place_of(entry, "keys"));
  });
}

void user_direct(const Seen& seen, const Report& report) {
  const auto judge = [&](const Document& entry, std::string subject) {
    const Principal* principal = named(seen, entry);
    if (principal && principal->type == "User")
      report(std::move(subject), principal->name + " is a user", &entry);
  };
  each_policy(seen, [&](const Document& entry) { judge(entry, subject_of(entry)); });
  for (const Document& entry : items(seen["roleAssignments"])) judge(entry, assignment(entry));
}

void role_gives_roles(const Seen& seen, const Report& report) {
  constexpr std::array<std::string_view, 4> roles{"Owner", "User Access Administrator",
                                                  "Role Based Access Control Administrator",
                                                  "Key Vault Data Access Administrator"};
  for (const Document& entry : items(seen["roleAssignments"])) {
    const std::string_view role = entry["role"].string_or();
    // A condition is there to say which roles.
    if (entry.find("condition") || std::find(roles.begin(), roles.end(), role) == roles.end())
      continue;
    report(assignment(entry), label(seen, entry) + " is " + std::string(role), &entry);
  }
}

void application_compound(const Seen& seen, const Report& report) {
  each_policy(seen, [&](const Document& entry) {
    if (const auto application = entry["applicationId"].string_or(); !application.empty())
      report(subject_of(entry),
             label(seen, entry) + " only through application " + std::string(application), &entry);
  });
}

void foreign_tenant(const Seen& seen, const Report& report) {
  const std::string_view own = seen["tenantId"].string_or();
  each_policy(seen, [&](const Document& entry) {
    const std::string_view tenant = entry["tenantId"].string_or();
    if (!own.empty() && !tenant.empty() && !ascii::equal(own, tenant))
      report(subject_of(entry) + ".tenantId",
             label(seen, entry) + " is of tenant " + std::string(tenant), &entry);
  });
}

void principal_unnamed(const Seen& seen, const Report& report) {
  if (seen.estate.principals.empty()) return;
  each_policy(seen, [&](const Document& entry) {
    if (!named(seen, entry))
      report(subject_of(entry),
             std::string(entry["objectId"].string_or()) + " is not in principals", &entry);
  });
}

}  // namespace akv::checks
