#include "akv/provision/engine/planner.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using akv::engine::glob_covers;
using akv::engine::glob_matches;

BOOST_AUTO_TEST_SUITE(globs)

BOOST_AUTO_TEST_CASE(a_star_takes_any_run_but_no_slash) {
  BOOST_TEST(glob_matches("rg-*/kv-*", "rg-pay/kv-1"));
  BOOST_TEST(glob_matches("*/*", "a/b"));
  BOOST_TEST(glob_matches("*", "rg"));
  BOOST_TEST(!glob_matches("*", "rg/kv"));
  BOOST_TEST(!glob_matches("rg*", "rg/kv"));
  BOOST_TEST(!glob_matches("*/b", "a/c/b"));
  BOOST_TEST(glob_matches("a*b*c", "aXbYbZc"));
  BOOST_TEST(!glob_matches("a*b*c", "aXbYbZ"));
  BOOST_TEST(glob_matches("a**", "a"));
}

BOOST_AUTO_TEST_CASE(a_question_mark_takes_one_character_but_no_slash) {
  BOOST_TEST(glob_matches("kv-?", "kv-1"));
  BOOST_TEST(!glob_matches("kv-?", "kv-"));
  BOOST_TEST(!glob_matches("a?b", "a/b"));
}

BOOST_AUTO_TEST_CASE(case_does_not_matter_and_the_whole_name_does) {
  BOOST_TEST(glob_matches("RG-A/kv", "rg-a/KV"));
  BOOST_TEST(!glob_matches("rg", "rg-a"));
  BOOST_TEST(!glob_matches("", "rg"));
  BOOST_TEST(glob_matches("", ""));
}

BOOST_AUTO_TEST_CASE(a_lone_star_covers_everything) {
  BOOST_TEST(glob_covers("*", "rg/kv"));
  BOOST_TEST(!glob_covers("**", "rg/kv"));
  BOOST_TEST(glob_covers("rg/*", "rg/kv"));
}

BOOST_AUTO_TEST_CASE(many_stars_take_no_time) {
  std::string glob, name(5000, 'a');
  for (int i = 0; i < 500; ++i) glob += "a*";
  BOOST_TEST(glob_matches(glob, name));
  BOOST_TEST(!glob_matches(glob + "b", name));
}

BOOST_AUTO_TEST_SUITE_END()
