/// How the Key Vault provider says no to keys, secrets and managed HSMs. Hardly any of it is
/// recorded: codes and texts follow those of vaults, and README.md lists them as assumed.
#pragma once
#include "akv/emulator/arm_errors.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {
namespace errors {

/// `kind`: `vault` or `managed HSM`.
Refusal write_under_way(std::string_view kind, std::string_view name);
Refusal cannot_be_modified(std::string_view property);
Refusal hsm_name_not_valid(std::string_view name);
Refusal hsm_already_exists(std::string_view name);
Refusal deleted_hsm_twin();
Refusal no_hsm_to_recover();
Refusal hsm_being_purged(std::string_view name);
Refusal hsm_purge_not_allowed();
Refusal hsm_region_invalid(std::string_view region);

}  // namespace errors

/// Texts that checkMhsmNameAvailability repeats.
std::string hsm_name_not_valid_text(std::string_view name);
std::string hsm_already_exists_text(std::string_view name);

/// What asking for a name answers that cannot be had.
http::Response name_unavailable(const char* reason, std::string_view message);

}  // namespace akv::emulator
