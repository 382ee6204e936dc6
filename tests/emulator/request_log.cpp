// The log of requests keeps the newest, up to its caps.
#include "akv/emulator/emulator.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv;

namespace {

struct Answering {
  Answering() {
    // What the log does is all that is looked at.
    emulator.intercept([](const http::Request&) { return http::Response{.status = 204}; });
  }
  void put(const std::string& name, std::string body = {}) {
    emulator.handle(
        {.method = http::Method::put, .url = "https://localhost/" + name, .body = std::move(body)});
  }
  emulator::Emulator emulator;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(request_log, Answering)

BOOST_AUTO_TEST_CASE(a_hundred_thousand_requests_are_kept_and_one_more_takes_the_oldest_away) {
  for (int i = 0; i < 100'000; ++i) put(std::to_string(i));
  BOOST_TEST(emulator.requests().size() == 100'000U);
  BOOST_TEST(emulator.requests().front().url == "https://localhost/0");
  put("last");
  const auto kept = emulator.requests();
  BOOST_TEST(kept.size() == 100'000U);
  BOOST_TEST(kept.front().url == "https://localhost/1");
  BOOST_TEST(kept.back().url == "https://localhost/last");
}

BOOST_AUTO_TEST_CASE(bodies_are_kept_up_to_128_mib_with_their_urls) {
  const std::string url = "https://localhost/x";
  const std::size_t mib = std::size_t{1} << 20;
  for (int i = 0; i < 128; ++i) put("x", std::string(mib - url.size(), 'b'));
  BOOST_TEST(emulator.requests().size() == 128U);
  put("y");
  BOOST_TEST(emulator.requests().size() == 128U);
  BOOST_TEST(emulator.requests().back().url == "https://localhost/y");
  emulator.clear_requests();
  for (int i = 0; i < 128; ++i) put("x", std::string(mib - url.size(), 'b'));
  BOOST_TEST(emulator.requests().size() == 128U);
}

BOOST_AUTO_TEST_SUITE_END()
