#include "emulator/token_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv;
using namespace akv::emulator;
using json::Document;
using test::TokenFixture;

BOOST_FIXTURE_TEST_SUITE(sign_in_discovery, TokenFixture)

BOOST_AUTO_TEST_CASE(discovery_points_at_the_host_that_was_asked) {
  auto body = Document::parse(
      get("https://127.0.0.1:9000/" + tenant + "/v2.0/.well-known/openid-configuration").body);
  std::string base = "https://127.0.0.1:9000/" + tenant;
  BOOST_TEST(body["token_endpoint"].string_or() == base + "/oauth2/v2.0/token");
  BOOST_TEST(body["authorization_endpoint"].string_or() == base + "/oauth2/v2.0/authorize");
  BOOST_TEST(body["jwks_uri"].string_or() == base + "/discovery/v2.0/keys");
  BOOST_TEST(body["issuer"].string_or() == base + "/v2.0");

  body = Document::parse(
      get("https://login.microsoftonline.com/" + tenant + "/.well-known/openid-configuration")
          .body);
  BOOST_TEST(body["token_endpoint"].string_or() ==
             "https://login.microsoftonline.com/" + tenant + "/oauth2/token");
  BOOST_TEST(body["issuer"].string_or() == "https://sts.windows.net/" + tenant + '/');
  BOOST_TEST(get("https://localhost/organizations/v2.0/.well-known/openid-configuration").status ==
             200);
  expect_error(get("https://localhost/nobody/v2.0/.well-known/openid-configuration"), 400,
               "invalid_request", 90002);
}

BOOST_AUTO_TEST_CASE(instance_discovery_answers_with_our_port_where_the_question_lost_it) {
  auto response =
      get("https://localhost:8443/common/discovery/instance?authorization_endpoint=https%3A%2F%2F"
          "localhost%2F" +
          tenant + "%2Foauth2%2Fv2.0%2Fauthorize&api-version=1.0");
  BOOST_TEST(response.status == 200);
  auto body = Document::parse(response.body);
  BOOST_TEST(body["tenant_discovery_endpoint"].string_or() ==
             "https://localhost:8443/" + tenant + "/v2.0/.well-known/openid-configuration");
  BOOST_TEST(body["metadata"].size() == 2U);
  BOOST_TEST(body["metadata"].as_array()[1]["preferred_network"].string_or() == "localhost:8443");
  for (const auto& entry : body["metadata"].as_array()) {
    BOOST_TEST(entry["preferred_cache"].is_string());
    BOOST_TEST(entry["aliases"].size() > 0U);
  }
  expect_error(get("https://localhost/common/discovery/instance"), 400, "invalid_request", 900144);
  expect_error(get("https://localhost/common/discovery/instance?authorization_endpoint="
                   "https%3A%2F%2Flocalhost%2F%22%3E%2Fx"),
               400, "invalid_instance", 50049);
}

BOOST_AUTO_TEST_CASE(only_the_sign_in_routes_are_owned) {
  for (const char* path :
       {"/t/oauth2/v2.0/token", "/t/oauth2/token", "/T/OAuth2/Token", "/t/discovery/v2.0/keys",
        "/t/v2.0/.well-known/openid-configuration", "/common/discovery/instance?x=y"})
    BOOST_TEST(service.owns(*http::Url::parse(std::string("https://localhost") + path)), path);
  for (const char* path : {"/", "//oauth2/token", "/subscriptions", "/t/oauth2/v2.0/authorize",
                           "/subscriptions/t/oauth2/token", "/oauth2/token"})
    BOOST_TEST(!service.owns(*http::Url::parse(std::string("https://localhost") + path)), path);
}

BOOST_AUTO_TEST_CASE(the_key_set_is_what_verifies_our_tokens) {
  auto body = Document::parse(get("https://localhost/" + tenant + "/discovery/v2.0/keys").body);
  const auto& key = body["keys"].as_array().at(0);
  auto header = Document::parse(header_of(token()));
  BOOST_TEST(header["alg"].string_or() == "RS256");
  BOOST_TEST(header["kid"].string_or() == key["kid"].string_or());
  BOOST_TEST(key["kty"].string_or() == "RSA");
  BOOST_TEST(base64url_decode(key["n"].string_or()).value().size() == 256U);
  BOOST_TEST(key["e"].string_or() == "AQAB");
  BOOST_TEST(!key.find("d"));
}

BOOST_AUTO_TEST_SUITE_END()
