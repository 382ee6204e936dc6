#include "akv/emulator/token_service.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/fake_clock.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <map>
#include <set>
#include <stdexcept>

using namespace akv;
using namespace akv::emulator;
using namespace std::chrono_literals;
using json::Document;

namespace {

const std::string tenant = "1b2c0000-0000-4000-8000-00000000000a";
const std::string client_id = "3d4e0000-0000-4000-8000-000000000009";
const std::string object_id = "5f600000-0000-4000-8000-000000000007";
const std::string secret = "s3cret+with/odd=characters&more";
const std::string arm_scope = "https://management.azure.com/.default";

// Making an RSA key takes a while; one does for all tests.
const std::string& signing_key() {
  static const auto* key = new std::string(TokenService::new_signing_key());
  return *key;
}

struct TokenFixture {
  TokenService service{signing_key(), {{tenant, client_id, secret, object_id, "administrator"}}};
  test::FakeClock clock;
  SeededRandom random{1};

  using Form = std::map<std::string, std::string>;
  const Form good = {{"grant_type", "client_credentials"},
                     {"client_id", client_id},
                     {"client_secret", secret},
                     {"scope", arm_scope}};

  static std::string encode(const Form& form) {
    std::string body;
    for (const auto& [name, value] : form)
      body += (body.empty() ? "" : "&") + name + '=' + http::percent_encode(value);
    return body;
  }
  http::Response post(const std::string& path, const std::string& body,
                      const std::string& type = "application/x-www-form-urlencoded") {
    return service.handle({.method = http::Method::post,
                           .url = "https://localhost:8443" + path,
                           .headers = {{"Content-Type", type}},
                           .body = body},
                          clock.now(), random);
  }
  http::Response sign_in(const Form& form, const std::string& in = tenant) {
    return post('/' + in + "/oauth2/v2.0/token", encode(form));
  }
  http::Response get(const std::string& url) {
    return service.handle({.url = url}, clock.now(), random);
  }
  std::string token(const std::string& scope = arm_scope) {
    Form form = good;
    form["scope"] = scope;
    return std::string(Document::parse(sign_in(form).body)["access_token"].string_or());
  }
  auto authenticate(const std::string& authorization) {
    return service.authenticate({{"Authorization", authorization}}, clock.now());
  }
  // The code of the 401, or "" for a caller.
  std::string refusal(const std::string& authorization) {
    auto result = authenticate(authorization);
    if (std::holds_alternative<Caller>(result)) return "";
    const auto& response = std::get<http::Response>(result);
    BOOST_TEST(response.status == 401);
    BOOST_TEST(response.headers.has("WWW-Authenticate"));
    return std::string(Document::parse(response.body)["error"]["code"].string_or());
  }
  void expect_error(const http::Response& response, int status, const std::string& error,
                    int code) {
    auto body = Document::parse(response.body);
    BOOST_TEST(response.status == status);
    BOOST_TEST(body["error"].string_or() == error);
    BOOST_TEST(body["error_codes"].as_array().at(0).int_or(0) == code);
    BOOST_TEST(
        body["error_description"].string_or().starts_with("AADSTS" + std::to_string(code) + ": "));
    BOOST_TEST(is_uuid(body["trace_id"].string_or()));
    BOOST_TEST(is_uuid(body["correlation_id"].string_or()));
    BOOST_TEST(response.body.find(secret) == std::string::npos);
  }
};

// A token that somebody without our key could build.
std::string forge(const std::string& header, const std::string& claims,
                  const std::string& signature) {
  return base64url(header) + '.' + base64url(claims) + '.' + base64url(signature);
}
std::string claims_of(const std::string& token) {
  auto first = token.find('.'), last = token.rfind('.');
  return base64url_decode(token.substr(first + 1, last - first - 1)).value();
}
std::string header_of(const std::string& token) {
  return base64url_decode(token.substr(0, token.find('.'))).value();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tokens, TokenFixture)

BOOST_AUTO_TEST_CASE(a_good_secret_gets_a_token_with_the_claims_of_azure) {
  auto response = sign_in(good);
  BOOST_TEST(response.status == 200);
  auto body = Document::parse(response.body);
  BOOST_TEST(body["token_type"].string_or() == "Bearer");
  BOOST_TEST(body["expires_in"].int_or(0) == 3599);
  BOOST_TEST(body["ext_expires_in"].int_or(0) == 3599);

  auto claims = Document::parse(claims_of(std::string(body["access_token"].string_or())));
  std::int64_t now =
      std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
  BOOST_TEST(claims["aud"].string_or() == "https://management.azure.com");
  BOOST_TEST(claims["iss"].string_or() == "https://sts.windows.net/" + tenant + '/');
  BOOST_TEST(claims["iat"].int_or(0) == now);
  BOOST_TEST(claims["nbf"].int_or(0) == now);
  BOOST_TEST(claims["exp"].int_or(0) == now + 3599);
  BOOST_TEST(claims["oid"].string_or() == object_id);
  BOOST_TEST(claims["sub"].string_or() == object_id);
  BOOST_TEST(claims["appid"].string_or() == client_id);
  BOOST_TEST(claims["tid"].string_or() == tenant);
  BOOST_TEST(claims["ver"].string_or() == "1.0");
}

BOOST_AUTO_TEST_CASE(the_older_route_takes_a_resource_and_writes_numbers_as_texts) {
  Form form = good;
  form.erase("scope");
  form["resource"] = "https://management.core.windows.net/";
  auto response = post('/' + tenant + "/oauth2/token", encode(form));
  BOOST_TEST(response.status == 200);
  auto body = Document::parse(response.body);
  BOOST_TEST(body["expires_in"].string_or() == "3599");
  BOOST_TEST(body["expires_on"].is_string());
  BOOST_TEST(body["resource"].string_or() == "https://management.core.windows.net/");
  BOOST_TEST(refusal("Bearer " + std::string(body["access_token"].string_or())) == "");
}

BOOST_AUTO_TEST_CASE(the_resource_keeps_its_own_slash_as_the_command_line_client_expects) {
  auto claims = Document::parse(claims_of(token("https://management.core.windows.net//.default")));
  BOOST_TEST(claims["aud"].string_or() == "https://management.core.windows.net/");
}

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

BOOST_AUTO_TEST_CASE(tenant_client_and_scheme_compare_without_case) {
  Form form = good;
  form["client_id"] = "3D4E0000-0000-4000-8000-000000000009";
  auto body = Document::parse(sign_in(form, "1B2C0000-0000-4000-8000-00000000000A").body);
  BOOST_TEST(refusal("bearer " + std::string(body["access_token"].string_or())) == "");
}

BOOST_AUTO_TEST_CASE(a_wrong_secret_is_refused_with_the_code_that_clients_look_for) {
  for (std::string wrong : {secret + "x", secret.substr(1), std::string("x")}) {
    Form form = good;
    form["client_secret"] = wrong;
    expect_error(sign_in(form), 401, "invalid_client", 7000215);
  }
}

BOOST_AUTO_TEST_CASE(unknown_application_tenant_and_resource_are_told_apart) {
  Form form = good;
  form["client_id"] = "00000000-0000-4000-8000-000000000000";
  expect_error(sign_in(form), 400, "unauthorized_client", 700016);
  expect_error(sign_in(good, "00000000-0000-4000-8000-000000000000"), 400, "invalid_request",
               90002);
  expect_error(sign_in(good, "common"), 400, "invalid_request", 90002);
  form = good;
  form["scope"] = "https://example.org/.default";
  expect_error(sign_in(form), 400, "invalid_resource", 500011);
}

BOOST_AUTO_TEST_CASE(each_missing_field_is_named) {
  for (const char* name : {"grant_type", "client_id", "scope"}) {
    Form form = good;
    form.erase(name);
    auto response = sign_in(form);
    expect_error(response, 400, "invalid_request", 900144);
    BOOST_TEST(response.body.find('\'' + std::string(name) + '\'') != std::string::npos);
  }
  Form form = good;
  form.erase("client_secret");
  expect_error(sign_in(form), 401, "invalid_client", 7000216);
  form["client_assertion"] = "e30.e30.";
  expect_error(sign_in(form), 401, "invalid_client", 70021);
  // A body of another type is no form.
  expect_error(post('/' + tenant + "/oauth2/v2.0/token", encode(good), "application/json"), 400,
               "invalid_request", 900144);
}

BOOST_AUTO_TEST_CASE(other_grants_scopes_and_verbs_are_refused) {
  Form form = good;
  form["grant_type"] = "password";
  expect_error(sign_in(form), 400, "unsupported_grant_type", 70003);
  form = good;
  form["scope"] = "https://management.azure.com/user_impersonation";
  expect_error(sign_in(form), 400, "invalid_scope", 1002012);
  form["scope"] = "openid https://management.azure.com/.default";
  expect_error(sign_in(form), 400, "invalid_scope", 1002012);
  form = good;
  form["resource"] = "https://management.azure.com";
  expect_error(sign_in(form), 400, "invalid_request", 901002);
  auto response = get("https://localhost:8443/" + tenant + "/oauth2/v2.0/token");
  expect_error(response, 405, "invalid_request", 900561);
  BOOST_TEST(response.headers.get("Allow").value() == "POST");
}

BOOST_AUTO_TEST_CASE(a_parameter_that_is_there_twice_is_refused) {
  expect_error(post('/' + tenant + "/oauth2/v2.0/token", encode(good) + "&client_id=other"), 400,
               "invalid_request", 9000411);
}

BOOST_AUTO_TEST_CASE(a_form_is_read_up_to_its_caps_and_no_further) {
  std::string path = '/' + tenant + "/oauth2/v2.0/token";
  std::string body = encode(good);
  std::string padding = "&claims=";
  padding.append(TokenService::max_form - body.size() - padding.size(), 'x');
  BOOST_TEST(post(path, body + padding).status == 200);
  expect_error(post(path, body + padding + 'x'), 400, "invalid_request", 90013);

  std::string fields = body;
  for (std::size_t i = good.size(); i < TokenService::max_form_fields; ++i) fields += "&x=1";
  BOOST_TEST(post(path, fields).status == 200);
  expect_error(post(path, fields + "&x=1"), 400, "invalid_request", 90013);
}

BOOST_AUTO_TEST_CASE(a_correlation_id_is_the_clients_own_only_where_it_is_one) {
  http::Request request{.method = http::Method::post,
                        .url = "https://localhost/" + tenant + "/oauth2/v2.0/token",
                        .headers = {{"client-request-id", "0f0e0000-0000-4000-8000-00000000000d"}}};
  auto body = Document::parse(service.handle(request, clock.now(), random).body);
  BOOST_TEST(body["correlation_id"].string_or() == "0f0e0000-0000-4000-8000-00000000000d");
  BOOST_TEST(body["timestamp"].string_or() == "2026-11-22 10:00:00Z");
  request.headers.set("client-request-id", "<script>");
  BOOST_TEST(service.handle(request, clock.now(), random).body.find("<script>") ==
             std::string::npos);
}

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
    BOOST_TEST(service.owns({.url = std::string("https://localhost") + path}), path);
  for (const char* path : {"/", "//oauth2/token", "/subscriptions", "/t/oauth2/v2.0/authorize",
                           "/subscriptions/t/oauth2/token", "/oauth2/token"})
    BOOST_TEST(!service.owns({.url = std::string("https://localhost") + path}), path);
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

BOOST_AUTO_TEST_CASE(a_request_without_a_token_is_told_where_to_get_one) {
  auto result = service.authenticate({{"Host", "localhost:8443"}}, clock.now());
  const auto& response = std::get<http::Response>(result);
  BOOST_TEST(response.status == 401);
  BOOST_TEST(Document::parse(response.body)["error"]["code"].string_or() == "AuthenticationFailed");
  BOOST_TEST(response.headers.get("WWW-Authenticate")
                 .value()
                 .starts_with("Bearer authorization_uri=\"https://localhost:8443/" + tenant + '"'));
  BOOST_TEST(response.headers.get("x-ms-failure-cause").value() == "gateway");
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

BOOST_AUTO_TEST_CASE(secrets_are_long_plain_and_never_the_same) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    auto made = TokenService::new_secret();
    BOOST_TEST(made.size() == 40U);
    BOOST_TEST(made.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789") == std::string::npos);
    BOOST_TEST(seen.insert(made).second);
  }
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
