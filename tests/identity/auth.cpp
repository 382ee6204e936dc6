// The tokens on requests: when they are asked for, renewed and refused.
#include "akv/mgmt/identity/credentials.hpp"
#include "identity/auth_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;
using test::AuthFixture;
using test::refuse;
using test::scope;

BOOST_FIXTURE_TEST_SUITE(auth, AuthFixture)

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

BOOST_AUTO_TEST_CASE(other_exceptions_leave_the_cache_usable) {
  credential->failure = [] { throw std::bad_alloc(); };
  BOOST_CHECK_THROW(send(), std::bad_alloc);
  credential->failure = nullptr;
  transport->reply(200);
  BOOST_TEST(send().status == 200);
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
