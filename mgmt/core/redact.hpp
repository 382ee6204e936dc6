/// The one redactor: what may be shown of headers, URLs and free text.
#pragma once
#include <string>
#include <string_view>

namespace akv::redact {

inline constexpr std::string_view mask = "REDACTED";

/// The value of a header if its name is on the allow list, else `mask`.
std::string_view header(std::string_view name, std::string_view value);
/// The URL with the values of all query parameters that are not on the allow list masked, and
/// without user information and fragment.
std::string url(std::string_view url);
/// Free text, such as a service's message, with bearer tokens, JWTs and the values of members (JSON
/// or form) masked that are named `value`, `sig` or `authorization`, or whose name ends in
/// `secret`, `assertion`, `token`, `password`, `accesskey` or `accountkey` (without case, `_` and
/// `-`). A secret under another name cannot be told from text: keep bodies out of messages.
std::string text(std::string_view text);

}  // namespace akv::redact
