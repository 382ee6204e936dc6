#include "akv/mgmt/http/retry_after.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/time.hpp"

#include <algorithm>
#include <string_view>

namespace akv::http {
namespace {

using std::chrono::milliseconds;

std::optional<milliseconds> parse_milliseconds(std::string_view text) {
  constexpr milliseconds longest = std::chrono::hours{24 * 365};
  text = ascii::trim(text);
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  std::int64_t count = 0;
  for (const char c : text) count = std::min(count * 10 + (c - '0'), longest.count());
  return milliseconds(count);
}

}  // namespace

std::optional<milliseconds> retry_after(const Headers& headers,
                                        std::optional<Clock::SystemTime> now) {
  for (const std::string_view name : {"retry-after-ms", "x-ms-retry-after-ms"})
    if (const auto text = headers.get(name))
      if (const auto asked = parse_milliseconds(*text)) return asked;
  const auto text = headers.get("Retry-After");
  if (!text) return std::nullopt;
  if (const auto date = headers.get("Date"))
    if (const auto service_now = time::parse_http_date(*date)) now = service_now;
  if (!now && time::parse_http_date(*text)) return std::nullopt;
  return time::parse_retry_after(*text, now.value_or(Clock::SystemTime{}));
}

}  // namespace akv::http
