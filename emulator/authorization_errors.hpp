/// How rights, locks, throttling and the neighbours of Key Vault say no. As in arm_errors.hpp; what
/// is not recorded is marked so in README.md.
#pragma once
#include "akv/emulator/arm_errors.hpp"

#include <string>
#include <string_view>

namespace akv::emulator::errors {

Refusal authorization_failed(std::string_view client, std::string_view object_id,
                             std::string_view action, std::string_view scope);
Refusal scope_locked(std::string_view scope, std::string_view operation, std::string_view locked);
Refusal permission_model_stays(std::string_view object_id, std::string_view vault);

// Role assignments and definitions.
Refusal assignment_id_no_guid(std::string_view name);
Refusal principal_id_no_guid(std::string_view id);
Refusal role_id_malformed(std::string_view id);
Refusal role_not_found(std::string_view id);
Refusal assignment_exists();
Refusal assignment_fixed();
Refusal assignment_not_found(std::string_view name);
Refusal too_many_assignments(std::size_t limit);
Refusal role_name_taken(std::string_view name);
Refusal role_in_use();
Refusal role_is_built_in();
Refusal bad_role(std::string_view problem);

// Locks.
Refusal lock_not_found(std::string_view name);
Refusal bad_lock(std::string_view problem);

// Diagnostic settings.
Refusal diagnostics_not_supported(std::string_view type);
Refusal diagnostic_setting_not_found(std::string_view name);
Refusal bad_diagnostic_setting(std::string_view problem);
Refusal sink_in_use(std::string_view sink, std::string_view setting, std::string_view category);

}  // namespace akv::emulator::errors
