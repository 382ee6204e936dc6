// What must not compile cannot be tested at run time: CMake tried it with this compiler and left
// the results in macros (tests/json/required_members.cmake).
#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(required_members)

BOOST_AUTO_TEST_CASE(a_call_that_names_all_required_members_compiles) {
  BOOST_TEST(std::string(AKV_COMPILES_WITH_ALL) == "TRUE");
}

BOOST_AUTO_TEST_CASE(a_call_that_leaves_a_required_member_out_does_not_compile) {
  BOOST_TEST(std::string(AKV_COMPILES_WITHOUT_ONE) == "FALSE");
}

BOOST_AUTO_TEST_CASE(a_call_that_leaves_a_required_member_of_a_member_out_does_not_compile) {
  BOOST_TEST(std::string(AKV_COMPILES_WITHOUT_INNER) == "FALSE");
}

BOOST_AUTO_TEST_SUITE_END()
