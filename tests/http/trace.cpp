#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"
#include "support/memory_sink.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace akv;
using namespace akv::http;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  std::shared_ptr<test::MemorySink> sink = std::make_shared<test::MemorySink>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  SeededRandom random{7};
  std::vector<Attempt> seen;
  AttemptHook hook = [this](const Attempt& attempt) { seen.push_back(attempt); };

  Response send(Method method = Method::put) {
    std::vector<std::unique_ptr<Policy>> policies;
    policies.push_back(make_request_id_policy(random));
    policies.push_back(make_retry_policy({}, random, nullptr));
    policies.push_back(make_trace_policy(hook, sink));
    return Pipeline(std::move(policies), transport)
        .send({.method = method,
               .url = "https://Management.azure.com/subscriptions/s/x?sig=hidden&api-version=1",
               .headers = {{"Authorization", "Bearer hidden"}},
               .body = "hidden",
               .operation = "Vaults.update"},
              context);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trace, Fixture)

BOOST_AUTO_TEST_CASE(every_attempt_is_told_with_what_a_span_needs) {
  const auto begun = clock.now();
  transport->reply(503, {{"Retry-After", "2"}})
      .then([&](const Request&) -> Response {
        clock.advance(30ms);
        throw TransportError({.message = "reset after Authorization: Bearer hidden"});
      })
      .then([&](const Request&) {
        clock.advance(40ms);
        return Response{.status = 200, .headers = {{"x-ms-request-id", "r-3"}}};
      });
  BOOST_TEST(send().attempts == 3);
  BOOST_TEST(seen.size() == 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST(seen[i].operation == "Vaults.update");
    BOOST_TEST((seen[i].method == Method::put));
    BOOST_TEST(seen[i].host == "Management.azure.com");
    BOOST_TEST(seen[i].target == "/subscriptions/s/x");
    BOOST_TEST(seen[i].number == static_cast<int>(i) + 1);
    BOOST_TEST(seen[i].client_request_id ==
               transport->requests().at(i).headers.get("x-ms-client-request-id").value());
    BOOST_TEST(is_uuid(seen[i].client_request_id));
  }
  BOOST_TEST(seen[0].status == 503);
  BOOST_TEST(seen[0].request_id == "");
  BOOST_TEST(seen[0].error == "");
  BOOST_TEST((seen[0].started_at == begun));
  BOOST_TEST(seen[1].status == 0);
  BOOST_TEST((seen[1].duration == 30ms));
  BOOST_TEST((seen[1].started_at == begun + 2s));
  BOOST_TEST(seen[1].error == "reset after Authorization: Bearer REDACTED");
  BOOST_TEST(seen[2].status == 200);
  BOOST_TEST((seen[2].duration == 40ms));
  BOOST_TEST(seen[2].request_id == "r-3");
}

BOOST_AUTO_TEST_CASE(an_exception_of_the_hook_is_logged_and_the_answer_stands) {
  transport->reply(200).reply(200);
  hook = [](const Attempt&) { throw std::runtime_error("exporter down, token=hidden"); };
  BOOST_TEST(send().status == 200);
  hook = [](const Attempt&) { throw 7; };
  BOOST_TEST(send().status == 200);
  BOOST_TEST(sink->text() ==
             "Vaults.update: the hook for attempts threw: exporter down, token=REDACTED\n"
             "Vaults.update: the hook for attempts threw something that is no std::exception\n");
}

BOOST_AUTO_TEST_CASE(an_exception_of_the_hook_does_not_hide_that_there_was_no_answer) {
  transport->fail(true);
  sink = nullptr;
  hook = [](const Attempt&) { throw std::runtime_error("exporter down"); };
  BOOST_CHECK_EXCEPTION(send(Method::post), TransportError, [](const TransportError& error) {
    return error.info().message == "connection reset";
  });
}

BOOST_AUTO_TEST_CASE(without_a_hook_nothing_is_told) {
  transport->reply(200);
  hook = nullptr;
  BOOST_TEST(send().status == 200);
  BOOST_TEST(sink->text() == "");
}

BOOST_AUTO_TEST_SUITE_END()
