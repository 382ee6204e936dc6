// Access policies changed entry by entry, so that no other writer's entry is lost. Vaults have no
// ETag: to read the list, change it and write it whole would lose what was written in between.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/keyvault/vaults.hpp"

#include <algorithm>

namespace akv {
namespace {

using Entries = std::vector<AccessPolicyEntry>;

constexpr int most_attempts = 5;
constexpr const char* merge = "Vaults.merge_access_policies";
constexpr const char* remove_name = "Vaults.remove_access_policies";

struct Category {
  Strings Permissions::*words;
  const char* name;
};
constexpr Category categories[] = {{&Permissions::keys, "keys"},
                                   {&Permissions::secrets, "secrets"},
                                   {&Permissions::certificates, "certificates"},
                                   {&Permissions::storage, "storage"}};

bool is_same_principal(const AccessPolicyEntry& a, const AccessPolicyEntry& b) {
  return ascii::equal(a.tenant_id, b.tenant_id) && ascii::equal(a.object_id, b.object_id) &&
         ascii::equal(a.application_id.value_or({}), b.application_id.value_or({}));
}

template <class List>
auto* find_principal(List& entries, const AccessPolicyEntry& entry) {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const AccessPolicyEntry& other) {
    return is_same_principal(entry, other);
  });
  return at == entries.end() ? nullptr : &*at;
}

bool has(const Strings& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& other) { return ascii::equal(word, other); });
}

void add(Strings& words, const std::string& word) {
  if (words)
    (*words).push_back(word);
  else
    words = {word};
}

bool names_nothing(const Permissions& permissions) {
  return std::all_of(std::begin(categories), std::end(categories), [&](const Category& category) {
    return (permissions.*category.words).empty();
  });
}

AccessPolicyEntry without_permissions(const AccessPolicyEntry& entry) {
  return {.tenant_id = entry.tenant_id,
          .object_id = entry.object_id,
          .application_id = entry.application_id};
}

// The service refuses two entries of one principal. An entry that names nothing asks for nothing,
// or where `nothing_is_all` for everything, whatever else is named.
Entries one_for_each_principal(const Entries& entries, bool nothing_is_all) {
  Entries joined;
  for (const AccessPolicyEntry& entry : entries) {
    AccessPolicyEntry* earlier = find_principal(joined, entry);
    if (earlier == nullptr) {
      joined.push_back(entry);
    } else if (nothing_is_all &&
               (names_nothing(earlier->permissions) || names_nothing(entry.permissions))) {
      earlier->permissions = {};
    } else {
      for (const Category& category : categories)
        for (const std::string& word : entry.permissions.*category.words)
          if (Strings& words = earlier->permissions.*category.words; !has(words, word))
            add(words, word);
    }
  }
  return joined;
}

Entries to_add(const Entries& current, const Entries& named) {
  Entries missing;
  for (const AccessPolicyEntry& entry : named) {
    const AccessPolicyEntry* there = find_principal(current, entry);
    AccessPolicyEntry rest = without_permissions(entry);
    for (const Category& category : categories)
      for (const std::string& word : entry.permissions.*category.words) {
        const Strings* words = there ? &(there->permissions.*category.words) : nullptr;
        if (words == nullptr || !(has(*words, word) || has(*words, "all")))
          add(rest.permissions.*category.words, word);
      }
    if (!names_nothing(rest.permissions)) missing.push_back(std::move(rest));
  }
  return missing;
}

void check_separable(const AccessPolicyEntry& there, const Strings& words,
                     const Category& category) {
  const Strings& held = there.permissions.*category.words;
  if (words.empty() || !has(held, "all") || has(words, "all")) return;
  throw AzureError({.code = "InvalidArgument",
                    .message = "the principal " + there.object_id + " has \"all\" of " +
                               category.name + ", from which \"" + words[0] +
                               "\" cannot be taken alone: remove \"all\" and add what shall stay",
                    .operation = remove_name});
}

Entries to_remove(const Entries& current, const Entries& named) {
  Entries present;
  for (const AccessPolicyEntry& entry : named) {
    const AccessPolicyEntry* there = find_principal(current, entry);
    if (there == nullptr || names_nothing(there->permissions)) continue;
    if (names_nothing(entry.permissions)) {
      present.push_back(*there);
      continue;
    }
    AccessPolicyEntry rest = without_permissions(*there);
    for (const Category& category : categories) {
      const Strings& words = entry.permissions.*category.words;
      check_separable(*there, words, category);
      for (const std::string& held : there->permissions.*category.words)
        if (has(words, held) || has(words, "all")) add(rest.permissions.*category.words, held);
    }
    if (!names_nothing(rest.permissions)) present.push_back(std::move(rest));
  }
  return present;
}

Entries entries_of(const List<AccessPolicyEntry>& list) { return list ? *list : Entries(); }

}  // namespace

std::vector<AccessPolicyEntry> VaultsOperations::merge_access_policies(
    std::string_view resource_group_name, std::string_view vault_name,
    const std::vector<AccessPolicyEntry>& entries, const CallOptions& options) const {
  return change_access_policies(merge, access_policy_update_kind::add,
                                vault_path(merge, resource_group_name, vault_name).str(),
                                one_for_each_principal(entries, false), to_add, options);
}

std::vector<AccessPolicyEntry> VaultsOperations::remove_access_policies(
    std::string_view resource_group_name, std::string_view vault_name,
    const std::vector<AccessPolicyEntry>& entries, const CallOptions& options) const {
  return change_access_policies(remove_name, access_policy_update_kind::remove,
                                vault_path(remove_name, resource_group_name, vault_name).str(),
                                one_for_each_principal(entries, true), to_remove, options);
}

Entries VaultsOperations::change_access_policies(const char* operation,
                                                 std::string_view operation_kind,
                                                 const std::string& vault, const Entries& named,
                                                 Outstanding outstanding,
                                                 const CallOptions& options) const {
  const std::string target = vault + "/accessPolicies/" + std::string(operation_kind);
  // Who waits for nothing himself has nothing repeated (Context::max_wait).
  const int most = options.context.max_wait.count() > 0 ? most_attempts : 1;
  for (int attempt = 1;; ++attempt) {
    Entries current =
        entries_of(send_get<Vault>(operation, vault, options).properties.access_policies);
    const Entries change = outstanding(current, named);
    if (change.empty()) return current;
    try {
      Entries written = entries_of(
          send_put<VaultAccessPolicyParameters>(
              operation, target,
              VaultAccessPolicyParameters{.properties = {.access_policies = change}}, options)
              .properties.access_policies);
      if (outstanding(written, named).empty()) return written;
    } catch (const ConflictError& error) {
      // A lock, or a group that is being deleted, does not pass by itself.
      const bool passing = error.info().status == 412 || error.info().code == "ConflictError";
      if (!passing || attempt == most) throw;
    }
    if (attempt == most)
      throw ConflictError({.code = "AccessPoliciesKeepChanging",
                           .message = "another writer undid the change each of the " +
                                      std::to_string(most) + " times that it was made",
                           .target = vault,
                           .operation = operation});
    context_of(options).wait(std::chrono::seconds(1 << (attempt - 1)));
  }
}

}  // namespace akv
