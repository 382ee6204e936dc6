#include "akv/mgmt/core/redact.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

namespace akv::test {
namespace {

// Not a real token, but of its shape.
const std::string jwt = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwcyJ9.c2lnbmF0dXJl-_x";

bool hides(const std::string& text) {
  return akv::redact::text(text).find("hunter2") == std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redact)

BOOST_AUTO_TEST_CASE(only_headers_on_the_list_are_shown) {
  BOOST_TEST(akv::redact::header("Content-Type", "application/json") == "application/json");
  BOOST_TEST(akv::redact::header("X-MS-Request-Id", "6f1c") == "6f1c");
  BOOST_TEST(akv::redact::header("x-ms-ratelimit-remaining-subscription-reads", "11999") ==
             "11999");
  for (const std::string name : {"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie",
                                 "Location", "Azure-AsyncOperation", "X-Made-Up", ""})
    BOOST_TEST(akv::redact::header(name, "hunter2") == "REDACTED", name);
}

BOOST_AUTO_TEST_CASE(only_query_parameters_on_the_list_are_shown) {
  BOOST_TEST(akv::redact::url("https://management.azure.com/subscriptions/s?api-version=2026-02-01"
                              "&%24skiptoken=abc&$top=5&sig=x&API-VERSION=1&flag") ==
             "https://management.azure.com/subscriptions/s?api-version=2026-02-01"
             "&%24skiptoken=REDACTED&$top=5&sig=REDACTED&API-VERSION=1&flag");
  BOOST_TEST(akv::redact::url("/a?api-version=1;sig=hunter2") == "/a?api-version=1;sig=REDACTED");
  BOOST_TEST(akv::redact::url("/a?t=1&t=2&=3") == "/a?t=REDACTED&t=REDACTED&=REDACTED");
  BOOST_TEST(akv::redact::url("/a?") == "/a?");
  BOOST_TEST(akv::redact::url("/a?&x=?api-version=1") == "/a?&x=REDACTED");
}

BOOST_AUTO_TEST_CASE(user_information_and_fragments_of_urls_go) {
  BOOST_TEST(akv::redact::url("https://me:hunter2@host/p@q?x=1#access_token=hunter2") ==
             "https://host/p@q?x=REDACTED");
  BOOST_TEST(akv::redact::url("https://host/p#access_token=hunter2") == "https://host/p");
  BOOST_TEST(akv::redact::url("//me@host") == "//host");
  BOOST_TEST(akv::redact::url("https://a@b@host:8443") == "https://host:8443");
  BOOST_TEST(akv::redact::url("/path//a@b") == "/path//a@b");
  BOOST_TEST(akv::redact::url("https://host?u=me@x") == "https://host?u=REDACTED");
  BOOST_TEST(akv::redact::url("") == "");
}

BOOST_AUTO_TEST_CASE(ordinary_text_is_left_alone) {
  for (const std::string text :
       {"", "The vault 'kv-1' was not found.", "value: expected string", "a value is missing",
        "The access token has expired", "Bearer token is missing",
        "the Bearer authentication scheme", "Basic SKU", "eyJ",
        "$.value[3].tags: expected string, found number at byte 31",
        "secret=", "token:", "password", R"({"code":"Conflict","message":"busy"})",
        "Bearer authorization_uri=\"https://login/x\""})
    BOOST_TEST(akv::redact::text(text) == text);
}

BOOST_AUTO_TEST_CASE(tokens_are_masked) {
  BOOST_TEST(akv::redact::text("Authorization: Bearer abc.def~1+/==, next") ==
             "Authorization: Bearer REDACTED, next");
  BOOST_TEST(akv::redact::text("bearer  hunter2") == "bearer  REDACTED");
  BOOST_TEST(akv::redact::text("Authorization: Basic dXNlcjpodW50ZXIy") ==
             "Authorization: Basic REDACTED");
  BOOST_TEST(akv::redact::text("got " + jwt + ".") == "got REDACTED");
  BOOST_TEST(akv::redact::text("(" + jwt + ") and eyJhbGciOiJSUzI1NiJ9") ==
             "(REDACTED) and REDACTED");
}

BOOST_AUTO_TEST_CASE(values_of_secret_members_are_masked_in_json) {
  BOOST_TEST(akv::redact::text(R"({"client_secret":"a\"b","x":1,"Value" : "v","id":"y"})") ==
             R"({"client_secret":"REDACTED","x":1,"Value" : "REDACTED","id":"y"})");
  BOOST_TEST(akv::redact::text(R"({"access_token":123,"a":[{"refreshToken":null}]})") ==
             R"({"access_token":REDACTED,"a":[{"refreshToken":REDACTED}]})");
  BOOST_TEST(akv::redact::text(R"({"value":{"a":["}"],"b":{}},"c":1})") ==
             R"({"value":REDACTED,"c":1})");
  BOOST_TEST(akv::redact::text(R"({'password': 'p'})") == R"({'password': 'REDACTED'})");
}

