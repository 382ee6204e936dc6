/// What the run that adopts an object leaves as it is.
#pragma once
#include "akv/provision/engine/diff.hpp"

#include <string>
#include <vector>

namespace akv::engine::detail {

/// Adds to the sets in `desired`'s list entries what they hold in `live`, since the run that adopts
/// removes nothing. Returns what the next run will take out again:
/// `accessPolicies[app].permissions.secrets (list)`. Both documents are canonical.
std::vector<std::string> keep_words(Document& desired, const Document& live, Rules rules,
                                    const DiffOptions& options);

}  // namespace akv::engine::detail
