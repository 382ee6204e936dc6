/// The process's own streams.
#pragma once
#include "akv/provision/cli/environment.hpp"

namespace akv::cli {

/// Standard output and error as they are; what reads standard input gives way to a stop request.
Streams process_streams();

}  // namespace akv::cli