BOOST_AUTO_TEST_CASE(values_of_secret_members_are_masked_in_json_inside_json) {
  BOOST_TEST(akv::redact::text(R"({"body":"{\"password\":\"a\\\"b\",\"x\":1}"})") ==
             R"({"body":"{\"password\":\"REDACTED\",\"x\":1}"})");
  BOOST_TEST(akv::redact::text(R"("\\\"password\\\":\\\"p\\\",")") ==
             R"("\\\"password\\\":\\\"REDACTED\\\",")");
}

BOOST_AUTO_TEST_CASE(values_of_secret_members_are_masked_in_forms_and_connection_strings) {
  BOOST_TEST(akv::redact::text("grant_type=x&client_secret=a%20b&client_assertion=c&scope=y") ==
             "grant_type=x&client_secret=REDACTED&client_assertion=REDACTED&scope=y");
  BOOST_TEST(akv::redact::text("AccountName=n;AccountKey=abc/def==;EndpointSuffix=e") ==
             "AccountName=n;AccountKey=REDACTED;EndpointSuffix=e");
  BOOST_TEST(akv::redact::text("https://x/?sv=1&sig=ab%2Bc was refused") ==
             "https://x/?sv=1&sig=REDACTED was refused");
  BOOST_TEST(akv::redact::text("password = \"a b\" tail") == "password = \"REDACTED\" tail");
}

BOOST_AUTO_TEST_CASE(nothing_of_a_secret_passes_where_text_is_cut_off_or_odd) {
  for (const std::string text :
       {R"({"password":"hunter2)", R"({"password":"hunter2\)", R"({"password":"x\"hunter2"})",
        R"({"password":"x\\\"hunter2"})", R"({"value":["a",{"b":"hunter2)",
        R"({"value":[[["hunter2"]]]})", "DB_PASSWORD=hunter2", "--client-secret=hunter2",
        "Bearer hunter2", "id_token=hunter2&x", R"(\"value\":\"hunter2\")"})
    BOOST_TEST(hides(text), text);
}

BOOST_AUTO_TEST_CASE(long_text_is_read_once) {
  std::string text;
  for (int i = 0; i < 200'000; ++i)
    text += R"("value":[\"eyJ password=)";  // a square takes minutes
  BOOST_TEST(akv::redact::text(text).size() < text.size() + 20);
}

BOOST_AUTO_TEST_CASE(a_claims_challenge_that_a_person_has_to_pass_on_is_shown) {
  const std::string claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7fX19";
  for (const std::string& line : {"run az login --claims-challenge " + claims + " --scope s",
                                  "run Connect-AzAccount -ClaimsChallenge " + claims + "=="})
    BOOST_TEST(akv::redact::text(line) == line);
  BOOST_TEST(akv::redact::text("--claims-challenge " + claims + ".e30.c2ln") ==
             "--claims-challenge REDACTED");
  BOOST_TEST(akv::redact::text("claims-challenge " + claims) == "claims-challenge REDACTED");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
