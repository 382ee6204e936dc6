/// How a stored vault or managed HSM is written, shown, and how it leaves.
#pragma once
#include "akv/emulator/service.hpp"
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

inline constexpr std::string_view vault_type = "Microsoft.KeyVault/vaults";
inline constexpr std::string_view hsm_type = "Microsoft.KeyVault/managedHSMs";

/// A stored vault's JSON as GET shows it at `now` with this api-version.
std::string shown_vault(std::string_view body, SystemTime ready_at, SystemTime now,
                        std::string_view api_version);

/// Marks the resource as written by the caller now.
void touch(const Call& call, json::Document& body);
/// `systemData` of what the caller makes now, before touch().
json::Document created_by(const Call& call);
/// Azure's limits: how many, how long in characters, what a name may hold. Throws Refusal.
void check_tags(const json::Document& tags);
/// Tags to store: an object, whatever was sent. Throws Refusal.
json::Document checked_tags(const json::Document& sent);

/// The resource as `/resources` lists it.
std::string summary_of(const json::Document& body, std::string_view location);

/// Takes a resource out of its group at that time. A vault or managed HSM becomes a deleted one
/// until its retention is over; everything else is gone.
void delete_resource(Store& store, const Resource& resource, SystemTime at);

}  // namespace akv::emulator
