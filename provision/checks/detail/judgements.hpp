/// What the table of rules calls: each reports what it finds, and nothing where all is well.
#pragma once
#include "akv/provision/checks/rules.hpp"

namespace akv::checks {

// vault_rules.cpp: the properties of a vault.
void purge_protection_off(const Seen& seen, const Report& report);
void retention_short(const Seen& seen, const Report& report);
void network_open(const Seen& seen, const Report& report);
void trusted_services(const Seen& seen, const Report& report);
void ip_range_everywhere(const Seen& seen, const Report& report);
void ip_range_wide(const Seen& seen, const Report& report);
void ip_rules_many(const Seen& seen, const Report& report);
void network_rules_idle(const Seen& seen, const Report& report);
void subnet_unchecked(const Seen& seen, const Report& report);
void platform_access(const Seen& seen, const Report& report);
void owner_unknown(const Seen& seen, const Report& report);
void not_protected(const Seen& seen, const Report& report);
void location_open(const Seen& seen, const Report& report);
void soft_deleted_purge(const Seen& seen, const Report& report);
void adopt_left_in(const Seen& seen, const Report& report);

// access_rules.cpp: who may do what in it.
void access_legacy(const Seen& seen, const Report& report);
void policies_idle(const Seen& seen, const Report& report);
void policies_merged(const Seen& seen, const Report& report);
void policies_many(const Seen& seen, const Report& report);
void permissions_all(const Seen& seen, const Report& report);
void uses_and_manages_keys(const Seen& seen, const Report& report);
void user_direct(const Seen& seen, const Report& report);
void role_gives_roles(const Seen& seen, const Report& report);
void application_compound(const Seen& seen, const Report& report);
void foreign_tenant(const Seen& seen, const Report& report);
void principal_unnamed(const Seen& seen, const Report& report);
void nobody_administers(const HeldVault& vault, const Estate& estate, const Report& report);
void single_administrator(const HeldVault& vault, const Estate& estate, const Report& report);
void can_purge(const HeldVault& vault, const Estate& estate, const Report& report);
void purge_idle(const HeldVault& vault, const Estate& estate, const Report& report);

// estate_rules.cpp: what shows only over all objects.
void purges_in_many_vaults(const Estate& estate, const EstateReport& report);
void principal_unused(const Estate& estate, const EstateReport& report);
void role_assignments_many(const Estate& estate, const EstateReport& report);

/// The list's items; none where it is no list.
const Document::Array& items(const Document& list);

}  // namespace akv::checks
