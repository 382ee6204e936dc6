/// The process's own streams.
#pragma once
#include "akv/provision/cli/environment.hpp"

namespace akv::cli {

/// Opens what of the three descriptors is closed, on /dev/null: else the next file that is opened,
/// a store perhaps, would be standard output. First thing in main.
void hold_standard_descriptors();

/// Standard output and error as they are; what reads standard input gives way to a stop request.
Streams process_streams();

}  // namespace akv::cli
