#include "akv/provision/kinds/vault_access.hpp"

#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/permissions.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace akv::kinds {
namespace {

using engine::AccessModel;
using engine::Grant;
using engine::Reach;
using json::Document;

bool is(const Document& value, std::string_view word) {
  return ascii::equal(value.string_or(), word);
}

std::optional<Grant> policy_grant(const Document& policy) {
  if (policy.find("state")) return std::nullopt;
  Grant grant{.object_id = std::string(policy["objectId"].string_or())};
  // One of an application that acts for a user is no access of the user alone.
  const auto application = policy["applicationId"].string_or();
  if (!application.empty()) grant.object_id.append("/").append(application);
  for (const auto category : permission_categories()) {
    const Document& words = policy["permissions"][category];
    if (words.size() == 0) continue;
    if (!grant.what.empty()) grant.what += ", ";
    grant.what += category;
    for (const Document& word : words.as_array())
      grant.administers |= application.empty() && administers(category, word.string_or());
  }
  if (grant.what.empty()) return std::nullopt;
  return grant;
}

std::size_t approved_endpoints(const Document& live) {
  const Document* connections = live.at_path({"properties", "privateEndpointConnections"});
  if (!connections || !connections->is_array()) return 0;
  const auto& list = connections->as_array();
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [](const Document& connection) {
        const Document* status =
            connection.at_path({"properties", "privateLinkServiceConnectionState", "status"});
        return status && is(*status, "Approved");
      }));
}

Reach reach_of(const Document& canonical, const Document& live) {
  Reach reach;
  const Document& door = canonical["publicNetworkAccess"];
  if (is(door, "Disabled")) reach.door = Reach::Door::closed;
  if (is(door, "SecuredByPerimeter")) reach.door = Reach::Door::perimeter;
  const Document& acls = canonical["networkAcls"];
  reach.all = !is(acls["defaultAction"], "Deny");
  reach.azure_services = !is(acls["bypass"], "None");
  if (const Document& rules = acls["ipRules"]; rules.is_array())
    for (const Document& rule : rules.as_array())
      if (const auto range = engine::parse_ipv4_range(rule.string_or()))
        reach.addresses.push_back(*range);
  reach.subnets = acls["virtualNetworkRules"].size();
  reach.private_endpoints = approved_endpoints(live);
  return reach;
}

struct RoleMeaning {
  std::string_view id;
  Grant::Way way;
  bool administers;
};

// Roles that let nobody at the content and give nobody anything are not access.
std::optional<RoleMeaning> meaning_of(std::string_view role) {
  constexpr std::array<RoleMeaning, 10> meanings{{
      {role_id::key_vault_administrator, Grant::Way::data_role, true},
      {role_id::key_vault_secrets_officer, Grant::Way::data_role, true},
      {role_id::key_vault_crypto_officer, Grant::Way::data_role, true},
      {role_id::key_vault_certificates_officer, Grant::Way::data_role, true},
      {role_id::key_vault_data_access_administrator, Grant::Way::data_role, true},
      {role_id::owner, Grant::Way::owner_role, true},
      {role_id::user_access_administrator, Grant::Way::owner_role, true},
      {role_id::role_based_access_control_administrator, Grant::Way::owner_role, true},
      {role_id::contributor, Grant::Way::write_role, true},
      {role_id::key_vault_contributor, Grant::Way::write_role, true},
  }};
  constexpr std::array<std::string_view, 3> no_access{role_id::reader, role_id::key_vault_reader,
                                                      role_id::key_vault_purge_operator};
  for (const RoleMeaning& meaning : meanings)
    if (meaning.id == role) return meaning;
  if (std::find(no_access.begin(), no_access.end(), role) != no_access.end()) return std::nullopt;
  return RoleMeaning{role, Grant::Way::data_role, false};
}

}  // namespace

engine::Access vault_access(const Document& canonical, const Document& live) {
  engine::Access access;
  access.model = canonical["enableRbacAuthorization"].bool_or(false) ? AccessModel::roles
                                                                     : AccessModel::policies;
  access.reach = reach_of(canonical, live);
  if (const Document& policies = canonical["accessPolicies"]; policies.is_array())
    for (const Document& policy : policies.as_array())
      if (auto grant = policy_grant(policy)) access.grants.push_back(std::move(*grant));
  return access;
}

std::optional<Grant> role_grant(const Document& role_assignment) {
  if (role_assignment.find("state")) return std::nullopt;
  const auto meaning = meaning_of(role_assignment["roleDefinitionId"].string_or());
  if (!meaning) return std::nullopt;
  const bool conditional =
      meaning->administers && !role_assignment["condition"].string_or().empty();
  return Grant{.object_id = std::string(role_assignment["objectId"].string_or()),
               .way = meaning->way,
               .administers = meaning->administers && !conditional,
               .what = std::string(role_assignment["role"].string_or()),
               .conditional = conditional};
}

bool is_known_role(const Document& role_assignment) {
  return find_role_by_id(role_assignment["roleDefinitionId"].string_or()) != nullptr;
}

std::vector<Grant> role_grants(const Document& role_assignments) {
  std::vector<Grant> grants;
  if (!role_assignments.is_array()) return grants;
  for (const Document& entry : role_assignments.as_array())
    if (auto grant = role_grant(entry)) grants.push_back(std::move(*grant));
  return grants;
}

// `vaults/*`, `vaults/secrets/*` and the like: purge is among what they stand for.
std::span<const std::string_view> purged_by(std::string_view role) {
  static constexpr std::array<std::string_view, 3> content{"keys", "secrets", "certificates"};
  const std::span<const std::string_view> all(content);
  if (role == role_id::key_vault_administrator) return all;
  if (role == role_id::key_vault_crypto_officer) return all.subspan(0, 1);
  if (role == role_id::key_vault_secrets_officer) return all.subspan(1, 1);
  if (role == role_id::key_vault_certificates_officer) return all.subspan(2, 1);
  return {};
}

}  // namespace akv::kinds
