/// What may go out on the wire, checked before anything does.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <string>
#include <string_view>

namespace akv::http::detail {

/// The URL of a request, in parts. Throws AzureError where it is none, or one that cpprestsdk would
/// send elsewhere than it says.
Url checked_url(const Request& request);
/// Throws AzureError for a header that is no header (RFC 9110's token, no line break in the value)
/// and for more than 1 MiB of them: a line break would begin a header, or a request, of its own.
void check_headers(const Request& request);
/// Headers about the connection, which are the transport's own.
bool is_connection_header(std::string_view name);
/// Path and query as given, with only that escaped what RFC 3986 does not allow in them.
std::string wire_target(const Url& url);

}  // namespace akv::http::detail
