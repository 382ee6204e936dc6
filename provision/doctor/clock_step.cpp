#include "akv/provision/doctor/clock_step.hpp"

#include "akv/mgmt/core/time.hpp"

#include <chrono>

namespace akv::doctor {
namespace {

constexpr std::chrono::seconds tolerable{120};

}  // namespace

Step clock_step(std::optional<std::string_view> date, Clock::SystemTime now) {
  const auto there = date ? time::parse_http_date(*date) : std::nullopt;
  if (!there) return {"clock", "the service names no time to compare with"};
  const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(now - *there);
  const bool behind = ahead < ahead.zero();
  const auto apart = behind ? -ahead : ahead;
  if (apart < std::chrono::seconds(1)) return {"clock", "as the service's"};
  std::string text =
      std::to_string(apart.count()) + " s " + (behind ? "behind" : "ahead of") + " the service's";
  const bool good = apart <= tolerable;
  if (!good) text += "; set it right, or tokens will be refused";
  return {"clock", std::move(text), good};
}

}  // namespace akv::doctor
