#include "akv/provision/report/detail/layout.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using report::columns;
using report::Page;
using report::printable;
using report::wrapped;

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += "[" + line + "]";
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layout)

BOOST_AUTO_TEST_CASE(what_a_terminal_would_obey_is_spelled_out) {
  BOOST_TEST(printable("a\x1b[2Jb\r\n\tc\x7f") == "a\\x1b[2Jb\\x0d\\x0a\\x09c\\x7f");
  BOOST_TEST(printable("l\xC3\xA4nge \xF0\x9F\x94\x91") == "l\xC3\xA4nge \xF0\x9F\x94\x91");
  BOOST_TEST(printable("\xC2\x9B") == "\\xc2\\x9b");              // CSI in one character
  BOOST_TEST(printable("\xE2\x80\xAE") == "\\xe2\\x80\\xae");     // right to left
  BOOST_TEST(printable("\xff\xC3") == "\\xff\\xc3");              // no UTF-8, cut off
  BOOST_TEST(printable("\xC0\xAF") == "\\xc0\\xaf");              // overlong
  BOOST_TEST(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");     // surrogate
  BOOST_TEST(printable("\xF4\x90\x80\x80").find("\\xf4") == 0U);  // beyond Unicode
}

BOOST_AUTO_TEST_CASE(columns_count_characters_and_not_colours) {
  BOOST_TEST(columns("l\xC3\xA4nge") == 5U);
  BOOST_TEST(columns("\x1b[31mred\x1b[0m") == 3U);
}

BOOST_AUTO_TEST_CASE(text_wraps_at_blanks_and_keeps_double_ones_within_a_line) {
  BOOST_TEST(joined(wrapped("keys: +a  secrets: +b +c", 18)) == "[keys: +a  secrets:][+b +c]");
  BOOST_TEST(joined(wrapped("", 20)) == "[]");
  BOOST_TEST(joined(wrapped("trailing  ", 20)) == "[trailing]");
}

BOOST_AUTO_TEST_CASE(a_word_longer_than_a_line_breaks_after_a_slash_or_anywhere) {
  BOOST_TEST(joined(wrapped("x /subs/abc/def/ghijkl", 12)) == "[x][/subs/abc/][def/ghijkl]");
  BOOST_TEST(joined(wrapped("abcdefghijklmnopq", 10)) == "[abcdefghij][klmnopq]");
  BOOST_TEST(joined(wrapped(std::string(11, 'x'), 1)) == "[xxxxxxxxxx][x]");  // never below ten
}

BOOST_AUTO_TEST_CASE(clipping_never_cuts_a_character) {
  BOOST_TEST(report::clipped("\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", 5) ==
             "\xC3\xA4\xC3\xA4...");
  BOOST_TEST(report::clipped("short", 5) == "short");
}

BOOST_AUTO_TEST_CASE(a_place_that_does_not_fit_goes_to_the_next_line) {
  report::Style style;
  style.width = 20;
  Page page(style);
  page.spread("name", "a.yaml:1");
  page.spread("a-long-name", "b.yaml:12");
  BOOST_TEST(page.take() == "name        a.yaml:1\na-long-name\n           b.yaml:12\n");
}

BOOST_AUTO_TEST_CASE(an_entry_whose_name_reaches_the_values_puts_them_below) {
  report::Style style;
  style.width = 30;
  Page page(style);
  page.entry(2, "sku", 12, "standard", "");
  page.entry(2, "a-very-long-name", 12, "1 2 3", "");
  BOOST_TEST(page.take() == "  sku       standard\n  a-very-long-name\n            1 2 3\n");
}

BOOST_AUTO_TEST_CASE(parts_of_a_value_begin_their_own_lines_where_they_do_not_fit) {
  report::Style style;
  style.width = 30;
  Page page(style);
  page.entry(2, "app", 8, "keys: +a +b  secrets: +c", "x:1");
  page.entry(2, "app", 8, "keys: +a  secrets: +b", "");
  page.entry(2, "app", 8, "keys: +backup +create +delete  secrets: +b  certificates: +c", "");
  page.entry(2, "a", 8, "one   two", "");
  BOOST_TEST(page.take() ==
             "  app   keys: +a +b        x:1\n"
             "        secrets: +c\n"
             "  app   keys: +a  secrets: +b\n"
             "  app   keys: +backup +create\n"
             "          +delete\n"
             "        secrets: +b\n"
             "        certificates: +c\n"
             "  a     one   two\n");
}

BOOST_AUTO_TEST_SUITE_END()
