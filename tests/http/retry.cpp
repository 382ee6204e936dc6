#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <set>
#include <stop_token>

using namespace akv;
using namespace akv::http;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  SeededRandom random{7};
  std::shared_ptr<Counters> counters = std::make_shared<Counters>();
  RetryOptions options;

  Response send(Request request) {
    std::vector<std::unique_ptr<Policy>> policies;
    policies.push_back(make_retry_policy(options, random, counters));
    return Pipeline(std::move(policies), transport).send(std::move(request), context);
  }
  std::size_t sent() const { return transport->requests().size(); }
};

Request request(Method method) { return {.method = method, .url = "https://h/x"}; }

/// How often a request of each sort is sent when every answer has this status: with the header
/// `Retry-After: 1` and without.
struct Row {
  int status;
  bool idempotent_repeats;
  bool post_repeats_bare;
  bool post_repeats_when_asked;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.status; }

constexpr Row rows[] = {
    {200, false, false, false}, {201, false, false, false}, {202, false, false, false},
    {204, false, false, false}, {302, false, false, false}, {400, false, false, false},
    {401, false, false, false}, {403, false, false, false}, {404, false, false, false},
    {408, true, false, false},  {409, false, false, false}, {412, false, false, false},
    {429, true, true, true},    {500, true, false, false},  {501, false, false, false},
    {502, true, false, false},  {503, true, false, true},   {504, true, false, false},
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(retry, Fixture)

BOOST_DATA_TEST_CASE(each_status_is_repeated_where_that_is_safe, boost::unit_test::data::make(rows),
                     row) {
  for (const bool asked : {false, true}) {
    const Headers headers = asked ? Headers{{"Retry-After", "1"}} : Headers{};
    for (const Method method :
         {Method::get, Method::head, Method::put, Method::patch, Method::del, Method::post}) {
      Fixture one;
      for (int i = 0; i < one.options.max_attempts; ++i) one.transport->reply(row.status, headers);
      const bool repeats = method != Method::post ? row.idempotent_repeats
                           : asked                ? row.post_repeats_when_asked
                                                  : row.post_repeats_bare;
      const Response response = one.send(request(method));
      BOOST_TEST(response.status == row.status);
      BOOST_TEST(one.sent() == (repeats ? 4u : 1u), to_string(method) << " asked=" << asked);
      BOOST_TEST(response.attempts == static_cast<int>(one.sent()));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_post_marked_as_idempotent_is_repeated_like_a_get) {
  transport->reply(500).fail(true).reply(200);
  Request post = request(Method::post);
  post.idempotent_post = true;
  BOOST_TEST(send(post).attempts == 3);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_is_asked_for_again_unless_it_was_a_post) {
  transport->fail(true).reply(200);
  BOOST_TEST(send(request(Method::put)).attempts == 2);
  transport->fail(true);
  BOOST_CHECK_THROW(send(request(Method::post)), TransportError);
  BOOST_TEST(sent() == 3u);
}

BOOST_AUTO_TEST_CASE(a_post_that_certainly_did_not_arrive_is_sent_again) {
  transport->fail(false).fail(false).reply(200);
  BOOST_TEST(send(request(Method::post)).attempts == 3);
}

BOOST_AUTO_TEST_CASE(the_last_transport_error_counts_all_attempts) {
  for (int i = 0; i < 4; ++i) transport->fail(i == 3);
  Request get = request(Method::get);
  get.operation = "Vaults.get";
  BOOST_CHECK_EXCEPTION(send(get), TransportError, [](const TransportError& error) {
    return error.info().attempts == 4 && error.info().maybe_delivered &&
           error.info().operation == "Vaults.get" &&
           std::string(error.what()) == "Vaults.get: connection reset (4 attempts)";
  });
}

BOOST_AUTO_TEST_CASE(other_errors_pass_at_once) {
  transport->then(
      [](const Request&) -> Response { throw AuthenticationError({.message = "no token"}); });
  BOOST_CHECK_THROW(send(request(Method::get)), AuthenticationError);
  BOOST_TEST(sent() == 1u);
}

BOOST_AUTO_TEST_CASE(waits_as_many_seconds_as_the_service_asks) {
  transport->reply(429, {{"retry-after", "7"}}).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() == 7s));
  BOOST_TEST(counters->throttled_milliseconds == 7000u);
}

BOOST_AUTO_TEST_CASE(waits_until_the_date_that_the_service_names) {
  transport->reply(503, {{"Retry-After", time::format_http_date(clock.now() + 90s)}}).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() == 90s));
  // The service's clock is an hour behind ours, and the date is meant by it.
  transport
      ->reply(503, {{"Retry-After", time::format_http_date(clock.now() - 3600s + 30s)},
                    {"Date", time::format_http_date(clock.now() - 3600s)}})
      .reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() == 120s));
}

