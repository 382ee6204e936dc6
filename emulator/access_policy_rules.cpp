#include "akv/emulator/arm_errors.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view key_words[] = {"all",
                                          "encrypt",
                                          "decrypt",
                                          "wrapKey",
                                          "unwrapKey",
                                          "sign",
                                          "verify",
                                          "get",
                                          "list",
                                          "create",
                                          "update",
                                          "import",
                                          "delete",
                                          "backup",
                                          "restore",
                                          "recover",
                                          "purge",
                                          "release",
                                          "rotate",
                                          "getrotationpolicy",
                                          "setrotationpolicy"};
constexpr std::string_view secret_words[] = {"all",    "get",     "list",    "set",  "delete",
                                             "backup", "restore", "recover", "purge"};
constexpr std::string_view certificate_words[] = {
    "all",        "get",           "list",           "delete",     "create",
    "import",     "update",        "managecontacts", "getissuers", "listissuers",
    "setissuers", "deleteissuers", "manageissuers",  "recover",    "purge",
    "backup",     "restore"};
constexpr std::string_view storage_words[] = {
    "all",   "get",    "list",    "delete", "set",     "update", "regeneratekey", "recover",
    "purge", "backup", "restore", "setsas", "listsas", "getsas", "deletesas"};

struct Category {
  std::string_view name;
  std::span<const std::string_view> words;
};
constexpr Category categories[] = {{"keys", key_words},
                                   {"secrets", secret_words},
                                   {"certificates", certificate_words},
                                   {"storage", storage_words}};

bool holds(const Document& words, std::string_view word) {
  return std::any_of(words.as_array().begin(), words.as_array().end(),
                     [&](const Document& item) { return ascii::equal(item.string_or(), word); });
}

/// Tenant, object and application in one: what makes two entries the same.
std::string identity_of(const Document& policy) {
  return ascii::lower(std::string(policy["tenantId"].string_or()) + "/" +
                      std::string(policy["objectId"].string_or()) + "/" +
                      std::string(policy["applicationId"].string_or()));
}

Document* find_same(Document& policies, const Document& wanted) {
  const std::string identity = identity_of(wanted);
  for (Document& policy : policies.as_array())
    if (identity_of(policy) == identity) return &policy;
  return nullptr;
}

bool has_any(const Document& permissions) {
  return std::any_of(permissions.as_object().begin(), permissions.as_object().end(),
                     [](const json::Member& member) { return member.value.size() > 0; });
}

}  // namespace

Document check_access_policies(const Document& sent, std::string_view tenant) {
  if (sent.size() > max_access_policies)
    throw errors::too_many("accessPolicies", sent.size(), max_access_policies);
  Document result = Document::array();
  std::set<std::string> seen;
  for (const Document& policy : sent.as_array()) {
    const Document* application = policy.find("applicationId");
    bool good = ascii::equal(policy["tenantId"].string_or(), tenant) &&
                is_uuid(policy["objectId"].string_or()) &&
                (!application || is_uuid(application->string_or())) &&
                policy["permissions"].is_object() && seen.insert(identity_of(policy)).second;
    Document permissions = Document::object();
    for (const Category& category : categories) {
      const Document* words = policy["permissions"].find(category.name);
      if (!words) continue;
      for (const Document& word : words->as_array())
        good = good && std::any_of(category.words.begin(), category.words.end(),
                                   [&](std::string_view known) {
                                     return ascii::equal(known, word.string_or());
                                   });
      permissions.set(category.name, *words);
    }
    if (!good) throw errors::invalid_value("accessPolicies");
    Document entry =
        Document::object({{"tenantId", policy["tenantId"]}, {"objectId", policy["objectId"]}});
    if (application) entry.set("applicationId", *application);
    entry.set("permissions", std::move(permissions));
    result.push_back(std::move(entry));
  }
  return result;
}

Document add_access_policies(Document stored, const Document& sent) {
  for (const Document& policy : sent.as_array()) {
    Document* same = find_same(stored, policy);
    if (!same) {
      stored.push_back(policy);
      continue;
    }
    Document& permissions = same->set("permissions");
    if (!permissions.is_object()) permissions = Document::object();
    for (const json::Member& category : policy["permissions"].as_object()) {
      Document& words = permissions.set(category.name);
      if (!words.is_array()) words = Document::array();
      for (const Document& word : category.value.as_array())
        if (!holds(words, word.string_or())) words.push_back(word);
    }
  }
  return stored;
}

Document remove_access_policies(Document stored, const Document& sent) {
  for (const Document& policy : sent.as_array()) {
    Document* same = find_same(stored, policy);
    if (!same) continue;
    Document& permissions = same->set("permissions");
    if (!permissions.is_object()) permissions = Document::object();
    for (const json::Member& category : policy["permissions"].as_object()) {
      Document* words = permissions.find(category.name);
      if (!words || !words->is_array()) continue;
      auto& list = words->as_array();
      list.erase(std::remove_if(
                     list.begin(), list.end(),
                     [&](const Document& word) { return holds(category.value, word.string_or()); }),
                 list.end());
    }
    if (!has_any(permissions))
      stored.as_array().erase(stored.as_array().begin() + (same - stored.as_array().data()));
  }
  return stored;
}

}  // namespace akv::emulator
