/// What a change of a vault does to people: who gains and loses access, what closes, what can
/// never be undone.
#pragma once
#include "akv/provision/engine/plan.hpp"

namespace akv::kinds {

/// Fills `change.impact`, `risks` and `effects`. Both documents are canonical: what is live, null
/// for a create, and what will be.
void assess_vault(engine::Change& change, const json::Document& before,
                  const json::Document& after);

}  // namespace akv::kinds
