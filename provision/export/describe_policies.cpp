#include "akv/provision/export/describe_policies.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/export/sentences.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/manifest/checks.hpp"

#include <algorithm>

namespace akv::exporting {
namespace {

using json::Document;

constexpr std::size_t most_policies = 1024;

bool contains(const Document& words, std::string_view word) {
  return words.is_array() &&
         std::any_of(words.as_array().begin(), words.as_array().end(),
                     [word](const Document& w) { return ascii::equal(w.string_or(), word); });
}

/// What keeps an entry out of a manifest; empty where nothing does.
std::string fault_of(const Document& entry, std::string_view permissions) {
  for (const char* id : {"objectId", "tenantId", "applicationId"})
    if (const Document* value = entry.find(id))
      if (!manifest::check_guid(value->string_or()).empty())
        return sentence({"its ", id, " is no GUID"});
  if (permissions.empty()) return "it has a permission that akv does not know";
  return {};
}

}  // namespace

std::string permissions_yaml(const Document& permissions) {
  std::string yaml = "{";
  for (const std::string_view category : kinds::permission_categories()) {
    const Document& given = permissions[category];
    if (given.size() == 0) continue;
    std::string list;
    std::size_t found = 0;
    for (const std::string_view word : kinds::permission_words(category)) {
      if (!contains(given, word)) continue;
      ++found;
      list.append(list.empty() ? "" : ", ").append(word);
    }
    if (found != given.size()) return {};
    yaml.append(yaml.size() == 1 ? "" : ", ").append(category).append(": [").append(list) += "]";
  }
  return yaml + "}";
}

void describe_policies(Estate& estate, Object& vault, const Document& usual) {
  const auto& entries = usual["accessPolicies"].as_array();
  if (usual["enableRbacAuthorization"].bool_or(false)) {
    vault.mode = Policies::unmanaged;
    if (!entries.empty())
      vault.comments.push_back(
          sentence({"keeps ", std::to_string(entries.size()),
                    entries.size() == 1 ? " stored access policy" : " stored access policies",
                    " without effect, for Azure roles decide"}));
    return;
  }
  vault.mode = Policies::exact;
  const bool usual_tenant = ascii::equal(usual["tenantId"].string_or(), estate.tenant);
  std::size_t unwritten = 0;
  std::string first_fault;
  for (const Document& entry : entries) {
    const std::string permissions = permissions_yaml(entry["permissions"]);
    std::string fault = fault_of(entry, permissions);
    if (fault.empty() && vault.policies.size() == most_policies)
      fault = "a manifest has room for 1024 entries";
    if (!fault.empty()) {
      vault.mode = Policies::merge;
      if (unwritten++ == 0)
        first_fault =
            sentence({"the access policy of ", entry["objectId"].string_or(), ": ", fault});
      continue;
    }
    Policy policy;
    policy.object = estate.texts.add(entry["objectId"].string_or());
    if (!usual_tenant || !ascii::equal(entry["tenantId"].string_or(), estate.tenant))
      policy.tenant = estate.texts.add(entry["tenantId"].string_or());
    if (const Document* application = entry.find("applicationId"))
      policy.application = estate.texts.add(application->string_or());
    policy.permissions = estate.texts.add(permissions);
    vault.policies.push_back(estate.add(policy));
  }
  if (unwritten == 0) return;
  vault.comments.push_back(sentence(
      {std::to_string(unwritten), unwritten == 1 ? " access policy is" : " access policies are",
       " left alone, so others stay too (manage: merge); ", first_fault}));
}

}  // namespace akv::exporting
