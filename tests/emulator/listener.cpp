#include "akv/emulator/listener.hpp"

#include "akv/emulator/detail/https_server.hpp"
#include "akv/emulator/detail/wire_format.hpp"
#include "support/temporary_folder.hpp"
#include "support/tls_client.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace akv;
using namespace akv::emulator;
using namespace std::chrono_literals;
using test::HttpReply;
using test::TcpClient;
using test::TlsClient;
using test::TlsOptions;

namespace {

// One authority for all tests: making it is not what they are about.
struct Shared {
  test::TemporaryFolder folder;
  Authority authority = open_authority(folder / "ca", system_clock());
};
Shared& shared() {
  static auto* one = new Shared;  // its folder goes with the fixture below
  return *one;
}
struct RemoveFolder {
  ~RemoveFolder() { std::filesystem::remove_all(shared().folder.path()); }
};
BOOST_TEST_GLOBAL_FIXTURE(RemoveFolder);

// Says what it was asked, and whatever a test wants instead.
struct ListenerFixture {
  std::function<http::Response(const http::Request&)> handler = [](const http::Request& request) {
    return http::Response{
        .status = 200,
        .headers = {{"Content-Type", "text/plain"}},
        .body = std::string(to_string(request.method)) + ' ' + request.url + ' ' + request.body};
  };
  ListenerOptions options;

