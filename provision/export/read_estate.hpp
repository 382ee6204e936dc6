/// Selected live groups and vaults.
#pragma once
#include "akv/provision/export/estate.hpp"
#include "akv/provision/export/export.hpp"

#include <vector>

namespace akv::exporting {

/// Fills the estate; returns the groups that could not be read. Throws as export_manifest() does.
std::vector<engine::Unreadable> read_estate(const kinds::Connection& connection,
                                            const Selection& selection, const Context& context,
                                            Estate& estate);

}  // namespace akv::exporting
