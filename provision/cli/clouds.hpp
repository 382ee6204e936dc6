/// `--cloud`: a name, a file or a URL.
#pragma once
#include "akv/mgmt/arm/client.hpp"

#include <memory>
#include <string>

namespace akv::cli {

/// Asks a URL's own metadata, over `transport`. Throws UsageError for what is none of the three,
/// FormatError for a description that cannot be used, and what sending a request throws.
arm::Cloud resolve_cloud(const std::string& where,
                         const std::shared_ptr<http::Transport>& transport, const Context& context);

}  // namespace akv::cli
