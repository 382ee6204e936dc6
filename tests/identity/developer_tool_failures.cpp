// How the credentials of az, azd and pwsh fail, and what they say then.
#include "identity/tool_fixture.hpp"

#include <csignal>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;
using test::az_answer;
using test::ToolFixture;

BOOST_FIXTURE_TEST_SUITE(developer_tool_failures, ToolFixture)

BOOST_AUTO_TEST_CASE(a_tool_that_is_not_installed_is_unavailable) {
  variables["PATH"] = folder.path().string();
  for (const Tool& each : tools()) {
    BOOST_TEST(refusal(*each.credential).message ==
               each.program + " is not installed (not found on PATH)");
    BOOST_TEST(unavailable);
  }
  for (const char* const program : {"az", "azd", "pwsh"}) {
    std::ofstream(folder / program) << "#!/absent/interpreter\n";
    ::chmod((folder / program).c_str(), 0700);
  }
  for (const Tool& each : tools()) {
    BOOST_TEST(refusal(*each.credential).message ==
               (folder / each.program).string() + " cannot be run: No such file or directory");
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(a_tool_that_lacks_its_interpreter_is_unavailable) {
  for (const Tool& each : tools()) {
    install(each.program, "exit 127");
    BOOST_TEST(refusal(*each.credential).message ==
               each.program + " is not installed completely (exit code 127)");
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(a_tool_that_nobody_is_signed_in_to_is_unavailable) {
  install("az", "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1");
  install("azd", "echo 'ERROR: not logged in, run `azd auth login` to login' >&2; exit 1");
  install("pwsh", "echo 'Run Connect-AzAccount to login.' >&2; exit 1");
  for (const Tool& each : tools()) {
    BOOST_TEST(refusal(*each.credential).message ==
               "nobody is signed in to " + each.title + "; run " + each.sign_in);
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_of_entra_id_is_quoted_though_it_advises_a_new_sign_in) {
  install("az",
          "echo 'WARNING: Unable to encrypt cache.\nERROR: AADSTS50076: Use multi-factor "
          "authentication.\nTo re-authenticate, please run:\naz login' >&2; exit 1");
  BOOST_TEST(refusal(*az()).message ==
             "the Azure CLI gives no token (exit code 1): ERROR: AADSTS50076: Use multi-factor "
             "authentication.; run az login");
  BOOST_TEST(!unavailable);
}

BOOST_AUTO_TEST_CASE(a_tool_that_fails_is_quoted_without_its_secrets) {
  for (const Tool& each : tools()) {
    install(each.program, "echo '\nERROR: AADSTS50079: access_token=planted\nmore' >&2; exit 1");
    BOOST_TEST(refusal(*each.credential).message ==
               each.title +
                   " gives no token (exit code 1): ERROR: AADSTS50079: "
                   "access_token=REDACTED; run " +
                   each.sign_in);
    BOOST_TEST(!unavailable);
    install(each.program, "exit 2");
    BOOST_TEST(refusal(*each.credential).message ==
               each.title + " gives no token (exit code 2); run " + each.sign_in);
  }
}

BOOST_AUTO_TEST_CASE(a_tool_that_hangs_is_given_up) {
  tool.timeout = 300ms;
  for (const Tool& each : tools()) {
    install(each.program, "exec sleep 600");
    BOOST_TEST(refusal(*each.credential).message == each.program + " did not answer within 0.3 s");
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(a_tool_that_prints_without_end_is_given_up) {
  for (const Tool& each : tools()) {
    install(each.program, "exec cat /dev/zero");
    BOOST_TEST(refusal(*each.credential).message ==
               each.program + " printed more than 1048576 bytes in place of a token");
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(a_tool_that_crashes_is_unavailable) {
  for (const Tool& each : tools()) {
    install(each.program, "kill -SEGV $$");
    BOOST_TEST(refusal(*each.credential).message == each.program + " was ended by signal 11");
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(garbage_is_refused_and_not_quoted) {
  const auto check = [&](const Tool& each, const std::string& text) {
    install_printing(each.program, text);
    BOOST_TEST(refusal(*each.credential).message ==
               each.title + " printed no token that can be read; update it, and run " +
                   each.sign_in);
    BOOST_TEST(!unavailable);
  };
  for (const Tool& each : tools())
    for (const char* const text : {"", "nonsense", "{}", "[]", "\xff\xfe"}) check(each, text);
  for (const char* const text :
       {R"({"accessToken":"t"})", R"({"accessToken":"","expires_on":1795345200})",
        R"({"accessToken":"a b","expires_on":1795345200})",
        R"({"accessToken":"t","expires_on":1795341600})", R"({"accessToken":"t","expires_on":-1})",
        R"({"accessToken":"t","expires_on":9999999999999})",
        R"({"accessToken":"t","expiresOn":"tomorrow"})",
        R"({"accessToken":"t","expiresOn":"9999-01-01 00:00:00.000000"})"})
    check(tools()[0], text);
  for (const char* const text :
       {R"({"token":"t"})", R"({"token":"t","expiresOn":"2026-11-22T10:00:00Z"})"})
    check(tools()[1], text);
  for (const char* const text :
       {"akv-token t", "akv-token t x", "akv-token t 12x", "akv-token t 1795341600",
        "akv-token  1795345200", "akv-token t 99999999999999", "akv-token t 999999999999999999999"})
    check(tools()[2], text);
}

BOOST_AUTO_TEST_CASE(the_reason_is_found_in_json_as_well) {
  const std::string reason = "ERROR: fetching token: AADSTS50079: access_token=planted";
  const std::string said =
      "the Azure Developer CLI gives no token (exit code 1): ERROR: fetching token: AADSTS50079: "
      "access_token=REDACTED; ";
  const auto fails_with = [&](const std::string& text, const std::string& stream) {
    std::ofstream(folder / "text") << text;
    install("azd", "cat " + (folder / "text").string() + stream + "; exit 1");
    return refusal(*azd()).message;
  };
  const std::string events =
      R"({"type":"consoleMessage","timestamp":"…","data":{"message":"\n)" + reason + R"(\n\n"}})" +
      "\nnoise\n{broken\n" +
      R"({"type":"consoleMessage","data":{"message":"Suggestion: reauthenticate.\n"}})" + "\n";
  for (const char* const stream : {"", " >&2"})
    BOOST_TEST(fails_with(events, stream) ==
               said + "Suggestion: reauthenticate.; run azd auth login");
  for (const char* const text :
       {R"({"error":"$"})", R"({"error":{"message":"$"}})", R"({"message":"$"})"}) {
    std::string filled = text;
    filled.replace(filled.find('$'), 1, reason);
    BOOST_TEST(fails_with(filled, "") == said + "run azd auth login");
  }
  BOOST_TEST(
      fails_with(R"({"data":{"message":"ERROR: not logged in, run `azd auth login`"}})", "") ==
      "nobody is signed in to the Azure Developer CLI; run azd auth login");
  BOOST_TEST(unavailable);
  // What it prints beside its messages may be most of a token.
  BOOST_TEST(fails_with(R"({"token":"planted","data":{"message":7}})", "") ==
             "the Azure Developer CLI gives no token (exit code 1); run azd auth login");
}

BOOST_AUTO_TEST_CASE(the_reason_is_found_beside_news_in_json) {
  const auto fails_beside_news = [&](const std::string& news, const std::string& reason) {
    std::ofstream(folder / "text")
        << R"({"type":"consoleMessage","data":{"message":")" << news << R"("}})"
        << "\n";
    install("azd", "cat " + (folder / "text").string() + "; echo '" + reason + "' >&2; exit 1");
    return refusal(*azd()).message;
  };
  const std::string news = "a new version is there";
  const std::string nobody = "nobody is signed in to the Azure Developer CLI; run azd auth login";
  const std::string refused = "the Azure Developer CLI gives no token (exit code 1): ";
  const std::string in_json =
      R"({"data":{"message":"ERROR: not logged in, run `azd auth login`"}})";
  for (const std::string& reason :
       {std::string("ERROR: not logged in, run azd auth login"), in_json}) {
    BOOST_TEST(fails_beside_news(news, reason) == nobody);
    BOOST_TEST(unavailable);
  }
  // The refusal of Entra ID is the reason, wherever it stands.
  const std::string entra = "ERROR: AADSTS50079: enroll; azd auth login";
  BOOST_TEST(fails_beside_news(news, entra) == refused + entra + "; run azd auth login");
  BOOST_TEST(!unavailable);
  BOOST_TEST(fails_beside_news(entra, "not logged in, run azd auth login") ==
             refused + entra + "; run azd auth login");
  BOOST_TEST(!unavailable);
  BOOST_TEST(fails_beside_news(news, "WARNING: old\nERROR: no network") ==
             refused + "ERROR: no network; run azd auth login");
  BOOST_TEST(fails_beside_news("no network", "see the log") ==
             refused + "no network; run azd auth login");
}

BOOST_AUTO_TEST_CASE(the_context_ends_it) {
  install("az", "exec sleep 600");
  const auto message = [&] {
    try {
      ask(*az());
    } catch (const CancelledError& error) {
      return error.info().message;
    }
    return std::string("a token");
  };
  std::stop_source source;
  context.stop = source.get_token();
  source.request_stop();
  BOOST_TEST(message() == "stopped on request");
  // A clock that passes the deadline between the check and the run.
  struct Leaping final : Clock {
    mutable int asked = 0;
    SystemTime now() const override { return {}; }
    SteadyTime steady_now() const override { return SteadyTime(std::chrono::hours(asked++)); }
    bool sleep_until(SteadyTime, const std::stop_token&) const override { return true; }
  };
  const Leaping leaping;
  context = Context{.deadline = Clock::SteadyTime(std::chrono::minutes(1)), .clock = &leaping};
  BOOST_TEST(message() == "az was ended: the deadline has passed, or a stop was requested");
}

BOOST_AUTO_TEST_CASE(in_a_program_that_ignores_its_children_what_they_print_decides) {
  struct sigaction ignore {
  }, before{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGCHLD, &ignore, &before);
  install("az", "echo '" + az_answer + "'");
  BOOST_TEST(ask(*az()).token == "t");
  install("az", "echo 'ERROR: Please run az login' >&2; exit 1");
  BOOST_TEST(refusal(*az()).message == "nobody is signed in to the Azure CLI; run az login");
  install("az", "exit 127");
  BOOST_TEST(refusal(*az()).message ==
             "az printed nothing, and how it ended cannot be told: this program ignores SIGCHLD or "
             "waits for children that are not its own; let it wait for its own only");
  BOOST_TEST(unavailable);
  ::sigaction(SIGCHLD, &before, nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
