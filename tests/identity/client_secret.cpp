#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

constexpr const char* tenant = "7e57d000-0000-4000-8000-000000000001";
constexpr const char* application = "3d4e0000-0000-4000-8000-000000000009";
constexpr const char* secret = "s3cr~t +&=/%";

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  SeededRandom random{3};
  std::string authority = "https://login.microsoftonline.com/";
  std::vector<std::string> allowed_tenants;

  std::shared_ptr<TokenCredential> credential() {
    return make_client_secret_credential(tenant, application, secret,
                                         {.authority_host = authority,
                                          .transport = transport,
                                          .random = &random,
                                          .additionally_allowed_tenants = allowed_tenants});
  }
  AccessToken ask(TokenRequest request = {.scopes = {"https://management.azure.com/.default"}}) {
    return credential()->get_token(request, context);
  }
  ErrorInfo refusal(TokenRequest request = {.scopes = {"s"}}) {
    try {
      ask(std::move(request));
    } catch (const AuthenticationError& error) {
      return error.info();
    }
    BOOST_FAIL("there was a token");
    return {};
  }
};

std::string entra_error(int code, const std::string& error) {
  return R"({"error":")" + error + R"(","error_description":"AADSTS)" + std::to_string(code) +
         R"(: Invalid client secret provided. s3cr~t +&=/% and s3cr~t%20%2B%26%3D%2F%25\r\n)" +
         R"(Trace ID: t","error_codes":[)" + std::to_string(code) +
         R"(],"timestamp":"2021-03-01 20:00:25Z","trace_id":"6f1f0000-0000-4000-8000-00000000000a",)" +
         R"("correlation_id":"c"})";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(client_secret, Fixture)

BOOST_AUTO_TEST_CASE(posts_the_form_that_the_token_endpoint_expects) {
  transport->reply(200, {},
                   R"({"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,)"
                   R"("access_token":"eyJ0.e.s"})");
  const auto now = clock.now();
  const AccessToken token = ask();
  BOOST_TEST(token.token == "eyJ0.e.s");
  BOOST_TEST((token.expires_on == now + 3599s));
  BOOST_TEST((token.refresh_on == now + 3299s));
  const http::Request sent = transport->requests().at(0);
  BOOST_TEST(http::to_string(sent.method) == "POST");
  BOOST_TEST(sent.url ==
             "https://login.microsoftonline.com/" + std::string(tenant) + "/oauth2/v2.0/token");
  BOOST_TEST(sent.headers.get("Content-Type").value() == "application/x-www-form-urlencoded");
  BOOST_TEST(sent.body ==
             "grant_type=client_credentials&client_id=3d4e0000-0000-4000-8000-000000000009"
             "&client_secret=s3cr~t%20%2B%26%3D%2F%25"
             "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
  BOOST_TEST(sent.headers.get("User-Agent").value().starts_with("akv/"));
}

