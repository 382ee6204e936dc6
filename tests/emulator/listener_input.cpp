#include "emulator/listener_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstdio>

using namespace akv;
using namespace akv::emulator;
using test::ListenerFixture;

BOOST_FIXTURE_TEST_SUITE(listener_input, ListenerFixture)

BOOST_AUTO_TEST_CASE(a_head_is_read_up_to_its_cap) {
  options.max_head = 8192;
  auto server = serve();
  auto head_of = [](std::size_t size) {
    std::string head = get("/x", "X-Padding: \r\n");
    return get("/x", "X-Padding: " + std::string(size - head.size(), 'x') + "\r\n");
  };
  auto client = connect(server);
  BOOST_TEST(client.ask(head_of(8192)).status == 200);
  auto reply = client.ask(head_of(8193));
  BOOST_TEST(reply.status == 431);
  BOOST_TEST(reply.has("Connection: close\r\n"));
  BOOST_TEST(reply.body.find("8192 bytes") != std::string::npos);
  BOOST_TEST(client.ended());
  // A single line without an end, and many short ones.
  auto second = connect(server);
  BOOST_TEST(second.ask("GET /" + std::string(8192, 'x')).status == 431);
  auto third = connect(server);
  std::string many;
  for (int i = 0; i < 2048; ++i) many += "a:\r\n";
  BOOST_TEST(third.ask(get("/x", many)).status == 431);
}

BOOST_AUTO_TEST_CASE(a_body_is_read_up_to_its_cap) {
  options.max_body = 100000;
  auto server = serve();
  auto client = connect(server);
  BOOST_TEST(client.ask(put(std::string(100000, 'x'))).body.size() == 100000 + 24U);
  auto reply = client.ask(put(std::string(100001, 'x')));
  BOOST_TEST(reply.status == 413);
  BOOST_TEST(reply.has("Connection: close\r\n"));
  BOOST_TEST(client.ended());

  auto chunked = [](std::size_t size) {
    std::string body = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t sent = 0; sent < size;) {
      std::size_t part = std::min<std::size_t>(4000, size - sent);
      char line[16];
      snprintf(line, sizeof line, "%zx\r\n", part);
      body += line + std::string(part, 'x') + "\r\n";
      sent += part;
    }
    return body + "0\r\n\r\n";
  };
  auto second = connect(server);
  BOOST_TEST(second.ask(chunked(100000)).status == 200);
  BOOST_TEST(second.ask(chunked(100001)).status == 413);
  BOOST_TEST(second.ended());
}

BOOST_AUTO_TEST_CASE(a_client_that_sends_far_too_much_still_reads_why) {
  options.max_body = 1000;
  auto server = serve();
  auto client = connect(server);
  BOOST_TEST(client.ask(put(std::string(4 << 20, 'x'))).status == 413);
}

BOOST_DATA_TEST_CASE_F(ListenerFixture, what_is_not_http_gets_400_and_an_end,
                       boost::unit_test::data::make({
                           "hello\r\n\r\n",
                           "GET\r\n\r\n",
                           "GET / HTTP/3.0\r\nHost: h\r\n\r\n",
                           "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost h\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
                           "GET / HTTP/1.1\r\n: h\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n"
                           "\r\n",
                           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: "
                           "4\r\n\r\nabc",
                           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: "
                           "chunked\r\n\r\nabc",
                           "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                           "\x16\x03\x01\r\n\r\n",
                       }),
                       request) {
  std::atomic<int> calls = 0;
  handler = [&](const http::Request&) {
    ++calls;
    return http::Response{.status = 200};
  };
  auto server = serve();
  auto client = connect(server);
  auto reply = client.ask(request);
  BOOST_TEST(reply.status == 400);
  BOOST_TEST(reply.has("Connection: close\r\n"));
  BOOST_TEST(reply.body.find("{\"error\":{\"code\":\"BadRequest\"") == 0U);
  BOOST_TEST(client.ended());
  BOOST_TEST(calls == 0);
}

BOOST_AUTO_TEST_CASE(a_request_needs_one_plain_host) {
  auto server = serve();
  for (const char* host : {"", "Host: a\r\nHost: b\r\n", "Host: \r\n", "Host: a/b\r\n",
                           "Host: a b\r\n", "Host: user@h\r\n", "Host: h:port\r\n"}) {
    auto client = connect(server);
    BOOST_TEST(client.ask("GET / HTTP/1.1\r\n" + std::string(host) + "\r\n").status == 400, host);
  }
  auto client = connect(server);
  BOOST_TEST(client.ask("GET http://[::1]:80/x HTTP/1.1\r\nHost: other\r\n\r\n").body ==
             "GET http://[::1]:80/x ");
  BOOST_TEST(client.ask("GET * HTTP/1.1\r\nHost: h\r\n\r\n").status == 400);
}

BOOST_AUTO_TEST_CASE(an_old_client_gets_its_answer_and_an_end) {
  auto server = serve();
  auto client = connect(server);
  auto reply = client.ask("GET /x HTTP/1.0\r\n\r\n");
  BOOST_TEST(reply.body == "GET https://127.0.0.1:" + std::to_string(server.port()) + "/x ");
  BOOST_TEST(client.ended());
  auto other = connect(server);
  BOOST_TEST(other.ask(get("/x", "Connection: close\r\n")).has("Connection: close\r\n"));
  BOOST_TEST(other.ended());
}

BOOST_AUTO_TEST_CASE(other_verbs_are_refused_by_name) {
  auto server = serve();
  auto client = connect(server);
  for (const char* verb : {"OPTIONS", "TRACE", "BREW", "get"}) {
    auto reply = client.ask(std::string(verb) + " /x HTTP/1.1\r\nHost: h\r\n\r\n");
    BOOST_TEST(reply.status == 405, verb);
    BOOST_TEST(reply.has("Allow: GET, HEAD, PUT, POST, PATCH, DELETE\r\n"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
