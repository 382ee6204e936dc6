// How much of an answer is read.
#include "http/cpprest_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::http;
using test::chunk;
using test::CpprestFixture;

BOOST_FIXTURE_TEST_SUITE(cpprest_caps, CpprestFixture)

BOOST_AUTO_TEST_CASE(an_answer_at_the_cap_is_read_and_one_byte_more_is_not) {
  options.max_response_bytes = 100000;
  server.then(test::answer(200, std::string(100000, 'x')));
  BOOST_TEST(send(Method::get).body.size() == 100000u);
  server.then(test::answer(200, std::string(100001, 'x')));
  const ErrorInfo info = lost(Method::get);
  BOOST_TEST(info.message == "the answer of " + peer() + " is longer than 100000 bytes");
  BOOST_TEST(info.maybe_delivered);
}

BOOST_AUTO_TEST_CASE(a_chunk_over_the_cap_is_not_read) {
  options.max_response_bytes = 1000;
  const std::string start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  server.then(test::send_raw(start + chunk(std::string(1000, 'x')) + "0\r\n\r\n"));
  BOOST_TEST(send(Method::get).body.size() == 1000u);
  server.then(test::send_raw(start + chunk(std::string(1001, 'x')) + "0\r\n\r\n"));
  BOOST_TEST(lost(Method::get).message == "the answer of " + peer() + " is longer than 1000 bytes");
  // cpprestsdk reads chunk lengths with a sign, and would copy 2^64 - 2 bytes here.
  server.then(test::send_raw(start + "-2\r\n0123456789"));
  BOOST_TEST(lost(Method::get).message == "the answer of " + peer() + " is longer than 1000 bytes");
}

BOOST_AUTO_TEST_CASE(an_endless_answer_ends_at_the_cap) {
  options.max_response_bytes = 1 << 20;
  server.then([](test::PeerConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string block(65536, 'x');
    while (connection.send(block)) {
    }
    return false;
  });
  BOOST_TEST(lost(Method::get).message ==
             "the answer of " + peer() + " is longer than 1048576 bytes");
}

BOOST_AUTO_TEST_CASE(too_many_headers_are_refused) {
  const auto with = [](int count) {
    std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    for (int i = 1; i < count; ++i) text += "X-" + std::to_string(i) + ": v\r\n";
    return text + "\r\n";
  };
  server.then(test::send_raw(with(256)));
  BOOST_TEST(send(Method::get).headers.size() == 256u);
  server.then(test::send_raw(with(257)));
  BOOST_TEST(lost(Method::get).message ==
             "the answer of " + peer() + " has more than 256 headers or 262144 bytes of them");
}

BOOST_AUTO_TEST_CASE(too_long_headers_are_refused) {
  // "Content-Length" + "0" + "X" are 16 bytes.
  for (const std::size_t extra : {0u, 1u}) {
    server.then(test::send_raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " +
                               std::string((256 << 10) - 16 + extra, 'v') + "\r\n\r\n"));
    if (extra == 0)
      BOOST_TEST(send(Method::get).headers.get("X").value().size() == (256u << 10) - 16);
    else
      BOOST_TEST(lost(Method::get).message.find("262144 bytes") != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