BOOST_AUTO_TEST_CASE(a_request_may_name_another_tenant_and_claims) {
  transport->reply(200, {}, R"({"expires_in":60,"access_token":"t"})");
  allowed_tenants = {"contoso.example"};
  ask({.scopes = {"s"}, .tenant_id = "contoso.example", .claims = "{}"});
  BOOST_TEST(transport->requests().at(0).url ==
             "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  BOOST_TEST(transport->requests().at(0).body.ends_with("&scope=s&claims=%7B%7D"));
}

BOOST_AUTO_TEST_CASE(refresh_in_is_honoured_where_it_makes_sense) {
  const auto now = clock.now();
  const auto refresh_on = [&](const char* members) {
    transport->reply(200, {}, std::string(R"({"access_token":"t",)") + members + "}");
    return std::chrono::duration_cast<std::chrono::seconds>(ask().refresh_on - now).count();
  };
  BOOST_TEST(refresh_on(R"("expires_in":86399,"refresh_in":43199)") == 43199);
  BOOST_TEST(refresh_on(R"("expires_in":"86399","refresh_in":"43199")") == 43199);
  BOOST_TEST(refresh_on(R"("expires_in":3600,"refresh_in":3600)") == 3300);
  BOOST_TEST(refresh_on(R"("expires_in":3600,"refresh_in":-1)") == 3300);
  BOOST_TEST(refresh_on(R"("expires_in":60)") == 30);
  BOOST_TEST(refresh_on(R"("expires_in":99999999999999)") == 366 * 86400 - 300);
}

struct Known {
  int code;
  int status;
  const char* error;
  const char* message;
};
std::ostream& operator<<(std::ostream& out, const Known& known) { return out << known.code; }
constexpr Known known_errors[] = {
    {7000215, 401, "invalid_client",
     "the secret of application 3d4e0000-0000-4000-8000-000000000009 is wrong; set "
     "AZURE_CLIENT_SECRET to the secret's value, not to its id"},
    {7000222, 401, "invalid_client",
     "the secret of application 3d4e0000-0000-4000-8000-000000000009 has expired; make a new one "
     "and set AZURE_CLIENT_SECRET to its value"},
    {700016, 400, "unauthorized_client",
     "application 3d4e0000-0000-4000-8000-000000000009 is not known in tenant "
     "7e57d000-0000-4000-8000-000000000001; check AZURE_CLIENT_ID and AZURE_TENANT_ID, and that "
     "the application was added to that tenant"},
    {90002, 400, "invalid_request",
     "tenant 7e57d000-0000-4000-8000-000000000001 is not known at "
     "https://login.microsoftonline.com; check AZURE_TENANT_ID, and AZURE_AUTHORITY_HOST if the "
     "tenant is in another cloud"},
    {50034, 400, "invalid_grant",
     "https://login.microsoftonline.com refuses a token for application "
     "3d4e0000-0000-4000-8000-000000000009: AADSTS50034: Invalid client secret provided. REDACTED "
     "and REDACTED"},
};
BOOST_DATA_TEST_CASE(known_errors_say_what_is_wrong_and_what_to_do,
                     boost::unit_test::data::make(known_errors), known) {
  transport->reply(known.status, {}, entra_error(known.code, known.error));
  const ErrorInfo info = refusal();
  BOOST_TEST(info.message == known.message);
  BOOST_TEST(info.code == "AADSTS" + std::to_string(known.code));
  BOOST_TEST(info.request_id == "6f1f0000-0000-4000-8000-00000000000a");
  BOOST_TEST(info.status == known.status);
  BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_code_is_found_in_the_text_too) {
  transport->reply(401, {{"x-ms-request-id", "r"}},
                   R"({"error":"invalid_client","error_description":"AADSTS7000222: old"})");
  const ErrorInfo info = refusal();
  BOOST_TEST(info.code == "AADSTS7000222");
  BOOST_TEST(info.request_id == "r");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_answer_is_named_with_its_status) {
  for (const std::string& body :
       {std::string("<html>Bad Request</html>"), std::string("{\"error\":"), std::string(),
        std::string("[]"), std::string("{\"error_codes\":[],\"error\":{}}")}) {
    transport->reply(400, {}, body);
    BOOST_TEST(refusal().message ==
               "https://login.microsoftonline.com answered HTTP 400 without a token and without a "
               "reason; check AZURE_AUTHORITY_HOST");
  }
  transport->reply(302, {{"Location", "https://elsewhere/"}});
  BOOST_TEST(refusal().status == 302);
}

BOOST_AUTO_TEST_CASE(a_long_reason_is_cut_and_kept_to_one_line) {
  transport->reply(
      400, {},
      R"({"error":"x","error_description":")" + std::string(400, 'x') + R"(\r\nsecond line"})");
  const ErrorInfo info = refusal();
  BOOST_TEST(info.message.ends_with(std::string(300, 'x') + "..."));
}

BOOST_AUTO_TEST_CASE(a_token_that_cannot_be_one_is_refused) {
  for (const char* const body :
       {"", "nonsense", "{}", R"({"access_token":"t"})", R"({"access_token":"t","expires_in":0})",
        R"({"access_token":"","expires_in":60})", R"({"access_token":7,"expires_in":60})",
        R"({"access_token":"a\r\nX-Other: b","expires_in":60})",
        R"({"access_token":"two words","expires_in":60})"}) {
    transport->reply(200, {}, body);
    BOOST_TEST(refusal().message ==
               "https://login.microsoftonline.com answered without a usable access token; check "
               "AZURE_AUTHORITY_HOST");
  }
}

BOOST_AUTO_TEST_CASE(an_answer_of_a_mebibyte_is_read_and_not_a_byte_more) {
  const std::string start = R"({"expires_in":60,"access_token":")";
  const std::string end = R"("})";
  const std::size_t room = (std::size_t{1} << 20) - start.size() - end.size();
  transport->reply(200, {}, start + std::string(room, 't') + end);
  BOOST_TEST(ask().token.size() == room);
  transport->reply(200, {}, start + std::string(room + 1, 't') + end);
  BOOST_TEST(refusal().message.find("without a usable access token") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_passes_is_asked_again) {
  transport->reply(429, {{"Retry-After", "3"}})
      .reply(503)
      .fail(true)
      .reply(200, {}, R"({"expires_in":60,"access_token":"t"})");
  BOOST_TEST(ask().token == "t");
  BOOST_TEST((clock.slept() >= 3s));
}

