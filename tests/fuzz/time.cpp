// A time that is read is written and read as the same time, to the digits that the form has.
#include "akv/mgmt/core/time.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace akv::time;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto at = parse_rfc3339(text)) {
    const std::string ticks = format_rfc3339_ticks(*at);
    if (const auto again = parse_rfc3339(ticks); again && format_rfc3339_ticks(*again) != ticks)
      std::abort();
  }
  if (const auto at = parse_http_date(text))
    if (parse_http_date(format_http_date(*at)) != at) std::abort();
  if (const auto wait = parse_retry_after(text, SystemTime{}); wait && wait->count() < 0)
    std::abort();
  return 0;
}
