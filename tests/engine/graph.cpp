#include "akv/provision/engine/graph.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace akv::engine;

namespace {

std::string name(std::size_t i) { return std::string(1, static_cast<char>('a' + i)); }

std::string checked(const Edges& edges) {
  try {
    check_graph(edges, name);
    return "fine";
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graph)

BOOST_AUTO_TEST_CASE(a_cycle_is_told_with_its_path) {
  BOOST_TEST(checked({}) == "fine");
  BOOST_TEST(checked({{}, {0}, {0, 1}}) == "fine");
  BOOST_TEST(checked({{0}}) == "changes wait for each other in a circle: a -> a");
  BOOST_TEST(checked({{1}, {0}}) == "changes wait for each other in a circle: a -> b -> a");
  BOOST_TEST(checked({{1, 2}, {}, {3}, {4}, {2}}) ==
             "changes wait for each other in a circle: c -> d -> e -> c");
}

BOOST_AUTO_TEST_CASE(a_wait_for_what_does_not_exist_is_told) {
  BOOST_TEST(checked({{}, {7}}) == "b waits for change 7, but there are only 2");
}

BOOST_AUTO_TEST_CASE(a_chain_may_be_as_long_as_an_estate) {
  Edges chain(200'000);
  for (std::size_t i = 1; i < chain.size(); ++i) chain[i] = {i - 1};
  BOOST_TEST(find_cycle(chain).empty());
  chain[0] = {chain.size() - 1};
  BOOST_TEST(find_cycle(chain).size() == chain.size() + 1);
}

BOOST_AUTO_TEST_CASE(reversed_edges_lead_to_those_that_wait) {
  const Edges expected = {{1, 2}, {2}, {}};
  BOOST_TEST((reversed({{}, {0}, {0, 1}}) == expected));
}

BOOST_AUTO_TEST_SUITE_END()
