/// What the addresses of vaults answer, `https://kv1.vault.azure.net/…`: here they are empty.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <optional>
#include <string_view>

namespace akv::emulator {

/// The service's 401, which tells where to get a token and for what, to a request without one; to
/// one with a token a 501 that says that there is no data plane. nullopt for all other hosts.
std::optional<http::Response> content_plane(const http::Request& request, const http::Url& url,
                                            std::string_view tenant);

}  // namespace akv::emulator