BOOST_AUTO_TEST_CASE(waits_as_many_milliseconds_as_the_service_asks) {
  transport->reply(429, {{"x-ms-retry-after-ms", "250"}, {"Retry-After", "1"}}).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() == 250ms));
  transport->reply(503, {{"Retry-After-Ms", "1500"}}).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() == 1750ms));
  transport->reply(503, {{"retry-after-ms", "-5"}, {"Retry-After", "2"}}).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() == 3750ms));
}

BOOST_AUTO_TEST_CASE(a_wait_of_nothing_is_no_leave_to_storm_the_service) {
  options = {.max_attempts = 40, .delay = 800ms, .max_delay = 800ms};
  for (const std::string& text : {std::string("0"), time::format_http_date(clock.now() - 90s)}) {
    const auto before = clock.slept();
    for (int i = 1; i < options.max_attempts; ++i) transport->reply(429, {{"Retry-After", text}});
    transport->reply(200);
    BOOST_TEST(send(request(Method::get)).status == 200);
    // Full jitter gives 400 ms on average.
    BOOST_TEST((clock.slept() - before > 39 * 200ms));
  }
}

BOOST_AUTO_TEST_CASE(a_request_may_bring_its_own_options) {
  Request once = request(Method::put);
  once.retry = {.max_attempts = 1};
  transport->fail(true);
  BOOST_CHECK_EXCEPTION(send(once), TransportError, [](const TransportError& error) {
    return error.info().maybe_delivered && error.info().attempts == 1;
  });
  Request patient = request(Method::get);
  patient.retry = {.max_attempts = 6, .delay = 0ms};
  for (int i = 0; i < 5; ++i) transport->reply(503);
  transport->reply(200);
  BOOST_TEST(send(patient).attempts == 6);
  BOOST_TEST((clock.slept() == 0ms));
}

BOOST_AUTO_TEST_CASE(an_unreadable_retry_after_falls_back_to_backoff) {
  transport->reply(429, {{"Retry-After", "soon"}}).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
  BOOST_TEST((clock.slept() <= options.delay));
}

BOOST_AUTO_TEST_CASE(jitter_is_full_and_doubles_up_to_its_cap) {
  options = {.max_attempts = 8, .delay = 800ms, .max_delay = 5s};
  const std::vector<std::chrono::milliseconds> ceilings{800ms,  1600ms, 3200ms, 5000ms,
                                                        5000ms, 5000ms, 5000ms};
  std::vector<std::set<std::int64_t>> waits(ceilings.size());
  for (int round = 0; round < 200; ++round) {
    auto last = clock.slept();
    transport->fail(false);  // the first attempt; each further one notes how long it waited
    for (std::size_t i = 0; i < ceilings.size(); ++i)
      transport->then([&, i](const Request&) -> Response {
        waits[i].insert((clock.slept() - last).count());
        last = clock.slept();
        throw TransportError({.message = "reset"});
      });
    BOOST_CHECK_THROW(send(request(Method::get)), TransportError);
  }
  for (std::size_t i = 0; i < ceilings.size(); ++i) {
    const auto ceiling = ceilings[i].count();
    BOOST_TEST(*waits[i].begin() >= 0);
    BOOST_TEST(*waits[i].rbegin() <= ceiling);
    // 200 draws reach into both ends of the range.
    BOOST_TEST(*waits[i].begin() < ceiling / 10);
    BOOST_TEST(*waits[i].rbegin() > ceiling * 9 / 10);
  }
}