  HttpsServer serve() { return {handler, shared().authority, options}; }
  static TlsOptions trusting(const std::string& name = "localhost") {
    return {.ca_file = shared().authority.ca_file.string(), .server_name = name};
  }
  static TlsClient connect(const HttpsServer& server) { return {server.port(), trusting()}; }
};

std::string get(const std::string& target, const std::string& more = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost:1234\r\n" + more + "\r\n";
}
std::string put(const std::string& body, const std::string& more = {}) {
  return "PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + more + "\r\n" + body;
}

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

BOOST_AUTO_TEST_CASE(plain_http_is_told_to_write_https) {
  auto server = serve();
  TcpClient client(server.port());
  client.send(get("/x"));
  auto answer = client.read_all();
  BOOST_TEST(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"));
  BOOST_TEST(answer.find("write https://") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(noise_in_place_of_tls_does_no_harm) {
  auto server = serve();
  for (int i = 0; i < 8; ++i) {
    TcpClient client(server.port());
    client.send(std::string(5000, static_cast<char>(i * 37)));
    client.read_all();
  }
  TcpClient silent(server.port());
  BOOST_TEST(connect(server).ask(get("/x")).status == 200);
}

BOOST_AUTO_TEST_CASE(old_protocols_are_refused) {
  auto server = serve();
  auto with = [&](int version) {
    auto trust = trusting();
    trust.min_version = trust.max_version = version;
    return TlsClient(server.port(), trust).ask(get("/x")).status;
  };
  BOOST_TEST(with(TLS1_2_VERSION) == 200);
  BOOST_TEST(with(TLS1_3_VERSION) == 200);
  BOOST_CHECK_THROW(with(TLS1_1_VERSION), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(http_1_1_is_the_one_protocol_that_is_agreed_on) {
  auto server = serve();
  auto agreed = [&](const std::string& alpn) {
    auto trust = trusting();
    trust.alpn = alpn;
    TlsClient client(server.port(), trust);
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(client.native(), &name, &size);
    return std::string(reinterpret_cast<const char*>(name), size);
  };
  BOOST_TEST(agreed("\x02h2\x08http/1.1") == "http/1.1");
  BOOST_TEST(agreed("") == "");
  BOOST_CHECK_THROW(agreed("\x02h2"), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(the_certificate_holds_for_this_machine_alone) {
  auto server = serve();
  for (const char* name : {"localhost", "127.0.0.1", "::1"})
    BOOST_TEST(TlsClient(server.port(), trusting(name)).ask(get("/x")).status == 200, name);
  BOOST_CHECK_THROW(TlsClient(server.port(), trusting("management.azure.com")), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(sixty_four_connections_at_once_each_get_their_own_answers) {
  options.threads = 4;
  auto server = serve();
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 64; ++t)
      threads.emplace_back([&, t] {
        auto client = connect(server);
        for (int i = 0; i < 20; ++i) {
          std::string name = "/" + std::to_string(t) + "-" + std::to_string(i);
          if (client.ask(get(name)).body == "GET https://localhost:1234" + name + " ") ++right;
        }
      });
  }
  BOOST_TEST(right == 64 * 20);
}

BOOST_AUTO_TEST_CASE(two_hundred_idle_connections_do_no_harm) {
  auto server = serve();
  std::vector<std::unique_ptr<TlsClient>> idle;
  std::vector<std::unique_ptr<TcpClient>> silent;
  for (int i = 0; i < 100; ++i) {
    idle.push_back(std::make_unique<TlsClient>(server.port(), trusting()));
    silent.push_back(std::make_unique<TcpClient>(server.port()));
  }
  auto client = connect(server);
  for (int i = 0; i < 10; ++i) BOOST_TEST(client.ask(get("/x")).status == 200);
  for (auto& one : idle) BOOST_TEST(one->ask(get("/x")).status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_that_dawdles_is_let_go) {
  options.idle_timeout = 1s;
  auto server = serve();
  TcpClient no_handshake(server.port());
  auto idle = connect(server), in_head = connect(server), in_body = connect(server);
  in_head.send("GET /x HTT");
  in_body.send("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  BOOST_TEST(idle.ended());
  BOOST_TEST(in_head.ended());
  BOOST_TEST(in_body.ended());
  BOOST_TEST(no_handshake.read_all() == "");
  BOOST_TEST(connect(server).ask(get("/x")).status == 200);
}

BOOST_AUTO_TEST_CASE(one_connection_too_many_is_turned_away_until_another_ends) {
  options.max_connections = 2;
  auto server = serve();
  auto first = std::make_unique<TlsClient>(server.port(), trusting());
  auto second = connect(server);
  BOOST_CHECK_THROW(connect(server), std::runtime_error);
  BOOST_TEST(first->ask(get("/x", "Connection: close\r\n")).status == 200);
  BOOST_TEST(first->ended());
  first.reset();
  // The server learns of the end in its own time.
  int status = 0;
  while (status == 0) try {
      status = connect(server).ask(get("/x")).status;
    } catch (const std::runtime_error&) {
      std::this_thread::yield();
    }
  BOOST_TEST(status == 200);
  BOOST_TEST(second.ask(get("/x")).status == 200);
}

BOOST_AUTO_TEST_CASE(stopping_ends_every_open_connection) {
  auto server = std::make_unique<HttpsServer>(handler, shared().authority, options);
  TcpClient silent(server->port());
  auto idle = connect(*server), used = connect(*server), in_head = connect(*server),
       in_body = connect(*server);
  BOOST_TEST(used.ask(get("/x")).status == 200);
  in_head.send("GET /x HTT");
  in_body.send("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  server.reset();
  for (auto* client : {&idle, &used, &in_head, &in_body}) BOOST_TEST(client->ended());
  BOOST_TEST(silent.read_all() == "");
}

BOOST_AUTO_TEST_CASE(stopping_lets_an_answer_under_way_out) {
  std::promise<void> entered, go_on;
  handler = [&](const http::Request&) {
    entered.set_value();
    go_on.get_future().wait();
    return http::Response{.status = 200, .body = "done"};
  };
  auto server = std::make_unique<HttpsServer>(handler, shared().authority, options);
  auto client = connect(*server);
  client.send(get("/x"));
  entered.get_future().wait();
  std::jthread stopper([&] { server.reset(); });
  go_on.set_value();
  BOOST_TEST(client.read().body == "done");
  BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(servers_come_and_go_under_load) {
  for (int round = 0; round < 5; ++round) {
    auto server = std::make_unique<HttpsServer>(handler, shared().authority, options);
    std::atomic<int> answers = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, port = server->port()] {
        try {
          TlsClient client(port, trusting());
          for (;;)
            if (client.ask(get("/x")).status == 200) ++answers;
        } catch (const std::runtime_error&) {
          // the server went
        }
      });
    while (answers < 20) std::this_thread::yield();
    server.reset();
  }
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

BOOST_AUTO_TEST_CASE(a_server_without_a_certificate_does_not_start) {
  Authority broken = shared().authority;
  broken.server_key_pem = "none";
  BOOST_CHECK_EXCEPTION(HttpsServer(handler, broken, options), std::runtime_error,
                        says("the server's certificate or key is unusable"));
}

BOOST_AUTO_TEST_CASE(a_client_signs_in_and_works_with_the_emulator_behind_it) {
  auto emulator = std::make_shared<Emulator>();
  const auto& who = emulator->identity();
  Listener server(emulator, shared().authority);
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
