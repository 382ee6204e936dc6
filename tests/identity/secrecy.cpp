// Plants secrets in every place that they pass through, runs what succeeds and what fails with the
// log on, and looks for them in all that anybody could read.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/identity/auth_policy.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/client_certificate.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"
#include "support/memory_sink.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sys/stat.h>

using namespace akv;

namespace {

constexpr const char* secret = "planted-secret~value";
constexpr const char* assertion = "planted-assertion";
constexpr const char* body_text = "planted-body";
// The shape of a real one.
constexpr const char* token = "eyJ0eXAiOiJKV1Qi.planted-token.c2lnbmF0dXJl";

struct Fixture {
  std::shared_ptr<test::FakeTransport> arm = std::make_shared<test::FakeTransport>();
  std::shared_ptr<test::FakeTransport> entra = std::make_shared<test::FakeTransport>();
  std::shared_ptr<test::MemorySink> sink = std::make_shared<test::MemorySink>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  SeededRandom random{1};
  std::string seen;  // every message of every error

  std::unique_ptr<http::Pipeline> pipeline() {
    auto credential = identity::make_client_secret_credential(
        "t", "c", secret, {.transport = entra, .random = &random});
    seen += credential->describe();
    std::vector<std::unique_ptr<http::Policy>> policies;
    policies.push_back(http::make_request_id_policy(random));
    policies.push_back(http::make_user_agent_policy("test"));
    policies.push_back(http::make_retry_policy({}, random, nullptr));
    policies.push_back(identity::make_auth_policy(credential, "s"));
    policies.push_back(http::make_log_policy(sink));
    return std::make_unique<http::Pipeline>(std::move(policies), arm);
  }
  void run() {
    try {
      pipeline()->send({.method = http::Method::put,
                        .url = std::string("https://user:") + secret + "@h/x",
                        .body = body_text},
                       context);
    } catch (const AzureError& error) {
      seen += error.what();
    }
    try {
      pipeline()->send({.method = http::Method::put,
                        .url = "https://h/x?api-version=1&sig=" + std::string(secret) +
                               "&client_assertion=" + assertion,
                        .headers = {{"x-secret", secret}},
                        .body = body_text,
                        .operation = "Vaults.update"},
                       context);
    } catch (const AzureError& error) {
      seen += error.what();
      seen += error.info().message + error.info().target + error.info().code;
    }
  }
  void check() {
    const std::string all = seen + sink->text();
    BOOST_TEST(!all.empty());
    for (const char* const planted : {secret, assertion, body_text, token, "planted"})
      BOOST_TEST(all.find(planted) == std::string::npos, all);
  }
};

std::string token_answer() {
  return std::string(R"({"expires_in":3600,"access_token":")") + token + "\"}";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secrecy, Fixture)

BOOST_AUTO_TEST_CASE(success_shows_no_secret) {
  entra->reply(200, {}, token_answer());
  arm->reply(200, {{"Set-Cookie", secret}, {"Location", std::string("https://h/?sig=") + secret}},
             std::string(R"({"value":")") + secret + "\"}");
  run();
  BOOST_TEST(sink->text().find("Vaults.update: PUT https://h/x?api-version=1&sig=REDACTED") == 0u);
  check();
}

BOOST_AUTO_TEST_CASE(a_refused_token_shows_no_secret) {
  entra->reply(401, {},
               std::string(R"({"error":"invalid_client","error_description":"bad secret )") +
                   secret + " client_assertion=" + assertion + R"(","error_codes":[50000]})");
  run();
  BOOST_TEST(seen.find("bad secret REDACTED") != std::string::npos, seen);
  check();
}

BOOST_AUTO_TEST_CASE(a_renewal_and_a_retry_show_no_secret) {
  entra->reply(200, {}, token_answer()).reply(200, {}, token_answer());
  arm->reply(401, {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}}).reply(503).reply(200);
  run();
  check();
}

BOOST_AUTO_TEST_CASE(a_transport_error_shows_no_secret) {
  entra->reply(200, {}, token_answer());
  for (int i = 0; i < 4; ++i)
    arm->then([](const http::Request& request) -> http::Response {
      throw TransportError({.message = "reset after Authorization: " +
                                       std::string(*request.headers.get("Authorization"))});
    });
  run();
  // What a transport of ours says never quotes a header; this one does, and the log still holds.
  seen.clear();
  check();
}

