#include "http/cpprest_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace akv;
using namespace akv::http;
using test::CpprestFixture;

namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

/// `hello hello hello hello` as gzip has it.
const char* const packed_hello = "1f8b08000000000002ffcb48cdc9c957c8402701e3513d8d17000000";
/// 100,000 times the letter x, in 132 bytes.
const char* const packed_bomb =
    "1f8b08000000000002ffedc13101000000c2a0da8b6f0d0fa0000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
    "00805703711107fea0860100";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cpprest_gzip, CpprestFixture)

BOOST_AUTO_TEST_CASE(gzip_is_asked_for_and_unpacked) {
  server.then(test::answer(200, from_hex(packed_hello), {{"Content-Encoding", "gzip"}}));
  const Response response = send(Method::get);
  BOOST_TEST(response.body == "hello hello hello hello");
  BOOST_TEST(!response.headers.has("Content-Encoding"));
  BOOST_TEST(!response.headers.has("Content-Length"));
  BOOST_TEST(text(0).find("\r\nAccept-Encoding:gzip\r\n") != std::string::npos, text(0));
  send(Method::put);
  BOOST_TEST(text(1).find("Accept-Encoding") == std::string::npos, text(1));
}

BOOST_AUTO_TEST_CASE(the_callers_accept_encoding_stays) {
  transport().send({.url = server.url("/"), .headers = {{"accept-encoding", "identity"}}}, context);
  BOOST_TEST(text(0).find("gzip") == std::string::npos, text(0));
}

BOOST_AUTO_TEST_CASE(what_unpacks_beyond_the_cap_is_refused) {
  const auto packed = test::answer(200, from_hex(packed_bomb), {{"Content-Encoding", "gzip"}});
  server.then(packed);
  options.max_response_bytes = 100000;
  BOOST_TEST(send(Method::get).body.size() == 100000u);
  transport_ = nullptr;
  options.max_response_bytes = 99999;
  server.then(packed);
  BOOST_TEST(lost(Method::get).message ==
             "the answer of " + peer() + " is longer than 99999 bytes");
}

BOOST_AUTO_TEST_CASE(broken_gzip_and_other_encodings_are_no_answer) {
  server.then(test::answer(200, "not gzip at all", {{"Content-Encoding", "gzip"}}))
      .then(test::answer(200, from_hex(packed_hello).substr(0, 20), {{"Content-Encoding", "gzip"}}))
      .then(test::answer(200, "br", {{"Content-Encoding", "br"}}))
      .then(test::answer(200, "plain", {{"Content-Encoding", "identity"}}))
      .then(test::answer(200, "", {{"Content-Encoding", "gzip"}}));
  const std::string broken =
      "the answer of " + peer() + " says it is gzip and is not, or is cut off";
  BOOST_TEST(lost(Method::get).message == broken);
  BOOST_TEST(lost(Method::get).message == broken);
  BOOST_TEST(lost(Method::get).message ==
             "the answer of " + peer() + " has an encoding that was not asked for");
  BOOST_TEST(send(Method::get).body == "plain");
  BOOST_TEST(send(Method::get).body == "");
}

BOOST_AUTO_TEST_SUITE_END()
