/// The one redactor: what may be shown of headers, URLs and free text.
#pragma once
#include <string>
#include <string_view>

namespace akv::redact {

inline constexpr std::string_view mask = "REDACTED";

/// The value of a header if its name is on the allow list, else `mask`.
std::string_view header(std::string_view name, std::string_view value);
/// The URL with the values of all query parameters that are not on the allow list masked, and
/// without user information.
std::string url(std::string_view url);
/// Free text, such as a service's message, with bearer tokens, JWTs and the values of
/// `client_secret`, `client_assertion`, `access_token`, `refresh_token`, `password` and `value`
/// members (JSON or form) masked.
std::string text(std::string_view text);

}  // namespace akv::redact
