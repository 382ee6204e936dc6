// What ARM tells about its cloud before anybody signs in.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <optional>

namespace akv::emulator {

/// The answer to `GET /metadata/endpoints`, whose URLs point at the request's own host; nullopt for
/// every other request. Up to 2018 the answer is one cloud, since 2019 a list of them.
std::optional<http::Response> cloud_metadata(http::Method method, const http::Url& url);

}  // namespace akv::emulator
