#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/checks/detail/access.hpp"
#include "akv/provision/checks/detail/judgements.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/kinds/vault_access.hpp"

#include <algorithm>
#include <span>

namespace akv::checks {
namespace {

using Way = engine::Grant::Way;

// What a list stands beside, and the group of a vault: all before the last provider.
std::string before_provider(const std::string& id) {
  return id.substr(0, std::min(id.rfind("/providers/"), id.size()));
}

std::string enumerated(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

bool has(const Document& words, std::string_view word) {
  const Document::Array& list = items(words);
  return std::any_of(list.begin(), list.end(),
                     [word](const Document& w) { return ascii::equal(w.string_or(), word); });
}

/// Able to fill the vault and to empty it: what an administrator of its content needs. Who can only
/// through one application cannot without it.
bool administers(const Document& policy) {
  if (!policy["applicationId"].string_or().empty()) return false;
  for (const std::string_view category : kinds::permission_categories())
    for (const Document& word : items(policy["permissions"][category]))
      if (kinds::administers(category, word.string_or())) return true;
  return false;
}

Holder holder_of_policy(const Document& policy) {
  return {.object_id = ascii::lower(policy["objectId"].string_or()),
          .subject = subject_of_policy(policy),
          .origin = policy.origin(),
          .administers = administers(policy),
          .purges = purged_by_policy(policy)};
}

// What holds only under a condition is not known to hold.
std::vector<Holder> holders_of_roles(const Document& list) {
  std::vector<Holder> found;
  for (const Document& entry : items(list)) {
    const auto grant = kinds::role_grant(entry);
    if (!grant || grant->conditional) continue;
    Holder holder{.object_id = ascii::lower(grant->object_id),
                  .subject = subject_of_role(entry),
                  .role = grant->what,
                  .origin = entry.origin(),
                  .by_writing = grant->way == Way::write_role,
                  .by_giving = grant->way == Way::owner_role,
                  .administers = grant->administers,
                  .purges = enumerated(kinds::purged_by(entry["roleDefinitionId"].string_or()))};
    if (holder.administers || !holder.purges.empty()) found.push_back(std::move(holder));
  }
  return found;
}

bool all_built_in(const Document& list) {
  const Document::Array& entries = items(list);
  return std::all_of(entries.begin(), entries.end(), kinds::is_known_role);
}

bool counts(const Holder& role, bool by_roles) {
  return role.by_giving || role.by_writing != by_roles;
}

}  // namespace

std::string purged_by_policy(const Document& policy) {
  std::vector<std::string_view> categories;
  for (const std::string_view category : kinds::permission_categories())
    if (const Document& words = policy["permissions"][category];
        has(words, "purge") || has(words, "all"))
      categories.push_back(category);
  return enumerated(categories);
}

std::string subject_of_policy(const Document& policy) {
  std::string subject = "accessPolicies[" + ascii::lower(policy["objectId"].string_or());
  if (const auto application = policy["applicationId"].string_or(); !application.empty())
    subject += "/" + ascii::lower(application);
  return subject + "]";
}

std::string subject_of_role(const Document& assignment) {
  std::string subject = "roleAssignments[" + ascii::lower(assignment["objectId"].string_or()) + "/";
  subject += assignment["roleDefinitionId"].string_or();
  return subject + "]";
}

const engine::Principal* principal_of(const Estate& estate, std::string_view object_id) {
  const auto found = estate.principals.find(ascii::lower(object_id));
  return found == estate.principals.end() ? nullptr : &found->second;
}

std::string label_of(const Estate& estate, std::string_view object_id) {
  const engine::Principal* principal = principal_of(estate, object_id);
  return principal ? principal->name : std::string(object_id);
}

AccessBook::AccessBook(const engine::Deployment& deployment) {
  for (const engine::Desired& desired : deployment.objects) {
    const std::string id = ascii::lower(desired.id);
    objects_.emplace(id, objects_.size());
    if (desired.kind == "roleAssignment") listed_.insert(before_provider(id));
  }
}

void AccessBook::note(const engine::Outlook& outlook) {
  const engine::Desired& desired = outlook.desired;
  const std::string id = ascii::lower(desired.id);
  if (desired.kind == "roleAssignment") {
    const Document& list = outlook.after["roleAssignments"];
    roles_[before_provider(id)] = {holders_of_roles(list), outlook.differs, all_built_in(list)};
  }
  const auto object = objects_.find(id);
  if (desired.kind != "vault" || object == objects_.end()) return;
  HeldVault& vault = vaults_[id];
  vault = {.object = object->second,
           .existing = desired.existing,
           .differs = outlook.differs,
           .by_roles = outlook.after["enableRbacAuthorization"].bool_or(false),
           .is_protected = outlook.after["enablePurgeProtection"].bool_or(false),
           .policies_origin = outlook.after["accessPolicies"].origin()};
  if (vault.by_roles) return;
  for (const Document& policy : items(outlook.after["accessPolicies"]))
    if (policy["state"].string_or() != "absent")
      if (Holder holder = holder_of_policy(policy); holder.administers || !holder.purges.empty())
        vault.holders.push_back(std::move(holder));
}

std::vector<HeldVault> AccessBook::vaults(bool changed) const {
  std::vector<HeldVault> found;
  for (const auto& [id, noted] : vaults_) {
    HeldVault vault = noted;
    bool differs = vault.differs;
    for (const std::string& scope : {id, before_provider(id)}) {
      const auto roles = roles_.find(scope);
      if (roles == roles_.end()) {
        vault.complete = vault.complete && !listed_.contains(scope);
        continue;
      }
      differs |= roles->second.differs;
      vault.complete &= roles->second.certain;
      for (const Holder& holder : roles->second.holders)
        if (counts(holder, vault.by_roles)) vault.holders.push_back(holder);
    }
    if (differs || !changed) found.push_back(std::move(vault));
  }
  std::sort(found.begin(), found.end(),
            [](const HeldVault& a, const HeldVault& b) { return a.object < b.object; });
  return found;
}

}  // namespace akv::checks