BOOST_AUTO_TEST_CASE(the_same_seed_waits_the_same) {
  const auto run = [] {
    Fixture one;
    one.transport->reply(500).reply(500).reply(500).reply(200);
    one.send(request(Method::get));
    return one.clock.slept();
  };
  BOOST_TEST((run() == run()));
}

BOOST_AUTO_TEST_CASE(a_wait_longer_than_allowed_gives_the_last_answer_at_once) {
  context.max_wait = 10s;
  transport->reply(429, {{"Retry-After", "10"}}).reply(429, {{"Retry-After", "11"}}, "later");
  const Response response = send(request(Method::get));
  BOOST_TEST(response.status == 429);
  BOOST_TEST(response.body == "later");
  BOOST_TEST(response.attempts == 2);
  BOOST_TEST((clock.slept() == 10s));
}

BOOST_AUTO_TEST_CASE(a_wait_past_the_deadline_gives_the_last_answer_at_once) {
  context.deadline = clock.steady_now() + 5s;
  transport->reply(503, {{"Retry-After", "4"}}).reply(503, {{"Retry-After", "1"}});
  BOOST_TEST(send(request(Method::put)).attempts == 2);
  BOOST_TEST((clock.slept() == 4s));
}

BOOST_AUTO_TEST_CASE(a_wait_past_the_deadline_throws_the_last_transport_error) {
  context.deadline = clock.steady_now() + 1ms;
  options.delay = options.max_delay = 1h;
  transport->fail(true);
  BOOST_CHECK_THROW(send(request(Method::get)), TransportError);
  BOOST_TEST((clock.slept() == 0ms));
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_wait) {
  std::stop_source source;
  context.stop = source.get_token();
  transport->then([&](const Request&) {
    source.request_stop();
    return Response{.status = 503, .headers = {{"Retry-After", "1"}}};
  });
  BOOST_CHECK_THROW(send(request(Method::get)), CancelledError);
  BOOST_TEST(sent() == 1u);
}

BOOST_AUTO_TEST_CASE(one_attempt_means_one) {
  options.max_attempts = 1;
  transport->reply(503);
  BOOST_TEST(send(request(Method::get)).attempts == 1);
}

BOOST_AUTO_TEST_CASE(counts_reads_writes_and_repeats_apart) {
  transport->reply(500).reply(200).reply(200).reply(200).reply(200);
  send(request(Method::get));
  send(request(Method::put));
  send(request(Method::del));
  Request check = request(Method::post);
  check.url = "https://h/subscriptions/s/providers/Microsoft.KeyVault/checkNameAvailability?v=1";
  send(check);
  BOOST_TEST(counters->reads == 2u);
  BOOST_TEST(counters->writes == 2u);
  BOOST_TEST(counters->retries == 1u);
  BOOST_TEST(counters->throttled_milliseconds == 0u);
}

BOOST_AUTO_TEST_CASE(works_without_counters) {
  counters = nullptr;
  transport->reply(429).reply(200);
  BOOST_TEST(send(request(Method::get)).status == 200);
}

BOOST_AUTO_TEST_CASE(who_allows_no_wait_sees_the_first_answer) {
  transport->reply(503).reply(200);
  context.max_wait = 0s;
  BOOST_TEST(send(request(Method::get)).status == 503);
  BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_after_a_lost_one_says_so) {
  const auto is_after_lost = [this] { return send(request(Method::del)).after_lost_answer; };
  transport->reply(404);
  BOOST_TEST(!is_after_lost());
  transport->reply(503).reply(429).reply(404);
  BOOST_TEST(!is_after_lost());
  transport->fail(false).reply(404);
  BOOST_TEST(!is_after_lost());
  transport->fail(true).reply(503).reply(404);
  BOOST_TEST(is_after_lost());
  // Whoever says this may have done the work, or knows nothing of who did it.
  for (int status : {408, 500, 502, 504}) {
    transport->reply(status).reply(404);
    BOOST_TEST(is_after_lost(), status);
  }
}

