#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/auth_policy.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <map>
#include <thread>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

/// Gives `token-1`, `token-2`, … with the life it is told, or fails as told.
class ScriptedCredential final : public TokenCredential {
 public:
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    std::unique_lock lock(mutex_);
    ++asked;
    last = request;
    arrived_.notify_all();
    released_.wait(lock, [this] { return !held_; });
    deadline = context.deadline;
    if (failure) failure();
    const auto now = context.clock->now();
    return {.token = fixed.empty() ? "token-" + std::to_string(asked) : fixed,
            .expires_on = now + life,
            .refresh_on = now + refresh};
  }
  std::string describe() const override { return "scripted"; }

  void hold() {
    std::lock_guard lock(mutex_);
    held_ = true;
  }
  void release() {
    std::lock_guard lock(mutex_);
    held_ = false;
    released_.notify_all();
  }
  void wait_until_asked(int times) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return asked >= times; });
  }

  // Set while nobody asks; `asked` and `last` are read after those who asked are done.
  std::chrono::seconds life{3600}, refresh{3000};
  std::function<void()> failure;
  std::optional<Clock::SteadyTime> deadline;
  std::string fixed;
  int asked = 0;
  TokenRequest last;

 private:
  std::mutex mutex_;  // guards held_, asked and last
  std::condition_variable arrived_, released_;
  bool held_ = false;
};

constexpr const char* scope = "https://management.azure.com/.default";

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  std::shared_ptr<ScriptedCredential> credential = std::make_shared<ScriptedCredential>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  http::Pipeline pipeline{policies(), transport};

  std::vector<std::unique_ptr<http::Policy>> policies() {
    std::vector<std::unique_ptr<http::Policy>> list;
    list.push_back(make_auth_policy(credential, scope));
    return list;
  }
  http::Response send(std::string url = "https://h/x") {
    return pipeline.send({.url = std::move(url)}, context);
  }
  std::string token_sent(std::size_t i) const {
    return std::string(transport->requests().at(i).headers.get("Authorization").value());
  }
};

[[noreturn]] void refuse() {
  throw AuthenticationError({.code = "AADSTS7000222", .message = "expired"});
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth, Fixture)

BOOST_AUTO_TEST_CASE(one_token_serves_many_requests) {
  transport->reply(200).reply(200);
  send();
  send();
  BOOST_TEST(token_sent(0) == "Bearer token-1");
  BOOST_TEST(token_sent(1) == "Bearer token-1");
  BOOST_TEST(credential->asked == 1);
  BOOST_TEST(credential->last.scopes == std::vector<std::string>{scope});
  BOOST_TEST(credential->last.claims.empty());
  BOOST_TEST(credential->last.enable_cae);
}

