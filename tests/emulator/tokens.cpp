// Which tokens pass.
#include "emulator/token_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>
#include <string>

using namespace akv;
using namespace akv::emulator;
using namespace std::chrono_literals;
using json::Document;
using test::TokenFixture;

namespace {

// A token that somebody without our key could build.
std::string forge(const std::string& header, const std::string& claims,
                  const std::string& signature) {
  return base64url(header) + '.' + base64url(claims) + '.' + base64url(signature);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tokens, TokenFixture)

BOOST_DATA_TEST_CASE_F(TokenFixture, every_spelling_of_arms_audience_is_accepted,
                       boost::unit_test::data::make({"https://management.azure.com/.default",
                                                     "https://management.azure.com//.default",
                                                     "https://management.core.windows.net/.default",
                                                     "https://management.core.windows.net//"
                                                     ".default"}),
                       scope) {
  auto result = authenticate("Bearer " + token(scope));
  BOOST_REQUIRE(std::holds_alternative<Caller>(result));
  const auto& caller = std::get<Caller>(result);
  BOOST_TEST(caller.object_id == object_id);
  BOOST_TEST(caller.app_id == client_id);
  BOOST_TEST(caller.tenant_id == tenant);
  BOOST_TEST(caller.name == "administrator");
}

BOOST_AUTO_TEST_CASE(a_request_without_a_token_is_told_where_to_get_one) {
  auto result = service.authenticate({{"Host", "localhost:8443"}}, clock.now());
  const auto& response = std::get<http::Response>(result);
  BOOST_TEST(response.status == 401);
  BOOST_TEST(Document::parse(response.body)["error"]["code"].string_or() == "AuthenticationFailed");
  BOOST_TEST(response.headers.get("WWW-Authenticate")
                 .value()
                 .starts_with("Bearer authorization_uri=\"https://localhost:8443/" + tenant + '"'));
  BOOST_TEST(response.headers.get("x-ms-failure-cause").value() == "gateway");
  // Azure's own resource managers do not sign in, and name the host that does.
  for (const auto& [host, sign_in] :
       {std::pair{"management.azure.com", "login.windows.net"},
        {"management.azure.com:443", "login.windows.net"},
        {"management.chinacloudapi.cn", "login.chinacloudapi.cn"},
        {"management.usgovcloudapi.net", "login.microsoftonline.us"}}) {
    result = service.authenticate({{"Host", host}}, clock.now());
    BOOST_TEST(std::get<http::Response>(result)
                   .headers.get("WWW-Authenticate")
                   .value()
                   .starts_with("Bearer authorization_uri=\"https://" + std::string(sign_in) + '/' +
                                tenant + '"'));
  }
  // A host that is none is not repeated.
  result = service.authenticate({{"Host", "a\" b=\"c"}}, clock.now());
  BOOST_TEST(std::get<http::Response>(result)
                 .headers.get("WWW-Authenticate")
                 .value()
                 .starts_with("Bearer authorization_uri=\"https://login.microsoftonline.com/"));
}

BOOST_AUTO_TEST_CASE(a_token_ends_on_the_second_and_begins_within_five_minutes) {
  auto authorization = "Bearer " + token();
  clock.advance(3598s);
  BOOST_TEST(refusal(authorization) == "");
  clock.advance(1s);
  BOOST_TEST(refusal(authorization) == "ExpiredAuthenticationToken");

  clock.advance(1h);
  authorization = "Bearer " + token();
  clock.advance(-300s);
  BOOST_TEST(refusal(authorization) == "");
  clock.advance(-1s);
  BOOST_TEST(refusal(authorization) == "InvalidAuthenticationToken");
}

BOOST_AUTO_TEST_CASE(a_token_for_something_else_is_refused) {
  BOOST_TEST(refusal("Bearer " + token("https://vault.azure.net/.default")) ==
             "InvalidAuthenticationToken");
}

BOOST_AUTO_TEST_CASE(a_token_of_a_removed_application_is_refused) {
  auto authorization = "Bearer " + token();
  TokenService other(signing_key(), {{tenant, object_id, secret, object_id, "other"}});
  BOOST_TEST(std::holds_alternative<http::Response>(
      other.authenticate({{"Authorization", authorization}}, clock.now())));
}

BOOST_AUTO_TEST_CASE(a_token_of_another_key_is_refused) {
  TokenService other(TokenService::new_signing_key(),
                     {{tenant, client_id, secret, object_id, "administrator"}});
  BOOST_TEST(std::holds_alternative<http::Response>(
      other.authenticate({{"Authorization", "Bearer " + token()}}, clock.now())));
}

BOOST_AUTO_TEST_CASE(a_token_that_passed_once_is_still_checked_for_time_and_every_byte) {
  auto first = token();
  BOOST_TEST(refusal("Bearer " + first) == "");
  for (int i = 0; i < 200; ++i) BOOST_TEST(refusal("Bearer " + token()) == "");
  BOOST_TEST(refusal("Bearer " + first) == "");
  BOOST_TEST(refusal("Bearer " + first + "A") == "InvalidAuthenticationToken");
  clock.advance(3599s);
  BOOST_TEST(refusal("Bearer " + first) == "ExpiredAuthenticationToken");
}

BOOST_AUTO_TEST_CASE(no_other_algorithm_passes) {
  std::string real = token();
  std::string claims = claims_of(real);
  auto kid = std::string(Document::parse(header_of(real))["kid"].string_or());
  auto header = [&](const std::string& algorithm) {
    return Document::object({{"typ", "JWT"}, {"alg", algorithm}, {"kid", kid}}).dump();
  };
  BOOST_TEST(refusal("Bearer " + forge(header("none"), claims, "")) ==
             "InvalidAuthenticationToken");
  // HS256 keyed with what everybody can fetch.
  std::string to_sign = base64url(header("HS256")) + '.' + base64url(claims);
  std::string key = SigningKey(signing_key()).public_jwk().dump();
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(to_sign.data()), to_sign.size(), mac, &size);
  BOOST_TEST(refusal("Bearer " + to_sign + '.' + base64url({reinterpret_cast<char*>(mac), size})) ==
             "InvalidAuthenticationToken");
  // The real signature under a header that asks for something we do not know.
  std::string signature = real.substr(real.rfind('.'));
  BOOST_TEST(refusal("Bearer " + base64url(header("RS512")) + '.' + base64url(claims) +
                     signature) == "InvalidAuthenticationToken");
}

