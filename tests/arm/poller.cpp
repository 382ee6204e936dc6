#include "akv/mgmt/arm/poller.hpp"

#include "support/arm_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using http::Method;

namespace {

struct Thing {
  std::string name{};
  static std::span<const json::FieldInfo> json_fields() {
    static constexpr json::FieldInfo list[] = {json::field<&Thing::name>("name")};
    return list;
  }
};

struct PollerFixture : ArmFixture {
  const std::string path = "/subscriptions/" + subscription + "/things/t";
  const std::string location = arm_origin + "/jobs/j1?api-version=1";

  template <class T>
  Poller<T> start(Method method, const http::Response& first, arm::FinalState final_state,
                  CallOptions call = {}) {
    const arm::ArmClient client = arm();
    auto operation =
        arm::Operation::start(method, client.url(path, {}, "1"), first, final_state, clock.now());
    return Poller<T>(arm::OperationPoller(
        client, std::move(operation),
        {.operation = "Things.begin_it", .target = path, .options = std::move(call)}));
  }
  Poller<void> purge(CallOptions call = {}) {
    return start<void>(Method::post, {202, {{"Location", location}, {"Retry-After", "5"}}, {}},
                       arm::FinalState::none, std::move(call));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(poller, PollerFixture)

BOOST_AUTO_TEST_CASE(result_waits_as_the_service_says_and_asks_until_the_end) {
  transport->reply(202, {{"Location", location}, {"Retry-After", "7"}}).reply(200);
  auto poller = purge();
  BOOST_TEST(!poller.done());
  poller.result();
  BOOST_TEST(poller.done());
  BOOST_TEST((clock.slept() == 12s));
  BOOST_TEST(count() == 2u);
  BOOST_TEST(sent().url == location);
  BOOST_TEST((sent().method == Method::get));
}

BOOST_AUTO_TEST_CASE(without_a_header_it_waits_a_minute_or_what_it_was_told) {
  transport->reply(202).reply(200);
  start<void>(Method::del, {202, {{"Location", location}}, {}}, arm::FinalState::none).result();
  BOOST_TEST((clock.slept() == 120s));
  transport->reply(202).reply(200);
  start<void>(Method::del, {202, {{"Location", location}}, {}}, arm::FinalState::none)
      .interval(3s)
      .result();
  BOOST_TEST((clock.slept() == 126s));
}

BOOST_AUTO_TEST_CASE(a_retry_after_of_zero_is_a_second_and_of_a_day_ten_minutes) {
  transport->reply(202, {{"Retry-After", "86400"}}).reply(200);
  start<void>(Method::del, {202, {{"Location", location}, {"Retry-After", "0"}}, {}},
              arm::FinalState::none)
      .result();
  BOOST_TEST((clock.slept() == 601s));
}

BOOST_AUTO_TEST_CASE(poll_asks_once_without_waiting) {
  transport->reply(202).reply(200);
  auto poller = purge();
  BOOST_TEST(!poller.poll());
  BOOST_TEST(poller.poll());
  BOOST_TEST(poller.poll());
  BOOST_TEST(count() == 2u);
  BOOST_TEST((clock.slept() == 0s));
}

BOOST_AUTO_TEST_CASE(the_result_is_decoded_and_may_be_taken_again) {
  transport->reply(200, {}, R"({"name":"t","properties":{"provisioningState":"Succeeded"}})");
  auto poller = start<Thing>(Method::put,
                             {200, {}, R"({"properties":{"provisioningState":"RegisteringDns"}})"},
                             arm::FinalState::location);
  BOOST_TEST(poller.result().name == "t");
  BOOST_TEST(poller.result().name == "t");
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(the_result_is_fetched_where_the_last_answer_has_none) {
  transport->reply(200, {}, R"({"status":"Succeeded"})").reply(200, {}, R"({"name":"t"})");
  auto poller = start<Thing>(Method::put, {201, {{"Azure-AsyncOperation", location}}, {}},
                             arm::FinalState::resource);
  BOOST_TEST(poller.result().name == "t");
  BOOST_TEST(sent(1).url == arm_origin + path + "?api-version=1");
}

BOOST_AUTO_TEST_CASE(a_result_that_is_gone_at_the_end_is_an_error) {
  transport->reply(200, {}, R"({"status":"Succeeded"})").reply(404);
  auto poller = start<Thing>(Method::put, {201, {{"Azure-AsyncOperation", location}}, {}},
                             arm::FinalState::resource);
  BOOST_CHECK_THROW(poller.result(), NotFoundError);
}

BOOST_AUTO_TEST_CASE(a_failed_job_throws_its_error_from_result_not_from_poll) {
  transport->reply(409, {{"x-ms-request-id", "r1"}},
                   R"({"error":{"code":"ScopeLocked","message":"Locked."}})");
  auto poller = purge();
  BOOST_TEST(poller.poll());
  BOOST_CHECK_EXCEPTION(poller.result(), ConflictError, [&](const ConflictError& error) {
    return std::string(error.what()) ==
           "Things.begin_it: ScopeLocked: Locked. (HTTP 409, " + path + ", request id r1)";
  });
}

BOOST_AUTO_TEST_CASE(a_failed_async_operation_throws_with_its_code) {
  transport->reply(200, {}, R"({"status":"Failed","error":{"code":"Broken","message":"Oh."}})");
  auto poller = start<void>(Method::del, {202, {{"Azure-AsyncOperation", location}}, {}},
                            arm::FinalState::none);
  BOOST_CHECK_EXCEPTION(poller.result(), AzureError,
                        [](const AzureError& error) { return error.info().code == "Broken"; });
}

BOOST_AUTO_TEST_CASE(passing_trouble_while_polling_is_retried_by_the_pipeline) {
  transport->reply(503).reply(200);
  purge().result();
  BOOST_TEST(count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_gateway_that_does_not_answer_says_nothing_of_the_operation) {
  for (int attempt = 0; attempt < 4; ++attempt) transport->reply(504);
  auto poller = purge();
  BOOST_CHECK_THROW(poller.poll(), AzureError);
  BOOST_TEST(!poller.done());
  transport->reply(200);
  poller.result();
  BOOST_TEST(poller.done());
}

BOOST_AUTO_TEST_CASE(no_answer_while_polling_is_thrown_and_the_poller_goes_on_afterwards) {
  for (int attempt = 0; attempt < 4; ++attempt) transport->fail(false);
  auto poller = purge();
  BOOST_CHECK_THROW(poller.poll(), TransportError);
  BOOST_TEST(!poller.done());
  transport->reply(200);
  poller.result();
  BOOST_TEST(poller.done());
}

BOOST_AUTO_TEST_CASE(a_location_elsewhere_is_refused_and_gets_no_token) {
  auto poller = start<void>(Method::post, {202, {{"Location", "https://evil.example/j"}}, {}},
                            arm::FinalState::none);
  BOOST_CHECK_EXCEPTION(poller.result(), FormatError, [](const FormatError& error) {
    return error.info().code == "ForeignUrl" && error.info().target == "https://evil.example/j";
  });
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(an_async_operation_elsewhere_is_refused_and_gets_no_token) {
  auto poller =
      start<void>(Method::del, {202, {{"Azure-AsyncOperation", "https://evil.example/j"}}, {}},
                  arm::FinalState::none);
  BOOST_CHECK_THROW(poller.result(), FormatError);
  // Also where a later answer moves the operation there.
  transport->reply(200, {{"Azure-AsyncOperation", "https://evil.example/j"}},
                   R"({"status":"Running"})");
  auto moved = start<void>(Method::del, {202, {{"Azure-AsyncOperation", location}}, {}},
                           arm::FinalState::none);
  BOOST_CHECK_THROW(moved.result(), FormatError);
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_resume_token_that_leads_elsewhere_is_refused_and_gets_no_token) {
  const auto forged = [&](std::string token, const std::string& what) {
    token.replace(token.find(what), what.size(), "https://evil.example/");
    return Poller<Thing>(
        arm::OperationPoller::resume(arm(), token, {.operation = "Things.begin_it", .target = {}}));
  };
  const auto is_foreign = [](const FormatError& error) {
    return error.info().code == "ForeignUrl" && error.info().operation == "Things.begin_it";
  };
  auto under_way =
      start<Thing>(Method::put, {202, {{"Location", location}}, {}}, arm::FinalState::location);
  auto poll_elsewhere = forged(under_way.resume_token(), location);
  BOOST_CHECK_EXCEPTION(poll_elsewhere.result(), FormatError, is_foreign);

  auto ended = start<Thing>(Method::put, {200, {}, R"({"name":"t"})"}, arm::FinalState::location);
  const std::string token = ended.resume_token();
  const std::string result = "\"result\":\"" + arm_origin;
  auto result_elsewhere = forged(token.substr(0, token.find(result)) + "\"result\":\"HERE" +
                                     token.substr(token.find(result) + result.size()),
                                 "HERE");
  BOOST_TEST(result_elsewhere.done());
  BOOST_CHECK_EXCEPTION(result_elsewhere.result(), FormatError, is_foreign);
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(the_deadline_of_the_call_ends_the_waiting) {
  CallOptions call;
  call.context.deadline = clock.steady_now() + 8s;
  transport->reply(202, {{"Retry-After", "5"}});
  auto poller = purge(call);
  BOOST_CHECK_EXCEPTION(poller.result(), CancelledError, [&](const CancelledError& error) {
    return error.info().operation == "Things.begin_it" && error.info().target == path &&
           std::string(error.what()).find("goes on in the service") != std::string::npos;
  });
  BOOST_TEST((clock.slept() == 5s));
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_waiting) {
  std::stop_source stop;
  CallOptions call;
  call.context.stop = stop.get_token();
  auto poller = purge(call);
  stop.request_stop();
  BOOST_CHECK_THROW(poller.result(), CancelledError);
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_resumed_poller_asks_at_once_and_knows_its_target) {
  const std::string token = purge().resume_token();
  BOOST_TEST(token.find("the-token") == std::string::npos);
  transport->reply(404, {}, R"({"error":{"code":"Gone","message":"Gone."}})");
  Poller<void> resumed(
      arm::OperationPoller::resume(arm(), token, {.operation = "Things.begin_it", .target = {}}));
  BOOST_CHECK_EXCEPTION(resumed.result(), NotFoundError,
                        [&](const NotFoundError& error) { return error.info().target == path; });
  BOOST_TEST((clock.slept() == 0s));
  BOOST_TEST(sent().url == location);
}

BOOST_AUTO_TEST_CASE(a_poller_may_outlive_its_client) {
  transport->reply(200);
  auto poller = [&] {
    const arm::ArmClient client = arm();
    return purge();
  }();
  poller.result();
  BOOST_TEST(poller.done());
}

BOOST_AUTO_TEST_CASE(a_poll_that_is_refused_for_a_while_leaves_the_operation_going_on) {
  transport->reply(429, {{"Retry-After", "900"}}).reply(200);
  auto poller = purge();
  BOOST_CHECK_THROW(poller.result(), ThrottledError);
  BOOST_TEST(!poller.done());
  clock.advance(900s);
  poller.result();
  BOOST_TEST(poller.done());
}

BOOST_AUTO_TEST_SUITE_END()
