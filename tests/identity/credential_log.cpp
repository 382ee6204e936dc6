// What logs and traces see of a sign-in.
#include "identity/tool_fixture.hpp"
#include "support/memory_sink.hpp"

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

struct Fixture : test::ToolFixture {
  std::shared_ptr<test::MemorySink> sink = std::make_shared<test::MemorySink>();
  std::vector<http::Attempt> attempts;

  CredentialOptions watched() {
    CredentialOptions options = this->options();
    options.log = sink;
    options.on_attempt = [this](const http::Attempt& attempt) { attempts.push_back(attempt); };
    return options;
  }
  std::shared_ptr<TokenCredential> application() {
    return make_client_secret_credential("t", "c", "planted", watched());
  }
  std::string last_line() const {
    const auto lines = sink->lines();
    if (lines.empty()) return {};
    return (lines.back().first == LogLevel::info ? "info " : "warning ") + lines.back().second;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credential_log, Fixture)

BOOST_AUTO_TEST_CASE(each_attempt_at_a_token_service_is_a_line_and_a_span) {
  transport->reply(503, {{"x-ms-request-id", "first"}}).reply(200, {}, test::good_token);
  ask(*application());
  BOOST_TEST(
      sink->text() ==
      "sign-in: POST https://login.microsoftonline.com/t/oauth2/v2.0/token -> 503 in 0 ms, "
      "x-ms-request-id: first\n"
      "sign-in: POST https://login.microsoftonline.com/t/oauth2/v2.0/token -> 200 in 0 ms\n");
  BOOST_TEST(attempts.size() == 2u);
  BOOST_TEST(attempts.at(0).operation == "sign-in");
  BOOST_TEST(attempts.at(0).host == "login.microsoftonline.com");
  BOOST_TEST(attempts.at(0).target == "/t/oauth2/v2.0/token");
  BOOST_TEST(attempts.at(0).status == 503);
  BOOST_TEST(attempts.at(1).number == 2);
}

BOOST_AUTO_TEST_CASE(a_probe_is_one_too_and_shows_no_query_that_is_not_known) {
  transport->reply(400, {}, test::imds_alive).reply(200, {}, test::good_token);
  ask(*make_managed_identity_credential({.client_id = "planted", .probe = true, .arc_agent = ""},
                                        lookup(), watched()));
  BOOST_TEST(
      sink->text() ==
      "sign-in: GET http://169.254.169.254/metadata/identity/oauth2/token?"
      "api-version=2018-02-01 -> 400 in 0 ms\n"
      "sign-in: GET http://169.254.169.254/metadata/identity/oauth2/token?"
      "api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com&client_id=REDACTED "
      "-> 200 in 0 ms\n");
  BOOST_TEST(attempts.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_hook_that_throws_costs_no_token) {
  CredentialOptions options = watched();
  options.on_attempt = [](const http::Attempt&) { throw std::runtime_error("no tracer"); };
  transport->reply(200, {}, test::good_token);
  BOOST_TEST(ask(*make_client_secret_credential("t", "c", "s", options)).token == "t");
  BOOST_TEST(sink->text().starts_with("sign-in: the hook for attempts threw: no tracer\n"));
}

BOOST_AUTO_TEST_CASE(a_program_says_how_often_a_token_service_is_asked) {
  CredentialOptions options = watched();
  options.retry = {.max_attempts = 2, .delay = 1ms};
  const auto made = make_client_secret_credential("t", "c", "s", options);
  transport->reply(503).reply(503);
  BOOST_TEST(refusal(*made).attempts == 2);
  BOOST_TEST((clock.slept() <= 1ms));
  options.retry.max_attempts = 1;
  transport->reply(503);
  BOOST_TEST(refusal(*make_client_secret_credential("t", "c", "s", options)).attempts == 1);
}

BOOST_AUTO_TEST_CASE(a_tools_run_is_a_line_with_its_end_and_nothing_that_it_printed) {
  const auto run = [&](const std::string& script) {
    install("az", script);
    try {
      ask(*make_azure_cli_credential(tool, watched()));
    } catch (const AuthenticationError&) {
      // The line is what counts here.
    }
    return last_line();
  };
  BOOST_TEST(run("echo '" + test::az_answer + "'") == "info sign-in: az -> exit code 0 in 0 ms");
  BOOST_TEST(run("echo planted; echo planted >&2; exit 3") ==
             "warning sign-in: az -> exit code 3 in 0 ms");
  BOOST_TEST(run("kill -9 $$") == "warning sign-in: az -> signal 9 in 0 ms");
  BOOST_TEST(run("head -c 2000000 /dev/zero") ==
             "warning sign-in: az -> ended for what it printed in 0 ms");
  tool.timeout = 50ms;
  BOOST_TEST(run("exec sleep 600") == "warning sign-in: az -> ended after its time in 0 ms");
  std::ofstream(folder / "az") << "#!/nowhere/sh\n";
  try {
    ask(*make_azure_cli_credential(tool, watched()));
  } catch (const AuthenticationError&) {
    // As above.
  }
  BOOST_TEST(last_line() == "warning sign-in: az -> not started in 0 ms");
  BOOST_TEST(sink->text().find("planted") == std::string::npos);
  BOOST_TEST(attempts.empty());
}

BOOST_AUTO_TEST_SUITE_END()
