/// How a stored vault is shown, and how it leaves.
#pragma once
#include "akv/emulator/store.hpp"
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

inline constexpr std::string_view vault_type = "Microsoft.KeyVault/vaults";

/// A stored vault's JSON as GET shows it at `now` with this api-version.
std::string shown_vault(std::string_view body, SystemTime ready_at, SystemTime now,
                        std::string_view api_version);

/// The resource as `/resources` lists it.
std::string summary_of(const json::Document& body, std::string_view location);

/// Takes a resource out of its group at that time. A vault becomes a deleted one until its
/// retention is over; everything else is gone.
void delete_resource(Store& store, const Resource& resource, SystemTime at);

}  // namespace akv::emulator
