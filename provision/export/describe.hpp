/// From live answers to the manifest's words.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/export/estate.hpp"

#include <string_view>

namespace akv::exporting {

/// A resource group as GET shows it. A group that is added twice keeps its vaults.
void add_group(Estate& estate, const json::Document& raw);
/// A vault as GET or a list shows it, into the group of its id, which is made without properties
/// where it was not added. `estate.tenant` must be known by then.
void add_vault(Estate& estate, const json::Document& raw);

}  // namespace akv::exporting
