#include "akv/mgmt/identity/detail/token_end.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/time.hpp"

#include <charconv>
#include <cstdio>

namespace akv::identity::detail {
namespace {

/// Takes a number of one digit to `most_digits` and the mark behind it; -1 where they are not
/// there.
int take(std::string_view& text, std::size_t most_digits, std::string_view mark) {
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || number < 0 || digits > most_digits ||
      !text.substr(digits).starts_with(mark))
    return -1;
  text.remove_prefix(digits + mark.size());
  return number;
}

/// Of `2` and `PM`; some write the afternoon as `14:00 PM`. -1 where there is no such hour.
int hour_of_day(int hour, std::string_view half) {
  if (half.empty()) return hour;
  if (ascii::equal(half, "PM")) return hour < 12 ? hour + 12 : hour;
  if (ascii::equal(half, "AM")) return hour == 12 ? 0 : hour;
  return -1;
}

}  // namespace

std::optional<Clock::SystemTime> parse_token_end(std::string_view text) {
  constexpr std::string_view utc = " +00:00";
  if (!text.ends_with(utc)) return time::parse_rfc3339(text);
  text.remove_suffix(utc.size());
  std::string_view half;
  if (const auto blank = text.rfind(' '); blank != text.find(' ')) {
    half = text.substr(blank + 1);
    text = text.substr(0, blank);
  }
  const int month = take(text, 2, "/"), day = take(text, 2, "/"), year = take(text, 4, " ");
  const int hour = hour_of_day(take(text, 2, ":"), half);
  const int minute = take(text, 2, ":"), second = take(text, 2, "");
  if (month < 0 || day < 0 || year < 1000 || hour < 0 || minute < 0 || second < 0 || !text.empty())
    return std::nullopt;
  // Which knows the calendar.
  char iso[32];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute,
                second);
  return time::parse_rfc3339(iso);
}

}  // namespace akv::identity::detail
