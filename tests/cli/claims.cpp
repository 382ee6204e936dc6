#include "akv/provision/cli/token_claims.hpp"

#include <boost/test/unit_test.hpp>

using akv::cli::bearer;
using akv::cli::read_claims;

BOOST_AUTO_TEST_SUITE(claims)

BOOST_AUTO_TEST_CASE(claims_are_read_from_the_middle_part) {
  // {"appid":"3d4e","oid":"0a0b","tid":"7a7a","app_displayname":"hello-ci"}
  const auto found = read_claims(
      "e30.eyJhcHBpZCI6IjNkNGUiLCJvaWQiOiIwYTBiIiwidGlkIjoiN2E3YSIsImFwcF9kaXNwbGF5bmFtZSI6Imhl"
      "bGxvLWNpIn0.c2ln");
  BOOST_TEST(found.application == "3d4e");
  BOOST_TEST(found.object_id == "0a0b");
  BOOST_TEST(found.tenant == "7a7a");
  BOOST_TEST(bearer(found) == "hello-ci");
  BOOST_TEST(!found.groups);
}

BOOST_AUTO_TEST_CASE(a_subject_is_no_object_id) {
  // {"sub":"0a0b0000-0000-4000-8000-00000000000a","appid":"3d4e"}
  const auto found = read_claims(
      "e30.eyJzdWIiOiIwYTBiMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMGEiLCJhcHBpZCI6IjNkNGUifQ"
      ".c2ln");
  BOOST_TEST(found.object_id == "");
  BOOST_TEST(found.application == "3d4e");
}

BOOST_AUTO_TEST_CASE(groups_are_known_only_where_the_token_names_them_all) {
  // {"groups":["g1","g2"]}
  const auto found = read_claims("e30.eyJncm91cHMiOlsiZzEiLCJnMiJdfQ.c2ln");
  BOOST_REQUIRE(found.groups);
  BOOST_TEST((*found.groups == std::vector<std::string>{"g1", "g2"}));
  // {"groups":["g1"],"_claim_names":{"groups":"src1"}}
  BOOST_TEST(!read_claims("e30.eyJncm91cHMiOlsiZzEiXSwiX2NsYWltX25hbWVzIjp7Imdyb3VwcyI6InNyYzEif"
                          "X0.c2ln")
                  .groups);
  // {"groups":"g1"}
  BOOST_TEST(!read_claims("e30.eyJncm91cHMiOiJnMSJ9.c2ln").groups);
}

BOOST_AUTO_TEST_CASE(a_bearer_without_a_name_is_called_by_its_ids) {
  akv::cli::TokenClaims found;
  BOOST_TEST(bearer(found) == "unknown");
  found.object_id = "0a0b";
  BOOST_TEST(bearer(found) == "object 0a0b");
  found.application = "3d4e";
  BOOST_TEST(bearer(found) == "application 3d4e");
}

BOOST_AUTO_TEST_CASE(what_is_no_jwt_says_nothing) {
  for (const char* token : {"", "opaque", "a.b", "a.!!.c", "e30.bm8ganNvbg.x", "e30.W10.x"})
    BOOST_TEST(bearer(read_claims(token)) == "unknown", token);
}

BOOST_AUTO_TEST_CASE(a_token_beyond_64_kib_is_not_read) {
  const std::string head = "e30.eyJvaWQiOiIwYTBiIn0.";
  const std::size_t most = std::size_t{64} << 10;
  BOOST_TEST(read_claims(head + std::string(most - head.size(), 's')).object_id == "0a0b");
  BOOST_TEST(read_claims(head + std::string(most - head.size() + 1, 's')).object_id.empty());
}

BOOST_AUTO_TEST_SUITE_END()
