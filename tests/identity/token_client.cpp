#include "akv/mgmt/identity/detail/token_client.hpp"

#include "support/sign_in.hpp"

using namespace akv;
using namespace akv::identity;
using identity::detail::TokenClient;

namespace {

struct Fixture : test::SignIn {
  std::string endpoint(const std::string& authority, const std::string& region,
                       TokenClient::Region may = TokenClient::Region::allowed) {
    CredentialOptions settings = options();
    settings.authority_host = authority;
    settings.regional_authority = region;
    const TokenClient client("t", "c", settings, may);
    client.tenant_of({});
    return client.endpoint("t", "token");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(token_client, Fixture)

BOOST_AUTO_TEST_CASE(only_allowed_tenants_are_asked) {
  CredentialOptions settings = options();
  settings.additionally_allowed_tenants = {"partner.example"};
  const auto credential = make_client_secret_credential("Own.example", "c", "s", settings);
  for (const char* const named : {"", "own.EXAMPLE", "Partner.example"}) {
    transport->reply(200, {}, test::good_token);
    BOOST_TEST(ask(*credential, {.scopes = {"s"}, .tenant_id = named}).token == "t");
  }
  BOOST_TEST(sent(1).url == "https://login.microsoftonline.com/Own.example/oauth2/v2.0/token");
  BOOST_TEST(sent(2).url == "https://login.microsoftonline.com/Partner.example/oauth2/v2.0/token");
  BOOST_TEST(refusal(*credential, {.scopes = {"s"}, .tenant_id = "other.example"}).message ==
             "application c is not to ask for tokens of tenant other.example; name that tenant, or "
             "*, in AZURE_ADDITIONALLY_ALLOWED_TENANTS");
  settings.additionally_allowed_tenants = {"*"};
  transport->reply(200, {}, test::good_token);
  ask(*make_client_secret_credential("t", "c", "s", settings),
      {.scopes = {"s"}, .tenant_id = "other.example"});
  BOOST_TEST(transport->requests().size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_region_has_its_own_host) {
  BOOST_TEST(endpoint("https://login.microsoftonline.com/", "WestEurope") ==
             "https://westeurope.login.microsoft.com/t/oauth2/v2.0/token");
  BOOST_TEST(endpoint("https://login.chinacloudapi.cn", "chinaeast2") ==
             "https://chinaeast2.login.chinacloudapi.cn/t/oauth2/v2.0/token");
  BOOST_TEST(endpoint("https://localhost:8443", "a") ==
             "https://a.localhost:8443/t/oauth2/v2.0/token");
  BOOST_TEST(endpoint("https://login.microsoftonline.com", "") ==
             "https://login.microsoftonline.com/t/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(users_are_not_signed_in_by_region) {
  BOOST_TEST(
      endpoint("https://login.microsoftonline.com", "westeurope", TokenClient::Region::none) ==
      "https://login.microsoftonline.com/t/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(a_region_that_would_lead_to_another_host_is_refused) {
  for (const std::string& region : {std::string("elsewhere.example/"), std::string("a.b"),
                                    std::string("a@b"), std::string(64, 'a')})
    BOOST_CHECK_EXCEPTION(endpoint("https://login.microsoftonline.com", region),
                          AuthenticationError, [](const AuthenticationError& error) {
                            return error.info().message ==
                                   "the region of the token service is no region's name; check "
                                   "AZURE_REGIONAL_AUTHORITY_NAME";
                          });
}

BOOST_AUTO_TEST_CASE(who_can_answer_challenges_says_so) {
  using identity::detail::claims_parameter;
  BOOST_TEST(claims_parameter({}) == "");
  BOOST_TEST(claims_parameter({.claims = R"({"a": 1})"}) == R"({"a": 1})");
  BOOST_TEST(claims_parameter({.enable_cae = true}) ==
             R"({"access_token":{"xms_cc":{"values":["CP1"]}}})");
  BOOST_TEST(claims_parameter(
                 {.claims = R"({"access_token":{"nbf":{"value":"1"}}})", .enable_cae = true}) ==
             R"({"access_token":{"nbf":{"value":"1"},"xms_cc":{"values":["CP1"]}}})");
  BOOST_TEST(
      claims_parameter({.claims = R"({"access_token":null,"id_token":{}})", .enable_cae = true}) ==
      R"({"access_token":{"xms_cc":{"values":["CP1"]}},"id_token":{}})");
  for (const char* const claims : {"[]", "nonsense", "7"})
    BOOST_CHECK_EXCEPTION(
        claims_parameter({.claims = claims, .enable_cae = true}), AuthenticationError,
        [](const AuthenticationError& error) {
          return error.info().message ==
                 "the claims to ask for are no JSON object; pass them on as the service gave them";
        });
}

BOOST_AUTO_TEST_CASE(a_password_in_the_authority_is_shown_to_nobody) {
  auto transport = std::make_shared<test::FakeTransport>();
  identity::CredentialOptions settings;
  settings.transport = transport;
  settings.authority_host = "https://user:hunter2@login.example";
  TokenClient client("t", "c", settings);
  BOOST_TEST(client.authority() == "https://login.example");
  transport->reply(400, {}, "{}");
  BOOST_CHECK_EXCEPTION(client.get({.type = "g", .fields = {}}, {}, {}), AuthenticationError,
                        [](const AuthenticationError& error) {
                          return std::string(error.what()).find("hunter2") == std::string::npos;
                        });
  settings.authority_host = "http://user:hunter2@login.example";
  BOOST_CHECK_EXCEPTION(TokenClient("t", "c", settings).tenant_of({}), AuthenticationError,
                        [](const AuthenticationError& error) {
                          return std::string(error.what()).find("hunter2") == std::string::npos;
                        });
}

BOOST_AUTO_TEST_SUITE_END()
