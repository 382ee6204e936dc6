#include "emulator/listener_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>
#include <memory>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace akv;
using namespace akv::emulator;
using namespace std::chrono_literals;
using test::listener_authority;
using test::ListenerFixture;
using test::TcpClient;
using test::TlsClient;

namespace {

std::size_t resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word)
    if (word == "VmRSS:") break;
  std::size_t kilobytes = 0;
  status >> kilobytes;
  return kilobytes;
}

}  // namespace

namespace {

// The address sanitizer keeps what was freed, and puts walls around what was not.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AKV_TEST_MEMORY_IS_PADDED
#endif
#endif
#ifdef AKV_TEST_MEMORY_IS_PADDED
constexpr std::size_t kilobytes_each = 512;
#else
constexpr std::size_t kilobytes_each = 256;
#endif

}  // namespace

BOOST_FIXTURE_TEST_SUITE(listener_connections, ListenerFixture)

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

BOOST_AUTO_TEST_CASE(a_thousand_idle_connections_do_no_harm) {
  // Both ends of each are in this process.
  struct rlimit files {};
  getrlimit(RLIMIT_NOFILE, &files);
  const rlimit before = files;
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  BOOST_REQUIRE(setrlimit(RLIMIT_NOFILE, &files) == 0);
  BOOST_REQUIRE(files.rlim_cur >= 2500);
  {
    auto server = serve();
    BOOST_TEST(connect(server).ask(get("/x")).status == 200);
    const std::size_t start = resident_kilobytes();
    std::vector<std::unique_ptr<TlsClient>> idle;
    std::vector<std::unique_ptr<TcpClient>> silent;
    // Some with a session, most without a word: a handshake is work for both sides.
    for (int i = 0; i < 1000; ++i) {
      if (i % 5 == 0)
        idle.push_back(std::make_unique<TlsClient>(server.port(), trusting()));
      else
        silent.push_back(std::make_unique<TcpClient>(server.port()));
    }
    auto client = connect(server);
    for (int i = 0; i < 10; ++i) BOOST_TEST(client.ask(get("/x")).status == 200);
    BOOST_TEST(idle.front()->ask(get("/x")).status == 200);
    BOOST_TEST(idle.back()->ask(get("/x")).status == 200);
    // What earlier tests left may have gone meanwhile.
    const std::size_t end = resident_kilobytes(), grown = end > start ? end - start : 0;
    BOOST_TEST_MESSAGE("a thousand connections took " << grown << " KiB");
    BOOST_TEST(grown < kilobytes_each * 1000);
  }
  setrlimit(RLIMIT_NOFILE, &before);
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
  auto server = std::make_unique<HttpsServer>(handler, listener_authority(), options);
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
  auto server = std::make_unique<HttpsServer>(handler, listener_authority(), options);
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
    auto server = std::make_unique<HttpsServer>(handler, listener_authority(), options);
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

BOOST_AUTO_TEST_SUITE_END()