namespace {

/// Lets the first request by, and does that in place of the second.
class Second final : public Policy {
 public:
  explicit Second(std::function<void()> instead) : instead_(std::move(instead)) {}
  Response send(Request& request, Next next, const Context& context) const override {
    if (calls_++ > 0) instead_();
    return next(request, context);
  }

 private:
  const std::function<void()> instead_;
  mutable int calls_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(whatever_ends_it_says_that_an_earlier_attempt_may_have_been_carried_out) {
  const Request patch{.method = Method::patch, .url = "https://h/x", .operation = "X.update"};
  const auto lost = [&](const Request& what) {
    try {
      send(what);
    } catch (const AzureError& error) {
      return error.info();
    }
    return ErrorInfo{};
  };
  transport->fail(true).fail(false).fail(false).fail(false);
  BOOST_TEST(lost(patch).maybe_delivered);
  transport->reply(504).fail(false).fail(false).fail(false);
  BOOST_TEST(lost(patch).maybe_delivered);
  transport->fail(false).fail(false).fail(false).fail(false);
  BOOST_TEST(!lost(patch).maybe_delivered);

  const auto ended_by = [&](std::function<void()> second, bool first_was_lost) {
    std::vector<std::unique_ptr<Policy>> policies;
    policies.push_back(make_retry_policy(options, random, counters));
    policies.push_back(std::make_unique<Second>(std::move(second)));
    first_was_lost ? transport->reply(504) : transport->reply(503);
    try {
      Pipeline(std::move(policies), transport).send(patch, context);
    } catch (const AzureError& error) {
      return error.info();
    }
    return ErrorInfo{};
  };
  const auto throttled = [] { throw ThrottledError({.message = "m", .attempts = 0}); };
  BOOST_TEST(ended_by(throttled, true).maybe_delivered);
  BOOST_TEST(ended_by(throttled, true).attempts == 1);
  BOOST_TEST(!ended_by(throttled, false).maybe_delivered);
  const auto cancelled = [] { throw CancelledError({.message = "m"}); };
  BOOST_TEST(ended_by(cancelled, true).maybe_delivered);
  BOOST_TEST(ended_by(cancelled, true).attempts == 2);
  BOOST_TEST(!ended_by(cancelled, false).maybe_delivered);
  const auto no_token = [] { throw AuthenticationError({.message = "m", .attempts = 0}); };
  BOOST_TEST(ended_by(no_token, true).maybe_delivered);
  BOOST_TEST(!ended_by(no_token, false).maybe_delivered);
  const auto malformed = [] { throw FormatError({.message = "m", .attempts = 0}); };
  BOOST_TEST(ended_by(malformed, true).maybe_delivered);
  BOOST_TEST(ended_by(malformed, true).attempts == 1);
  BOOST_TEST(!ended_by(malformed, false).maybe_delivered);
}

BOOST_AUTO_TEST_CASE(a_stop_between_two_attempts_says_of_what_and_what_may_have_become_of_it) {
  std::stop_source stop;
  context.stop = stop.get_token();
  transport->then([&](const Request&) {
    stop.request_stop();
    return Response{.status = 504};
  });
  BOOST_CHECK_EXCEPTION(send({.method = Method::put, .url = "https://h/x", .operation = "X.put"}),
                        CancelledError, [](const CancelledError& error) {
                          return error.info().operation == "X.put" && error.info().attempts == 1 &&
                                 error.info().maybe_delivered;
                        });
}

BOOST_AUTO_TEST_SUITE_END()
