/// Files that a credential reads: tokens, certificates, keys.
#pragma once
#include <cstddef>
#include <string>

namespace akv::identity::detail {

/// The content of a regular file of at most `max_bytes`. Throws AuthenticationError that says
/// `what`, the path and the reason and, after a `; `, `remedy`.
std::string read_small_file(const std::string& path, std::size_t max_bytes, const std::string& what,
                            const std::string& remedy);

}  // namespace akv::identity::detail
