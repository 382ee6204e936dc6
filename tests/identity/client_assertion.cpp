#include "support/sign_in.hpp"

using namespace akv;
using namespace akv::identity;

BOOST_FIXTURE_TEST_SUITE(client_assertion, test::SignIn)

BOOST_AUTO_TEST_CASE(the_callback_is_asked_for_each_token) {
  int asked = 0;
  const auto credential = make_client_assertion_credential(
      "t", "c", [&](const Context&) { return "jwt-" + std::to_string(++asked) + "\n"; }, options());
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  BOOST_TEST(ask(*credential).token == "t");
  ask(*credential);
  BOOST_TEST(field("client_assertion") == "jwt-1");
  BOOST_TEST(field("client_assertion", 1) == "jwt-2");
  BOOST_TEST(field("client_assertion_type") ==
             "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  BOOST_TEST(field("grant_type") == "client_credentials");
  BOOST_TEST(credential->describe() == "client assertion of application c");
}

BOOST_AUTO_TEST_CASE(an_empty_assertion_is_not_sent) {
  for (const AssertionCallback& callback :
       {AssertionCallback(), AssertionCallback([](const Context&) { return " \n"; })})
    BOOST_TEST(refusal(*make_client_assertion_credential("t", "c", callback, options())).message ==
               "the client assertion is empty; give a signed JWT");
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(what_the_callback_throws_arrives) {
  const auto credential = make_client_assertion_credential(
      "t", "c",
      [](const Context&) -> std::string { throw ForbiddenError({.message = "no signing here"}); },
      options());
  BOOST_CHECK_THROW(ask(*credential), ForbiddenError);
}

BOOST_AUTO_TEST_CASE(a_federation_that_does_not_fit_has_a_remedy) {
  for (const int code : {70021, 700211, 700212, 700213}) {
    const std::string number = std::to_string(code);
    transport->reply(401, {},
                     R"({"error":"invalid_client","error_description":"AADSTS)" + number +
                         R"(: No matching federated identity record found.","error_codes":[)" +
                         number + "]}");
    const auto credential = make_client_assertion_credential(
        "t", "c", [](const Context&) { return std::string("jwt"); }, options());
    BOOST_TEST(refusal(*credential).message ==
               "application c trusts no federated credential like the one that was presented "
               "(AADSTS" +
                   number + "); compare issuer, subject and audience of its federated credentials");
  }
}

BOOST_AUTO_TEST_SUITE_END()
