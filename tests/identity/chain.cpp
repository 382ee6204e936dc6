#include "support/sign_in.hpp"

#include <atomic>
#include <latch>
#include <thread>

using namespace akv;
using namespace akv::identity;

namespace {

/// Does what it is told, and counts.
class Scripted final : public TokenCredential {
 public:
  Scripted(std::string name, std::function<void()> failure)
      : name_(std::move(name)), failure_(std::move(failure)) {}
  AccessToken get_token(const TokenRequest&, const Context& context) override {
    ++asked;
    if (failure_) failure_();
    return {.token = name_, .expires_on = context.clock->now() + std::chrono::hours(1)};
  }
  std::string describe() const override { return name_; }
  std::atomic<int> asked{0};

 private:
  const std::string name_;
  const std::function<void()> failure_;
};

std::shared_ptr<Scripted> good(const std::string& name) {
  return std::make_shared<Scripted>(name, nullptr);
}
std::shared_ptr<Scripted> absent(const std::string& name) {
  return std::make_shared<Scripted>(
      name, [] { throw CredentialUnavailableError({.message = "not here"}); });
}
std::shared_ptr<Scripted> refusing(const std::string& name) {
  return std::make_shared<Scripted>(name, [] {
    throw AuthenticationError({.status = 401, .code = "AADSTS7", .message = "wrong; set it right"});
  });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(chain, test::SignIn)

BOOST_AUTO_TEST_CASE(the_first_available_one_serves_and_is_remembered) {
  const auto one = absent("one");
  const auto two = good("two"), three = good("three");
  const auto made = make_chained_credential({one, two, three});
  BOOST_TEST(made->describe() == "the first that is available of: one, two, three");
  BOOST_TEST(ask(*made).token == "two");
  BOOST_TEST(ask(*made).token == "two");
  BOOST_TEST(one->asked == 1);
  BOOST_TEST(two->asked == 2);
  BOOST_TEST(three->asked == 0);
  BOOST_TEST(made->describe() == "two");
}

BOOST_AUTO_TEST_CASE(a_refusal_ends_it_and_names_those_before) {
  const auto last = good("last");
  const auto made =
      make_chained_credential({absent("one"), absent("two"), refusing("three"), last});
  const ErrorInfo info = refusal(*made);
  BOOST_TEST(info.message ==
             "wrong (passed over before it: one: not here; two: not here); set it right");
  BOOST_TEST(info.code == "AADSTS7");
  BOOST_TEST(info.status == 401);
  BOOST_TEST(!unavailable);
  BOOST_TEST(last->asked == 0);
  BOOST_TEST(refusal(*make_chained_credential({refusing("one")})).message == "wrong; set it right");
}

BOOST_AUTO_TEST_CASE(where_none_is_available_each_says_why) {
  const auto made = make_chained_credential({absent("one"), absent("two")});
  BOOST_TEST(refusal(*made).message ==
             "no credential to sign in with (one: not here; two: not here); make one of them "
             "available, or put another one into the chain");
  BOOST_TEST(unavailable);
  BOOST_TEST(refusal(*make_chained_credential({}))
                 .message.starts_with("no credential to sign in with (); "));
  BOOST_TEST(make_chained_credential({})->describe() == "no credential");
}

BOOST_AUTO_TEST_CASE(a_chain_in_a_chain_is_passed_over) {
  const auto made = make_chained_credential({make_chained_credential({absent("in")}), good("out")});
  BOOST_TEST(ask(*made).token == "out");
}

BOOST_AUTO_TEST_CASE(other_errors_end_it_as_they_are) {
  const auto cancelled = std::make_shared<Scripted>(
      "one", [] { throw CancelledError({.message = "the deadline has passed"}); });
  const auto next = good("two");
  BOOST_CHECK_THROW(ask(*make_chained_credential({cancelled, next})), CancelledError);
  BOOST_TEST(next->asked == 0);
}

BOOST_AUTO_TEST_CASE(eight_threads_may_ask_at_once) {
  const auto one = absent("one");
  const auto two = good("two");
  const auto made = make_chained_credential({one, two});
  std::latch ready(8);
  std::atomic<int> served{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      ready.arrive_and_wait();
      served += made->get_token({.scopes = {"s"}}, context).token == "two" ? 1 : 0;
    });
  threads.clear();
  BOOST_TEST(served == 8);
  BOOST_TEST(two->asked == 8);
}

BOOST_AUTO_TEST_CASE(a_silent_request_does_not_choose_another_than_the_person) {
  struct Person final : TokenCredential {
    AccessToken get_token(const TokenRequest&, const Context&) override {
      throw InteractionRequiredError({.message = "not alone"});
    }
    std::string describe() const override { return "a person"; }
  };
  const auto last = good("last");
  const auto made = make_chained_credential({std::make_shared<Person>(), last});
  BOOST_TEST(refusal(*made, {.scopes = {"s"}, .silent = true}).message == "not alone");
  BOOST_TEST(last->asked == 0);
}

BOOST_AUTO_TEST_CASE(a_silent_request_does_not_go_past_a_sign_in_that_is_under_way) {
  const auto busy = absent("busy");
  const auto last = good("last");
  const auto made = make_chained_credential({busy, last});
  BOOST_TEST(refusal(*made, {.scopes = {"s"}, .silent = true}).message == "not here");
  BOOST_TEST(last->asked == 0);
  BOOST_TEST(made->get_token({.scopes = {"s"}}, {}).token == "last");
}

BOOST_AUTO_TEST_CASE(whom_it_passed_over_can_be_asked_for_afterwards) {
  const auto made = make_cached_credential(
      make_chained_credential({absent("one"), absent("two"), good("three"), good("four")}));
  BOOST_TEST(made->passed_over().empty());
  ask(*made);
  const std::vector<PassedOver> list = made->passed_over();
  BOOST_REQUIRE(list.size() == 2u);
  BOOST_TEST(list[0].name == "one");
  BOOST_TEST(list[1].name == "two");
  BOOST_TEST(list[1].reason == "not here");
  BOOST_TEST(make_static_credential("t", {})->passed_over().empty());
}

BOOST_AUTO_TEST_SUITE_END()
