/// The rights that a change of a vault takes.
#pragma once
#include "akv/provision/engine/kind.hpp"

#include <vector>

namespace akv::kinds {

/// Of a vault that comes back from its soft delete what the update afterwards takes is not known
/// yet: only the write is named.
std::vector<engine::Need> vault_needs(const engine::Change& change);

}  // namespace akv::kinds
