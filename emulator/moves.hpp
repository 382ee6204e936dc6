/// Resources that go from one group to another.
#pragma once
#include "akv/emulator/store.hpp"

namespace akv::emulator {

/// Moves what the job names, as far as it and the target are still there.
void finish_move(Store& store, const Job& job);

}  // namespace akv::emulator
