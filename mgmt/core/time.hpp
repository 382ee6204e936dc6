/// The three spellings of time on the wire.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace akv::time {

using SystemTime = std::chrono::system_clock::time_point;

/// RFC 3339 with up to nine fractional digits (ARM sends seven) and `Z` or an offset; also the
/// form `2022-03-14 07:34:13Z` of Key Vault's operation results. The clock reaches from 1678 to
/// 2261; a time outside (.NET's `0001-01-01…`, `9999-12-31…`) gives nullopt like a misspelt one.
std::optional<SystemTime> parse_rfc3339(std::string_view text);
std::string format_rfc3339(SystemTime at);        ///< `2026-11-22T10:14:02Z`
std::string format_rfc3339_ticks(SystemTime at);  ///< With seven digits, as systemData has.
std::optional<SystemTime> parse_http_date(
    std::string_view text);  ///< `Sun, 06 Nov 1994 08:49:37 GMT`
std::string format_http_date(SystemTime at);
std::string format_date(SystemTime at);  ///< `2026-11-22`, UTC.

/// `Retry-After` in both forms: whole seconds, or an HTTP date counted from `now` and rounded up.
/// Never below 0 nor above a year, so that the sum with a time point cannot overflow.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, SystemTime now);

}  // namespace akv::time
