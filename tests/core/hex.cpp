#include "akv/mgmt/core/hex.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(hex)

BOOST_AUTO_TEST_CASE(each_byte_becomes_two_lower_case_digits) {
  using namespace std::string_view_literals;
  BOOST_TEST(akv::hex("\x00\x0f\xa4\xff"sv) == "000fa4ff");
  BOOST_TEST(akv::hex("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
