#include "akv/provision/manifest/source_check.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest;

namespace {

std::string check(std::string_view text) {
  Diagnostics diagnostics({"a.yaml"});
  const CheckedSource source = check_source(0, text, diagnostics);
  const auto found = diagnostics.finish({text});
  BOOST_TEST(source.ok == found.empty());
  return found.empty() ? "ok" : to_string(found.front());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source_check)

BOOST_AUTO_TEST_CASE(passes_plain_and_accented_text) {
  BOOST_TEST(check("a: 1\r\n\tb: gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x94\x91\n") == "ok");
}

BOOST_AUTO_TEST_CASE(takes_a_byte_order_mark_away) {
  Diagnostics diagnostics({"a.yaml"});
  BOOST_TEST(check_source(0,
                          "\xEF\xBB\xBF"
                          "a: 1",
                          diagnostics)
                 .text == "a: 1");
}

BOOST_AUTO_TEST_CASE(names_the_place_of_the_first_bad_byte) {
  BOOST_TEST(check("a: 1\nb: \xFF\n") ==
             "a.yaml:2:4: byte 0xFF is not valid UTF-8; save the file as UTF-8");
}

BOOST_AUTO_TEST_CASE(refuses_every_kind_of_broken_utf8) {
  for (const std::string_view bad :
       {"\xC0\xAF", "\xC1\x81", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\xAF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xC3", "\xE2\x82", "\xC3(", "\xE2(\xA1",
        "\xF0\x9F\x94("})
    BOOST_TEST(check(bad).find("is not valid UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(takes_the_first_and_last_code_point_of_each_length) {
  for (const std::string_view good : {"\xC2\xA0", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                      "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBD"})
    BOOST_TEST(check(good) == "ok");
}

BOOST_AUTO_TEST_CASE(refuses_nul_control_characters_and_utf16) {
  BOOST_TEST(check(std::string_view("a: \0", 4)) ==
             "a.yaml:1:4: a NUL byte: this is no text file; remove it, or write it as an escape in "
             "double quotes");
  BOOST_TEST(check("a: \x1B[1m").find("control character 0x1B") != std::string::npos);
  BOOST_TEST(check("a: \x7F").find("control character 0x7F") != std::string::npos);
  BOOST_TEST(check("a: \xC2\x80").find("control character") != std::string::npos);
  BOOST_TEST(check("a: \xEF\xBF\xBF").find("control character") != std::string::npos);
  BOOST_TEST(check(std::string_view("\xFF\xFE"
                                    "a\0",
                                    4)) ==
             "a.yaml:1:1: the file is UTF-16, not UTF-8; save it as UTF-8");
}

BOOST_AUTO_TEST_CASE(counts_brackets_to_the_cap_and_refuses_one_more) {
  BOOST_TEST(check(std::string(max_open_brackets, '[')) == "ok");
  BOOST_TEST(check("\n" + std::string(max_open_brackets + 1, '{')) ==
             "a.yaml:2:1001: more than 1000 brackets are open here at once; close them; a manifest "
             "needs fewer than ten");
}

BOOST_AUTO_TEST_CASE(does_not_count_brackets_in_comments_and_quotes) {
  std::string text;
  for (std::size_t i = 0; i <= max_open_brackets; ++i)
    text += "- 'a[it''s' # [[\n- \"{\\\"[\"\n- don't [x]\n";
  BOOST_TEST(check(text) == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
