/// One write at a time per vault.
#pragma once
#include "akv/emulator/service.hpp"

namespace akv::emulator {

/// Refuses with 409 ConflictError while another write of the vault is under way; else this one is,
/// for the options' `write_delay`. Its work is stored and answered at once all the same.
void begin_write(const Call& call, const Resource& vault);

}  // namespace akv::emulator
