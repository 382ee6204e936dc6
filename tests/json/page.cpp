#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/document.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using akv::FormatError;
using akv::json::Document;
using akv::json::parse_page;

namespace {

struct Page {
  std::string elements;
  std::string rest;
};

Page read(std::string_view text) {
  Page page;
  page.rest =
      parse_page(text, [&](Document element) { page.elements += element.dump() + ';'; }).dump();
  return page;
}

std::string error_of(std::string_view text, const akv::json::ParseLimits& limits = {}) {
  try {
    parse_page(
        text, [](const Document&) {}, limits);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page)

BOOST_AUTO_TEST_CASE(elements_go_to_the_sink_and_the_rest_comes_back) {
  const Page page = read(
      R"({"count":3,"value":[{"id":"a","value":[1]},[[]],5,"s",null],"nextLink":"https://x/?a=1"})");
  BOOST_TEST(page.elements == R"({"id":"a","value":[1]};[[]];5;"s";null;)");
  BOOST_TEST(page.rest == R"({"count":3,"nextLink":"https://x/?a=1"})");
}

BOOST_AUTO_TEST_CASE(a_value_further_in_is_no_list_of_elements) {
  const Page page = read(R"({"x":{"value":"v"},"y":[{"value":[1]}],"value":[]})");
  BOOST_TEST(page.elements.empty());
  BOOST_TEST(page.rest == R"({"x":{"value":"v"},"y":[{"value":[1]}]})");
}

BOOST_AUTO_TEST_CASE(what_is_no_page_does_not_pass_for_an_empty_one) {
  for (const std::string text : {"{}", "[]", "[1,[2]]", "null", "\"value\"", "{\"Value\":[]}"})
    BOOST_TEST(error_of(text) == "$: no member \"value\" at byte 0");
  BOOST_TEST(error_of(R"({"value":{}})") == "$.value: expected array at byte 9");
  BOOST_TEST(error_of(R"({"value":null})") == "$.value: expected array at byte 9");
  BOOST_TEST(error_of(R"({"value":"x"})") == "$.value: expected array at byte 9");
  BOOST_TEST(error_of(R"({"value":1e400})") == "$.value: expected array at byte 9");
  BOOST_TEST(error_of(R"({"value":false})") == "$.value: expected array at byte 9");
  BOOST_TEST(error_of(R"({"value":[1],"value":[2]})") == "$: a second member \"value\" at byte 13");
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_with_the_index_of_the_element) {
  BOOST_TEST(error_of(R"({"value":[{},{"tags":{"a":x}}]})") ==
             "$.value[1].tags.a: invalid value at byte 26");
  BOOST_TEST(error_of(R"({"value":[1,)") == "$.value[1]: invalid value at byte 12");
  BOOST_TEST(error_of(R"({"value":[1]}})") ==
             "$: the document root must not be followed by other values at byte 13");
}

BOOST_AUTO_TEST_CASE(the_limits_hold_for_pages_too) {
  const std::string text = R"({"value":[[1]]})";
  BOOST_TEST(error_of(text, {.depth = 3}) == "no error");
  BOOST_TEST(error_of(text, {.depth = 2}) == "$.value[0]: nested too deeply at byte 10");
  BOOST_TEST(error_of(text, {.bytes = 15}) == "no error");
  BOOST_TEST(error_of(text, {.bytes = 14}) == "$: the text is longer than 14 bytes at byte 14");
  BOOST_TEST(error_of("{\"value\":" + std::string(5'000'000, '[')) != "no error");
}

BOOST_AUTO_TEST_CASE(an_error_of_the_sink_comes_out) {
  struct Stop {};
  int seen = 0;
  BOOST_CHECK_THROW(parse_page(R"({"value":[1,2,3]})",
                               [&](const Document&) {
                                 if (++seen == 2) throw Stop();
                               }),
                    Stop);
  BOOST_TEST(seen == 2);
}

BOOST_AUTO_TEST_SUITE_END()
