#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/checks/detail/access.hpp"
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

/// Where the permissions of one category were written, else those of the entry.
const Document* place_of(const Document& entry, std::string_view category) {
  const Document& words = given(entry, category);
  return words.origin() != 0 ? &words : &entry;
}

const Principal* named(const Seen& seen, const Document& entry) {
  return principal_of(seen.estate, entry["objectId"].string_or());
}

std::string label(const Seen& seen, const Document& entry) {
  return label_of(seen.estate, entry["objectId"].string_or());
}

const Document::Array& policies(const Document& after) { return items(after["accessPolicies"]); }

/// Calls for each entry that gives something: none, where the vault does not go by policies.
template <class Judge>
void each_policy(const Seen& seen, Judge judge) {
  if (goes_by_roles(seen)) return;
  for (const Document& entry : policies(seen.outlook.after))
    if (entry["state"].string_or() != "absent") judge(entry);
}

/// A value that only carries a place.
Document at(std::uint32_t origin) {
  Document value;
  value.set_origin(origin);
  return value;
}

std::vector<const Holder*> administrators(const HeldVault& vault) {
  std::vector<const Holder*> found;
  for (const Holder& holder : vault.holders)
    if (holder.administers) found.push_back(&holder);
  return found;
}

/// Purge, where protection against it is as given.
void purge(const HeldVault& vault, const Estate& estate, bool is_protected, const Report& report) {
  if (vault.is_protected != is_protected) return;
  for (const Holder& holder : vault.holders) {
    if (holder.purges.empty()) continue;
    const Document place = at(holder.origin);
    std::string message = label_of(estate, holder.object_id) + " may purge " + holder.purges;
    if (!holder.role.empty()) message += ", as " + holder.role;
    report(holder.subject + ".purge", std::move(message), &place);
  }
}

}  // namespace

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

// Where roles decide, they may come from the subscription or above, and usually do: that there is
// nobody shows nowhere.
void nobody_administers(const HeldVault& vault, const Estate&, const Report& report) {
  const Document place = at(vault.policies_origin);
  if (!vault.by_roles && vault.complete && administrators(vault).empty())
    report("accessPolicies", "no entry may create keys or set secrets", &place);
}

void single_administrator(const HeldVault& vault, const Estate& estate, const Report& report) {
  const std::vector<const Holder*> found = administrators(vault);
  if (found.empty() || !vault.complete) return;
  const Holder& one = *found.front();
  if (std::any_of(found.begin(), found.end(),
                  [&one](const Holder* other) { return other->object_id != one.object_id; }))
    return;
  const Principal* principal = principal_of(estate, one.object_id);
  if (principal && principal->type == "Group") return;
  std::string message =
      label_of(estate, one.object_id) + " is the only one, and not known to be a group";
  if (vault.by_roles) message += "; roles from above its group are not looked at";
  const Document place = at(one.origin);
  report(one.subject + ".administers", std::move(message), &place);
}

void permissions_all(const Seen& seen, const Report& report) {
  each_policy(seen, [&](const Document& entry) {
    for (const std::string_view category : kinds::permission_categories())
      if (has(given(entry, category), "all"))
        report(subject_of_policy(entry) + ".permissions." + std::string(category),
               label(seen, entry) + " has all on " + std::string(category),
               place_of(entry, category));
  });
}

void can_purge(const HeldVault& vault, const Estate& estate, const Report& report) {
  purge(vault, estate, false, report);
}
void purge_idle(const HeldVault& vault, const Estate& estate, const Report& report) {
  purge(vault, estate, true, report);
}

void uses_and_manages_keys(const Seen& seen, const Report& report) {
  constexpr std::array<std::string_view, 4> uses{"decrypt", "sign", "unwrapKey", "release"};
  constexpr std::array<std::string_view, 5> manages{"create", "import", "delete", "restore",
                                                    "purge"};
  each_policy(seen, [&](const Document& entry) {
    // Of all permissions another rule speaks.
    if (has(given(entry, "keys"), "all")) return;
    if (can_any(entry, "keys", uses) && can_any(entry, "keys", manages))
      report(subject_of_policy(entry) + ".permissions.keys",
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
  each_policy(seen, [&](const Document& entry) { judge(entry, subject_of_policy(entry)); });
  for (const Document& entry : items(seen["roleAssignments"])) judge(entry, subject_of_role(entry));
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
    report(subject_of_role(entry), label(seen, entry) + " is " + std::string(role), &entry);
  }
}

void application_compound(const Seen& seen, const Report& report) {
  each_policy(seen, [&](const Document& entry) {
    if (const auto application = entry["applicationId"].string_or(); !application.empty())
      report(subject_of_policy(entry),
             label(seen, entry) + " only through application " + std::string(application), &entry);
  });
}

void foreign_tenant(const Seen& seen, const Report& report) {
  const std::string_view own = seen["tenantId"].string_or();
  each_policy(seen, [&](const Document& entry) {
    const std::string_view tenant = entry["tenantId"].string_or();
    if (!own.empty() && !tenant.empty() && !ascii::equal(own, tenant))
      report(subject_of_policy(entry) + ".tenantId",
             label(seen, entry) + " is of tenant " + std::string(tenant), &entry);
  });
}

void principal_unnamed(const Seen& seen, const Report& report) {
  if (seen.estate.principals.empty()) return;
  each_policy(seen, [&](const Document& entry) {
    if (!named(seen, entry))
      report(subject_of_policy(entry),
             std::string(entry["objectId"].string_or()) + " is not in principals", &entry);
  });
}

}  // namespace akv::checks
