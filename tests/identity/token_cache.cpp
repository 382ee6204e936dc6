#include "akv/mgmt/identity/detail/token_cache.hpp"

#include "support/sign_in.hpp"

#include <latch>
#include <stop_token>
#include <thread>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

class Counting final : public TokenCredential {
 public:
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    requests.push_back(request);
    if (needs_person && request.silent) throw InteractionRequiredError({.message = "not alone"});
    if (cancelling) context.check();
    if (failing) throw AuthenticationError({.message = "not now"});
    const auto now = context.clock->now();
    return {.token = "token-" + std::to_string(requests.size()),
            .expires_on = now + 1h,
            .refresh_on = now + 50min};
  }
  std::string describe() const override { return "counting"; }
  // Used by one thread.
  std::vector<TokenRequest> requests;
  bool failing = false, needs_person = false, cancelling = false;
};

struct Fixture : test::SignIn {
  std::shared_ptr<Counting> inner = std::make_shared<Counting>();
  std::shared_ptr<TokenCredential> cached = make_cached_credential(inner);
  std::string token(const TokenRequest& request) { return ask(*cached, request).token; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(token_cache, Fixture)

BOOST_AUTO_TEST_CASE(each_scope_tenant_and_capability_has_its_token) {
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  BOOST_TEST(token({.scopes = {"b"}}) == "token-2");
  BOOST_TEST(token({.scopes = {"a"}, .tenant_id = "t"}) == "token-3");
  BOOST_TEST(token({.scopes = {"a"}, .enable_cae = true}) == "token-4");
  BOOST_TEST(token({.scopes = {"a", "b"}}) == "token-5");
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  BOOST_TEST(token({.scopes = {"a"}, .tenant_id = "T"}) == "token-3");
  BOOST_TEST(token({.scopes = {"a"}, .enable_cae = true}) == "token-4");
  BOOST_TEST(inner->requests.size() == 5u);
  BOOST_TEST(inner->requests.at(2).tenant_id == "t");
  BOOST_TEST(inner->requests.at(3).enable_cae);
  BOOST_TEST(cached->describe() == "counting");
}

BOOST_AUTO_TEST_CASE(a_token_is_refreshed_ahead_of_its_end) {
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  clock.advance(51min);
  inner->failing = true;
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");  // the old one survives
  clock.advance(30s);
  inner->failing = false;
  BOOST_TEST(token({.scopes = {"a"}}) == "token-3");
}

BOOST_AUTO_TEST_CASE(claims_and_rejected_tokens_are_passed_on) {
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  BOOST_TEST(token({.scopes = {"a"}, .claims = "{}"}) == "token-2");
  BOOST_TEST(inner->requests.back().claims == "{}");
  BOOST_TEST(token({.scopes = {"a"}}) == "token-2");
  // Somebody else's token, of which another client was told already that it does not do.
  BOOST_TEST(token({.scopes = {"a"}, .rejected = "token-1"}) == "token-2");
  BOOST_TEST(token({.scopes = {"a"}, .rejected = "token-2"}) == "token-3");
  BOOST_TEST(inner->requests.back().rejected == "token-2");
}

BOOST_AUTO_TEST_CASE(the_one_that_was_not_used_for_longest_goes_when_there_are_64) {
  const auto scope = [](std::size_t i) { return TokenRequest{.scopes = {std::to_string(i)}}; };
  for (std::size_t i = 0; i < identity::detail::max_cached_tokens; ++i) token(scope(i));
  token(scope(0));  // in use
  BOOST_TEST(inner->requests.size() == 64u);
  token(scope(64));
  BOOST_TEST(inner->requests.size() == 65u);
  token(scope(0));
  BOOST_TEST(inner->requests.size() == 65u);
  token(scope(1));
  BOOST_TEST(inner->requests.size() == 66u);
}

BOOST_AUTO_TEST_CASE(only_a_refresh_ahead_of_time_is_silent) {
  token({.scopes = {"a"}});
  BOOST_TEST(!inner->requests.back().silent);
  clock.advance(51min);
  BOOST_TEST(token({.scopes = {"a"}}) == "token-2");
  BOOST_TEST(inner->requests.back().silent);
  clock.advance(2h);
  BOOST_TEST(token({.scopes = {"a"}}) == "token-3");
  BOOST_TEST(!inner->requests.back().silent);
}

BOOST_AUTO_TEST_CASE(a_person_is_not_asked_before_the_old_token_has_ended) {
  inner->needs_person = true;
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  clock.advance(51min);
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  BOOST_TEST(inner->requests.size() == 2u);
  clock.advance(8min);  // and nobody tries in vain
  BOOST_TEST(token({.scopes = {"a"}}) == "token-1");
  BOOST_TEST(inner->requests.size() == 2u);
  clock.advance(1min);
  BOOST_TEST(token({.scopes = {"a"}}) == "token-3");
}

BOOST_AUTO_TEST_CASE(a_silent_request_stays_silent_behind_a_cache) {
  inner->needs_person = true;
  BOOST_TEST(refusal(*cached, {.scopes = {"a"}, .silent = true}).message == "not alone");
  BOOST_TEST(unavailable);
  BOOST_TEST(token({.scopes = {"a"}}) == "token-2");
  BOOST_TEST(token({.scopes = {"a"}, .silent = true}) == "token-2");
}

// Clients keep a token of a credential that keeps one itself: the default credential.
BOOST_AUTO_TEST_CASE(a_cache_behind_a_cache_costs_no_request_and_no_word) {
  const auto one = make_cached_credential(cached), two = make_cached_credential(cached);
  const auto get = [&](const std::shared_ptr<TokenCredential>& client, TokenRequest request = {}) {
    request.scopes = {"a"};
    return ask(*client, request).token;
  };
  BOOST_TEST(get(one) == "token-1");
  BOOST_TEST(get(two) == "token-1");
  // A refresh that fails is tried once in half a minute, whoever asks, and the old one serves.
  clock.advance(51min);
  inner->failing = true;
  for (int i = 0; i < 3; ++i) BOOST_TEST(get(i % 2 == 0 ? one : two) == "token-1");
  BOOST_TEST(inner->requests.size() == 2u);
  BOOST_TEST(inner->requests.back().silent);
  clock.advance(30s);
  inner->failing = false;
  BOOST_TEST(get(one) == "token-3");
  BOOST_TEST(get(two) == "token-3");
  // A challenge reaches the credential, once; the other client gets what came of it.
  BOOST_TEST(get(one, {.claims = "{}", .rejected = "token-3"}) == "token-4");
  BOOST_TEST(inner->requests.back().claims == "{}");
  BOOST_TEST(get(two, {.claims = "{}", .rejected = "token-3"}) == "token-4");
  BOOST_TEST(inner->requests.size() == 4u);
  // What ends it keeps its type and its words.
  clock.advance(2h);
  inner->failing = true;
  BOOST_TEST(refusal(*one, {.scopes = {"a"}}).message == "not now");
  BOOST_TEST(!unavailable);
  std::stop_source stop;
  stop.request_stop();
  context.stop = stop.get_token();
  inner->cancelling = true;
  BOOST_CHECK_THROW(get(two), CancelledError);
}

BOOST_AUTO_TEST_CASE(a_silent_request_does_not_wait_for_a_person) {
  struct Slow final : TokenCredential {
    AccessToken get_token(const TokenRequest&, const Context& context) override {
      asked.count_down();
      answered.wait();
      return {.token = "t", .expires_on = context.clock->now() + 1h};
    }
    std::string describe() const override { return "slow"; }
    std::latch asked{1}, answered{1};
  };
  const auto slow = std::make_shared<Slow>();
  const auto shared = make_cached_credential(slow);
  std::jthread person([&] { ask(*shared, {.scopes = {"a"}}); });
  slow->asked.wait();
  BOOST_TEST(refusal(*shared, {.scopes = {"a"}, .silent = true}).message ==
             "another sign-in is under way, and nobody needs this token yet");
  slow->answered.count_down();
}

BOOST_AUTO_TEST_SUITE_END()
