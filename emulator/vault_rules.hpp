/// What Key Vault demands of a vault, and what it makes of what was sent.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

inline constexpr std::size_t max_access_policies = 1024;
inline constexpr std::size_t max_ip_rules = 1000;
inline constexpr std::size_t max_subnet_rules = 200;
inline constexpr std::size_t max_tags = 50;
inline constexpr int min_retention = 7, max_retention = 90;

bool is_vault_name(std::string_view name);

enum class Change { create, replace, patch };

/// The vault's `properties` after `sent` was applied to `stored`: members in the service's order,
/// defaults filled in as recorded, members of `stored` that no api-version knows carried along.
/// Throws Refusal.
json::Document apply_properties(Change change, const json::Document& stored,
                                const json::Document& sent, std::string_view vault,
                                std::string_view api_version);

/// `networkAcls` with its missing parts filled in; null where it says no more than the default: the
/// service leaves that out of its answers. Throws Refusal.
json::Document network_acls_of(const json::Document& sent);

/// A checked list of policies, all of `tenant`. Throws Refusal.
json::Document check_access_policies(const json::Document& sent, std::string_view tenant);

/// Each policy of `sent` joined with the stored one of the same tenant, object and application.
json::Document add_access_policies(json::Document stored, const json::Document& sent);
/// Takes the permissions of `sent` away; an entry without any goes.
json::Document remove_access_policies(json::Document stored, const json::Document& sent);

}  // namespace akv::emulator
