/// What is written past all rules: Emulator::seed().
#pragma once
#include "akv/emulator/store.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/json/document.hpp"

#include <string>

namespace akv::emulator {

/// Within the caller's transaction, which is to be rolled back when this throws: see
/// Emulator::seed(), which says what may be written.
void seed(Store& store, RandomSource& random, const std::string& resource_id,
          json::Document resource);

}  // namespace akv::emulator
