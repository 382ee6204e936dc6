/// Why a store cannot be used.
#pragma once
#include <stdexcept>

namespace akv::emulator {

/// The file cannot be made, opened or read as a store; the text names the file and the reason.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace akv::emulator
