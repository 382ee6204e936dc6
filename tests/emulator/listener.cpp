#include "akv/emulator/listener.hpp"

#include "akv/emulator/detail/wire_format.hpp"
#include "emulator/listener_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <vector>

using namespace akv;
using namespace akv::emulator;
using test::listener_authority;
using test::ListenerFixture;
using test::TlsClient;

namespace {

auto says(const std::string& text) {
  return [=](const std::runtime_error& error) {
    BOOST_TEST_MESSAGE(error.what());
    return std::string(error.what()).find(text) != std::string::npos;
  };
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(listener, ListenerFixture)

BOOST_AUTO_TEST_CASE(a_request_reaches_the_handler_whole_and_the_connection_stays) {
  std::vector<http::Request> seen;
  handler = [&](const http::Request& request) {
    seen.push_back(request);
    return http::Response{.status = 201, .headers = {{"x-ms-request-id", "7"}}, .body = "made"};
  };
  auto server = serve();
  auto client = connect(server);
  auto reply = client.ask(
      "PUT /a%20b?api-version=1&x=%2F HTTP/1.1\r\nHost: localhost:8443\r\nX-One: 1\r\nX-One: 2\r\n"
      "Content-Length: 4\r\n\r\nbody");
  BOOST_TEST(reply.status == 201);
  BOOST_TEST(reply.head.starts_with("HTTP/1.1 201 Created\r\n"));
  BOOST_TEST(reply.has("x-ms-request-id: 7\r\n"));
  BOOST_TEST(reply.body == "made");
  BOOST_TEST(client.ask(get("/second")).status == 201);
  BOOST_TEST((seen.at(0).method == http::Method::put));
  BOOST_TEST(seen[0].url == "https://localhost:8443/a%20b?api-version=1&x=%2F");
  BOOST_TEST(seen[0].body == "body");
  BOOST_TEST(std::count_if(seen[0].headers.begin(), seen[0].headers.end(),
                           [](const auto& header) { return header.first == "X-One"; }) == 2);
  BOOST_TEST(seen.at(1).url == "https://localhost:1234/second");
}

BOOST_AUTO_TEST_CASE(the_base_url_is_what_clients_connect_to) {
  auto server = serve();
  BOOST_TEST(server.base_url() == "https://localhost:" + std::to_string(server.port()));
}

BOOST_AUTO_TEST_CASE(a_head_gets_the_length_and_no_body) {
  auto server = serve();
  auto client = connect(server);
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  auto reply = client.read(true);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.has("Content-Length: 17\r\n"));
  BOOST_TEST(client.ask(get("/y")).body == "GET https://localhost:1234/y ");
}

BOOST_AUTO_TEST_CASE(a_204_has_neither_body_nor_length) {
  handler = [](const http::Request&) {
    return http::Response{.status = 204, .body = "must not be seen"};
  };
  auto server = serve();
  auto client = connect(server);
  for (int i = 0; i < 2; ++i) {
    auto reply = client.ask(get("/x"));
    BOOST_TEST(reply.head == "HTTP/1.1 204 No Content\r\n\r\n");
  }
}

BOOST_AUTO_TEST_CASE(requests_sent_at_once_are_answered_in_their_order) {
  auto server = serve();
  auto client = connect(server);
  client.send(get("/1") + put("two") + get("/3"));
  BOOST_TEST(client.read().body == "GET https://localhost:1234/1 ");
  BOOST_TEST(client.read().body == "PUT https://localhost/x two");
  BOOST_TEST(client.read().body == "GET https://localhost:1234/3 ");
}

BOOST_AUTO_TEST_CASE(a_body_may_come_in_chunks_and_byte_by_byte) {
  auto server = serve();
  auto client = connect(server);
  std::string request =
      "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;a=b\r\nfirst\r\n6\r\nsecond\r\n0\r\nTrailer: x\r\n\r\n";
  for (char c : request) client.send({&c, 1});
  BOOST_TEST(client.read().body == "POST https://h/x firstsecond");
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_first_is_told_to_go_on) {
  auto server = serve();
  auto client = connect(server);
  client.send("PUT /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  BOOST_TEST(client.read().head == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  BOOST_TEST(client.read().body == "PUT https://h/x body");
}

BOOST_AUTO_TEST_CASE(a_long_answer_arrives_whole) {
  std::string text(5 << 20, 'x');
  for (std::size_t i = 0; i < text.size(); i += 1000) text[i] = static_cast<char>('a' + i % 26);
  handler = [&](const http::Request&) { return http::Response{.status = 200, .body = text}; };
  auto server = serve();
  auto client = connect(server);
  BOOST_TEST((client.ask(get("/1")).body == text));
  BOOST_TEST((client.ask(get("/2")).body == text));
}

BOOST_AUTO_TEST_CASE(status_0_is_a_reply_that_got_lost) {
  handler = [](const http::Request&) { return http::Response{.status = 0}; };
  auto server = serve();
  auto client = connect(server);
  client.send(get("/x"));
  BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_gives_500_and_keeps_its_words) {
  handler = [](const http::Request&) -> http::Response { throw std::runtime_error("hidden"); };
  auto server = serve();
  auto client = connect(server);
  auto reply = client.ask(get("/x"));
  BOOST_TEST(reply.status == 500);
  BOOST_TEST(reply.body.find("hidden") == std::string::npos);
  BOOST_TEST(client.ask(get("/x")).status == 500);
}

BOOST_AUTO_TEST_CASE(a_line_break_in_a_header_does_not_start_another) {
  http::Response response{.status = 200, .headers = {{"Location", "a\r\nSet-Cookie: b"}}};
  BOOST_TEST(to_wire(response, "OK", false, true) ==
             "HTTP/1.1 200 OK\r\nLocation: a  Set-Cookie: b\r\nContent-Length: 0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(health_is_answered_here_and_only_to_this_machine) {
  std::atomic<int> calls = 0;
  handler = [&](const http::Request&) {
    ++calls;
    return http::Response{.status = 200};
  };
  auto server = serve();
  auto client = connect(server);
  auto reply = client.ask(get("/_emulator/health"));
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.body == "{\"status\":\"ok\"}");
  BOOST_TEST(calls == 0);
  for (const char* path : {"/_emulator/health", "/_emulator/advance", "//_emulator/x",
                           "/%5Femulator/x", "/./_EMULATOR/x"})
    for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example"})
      BOOST_TEST(client.ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                         .status == 404,
                 path);
  BOOST_TEST(calls == 0);
  for (const char* host : {"localhost:8443", "127.0.0.1:1", "[::1]:1", "a.localhost"})
    BOOST_TEST(
        client.ask("GET /_emulator/other HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")
                .status == 200,
        host);
  BOOST_TEST(calls == 4);
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_had_is_named) {
  auto first = serve();
  options.port = first.port();
  BOOST_CHECK_EXCEPTION(serve(), std::runtime_error,
                        says("cannot listen on 127.0.0.1:" + std::to_string(first.port()) +
                             ": Address already in use"));
  options.port = 0;
  options.address = "nowhere";
  BOOST_CHECK_EXCEPTION(serve(), std::runtime_error, says("\"nowhere\""));
  options.address = "192.0.2.1";
  options.allow_remote = true;
  BOOST_CHECK_EXCEPTION(serve(), std::runtime_error, says("cannot listen on 192.0.2.1:0"));
}

BOOST_AUTO_TEST_CASE(other_machines_are_let_in_only_where_that_is_said) {
  options.address = "0.0.0.0";
  BOOST_CHECK_EXCEPTION(serve(), std::runtime_error, says("will not listen on 0.0.0.0"));
  options.allow_remote = true;
  auto server = serve();
  BOOST_TEST(connect(server).ask(get("/x")).status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_signs_in_and_works_with_the_emulator_behind_it) {
  auto emulator = std::make_shared<Emulator>();
  const auto& who = emulator->identity();
  Listener server(emulator, listener_authority());
  std::string host = server.base_url().substr(8);
  TlsClient client(server.port(), trusting());

  std::string form = "grant_type=client_credentials&client_id=" + who.client_id +
                     "&client_secret=" + who.client_secret +
                     "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default";
  auto reply =
      client.ask("POST /" + who.tenant_id + "/oauth2/v2.0/token HTTP/1.1\r\nHost: " + host +
                 "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                 std::to_string(form.size()) + "\r\n\r\n" + form);
  BOOST_REQUIRE(reply.status == 200);
  auto token = std::string(json::Document::parse(reply.body)["access_token"].string_or());
  std::string group = "/subscriptions/" + who.subscription_id +
                      "/resourcegroups/rg-1?api-version=2021-04-01 HTTP/1.1\r\nHost: " + host +
                      "\r\n";
  std::string bearer = "Authorization: Bearer " + token + "\r\n";

  BOOST_TEST(client.ask("GET " + group + "\r\n").status == 401);
  BOOST_TEST(client.ask("GET " + group + bearer + "\r\n").status == 404);
  BOOST_TEST(client
                 .ask("PUT " + group + bearer +
                      "Content-Type: application/json\r\nContent-Length: 21\r\n\r\n"
                      "{\"location\":\"eastus\"}")
                 .status == 201);
  client.send("HEAD " + group + bearer + "\r\n");
  BOOST_TEST(client.read(true).status == 204);
  BOOST_TEST(
      client.ask("DELETE " + group + bearer + "\r\n").head.find("Location: https://" + host) !=
      std::string::npos);
  BOOST_TEST(client.ask(get("/_emulator/health")).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
