#include "akv/mgmt/core/ascii.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

namespace akv::test {
BOOST_AUTO_TEST_SUITE(ascii)

BOOST_AUTO_TEST_CASE(only_ascii_letters_fold) {
  BOOST_TEST(akv::ascii::lower("AZ@[`az{ \xc3\x84") == "az@[`az{ \xc3\x84");
  BOOST_TEST(akv::ascii::equal("Microsoft.KeyVault", "microsoft.keyvault"));
  BOOST_TEST(!akv::ascii::equal("\xc3\x84", "\xc3\xa4"));
  BOOST_TEST(!akv::ascii::equal("@", "`"));
  BOOST_TEST(!akv::ascii::equal("a", "ab"));
}

BOOST_AUTO_TEST_CASE(order_is_that_of_lower_case_bytes) {
  BOOST_TEST(akv::ascii::less("A", "b"));
  BOOST_TEST(!akv::ascii::less("B", "a"));
  BOOST_TEST(!akv::ascii::less("a", "A"));
  BOOST_TEST(akv::ascii::less("a", "AB"));
  BOOST_TEST(akv::ascii::less("Z", "\xc3\xa4"));
  const std::map<std::string, int, akv::ascii::Less> map{{"Content-Type", 1}};
  BOOST_TEST(map.contains("content-TYPE"));
}

BOOST_AUTO_TEST_CASE(prefixes_match_without_case) {
  BOOST_TEST(akv::ascii::starts_with("Bearer x", "bearer "));
  BOOST_TEST(akv::ascii::starts_with("x", ""));
  BOOST_TEST(!akv::ascii::starts_with("bear", "bearer"));
}

BOOST_AUTO_TEST_CASE(trim_takes_blanks_from_both_ends) {
  BOOST_TEST(akv::ascii::trim("\t a b \r\n") == "a b");
  BOOST_TEST(akv::ascii::trim(" \r\n") == "");
  BOOST_TEST(akv::ascii::trim("") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
