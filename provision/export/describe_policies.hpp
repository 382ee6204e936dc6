/// The access policies of a vault in the manifest's words.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/export/estate.hpp"

#include <string>

namespace akv::exporting {

/// Fills in `vault.policies` and `vault.mode` from the canonical vault. Entries go without a tenant
/// only where it is the estate's and the vault's.
void describe_policies(Estate& estate, Object& vault, const json::Document& usual);

/// `{keys: [get], secrets: [all]}`: categories and words in the order of the manifest's own tables.
/// Empty where a word is in none of them.
std::string permissions_yaml(const json::Document& permissions);

}  // namespace akv::exporting