BOOST_AUTO_TEST_CASE(a_token_goes_over_https_only) {
  for (const char* const url : {"http://h/x", "http://127.0.0.1/x", "nonsense"})
    BOOST_CHECK_EXCEPTION(send(url), AuthenticationError, [](const AuthenticationError& error) {
      return std::string(error.what()).starts_with("a token is sent over https only, and not to ");
    });
  BOOST_TEST(credential->asked == 0);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(refreshes_ahead_of_the_end) {
  transport->reply(200).reply(200).reply(200);
  send();
  clock.advance(2999s);
  send();
  BOOST_TEST(credential->asked == 1);
  clock.advance(1s);
  send();
  BOOST_TEST(token_sent(2) == "Bearer token-2");
}

BOOST_AUTO_TEST_CASE(the_old_token_survives_a_failed_refresh_and_the_service_is_left_in_peace) {
  transport->reply(200).reply(200).reply(200).reply(200);
  send();
  clock.advance(3100s);
  credential->failure = refuse;
  send();
  send();
  BOOST_TEST(token_sent(2) == "Bearer token-1");
  BOOST_TEST(credential->asked == 2);
  clock.advance(30s);
  credential->failure = nullptr;
  send();
  BOOST_TEST(token_sent(3) == "Bearer token-3");
}

BOOST_AUTO_TEST_CASE(a_refresh_that_hangs_does_not_use_up_the_callers_time) {
  transport->reply(200).reply(200);
  send();
  clock.advance(3100s);
  credential->failure = [] { throw CancelledError({.message = "the deadline has passed"}); };
  send();
  BOOST_REQUIRE(credential->deadline);
  BOOST_TEST((*credential->deadline - clock.steady_now() == 10s));
  BOOST_TEST(token_sent(1) == "Bearer token-1");
}

BOOST_AUTO_TEST_CASE(the_old_token_does_not_survive_its_end) {
  transport->reply(200);
  send();
  clock.advance(3600s);
  credential->failure = refuse;
  BOOST_CHECK_THROW(send(), AuthenticationError);
  BOOST_TEST(transport->requests().size() == 1u);
  credential->failure = nullptr;
  transport->reply(200);
  send();
  BOOST_TEST(token_sent(1) == "Bearer token-3");
}

BOOST_AUTO_TEST_CASE(one_renewal_after_a_401) {
  transport->reply(401).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(token_sent(1) == "Bearer token-2");
  transport->reply(401).reply(401, {}, "still not");
  BOOST_TEST(send().body == "still not");
  BOOST_TEST(credential->asked == 3);
}

BOOST_AUTO_TEST_CASE(a_403_is_no_matter_of_the_token) {
  transport->reply(403);
  BOOST_TEST(send().status == 403);
  BOOST_TEST(credential->asked == 1);
}

BOOST_AUTO_TEST_CASE(the_claims_of_a_challenge_go_to_the_token_service) {
  // {"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}
  const std::string claims =
      "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ==";
  transport
      ->reply(401, {{"www-authenticate",
                     "Bearer realm=\"\", authorization_uri=\"https://login/x\", "
                     "error=\"insufficient_claims\", Claims=\"" +
                         claims + "\""}})
      .reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(credential->last.claims ==
             R"({"access_token":{"nbf":{"essential":true,"value":"1604106651"}}})");
}

BOOST_AUTO_TEST_CASE(a_challenge_that_cannot_be_read_asks_for_no_claims) {
  for (const std::string& challenge :
       {std::string("Bearer claims=\"not base64!\""), std::string("Bearer claims=\"eyJ9"),
        std::string("Bearer other_claims=\"eyJ9\""), std::string("Bearer claims=\"AAAA\""),
        "Bearer claims=\"" + std::string(8193, 'e') + "\""}) {
    transport->reply(401, {{"WWW-Authenticate", challenge}}).reply(200);
    BOOST_TEST(send().status == 200);
    BOOST_TEST(credential->last.claims == "");
  }
}

BOOST_AUTO_TEST_CASE(the_longest_claims_are_taken) {
  std::string claims = "eyAg";  // "{  "
  while (claims.size() < 8192) claims += "ICAg";
  transport->reply(401, {{"WWW-Authenticate", "Bearer claims=\"" + claims + "\""}}).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(credential->last.claims.size() == 6144u);
}

BOOST_AUTO_TEST_CASE(a_token_of_another_tenant_is_not_renewed) {
  transport->reply(401, {}, R"({"error":{"code":"InvalidAuthenticationTokenTenant"}})");
  BOOST_TEST(send().status == 401);
  BOOST_TEST(credential->asked == 1);
}

BOOST_AUTO_TEST_CASE(a_renewal_that_gives_the_same_token_is_not_sent_again) {
  credential->fixed = "always";
  transport->reply(401);
  BOOST_TEST(send().status == 401);
  BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_renewal_that_fails_says_why) {
  transport->then([&](const http::Request&) {
    credential->failure = refuse;
    return http::Response{.status = 401};
  });
  BOOST_CHECK_EXCEPTION(send(), AuthenticationError, [](const AuthenticationError& error) {
    return error.info().code == "AADSTS7000222";
  });
}

BOOST_AUTO_TEST_CASE(sixteen_threads_share_one_fetch) {
  credential->hold();
  for (int i = 0; i < 16; ++i) transport->reply(200);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) threads.emplace_back([this] { send(); });
  credential->wait_until_asked(1);
  credential->release();
  threads.clear();
  BOOST_TEST(credential->asked == 1);
  for (std::size_t i = 0; i < 16; ++i) BOOST_TEST(token_sent(i) == "Bearer token-1");
}

