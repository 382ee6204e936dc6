#include "support/client_certificate.hpp"
#include "support/sign_in.hpp"

using namespace akv;
using namespace akv::identity;

namespace {

struct Fixture : test::SignIn {
  OnBehalfOfOptions on_behalf_of{.tenant_id = "t", .client_id = "c", .user_assertion = "user-jwt"};
  std::shared_ptr<TokenCredential> credential() {
    return make_on_behalf_of_credential(on_behalf_of, options());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(on_behalf_of, Fixture)

BOOST_AUTO_TEST_CASE(the_users_token_is_exchanged_with_a_secret) {
  on_behalf_of.client_secret = "secret";
  transport->reply(200, {}, test::good_token);
  BOOST_TEST(ask(*credential()).token == "t");
  BOOST_TEST(field("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer");
  BOOST_TEST(field("assertion") == "user-jwt");
  BOOST_TEST(field("requested_token_use") == "on_behalf_of");
  BOOST_TEST(field("client_secret") == "secret");
  BOOST_TEST(credential()->describe() == "a user's token, on behalf of whom application c acts");
}

BOOST_AUTO_TEST_CASE(a_certificate_or_an_assertion_does_as_well) {
  on_behalf_of.certificate.content =
      test::client_key().key_pem() + test::client_key().certificate_pem();
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  ask(*credential());
  BOOST_TEST(field("client_assertion").starts_with("eyJ"));
  BOOST_TEST(field("assertion") == "user-jwt");
  on_behalf_of.certificate = {};
  on_behalf_of.assertion = [](const Context&) { return std::string("signed"); };
  ask(*credential());
  BOOST_TEST(field("client_assertion", 1) == "signed");
}

BOOST_AUTO_TEST_CASE(exactly_one_proof_is_needed) {
  const std::string message =
      "on behalf of a user, application c needs one proof of its own; give a secret, a certificate "
      "or an assertion, and only one of them";
  BOOST_TEST(refusal(*credential()).message == message);
  on_behalf_of.client_secret = "secret";
  on_behalf_of.certificate.path = "/absent";
  BOOST_TEST(refusal(*credential()).message == message);
  on_behalf_of.certificate = {};
  on_behalf_of.user_assertion.clear();
  BOOST_TEST(refusal(*credential()).message ==
             "the user's token is empty; pass on the one that came with the call");
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_shows_neither_token_nor_secret) {
  on_behalf_of.client_secret = "my-secret";
  transport->reply(400, {},
                   R"({"error":"invalid_grant","error_description":"AADSTS50013: user-jwt and )"
                   R"(my-secret","error_codes":[50013]})");
  BOOST_TEST(refusal(*credential()).message ==
             "https://login.microsoftonline.com refuses a token for application c: AADSTS50013: "
             "REDACTED and REDACTED");
}

BOOST_AUTO_TEST_SUITE_END()