BOOST_AUTO_TEST_CASE(who_waits_for_nothing_himself_still_gets_a_token_after_a_passing_fault) {
  transport->reply(429, {{"Retry-After", "3"}})
      .reply(200, {}, R"({"expires_in":60,"access_token":"t"})");
  context.max_wait = 0s;
  BOOST_TEST(ask().token == "t");
}

BOOST_AUTO_TEST_CASE(no_answer_at_all_is_no_token) {
  for (int i = 0; i < 4; ++i) transport->fail(true);
  const ErrorInfo info = refusal();
  BOOST_TEST(info.message ==
             "no token for application 3d4e0000-0000-4000-8000-000000000009: connection reset");
  BOOST_TEST(info.attempts == 4);
  BOOST_TEST(!info.maybe_delivered);
}

BOOST_AUTO_TEST_CASE(a_deadline_ends_it) {
  context.deadline = clock.steady_now();
  BOOST_CHECK_THROW(ask(), CancelledError);
}

BOOST_AUTO_TEST_CASE(settings_that_cannot_work_are_refused_before_anything_is_sent) {
  const auto message = [&](const char* t, const char* c, const char* s, const char* host) {
    try {
      make_client_secret_credential(t, c, s, {.authority_host = host, .transport = transport})
          ->get_token({.scopes = {"s"}}, context);
    } catch (const AuthenticationError& error) {
      return error.info().message;
    }
    return std::string("a token");
  };
  BOOST_TEST(message("t", "", "s", "https://h") ==
             "the application's client id is empty; set AZURE_CLIENT_ID");
  BOOST_TEST(message("t", "c", "", "https://h") ==
             "the secret of application c is empty; set AZURE_CLIENT_SECRET");
  for (const char* const bad : {"", "a/b", "a?b", "a b", "..%2F"})
    BOOST_TEST(message(bad, "c", "s", "https://h") ==
               "the tenant is neither a GUID nor a domain name; check AZURE_TENANT_ID");
  for (const char* const bad : {"http://h", "login.microsoftonline.com"})
    BOOST_TEST(message("t", "c", "s", bad) ==
               "a secret is sent over https only; check AZURE_AUTHORITY_HOST");
  BOOST_TEST(message(std::string(253, 't').c_str(), "c", "s", "http://h").starts_with("a secret"));
  BOOST_TEST(
      message(std::string(254, 't').c_str(), "c", "s", "http://h").starts_with("the tenant"));
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(describes_itself_without_its_secret) {
  BOOST_TEST(credential()->describe() ==
             "client secret of application 3d4e0000-0000-4000-8000-000000000009");
}

BOOST_AUTO_TEST_SUITE_END()