BOOST_AUTO_TEST_CASE(the_old_token_serves_all_others_while_one_thread_refreshes) {
  transport->reply(200);
  send();
  clock.advance(3100s);
  credential->hold();
  for (int i = 0; i < 4; ++i) transport->reply(200);
  std::jthread refresher([this] { send(); });
  credential->wait_until_asked(2);
  for (int i = 0; i < 3; ++i) send();  // would hang if they waited
  BOOST_TEST(token_sent(3) == "Bearer token-1");
  credential->release();
  refresher.join();
  BOOST_TEST(token_sent(4) == "Bearer token-2");
  BOOST_TEST(credential->asked == 2);
}

BOOST_AUTO_TEST_CASE(threads_that_waited_for_a_failed_fetch_get_its_failure) {
  credential->hold();
  credential->failure = refuse;
  std::atomic<int> refused{0};
  std::vector<std::jthread> threads;
  threads.emplace_back([&] {
    try {
      send();
    } catch (const AuthenticationError&) {
      ++refused;
    }
  });
  credential->wait_until_asked(1);
  std::latch ready(8);
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      ready.count_down();
      try {
        send();
      } catch (const AuthenticationError& error) {
        if (error.info().code == "AADSTS7000222") ++refused;
      }
    });
  ready.wait();
  credential->release();
  threads.clear();
  BOOST_TEST(refused == 9);
  // Those who came too late to wait asked for themselves; nobody asked twice.
  BOOST_TEST(credential->asked <= 9);
}

BOOST_AUTO_TEST_CASE(
    threads_that_waited_for_an_unavailable_credential_know_that_it_is_unavailable) {
  credential->hold();
  credential->failure = [] { throw CredentialUnavailableError({.message = "not here"}); };
  std::atomic<int> passed_over{0};
  std::latch ready(9);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 9; ++i)
    threads.emplace_back([&] {
      ready.count_down();
      try {
        send();
      } catch (const CredentialUnavailableError&) {
        ++passed_over;
      } catch (const AuthenticationError&) {
        // Counted by its absence.
      }
    });
  ready.wait();
  credential->wait_until_asked(1);
  credential->release();
  threads.clear();
  BOOST_TEST(passed_over == 9);
}

BOOST_AUTO_TEST_CASE(a_401_on_sixteen_threads_renews_once) {
  transport->reply(200);
  send();
  std::latch all_rejected(16);
  for (int i = 0; i < 16; ++i)
    transport->then([&](const http::Request&) {
      all_rejected.arrive_and_wait();
      return http::Response{.status = 401};
    });
  for (int i = 0; i < 16; ++i) transport->reply(200);
  std::atomic<int> served{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] { served += send().status == 200 ? 1 : 0; });
  threads.clear();
  BOOST_TEST(served == 16);
  BOOST_TEST(credential->asked == 2);
}

BOOST_AUTO_TEST_CASE(waiting_for_another_threads_fetch_ends_with_the_context) {
  credential->hold();
  transport->reply(200);
  std::jthread first([this] { send(); });
  credential->wait_until_asked(1);
  Context impatient{.deadline = system_clock().steady_now() + 20ms};
  BOOST_CHECK_EXCEPTION(pipeline.send({.url = "https://h/"}, impatient), CancelledError,
                        [](const CancelledError& error) {
                          return error.info().message ==
                                 "the deadline has passed while waiting for a token";
                        });
  std::stop_source source;
  Context stopped{.stop = source.get_token(), .clock = &clock};
  std::jthread stopper([&] { source.request_stop(); });
  BOOST_CHECK_THROW(pipeline.send({.url = "https://h/"}, stopped), CancelledError);
  credential->release();
}

BOOST_AUTO_TEST_CASE(a_fetch_that_was_cancelled_is_no_news_for_those_who_wait) {
  credential->hold();
  std::atomic<bool> cancelled{false};
  credential->failure = [&] {
    if (!cancelled.exchange(true)) throw CancelledError({.message = "the first caller gave up"});
  };
  transport->reply(200);
  std::jthread first([this] {
    try {
      send();
    } catch (const CancelledError&) {
      // Its own affair: token_sent(0) below is the second's.
    }
  });
  credential->wait_until_asked(1);
  std::jthread second([this] { send(); });
  credential->release();
  first.join();
  second.join();
  BOOST_TEST(token_sent(0) == "Bearer token-2");
}

BOOST_AUTO_TEST_CASE(other_exceptions_leave_the_cache_usable) {
  credential->failure = [] { throw std::bad_alloc(); };
  BOOST_CHECK_THROW(send(), std::bad_alloc);
  credential->failure = nullptr;
  transport->reply(200);
  BOOST_TEST(send().status == 200);
}

