#include "akv/mgmt/json/text_at.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace {

std::string state(std::string_view body) {
  return akv::json::text_at(body, {"properties", "provisioningState"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_at)

BOOST_AUTO_TEST_CASE(the_string_at_a_path_comes_back_wherever_it_stands) {
  BOOST_TEST(state(R"({"properties":{"provisioningState":"Succeeded"}})") == "Succeeded");
  BOOST_TEST(state("{ \"id\" : \"/s\",\r\n \"tags\" : {},\t\"properties\" :\n { \"a\" : [ 1 , "
                   "{\"b\":null} ] , \"provisioningState\" : \"Creating\" } , \"z\" : [] }") ==
             "Creating");
  BOOST_TEST(akv::json::text_at(R"({"status":"Running"})", {"status"}) == "Running");
}

BOOST_AUTO_TEST_CASE(the_same_names_at_other_places_are_passed_by) {
  for (const std::string_view body :
       {R"({"provisioningState":"x"})", R"({"properties":"provisioningState"})",
        R"({"properties":{"list":[{"provisioningState":"x"}],"p":{"provisioningState":"x"}}})",
        R"({"properties":[{"provisioningState":"x"}]})", R"([{"provisioningState":"x"}])",
        R"([{"properties":{"provisioningState":"x"}}])",
        R"({"p":{"properties":{"provisioningState":"x"}}})",
        R"({"properties":{"properties":{"provisioningState":"x"}}})",
        R"({"properties":{"provisioningState":{"provisioningState":"x"}}})",
        R"({"properties":{"provisioningState":["x"]}})",
        R"({"properties":{"a":"provisioningState","b":"x"}})",
        R"({"properties":null,"p":{"provisioningState":"x"}})",
        R"({"properties":{"provisioningState":null,"p":"x"}})",
        R"({"properties":{"ProvisioningState":"x"}})"})
    BOOST_TEST(state(body) == "", body);
}

BOOST_AUTO_TEST_CASE(the_last_one_counts_where_a_name_repeats) {
  BOOST_TEST(state(R"({"properties":{"provisioningState":"a","provisioningState":"b"}})") == "b");
  BOOST_TEST(state(R"({"properties":{"provisioningState":"a","provisioningState":null}})") == "");
  BOOST_TEST(state(R"({"properties":{"provisioningState":"a"},"properties":{}})") == "");
}

BOOST_AUTO_TEST_CASE(escapes_are_understood_in_names_and_values) {
  BOOST_TEST(state(R"({"a":"\\","properties":{"provisioningState":"x"}})") == "x");
  BOOST_TEST(state(R"({"a":"\\","b":"\\\"{","properties":{"provisioningState":"S\u0075c"}})") ==
             "Suc");
  BOOST_TEST(state(R"({"pr\u006fperties":{"\u0070rovisioningState":"a\"b"}})") == "a\"b");
  BOOST_TEST(state(R"({"properties":{"provisioningState":"\x"}})") == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_survived) {
  for (const std::string_view text : {"", "\"", "{\"", "}]", "{\"properties\":{\"provisioningState",
                                      "{\"properties\":{\"provisioningState\":\"x", ":::", "\\\""})
    BOOST_TEST(state(text).size() <= 1, text);
  BOOST_TEST(state(std::string(1'000'000, '[')) == "");
  BOOST_TEST(state('"' + std::string(1'000'000, '\\')) == "");
}

BOOST_AUTO_TEST_SUITE_END()