BOOST_AUTO_TEST_CASE(every_changed_byte_is_noticed) {
  std::string real = token();
  for (std::size_t i = 0; i < real.size(); i += 7) {
    std::string changed = real;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    BOOST_TEST(refusal("Bearer " + changed) == "InvalidAuthenticationToken");
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_token_is_refused_without_a_fuss) {
  std::string real = token();
  for (std::string bad :
       {std::string("Bearer "), std::string("Bearer"), std::string("Basic dXNlcjpwdw=="),
        std::string("Bearer ."), std::string("Bearer .."), std::string("Bearer a.b"),
        std::string("Bearer a.b.c.d"), "Bearer " + real + "=", "Bearer " + real + ".",
        "Bearer " + real.substr(0, real.rfind('.') + 1), "Bearer \xff\xfe." + real,
        "Bearer " + forge("[]", "{}", "x"), "Bearer " + forge(std::string(100, '['), "{}", "x")})
    BOOST_TEST(refusal(bad) == "InvalidAuthenticationToken", bad);
}

BOOST_AUTO_TEST_CASE(a_token_is_read_up_to_16_kib) {
  SigningKey key(signing_key());
  auto claims = Document::parse(claims_of(token()));
  auto padded = [&](std::size_t padding) {
    auto copy = claims;
    copy.set("padding", std::string(padding, 'x'));
    return key.sign(copy);
  };
  // Base64 grows in steps: find the longest token that fits, then the next one.
  std::size_t padding = SigningKey::max_token / 2;
  while (padded(padding + 64).size() <= SigningKey::max_token) padding += 64;
  while (padded(padding + 1).size() <= SigningKey::max_token) ++padding;
  auto longest = padded(padding);
  BOOST_TEST(longest.size() >= SigningKey::max_token - 1);
  BOOST_TEST(refusal("Bearer " + longest) == "");
  BOOST_TEST(refusal("Bearer " + padded(padding + 1)) == "InvalidAuthenticationToken");
}

BOOST_AUTO_TEST_CASE(a_damaged_signing_key_is_named_and_not_shown) {
  auto says = [](const std::string& text) {
    return [=](const std::runtime_error& error) {
      return std::string(error.what()).find(text) != std::string::npos;
    };
  };
  BOOST_CHECK_EXCEPTION(TokenService("-----BEGIN nothing", {}), std::runtime_error,
                        says("the stored signing key is unreadable"));
  const std::string elliptic =
      "-----BEGIN PRIVATE KEY-----\n"
      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
      "-----END PRIVATE KEY-----\n";
  BOOST_CHECK_EXCEPTION(TokenService(elliptic, {}), std::runtime_error, says("not an RSA key"));
}

BOOST_AUTO_TEST_CASE(base64url_has_one_spelling_for_each_value) {
  for (std::string bytes : {"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe\xfd"})
    BOOST_TEST(base64url_decode(base64url(bytes)).value() == bytes);
  BOOST_TEST(base64url("foob") == "Zm9vYg");
  BOOST_TEST(base64url("\xff\xef") == "_-8");
  for (const char* bad : {"Zm9vYg==", "Zm9vYh", "Zm9v+g", "Zm9vY", "Z m9", "Zm9v\n"})
    BOOST_TEST(!base64url_decode(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
