#include "support/sign_in.hpp"

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

struct Fixture : test::SignIn {
  std::shared_ptr<TokenCredential> credential(bool probe = false) {
    return make_managed_identity_credential({.probe = probe, .arc_agent = ""}, lookup(), options());
  }
  std::size_t requests() const { return transport->requests().size(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(imds, Fixture)

BOOST_AUTO_TEST_CASE(what_passes_is_asked_again_after_0_2_6_14_and_30_seconds) {
  transport->reply(404).reply(429).fail(true).reply(404).reply(404).reply(200, {},
                                                                          test::good_token);
  BOOST_TEST(ask(*credential()).token == "t");
  BOOST_TEST(requests() == 6u);
  BOOST_TEST((clock.slept() == 52s));
}

BOOST_AUTO_TEST_CASE(a_fault_of_the_server_gets_a_second_at_least) {
  transport->reply(503).reply(200, {}, test::good_token);
  ask(*credential());
  BOOST_TEST((clock.slept() == 1s));
}

BOOST_AUTO_TEST_CASE(it_is_left_in_peace_for_as_long_as_it_asks) {
  transport->reply(429, {{"Retry-After", "9"}}).reply(200, {}, test::good_token);
  ask(*credential());
  BOOST_TEST((clock.slept() == 9s));
}

BOOST_AUTO_TEST_CASE(after_410_it_is_asked_for_70_seconds) {
  for (int i = 0; i < 7; ++i) transport->reply(410);
  transport->reply(200, {}, test::good_token);
  BOOST_TEST(ask(*credential()).token == "t");
  BOOST_TEST((clock.slept() == 70s));
  for (int i = 0; i < 8; ++i) transport->reply(410);
  const ErrorInfo info = refusal(*credential());
  BOOST_TEST(
      info.message ==
      "what answers at http://169.254.169.254 is not the instance metadata service (HTTP 410, and "
      "no JSON); run it where a managed identity is assigned, or sign in another way");
  BOOST_TEST(info.status == 410);
  BOOST_TEST(info.attempts == 8);
  BOOST_TEST(unavailable);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_json_is_somebody_elses) {
  for (const char* const body : {"<html></html>", "", "[]", "\"a word\""}) {
    transport->reply(200, {}, body);
    BOOST_TEST(refusal(*credential()).message.starts_with("what answers at "));
    BOOST_TEST(unavailable);
  }
  transport->reply(200, {}, "{}");
  BOOST_TEST(refusal(*credential()).message ==
             "the instance metadata service answered without a usable access token; check that the "
             "identity is set up");
  BOOST_TEST(!unavailable);
  // To a probe too, and a longer one than 1 MiB is not read.
  const std::string open = R"({"error":")", close = R"("})";
  const std::string longest(std::size_t{1} << 20, 'x');
  transport->reply(400, {}, open + longest.substr(open.size() + close.size()) + close)
      .reply(200, {}, test::good_token);
  BOOST_TEST(ask(*credential(true)).token == "t");
  transport->reply(400, {}, open + longest.substr(open.size() + close.size() - 1) + close);
  BOOST_TEST(refusal(*credential(true)).message ==
             "what answers at http://169.254.169.254 is not the instance metadata service (HTTP "
             "400, and no JSON)");
  BOOST_TEST((clock.slept() == 0s));
}

BOOST_AUTO_TEST_CASE(in_the_end_the_last_answer_counts) {
  for (int i = 0; i < 6; ++i) transport->reply(500, {}, R"({"error":"unknown"})");
  const ErrorInfo info = refusal(*credential());
  BOOST_TEST(
      info.message ==
      "the instance metadata service gives no token (HTTP 500): unknown; check that a managed "
      "identity is assigned, and its id");
  BOOST_TEST(info.attempts == 6);
  BOOST_TEST(!unavailable);
  for (int i = 0; i < 6; ++i) transport->fail(false);
  BOOST_TEST(
      refusal(*credential()).message ==
      "no token from the instance metadata service: connection reset; run it where a managed "
      "identity is assigned, or sign in another way");
  BOOST_TEST(unavailable);  // so that a chain goes on
}

BOOST_AUTO_TEST_CASE(a_wait_past_the_deadline_or_the_callers_patience_is_not_begun) {
  context.deadline = clock.steady_now() + 5s;
  transport->reply(404).reply(404).reply(404);
  BOOST_TEST(refusal(*credential()).status == 404);
  BOOST_TEST((clock.slept() == 2s));
  context.deadline.reset();
  context.max_wait = 0s;
  transport->reply(404).reply(404).reply(404);
  BOOST_TEST(refusal(*credential()).attempts == 3);
  BOOST_TEST((clock.slept() == 4s));
}

BOOST_AUTO_TEST_CASE(no_such_identity_means_that_it_is_unavailable) {
  transport->reply(400, {},
                   R"({"error":"invalid_request","error_description":"Identity not found"})");
  BOOST_TEST(refusal(*credential()).message ==
             "no such managed identity is assigned here (Identity not found)");
  BOOST_TEST(unavailable);
  transport->reply(400);
  BOOST_TEST(refusal(*credential()).message == "no such managed identity is assigned here");
  transport->reply(403, {},
                   "connecting to 169.254.169.254: A socket operation was attempted to an "
                   "unreachable network");
  BOOST_TEST(refusal(*credential()).message ==
             "the instance metadata service cannot be reached (HTTP 403)");
  BOOST_TEST(unavailable);
  transport->reply(403, {}, R"({"error":"forbidden"})");
  BOOST_TEST(refusal(*credential()).status == 403);
  BOOST_TEST(!unavailable);
}

BOOST_AUTO_TEST_CASE(the_probe_asks_once_without_the_header) {
  transport->reply(400, {}, test::imds_alive)
      .reply(200, {}, test::good_token)
      .reply(200, {}, test::good_token);
  const auto made = credential(true);
  BOOST_TEST(ask(*made).token == "t");
  ask(*made);
  BOOST_TEST(requests() == 3u);
  BOOST_TEST(!sent(0).headers.has("Metadata"));
  BOOST_TEST(sent(0).url ==
             "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01");
  BOOST_TEST(sent(1).headers.has("Metadata"));
}

BOOST_AUTO_TEST_CASE(a_probe_without_an_answer_ends_it_at_once) {
  transport->fail(false);
  BOOST_TEST(refusal(*credential(true)).message ==
             "no instance metadata service answers at http://169.254.169.254 (connection reset)");
  BOOST_TEST(unavailable);
  BOOST_TEST(requests() == 1u);
  BOOST_TEST((clock.slept() == 0s));
}

BOOST_AUTO_TEST_CASE(a_probe_waits_for_a_second_and_not_for_the_callers_deadline) {
  std::optional<Clock::SteadyTime> limit;
  struct Silent final : http::Transport {
    std::optional<Clock::SteadyTime>* seen = nullptr;
    http::Response send(const http::Request&, const Context& given) override {
      *seen = given.deadline;
      throw CancelledError({.message = "the deadline has passed"});
    }
  };
  const auto silent = std::make_shared<Silent>();
  silent->seen = &limit;
  const auto made = make_managed_identity_credential({.probe = true, .arc_agent = ""}, lookup(),
                                                     {.transport = silent, .random = &random});
  context.deadline = clock.steady_now() + 1h;
  BOOST_TEST(
      refusal(*made).message ==
      "no instance metadata service answers at http://169.254.169.254 (no answer within 1 s)");
  BOOST_TEST((limit == clock.steady_now() + 1s));
  // When it is the caller's own end, it is no matter of the service.
  context.deadline = clock.steady_now();
  BOOST_CHECK_THROW(ask(*made), CancelledError);
}

BOOST_AUTO_TEST_SUITE_END()
