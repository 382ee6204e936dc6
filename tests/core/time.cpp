#include "akv/mgmt/core/time.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace akv::test {
using namespace std::chrono_literals;

namespace {

// 2026-11-22 10:14:02 UTC
constexpr akv::time::SystemTime noon{std::chrono::seconds{1795342442}};

std::string read(std::string_view text) {
  const auto at = akv::time::parse_rfc3339(text);
  return at ? akv::time::format_rfc3339_ticks(*at) : "none";
}

std::string read_http(std::string_view text) {
  const auto at = akv::time::parse_http_date(text);
  return at ? akv::time::format_rfc3339(*at) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(time)

BOOST_AUTO_TEST_CASE(rfc_3339_is_read_with_any_fraction_and_offset) {
  BOOST_TEST(read("2026-11-22T10:14:02Z") == "2026-11-22T10:14:02.0000000Z");
  BOOST_TEST(read("2026-11-22t10:14:02z") == "2026-11-22T10:14:02.0000000Z");
  BOOST_TEST(read("2021-06-09T13:08:37.9462418Z") == "2021-06-09T13:08:37.9462418Z");
  BOOST_TEST(read("2021-06-09T13:08:37.5Z") == "2021-06-09T13:08:37.5000000Z");
  BOOST_TEST(read("2021-06-09T13:08:37.123456789+00:00") == "2021-06-09T13:08:37.1234567Z");
  BOOST_TEST(read("2024-03-01T00:30:00+01:30") == "2024-02-29T23:00:00.0000000Z");
  BOOST_TEST(read("2023-12-31T23:30:00-01:00") == "2024-01-01T00:30:00.0000000Z");
  BOOST_TEST(read("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00.0000000Z");
  BOOST_TEST(read("1969-12-31T23:59:59.9Z") == "1969-12-31T23:59:59.9000000Z");
}

BOOST_AUTO_TEST_CASE(the_form_with_a_blank_of_key_vaults_operation_results_is_read) {
  BOOST_TEST(read("2022-03-14 07:34:13Z") == "2022-03-14T07:34:13.0000000Z");
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_refused) {
  for (const std::string text : {"",
                                 "2026-11-22",
                                 "2026-11-22T10:14:02",
                                 "2026-11-22T10:14Z",
                                 "2026-11-22T10:14:02.Z",
                                 "2026-11-22T10:14:02.1234567890Z",
                                 "2026-11-22T10:14:02Z ",
                                 " 2026-11-22T10:14:02Z",
                                 "2026-13-01T00:00:00Z",
                                 "2026-02-29T00:00:00Z",
                                 "2026-00-01T00:00:00Z",
                                 "2026-01-32T00:00:00Z",
                                 "2026-01-01T24:00:00Z",
                                 "2026-01-01T00:60:00Z",
                                 "2026-01-01T00:00:61Z",
                                 "2026-01-01T00:00:00+24:00",
                                 "2026-01-01T00:00:00+0100",
                                 "2026-01-01T00:00:00+00:60",
                                 "26-01-01T00:00:00Z",
                                 "2026-1-1T00:00:00Z",
                                 "+026-01-01T00:00:00Z",
                                 "2026-01-01T-1:00:00Z",
                                 "2026-01-01X00:00:00Z"})
    BOOST_TEST(read(text) == "none", text);
}

BOOST_AUTO_TEST_CASE(years_beyond_the_clock_are_refused_and_do_not_overflow) {
  BOOST_TEST(read("0001-01-01T00:00:00Z") == "none");
  BOOST_TEST(read("9999-12-31T23:59:59.9999999Z") == "none");
  BOOST_TEST(read("1677-12-31T23:59:59Z") == "none");
  BOOST_TEST(read("1678-01-01T00:00:00+23:59") == "1677-12-31T00:01:00.0000000Z");
  BOOST_TEST(read("2261-12-31T23:59:59-23:59") == "2262-01-01T23:58:59.0000000Z");
  BOOST_TEST(read("2262-01-01T00:00:00Z") == "none");
}

BOOST_AUTO_TEST_CASE(times_are_written_in_each_form) {
  BOOST_TEST(akv::time::format_rfc3339(noon) == "2026-11-22T10:14:02Z");
  BOOST_TEST(akv::time::format_rfc3339(noon + 999ms) == "2026-11-22T10:14:02Z");
  BOOST_TEST(akv::time::format_rfc3339_ticks(noon + 1234567899ns) ==
             "2026-11-22T10:14:03.2345678Z");
  BOOST_TEST(akv::time::format_date(noon) == "2026-11-22");
  BOOST_TEST(akv::time::format_http_date(noon) == "Sun, 22 Nov 2026 10:14:02 GMT");
  BOOST_TEST(akv::time::format_rfc3339(akv::time::SystemTime{-1ns}) == "1969-12-31T23:59:59Z");
  BOOST_TEST(akv::time::format_http_date(akv::time::SystemTime{}) ==
             "Thu, 01 Jan 1970 00:00:00 GMT");
}

BOOST_AUTO_TEST_CASE(http_dates_are_read) {
  BOOST_TEST(read_http("Sun, 06 Nov 1994 08:49:37 GMT") == "1994-11-06T08:49:37Z");
  BOOST_TEST(read_http("Thu, 29 Feb 2024 23:59:59 GMT") == "2024-02-29T23:59:59Z");
  for (const std::string text :
       {"", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37", "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 nov 1994 08:49:37 GMT",
        "Thu, 30 Feb 2024 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT+1", "Sun, 06 Nov 9994 08:49:37 GMT"})
    BOOST_TEST(read_http(text) == "none", text);
}

BOOST_AUTO_TEST_CASE(retry_after_is_read_as_seconds_and_as_a_date) {
  const auto seconds = [](std::string_view text) {
    const auto wait = akv::time::parse_retry_after(text, noon + 500ms);
    return wait ? wait->count() : -1;
  };
  BOOST_TEST(seconds("0") == 0);
  BOOST_TEST(seconds(" 17 ") == 17);
  BOOST_TEST(seconds("Sun, 22 Nov 2026 10:14:09 GMT") == 7);
  BOOST_TEST(seconds("Sun, 22 Nov 2026 10:14:02 GMT") == 0);
  BOOST_TEST(seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 0);
  for (const std::string text : {"", " ", "-1", "+5", "1.5", "5s", "soon", "0x10"})
    BOOST_TEST(seconds(text) == -1, text);
}

BOOST_AUTO_TEST_CASE(retry_after_is_a_year_at_most) {
  const std::chrono::seconds year = 24h * 365;
  BOOST_TEST((akv::time::parse_retry_after("31536000", noon) == year));
  BOOST_TEST((akv::time::parse_retry_after("31536001", noon) == year));
  BOOST_TEST((akv::time::parse_retry_after(std::string(1000, '9'), noon) == year));
  BOOST_TEST((akv::time::parse_retry_after("Thu, 01 Jan 2261 00:00:00 GMT", noon) == year));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
