/// A token service with one application, and the questions that its tests put to it.
#pragma once
#include "akv/emulator/token_service.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/fake_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <variant>

namespace akv::test {

struct TokenFixture {
  const std::string tenant = "1b2c0000-0000-4000-8000-00000000000a";
  const std::string client_id = "3d4e0000-0000-4000-8000-000000000009";
  const std::string object_id = "5f600000-0000-4000-8000-000000000007";
  const std::string secret = "s3cret+with/odd=characters&more";
  const std::string arm_scope = "https://management.azure.com/.default";

  /// Making an RSA key takes a while; one does for all tests.
  static const std::string& signing_key() {
    static const auto* key = new std::string(emulator::TokenService::new_signing_key());
    return *key;
  }

  emulator::TokenService service{signing_key(),
                                 {{tenant, client_id, secret, object_id, "administrator"}}};
  FakeClock clock;
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
  http::Response sign_in(const Form& form, const std::string& in) {
    return post('/' + in + "/oauth2/v2.0/token", encode(form));
  }
  http::Response sign_in(const Form& form) { return sign_in(form, tenant); }
  http::Response get(const std::string& url) {
    return service.handle({.url = url}, clock.now(), random);
  }
  std::string token(const std::string& scope) {
    Form form = good;
    form["scope"] = scope;
    return std::string(json::Document::parse(sign_in(form).body)["access_token"].string_or());
  }
  std::string token() { return token(arm_scope); }
  auto authenticate(const std::string& authorization) {
    return service.authenticate({{"Authorization", authorization}}, clock.now());
  }
  /// The code of the 401, or "" for a caller.
  std::string refusal(const std::string& authorization) {
    auto result = authenticate(authorization);
    if (std::holds_alternative<emulator::Caller>(result)) return "";
    const auto& response = std::get<http::Response>(result);
    BOOST_TEST(response.status == 401);
    BOOST_TEST(response.headers.has("WWW-Authenticate"));
    return std::string(json::Document::parse(response.body)["error"]["code"].string_or());
  }
  void expect_error(const http::Response& response, int status, const std::string& error,
                    int code) {
    auto body = json::Document::parse(response.body);
    BOOST_TEST(response.status == status);
    BOOST_TEST(body["error"].string_or() == error);
    BOOST_TEST(body["error_codes"].as_array().at(0).int_or(0) == code);
    BOOST_TEST(
        body["error_description"].string_or().starts_with("AADSTS" + std::to_string(code) + ": "));
    BOOST_TEST(is_uuid(body["trace_id"].string_or()));
    BOOST_TEST(is_uuid(body["correlation_id"].string_or()));
    BOOST_TEST(response.body.find(secret) == std::string::npos);
  }

  /// The parts of a token, as text.
  static std::string claims_of(const std::string& token) {
    auto first = token.find('.'), last = token.rfind('.');
    return emulator::base64url_decode(token.substr(first + 1, last - first - 1)).value();
  }
  static std::string header_of(const std::string& token) {
    return emulator::base64url_decode(token.substr(0, token.find('.'))).value();
  }
};

}  // namespace akv::test