BOOST_AUTO_TEST_CASE(an_unreachable_token_service_shows_no_secret) {
  for (int i = 0; i < 4; ++i) entra->fail(true);
  run();
  BOOST_TEST(seen.find("no token for application c: connection reset") != std::string::npos, seen);
  check();
}

// All other credentials with secrets, refused by a peer that repeats all that it was sent.
BOOST_AUTO_TEST_CASE(no_credential_shows_a_secret_that_its_peer_repeats) {
  test::TemporaryFolder folder;
  const std::string file = (folder / "token").string(), path = folder.path().string();
  std::ofstream(file) << assertion;
  std::ofstream(folder / "az") << "#!/bin/sh\necho '{\"accessToken\": \"" << token
                               << "\", \"expiresOn\": \"' >&2\nexit 1\n";
  std::filesystem::copy(folder / "az", folder / "pwsh");
  std::ofstream(folder / "azd") << "#!/bin/sh\necho '{\"token\": \"" << token << "\"'\n";
  for (const char* const name : {"az", "azd", "pwsh"}) ::chmod((folder / name).c_str(), 0700);
  const auto repeat = [](const http::Request& request) {
    std::string all = request.url + "&" + http::percent_decode(request.body);
    for (const auto& [name, value] : request.headers) all += " " + name + ": " + value;
    return http::Response{
        401,
        {},
        json::Document::object({{"error", "x"}, {"message", all}, {"error_description", all}})
            .dump()};
  };
  int attempts = 0;
  const identity::CredentialOptions options{
      .transport = entra,
      .random = &random,
      .environment = {{"PATH", path + ":/usr/bin:/bin"}},
      .log = sink,
      .on_attempt = [&](const http::Attempt& attempt) {
        ++attempts;
        seen += attempt.operation + attempt.host + attempt.target + attempt.error +
                attempt.client_request_id + attempt.request_id + "\n";
      }};
  const auto given = [](identity::Environment variables) {
    return identity::lookup_in(std::move(variables));
  };
  const std::string key = test::client_key().key_pem(secret);
  using namespace identity;
  for (const auto& credential : {
           make_client_assertion_credential(
               "t", "c", [](const Context&) { return std::string(assertion); }, options),
           make_workload_identity_credential(
               {.tenant_id = "t", .client_id = "c", .token_file = file}, given({}), options),
           make_client_certificate_credential(
               "t", "c",
               {.content = key + test::client_key().certificate_pem(), .password = secret},
               options),
           make_client_certificate_credential(
               "t", "c", {.content = test::client_key().pfx("other"), .password = secret}, options),
           make_on_behalf_of_credential({.tenant_id = "t",
           .client_id = "c",
           .user_assertion = token,
           .client_secret = secret},
                                        options),
           make_azure_pipelines_credential({.tenant_id = "t",
           .client_id = "c",
           .service_connection_id = "id",
           .system_access_token = secret},
                                           given({{"SYSTEM_OIDCREQUESTURI", "https://h/"}}),
                                           options),
           make_managed_identity_credential(
               {}, given({{"IDENTITY_ENDPOINT", "http://h/"}, {"IDENTITY_HEADER", secret}}),
               options),
           make_managed_identity_credential(
               {}, given({{"MSI_ENDPOINT", "http://h/"}, {"MSI_SECRET", secret}}), options),
           make_azure_cli_credential({}, options),
           make_azure_developer_cli_credential({}, options),
           make_azure_powershell_credential({}, options),
       }) {
    entra->then(repeat);
    seen += credential->describe() + "\n";
    try {
      make_chained_credential({credential})->get_token({.scopes = {"s"}}, context);
      BOOST_FAIL("there was a token");
    } catch (const AzureError& error) {
      seen += std::string(error.what()) + "\n";
    }
  }
  check();
  // Each was seen, but for the certificate that its password does not open.
  BOOST_TEST(attempts == 7);
  std::size_t runs = 0;
  for (const auto& [level, line] : sink->lines()) runs += line.find(" -> exit code ") != line.npos;
  BOOST_TEST(runs == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
