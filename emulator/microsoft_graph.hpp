/// Of Microsoft Graph just what the Azure CLI asks for: who signs in, and who is behind an id.
#pragma once
#include "akv/emulator/token_service.hpp"

namespace akv::emulator {

/// Paths below `/v1.0/`: the host decides nothing here either.
bool is_microsoft_graph(const http::Url& url);

/// Answers such a request. Its token must be for Graph.
http::Response microsoft_graph(const http::Request& request, const TokenService& tokens,
                               Clock::SystemTime now, RandomSource& random);

}  // namespace akv::emulator
