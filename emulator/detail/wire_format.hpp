// What the HTTPS server writes, and what it makes of the addresses that it reads.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv::emulator {

/// The response as HTTP/1.1 sends it. A HEAD is answered with the length and without the body.
std::string to_wire(const http::Response& response, std::string_view reason, bool head,
                    bool keep_alive);

/// An error in ARM's envelope.
http::Response error_response(int status, const char* code, const std::string& message);

/// The absolute URL of a request target, origin form or absolute form, sent to `host`. nullopt
/// where either is malformed.
std::optional<http::Url> effective_url(std::string_view host, std::string_view target);

/// `https://host:port` for links, without the scheme's usual port: clients compare URLs as texts.
std::string shown_origin(const http::Url& url);

/// Whether the path leads to the emulator's own routes, however it is written.
bool is_emulator_route(std::string_view path);
/// localhost, a name below it, or an address of this machine only.
bool is_loopback_name(std::string_view host);

}  // namespace akv::emulator
