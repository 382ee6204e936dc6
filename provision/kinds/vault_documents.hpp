/// The shapes of a vault: live answer, canonical form, and the bodies that are sent.
#pragma once
#include "akv/provision/engine/kind.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::kinds {

using engine::Document;

/// The live answer of any api-version in canonical form: the `properties` level taken out,
/// `sku` a word, locations without blanks and case, permissions in their usual case and sorted,
/// addresses with their prefix, service defaults filled in where the service leaves them out.
/// `akv-*` tags become `protect`. An access policy without permissions is none.
Document canonical_vault(const Document& live);

/// The same form of what the manifest manages, and only of that. Policies without a tenant get
/// `tenant`. Keeps the places.
Document canonical_vault_body(const Document& body, std::string_view tenant);

/// PUT of a new vault, from the completed canonical form. Never sends enablePurgeProtection: false.
Document create_body(const Document& canonical, std::string_view deployment);

/// PATCH of only the top-level properties that `change.fields` names, built from the raw live
/// document: unknown members and unmanaged siblings inside networkAcls are carried along. Null when
/// there is nothing to patch. Access policies are included only in ListMode::exact.
Document patch_body(const engine::Change& change, engine::ListMode policies_mode,
                    std::string_view deployment);

/// PUT that brings a soft-deleted vault back: location, tenant, sku and createMode only.
Document recover_body(const Document& canonical);

/// Whether the list of policies is written whole: not while adopting, not on an `existing` vault.
engine::ListMode policies_mode(const engine::Change& change);

/// Bodies of accessPolicies/add and accessPolicies/remove in ListMode::merge; null when there is
/// nothing to add or remove. Removed permissions are in the live spelling.
Document policies_to_add(const engine::Change& change);
Document policies_to_remove(const engine::Change& change);

}  // namespace akv::kinds
