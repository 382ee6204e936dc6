// What an application sends for a token, and what it gets.
#include "emulator/token_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace akv;
using namespace akv::emulator;
using json::Document;
using test::TokenFixture;

BOOST_FIXTURE_TEST_SUITE(token_requests, TokenFixture)

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

BOOST_AUTO_TEST_CASE(the_clients_id_of_a_request_comes_back) {
  const std::string id = "00000000-0000-4000-8000-0000000000aa";
  http::Request request{
      .method = http::Method::post,
      .url = "https://localhost/" + tenant + "/oauth2/v2.0/token",
      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"client-request-id", id}},
      .body = encode(good)};
  const auto answer = [&] { return service.handle(request, clock.now(), random); };
  BOOST_TEST(answer().status == 200);
  BOOST_TEST(answer().headers.get("client-request-id").value() == id);
  request.body = {};
  BOOST_TEST(answer().status == 400);
  BOOST_TEST(answer().headers.get("client-request-id").value() == id);
  request.headers.set("client-request-id", "no id");
  BOOST_TEST(!answer().headers.has("client-request-id"));
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

BOOST_AUTO_TEST_SUITE_END()
