#include "akv/mgmt/core/time.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace akv::time {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Reads text from the front; after the first mismatch all further calls do nothing.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  /// Exactly `digits` decimal digits.
  int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; ++i) value = value * 10 + digit();
    return value;
  }
  bool is_digit() const { return peek() >= '0' && peek() <= '9'; }
  int digit() {
    if (!is_digit()) return fail();
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }
  void literal(std::string_view text) {
    if (rest_.starts_with(text))
      rest_.remove_prefix(text.size());
    else
      fail();
  }
  char one_of(std::string_view allowed) {
    const char c = peek();
    if (rest_.empty() || allowed.find(c) == std::string_view::npos) return fail(), '\0';
    rest_.remove_prefix(1);
    return c;
  }
  template <std::size_t N>
  unsigned index_in(const std::array<std::string_view, N>& names) {
    for (unsigned i = 0; i < N; ++i)
      if (rest_.starts_with(names[i])) {
        rest_.remove_prefix(names[i].size());
        return i;
      }
    fail();
    return 0;
  }

 private:
  int fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;  // the caller's text, for the time of one parse
  bool ok_ = true;
};

struct Civil {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// The clock counts nanoseconds in 64 bits, from 1677 to 2262; .NET's own limits, years 1 and 9999,
// do come over the wire and must not overflow.
std::optional<SystemTime> to_time(const Civil& civil, minutes offset, nanoseconds fraction) {
  const year_month_day date{year{civil.year}, month{civil.month}, day{civil.day}};
  if (!date.ok() || civil.year < 1678 || civil.year > 2261) return std::nullopt;
  // 60 is a leap second, which the clock does not have: it becomes the next second.
  if (civil.hour > 23 || civil.minute > 59 || civil.second > 60) return std::nullopt;
  return SystemTime{sys_days{date} + hours{civil.hour} + minutes{civil.minute} - offset +
                    seconds{civil.second} + fraction};
}

nanoseconds read_fraction(Cursor& in) {
  if (in.peek() != '.') return {};
  in.literal(".");
  std::int64_t value = in.digit();
  int digits = 1;
  for (; digits < 9 && in.is_digit(); ++digits) value = value * 10 + in.digit();
  for (; digits < 9; ++digits) value *= 10;
  return nanoseconds{value};
}

minutes read_offset(Cursor& in) {
  const char sign = in.one_of("Zz+-");
  if (sign != '+' && sign != '-') return {};
  const int hour = in.number(2);
  in.literal(":");
  const int minute = in.number(2);
  if (hour > 23 || minute > 59) in.literal("out of range");
  const minutes offset = hours{hour} + minutes{minute};
  return sign == '-' ? -offset : offset;
}

void append_padded(std::string& text, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  text.append(width - std::min(width, digits.size()), '0').append(digits);
}

void append_time_of_day(std::string& text, const hh_mm_ss<seconds>& at) {
  append_padded(text, at.hours().count(), 2);
  text += ':';
  append_padded(text, at.minutes().count(), 2);
  text += ':';
  append_padded(text, at.seconds().count(), 2);
}

hh_mm_ss<seconds> time_of_day(SystemTime at) {
  return hh_mm_ss{floor<seconds>(at) - floor<days>(at)};
}

std::string date_and_time(SystemTime at) {
  std::string text = format_date(at) + 'T';
  append_time_of_day(text, time_of_day(at));
  return text;
}

}  // namespace

std::optional<SystemTime> parse_rfc3339(std::string_view text) {
  Cursor in(text);
  Civil civil;
  civil.year = in.number(4);
  in.literal("-");
  civil.month = static_cast<unsigned>(in.number(2));
  in.literal("-");
  civil.day = static_cast<unsigned>(in.number(2));
  in.one_of("Tt ");
  civil.hour = in.number(2);
  in.literal(":");
  civil.minute = in.number(2);
  in.literal(":");
  civil.second = in.number(2);
  const nanoseconds fraction = read_fraction(in);
  const minutes offset = read_offset(in);
  if (!in.done()) return std::nullopt;
  return to_time(civil, offset, fraction);
}

std::string format_rfc3339(SystemTime at) { return date_and_time(at) + 'Z'; }

std::string format_rfc3339_ticks(SystemTime at) {
  using ticks = duration<std::int64_t, std::ratio<1, 10'000'000>>;
  std::string text = date_and_time(at) + '.';
  append_padded(text, (floor<ticks>(at) - floor<seconds>(at)).count(), 7);
  return text + 'Z';
}

std::optional<SystemTime> parse_http_date(std::string_view text) {
  Cursor in(text);
  Civil civil;
  in.index_in(weekdays);  // redundant, and some servers have it wrong
  in.literal(", ");
  civil.day = static_cast<unsigned>(in.number(2));
  in.literal(" ");
  civil.month = in.index_in(months) + 1;
  in.literal(" ");
  civil.year = in.number(4);
  in.literal(" ");
  civil.hour = in.number(2);
  in.literal(":");
  civil.minute = in.number(2);
  in.literal(":");
  civil.second = in.number(2);
  in.literal(" GMT");
  if (!in.done()) return std::nullopt;
  return to_time(civil, {}, {});
}

std::string format_http_date(SystemTime at) {
  const auto today = floor<days>(at);
  const year_month_day date{today};
  std::string text(weekdays[weekday{today}.c_encoding()]);
  text += ", ";
  append_padded(text, static_cast<unsigned>(date.day()), 2);
  text += ' ';
  text += months[static_cast<unsigned>(date.month()) - 1];
  text += ' ';
  append_padded(text, static_cast<int>(date.year()), 4);
  text += ' ';
  append_time_of_day(text, time_of_day(at));
  return text + " GMT";
}

std::string format_date(SystemTime at) {
  const year_month_day date{floor<days>(at)};
  std::string text;
  append_padded(text, static_cast<int>(date.year()), 4);
  text += '-';
  append_padded(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  append_padded(text, static_cast<unsigned>(date.day()), 2);
  return text;
}

std::optional<seconds> parse_retry_after(std::string_view text, SystemTime now) {
  constexpr seconds longest = hours{24 * 365};
  text = ascii::trim(text);
  if (text.empty()) return std::nullopt;
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int64_t count = 0;
    for (const char c : text) count = std::min(count * 10 + (c - '0'), longest.count());
    return seconds{count};
  }
  const auto at = parse_http_date(text);
  if (!at) return std::nullopt;
  if (*at <= now) return seconds{0};
  return std::min(ceil<seconds>(*at - now), longest);
}

}  // namespace akv::time
