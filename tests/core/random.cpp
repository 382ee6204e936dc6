#include "akv/mgmt/core/random.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace akv::test {
BOOST_AUTO_TEST_SUITE(random)

BOOST_AUTO_TEST_CASE(a_seed_gives_the_published_sequence_of_splitmix64) {
  SeededRandom random(1234567);
  BOOST_TEST(random.next() == 6457827717110365317u);
  BOOST_TEST(random.next() == 3203168211198807973u);
  BOOST_TEST(random.next() == 9817491932198370423u);
}

BOOST_AUTO_TEST_CASE(a_uuid_is_of_version_4_and_reproducible) {
  SeededRandom first(7);
  SeededRandom second(7);
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = new_uuid(first);
    BOOST_TEST(is_uuid(uuid), uuid);
    BOOST_TEST(uuid[14] == '4');
    BOOST_TEST((uuid[19] == '8' || uuid[19] == '9' || uuid[19] == 'a' || uuid[19] == 'b'));
    BOOST_TEST(uuid == new_uuid(second));
  }
  SeededRandom seven(7);
  BOOST_TEST(new_uuid(seven) == "63cbe1e4-5932-4dd7-844c-3cd7f43c661c");
}

BOOST_AUTO_TEST_CASE(threads_share_the_systems_source_and_get_different_numbers) {
  constexpr std::size_t threads = 4;
  constexpr std::size_t draws = 1000;
  std::vector<std::vector<std::uint64_t>> drawn(threads);
  {
    std::vector<std::jthread> workers;
    for (auto& mine : drawn)
      workers.emplace_back([&mine] {
        for (std::size_t i = 0; i < draws; ++i) mine.push_back(system_random().next());
      });
  }
  std::set<std::uint64_t> all;
  for (const auto& mine : drawn) all.insert(mine.begin(), mine.end());
  BOOST_TEST(all.size() == threads * draws);
}

BOOST_AUTO_TEST_CASE(what_is_no_uuid_is_told_apart) {
  BOOST_TEST(is_uuid("00000000-0000-0000-0000-000000000000"));
  BOOST_TEST(is_uuid("ABCDEFab-cdef-0123-4567-89abcdefABCD"));
  for (const std::string text :
       {"", "00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000",
        "00000000000000000000000000000000", "g0000000-0000-0000-0000-000000000000",
        "0000000-00000-0000-0000-000000000000", "{0000000-0000-0000-0000-00000000000}",
        "00000000-0000-0000-0000-00000000000-"})
    BOOST_TEST(!is_uuid(text), text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