namespace {

/// Gives `TENANT-1`, `TENANT-2`, … for each tenant that it is asked for.
class ByTenant final : public TokenCredential {
 public:
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    const auto now = context.clock->now();
    last[request.tenant_id] = request;
    if (request.tenant_id == failing) refuse();
    return {.token = (request.tenant_id.empty() ? "own" : request.tenant_id) + "-" +
                     std::to_string(++asked[request.tenant_id]),
            .expires_on = now + 3600s,
            .refresh_on = now + 3000s};
  }
  std::string describe() const override { return "by tenant"; }

  std::map<std::string, int> asked;
  std::map<std::string, TokenRequest> last;
  std::string failing = "none";
};

struct AuxiliaryFixture : Fixture {
  std::shared_ptr<ByTenant> by_tenant = std::make_shared<ByTenant>();

  AuxiliaryFixture() {
    std::vector<std::unique_ptr<http::Policy>> list;
    list.push_back(make_auth_policy(by_tenant, scope, {"a", "b"}));
    pipeline = http::Pipeline(std::move(list), transport);
  }
  std::string others_sent(std::size_t i) const {
    return std::string(
        transport->requests().at(i).headers.get("x-ms-authorization-auxiliary").value_or("none"));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(tokens_of_other_tenants_go_along, AuxiliaryFixture) {
  transport->reply(200).reply(200).reply(200);
  send();
  send();
  BOOST_TEST(token_sent(1) == "Bearer own-1");
  BOOST_TEST(others_sent(0) == "Bearer a-1, Bearer b-1");
  BOOST_TEST(others_sent(1) == "Bearer a-1, Bearer b-1");
  BOOST_TEST(by_tenant->last["b"].scopes == std::vector<std::string>{scope});
  BOOST_TEST(by_tenant->last["b"].enable_cae);
  clock.advance(3000s);
  send();
  BOOST_TEST(token_sent(2) == "Bearer own-2");
  BOOST_TEST(others_sent(2) == "Bearer a-2, Bearer b-2");
}

BOOST_FIXTURE_TEST_CASE(a_401_renews_the_tokens_of_other_tenants_too, AuxiliaryFixture) {
  transport->reply(401).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(token_sent(1) == "Bearer own-2");
  BOOST_TEST(others_sent(1) == "Bearer a-2, Bearer b-2");
  BOOST_TEST(by_tenant->last["a"].rejected == "a-1");
}

BOOST_FIXTURE_TEST_CASE(a_claims_challenge_is_about_the_first_token_only, AuxiliaryFixture) {
  transport->reply(401, {{"WWW-Authenticate", R"(Bearer claims="e30=")"}}).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(by_tenant->last[""].claims == "{}");
  BOOST_TEST(token_sent(1) == "Bearer own-2");
  BOOST_TEST(others_sent(1) == "Bearer a-1, Bearer b-1");
}

BOOST_FIXTURE_TEST_CASE(without_one_of_the_tokens_nothing_is_sent, AuxiliaryFixture) {
  by_tenant->failing = "b";
  BOOST_CHECK_THROW(send(), AuthenticationError);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(without_auxiliary_tenants_there_is_no_such_header) {
  transport->reply(200);
  send();
  BOOST_TEST(!transport->requests().at(0).headers.has("x-ms-authorization-auxiliary"));
}

BOOST_AUTO_TEST_CASE(a_function_gives_the_token_to_clients_of_other_services) {
  const auto token = make_bearer_token_provider(credential, "https://vault.azure.net/.default");
  BOOST_TEST(token(context) == "token-1");
  const auto copy = token;
  BOOST_TEST(copy(context) == "token-1");
  BOOST_TEST(credential->last.scopes ==
             std::vector<std::string>{"https://vault.azure.net/.default"});
  // It cannot answer a challenge, and does not say that it could.
  BOOST_TEST(!credential->last.enable_cae);
  clock.advance(3000s);
  BOOST_TEST(copy(context) == "token-2");
  credential->failure = refuse;
  clock.advance(3600s);
  BOOST_CHECK_THROW(copy(context), AuthenticationError);
}

BOOST_AUTO_TEST_SUITE_END()
