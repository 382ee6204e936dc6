/// Role assignments and locks in the manifest's words.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/export/estate.hpp"
#include "akv/provision/kinds/companion_list.hpp"

namespace akv::exporting {

/// The entries of one list that stand beside the object itself, as ARM shows them. What cannot be
/// written becomes a comment: these lists are merged, so it stays as it is.
void describe_beside(Estate& estate, Object& object, const kinds::CompanionList& list,
                     json::Document::Array entries);

}  // namespace akv::exporting
