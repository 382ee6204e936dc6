#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"
#include "support/memory_sink.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::http;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  std::shared_ptr<test::MemorySink> sink = std::make_shared<test::MemorySink>();
  test::FakeClock clock;
  Context context{.clock = &clock};

  Response send(Request request) {
    std::vector<std::unique_ptr<Policy>> policies;
    policies.push_back(make_log_policy(sink));
    return Pipeline(std::move(policies), transport).send(std::move(request), context);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_policy, Fixture)

BOOST_AUTO_TEST_CASE(an_attempt_is_one_line) {
  transport->then([&](const Request&) {
    clock.advance(12ms);
    return Response{.status = 200,
                    .headers = {{"x-ms-request-id", "r-1"}, {"Set-Cookie", "c"}},
                    .body = "body"};
  });
  send({.method = Method::put,
        .url = "https://h/x?api-version=1&sig=hush",
        .headers = {{"Authorization", "Bearer hush"}, {"x-ms-client-request-id", "c-1"}},
        .body = "hush",
        .operation = "Vaults.update"});
  BOOST_TEST(sink->text() ==
             "Vaults.update: PUT https://h/x?api-version=1&sig=REDACTED -> 200 in 12 ms, "
             "x-ms-client-request-id: c-1, x-ms-request-id: r-1\n");
  BOOST_TEST((sink->lines().at(0).first == LogLevel::info));
}

BOOST_AUTO_TEST_CASE(trouble_is_a_warning) {
  transport->reply(429).reply(503).reply(404).fail(true).fail(false);
  for (int i = 0; i < 3; ++i) send({.url = "https://h/"});
  for (int i = 0; i < 2; ++i) BOOST_CHECK_THROW(send({.url = "https://h/"}), TransportError);
  const auto lines = sink->lines();
  BOOST_TEST((lines.at(0).first == LogLevel::warning));
  BOOST_TEST((lines.at(1).first == LogLevel::warning));
  BOOST_TEST((lines.at(2).first == LogLevel::info));
  BOOST_TEST((lines.at(3).first == LogLevel::warning));
  BOOST_TEST(lines.at(3).second ==
             "GET https://h/ -> no answer in 0 ms: connection reset (maybe delivered)");
  BOOST_TEST(lines.at(4).second == "GET https://h/ -> no answer in 0 ms: connection reset");
}

BOOST_AUTO_TEST_CASE(a_header_cannot_begin_a_line_of_its_own) {
  transport->reply(200, {{"x-ms-request-id", "r\n10:00 all is well\x1B[2J"}});
  send({.url = "https://h/"});
  BOOST_TEST(sink->text() ==
             "GET https://h/ -> 200 in 0 ms, x-ms-request-id: r?10:00 all is well?[2J\n");
}

BOOST_AUTO_TEST_CASE(without_a_sink_it_only_passes_on) {
  sink = nullptr;
  transport->reply(200);
  BOOST_TEST(send({.url = "https://h/"}).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
