/// Files that a command line names: regular ones, and pipes and devices such as `<(…)`.
#pragma once
#include "akv/provision/manifest/files.hpp"

#include <cstddef>
#include <stop_token>
#include <string>

namespace akv::cli {

/// The whole file, as manifest::read_whole_file() returns it. What is no regular file is waited for
/// until a stop request; a pipe that nobody opens for writing is given up after a second. Throws
/// CancelledError at a stop request.
manifest::Files::Text read_input(const std::string& path, std::size_t limit,
                                 const std::stop_token& stop);

}  // namespace akv::cli
