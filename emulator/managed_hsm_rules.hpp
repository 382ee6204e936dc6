/// What Key Vault demands of a managed HSM, and what it makes of what was sent.
#pragma once
#include "akv/emulator/vault_rules.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

bool is_hsm_name(std::string_view name);

/// `sent` as it is stored: families and names that the api-version knows. Throws Refusal.
json::Document hsm_sku_of(const json::Document& sent, std::string_view api_version);

/// The `properties` after `sent` was applied to `stored`, but for the state. Throws Refusal.
json::Document apply_hsm_properties(Change change, const json::Document& stored,
                                    const json::Document& sent, std::string_view location);

}  // namespace akv::emulator
