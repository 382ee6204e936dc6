// The credentials of az, azd and pwsh, against programs that the tests put on the PATH.
#include "akv/mgmt/core/redact.hpp"
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <csignal>
#include <fstream>
#include <sys/stat.h>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

constexpr const char* arm_scope = "https://management.azure.com/.default";

struct Fixture : test::SignIn {
  test::TemporaryFolder folder;
  DeveloperToolOptions tool{.timeout = 60s};

  Fixture() { variables["PATH"] = folder.path().string() + ":/usr/bin:/bin"; }

  /// A program that keeps its arguments, one a line, and then does what the script says.
  void install(const std::string& name, const std::string& script) const {
    const std::string path = (folder / name).string();
    std::ofstream(path) << "#!/bin/sh\nprintf '%s\\n' \"$@\" >" << folder.path().string()
                        << "/arguments\n"
                        << script << "\n";
    ::chmod(path.c_str(), 0700);
  }
  void install_printing(const std::string& name, const std::string& text) const {
    std::ofstream(folder / "text") << text;
    install(name, "cat " + (folder / "text").string());
  }
  std::string arguments() const {
    std::ifstream in(folder / "arguments");
    std::string all, line;
    while (std::getline(in, line)) all += (all.empty() ? "" : " ") + line;
    return all;
  }
  std::shared_ptr<TokenCredential> az() { return make_azure_cli_credential(tool, options()); }
  std::shared_ptr<TokenCredential> azd() {
    return make_azure_developer_cli_credential(tool, options());
  }
  std::shared_ptr<TokenCredential> pwsh() {
    return make_azure_powershell_credential(tool, options());
  }
  struct Tool {
    std::string program, title, sign_in;
    std::shared_ptr<TokenCredential> credential;
  };
  std::vector<Tool> tools() {
    return {{"az", "the Azure CLI", "az login", az()},
            {"azd", "the Azure Developer CLI", "azd auth login", azd()},
            {"pwsh", "Azure PowerShell", "Connect-AzAccount", pwsh()}};
  }
};

const std::string az_answer =
    R"({"accessToken":"t","expiresOn":"2026-11-22 12:00:00.000000","expires_on":1795345200,)"
    R"("subscription":"s","tenant":"x","tokenType":"Bearer"})";

/// The script in an -EncodedCommand, decoded.
std::string script_in(const std::string& arguments) {
  const std::string text = arguments.substr(arguments.rfind(' ') + 1);
  std::string all;
  std::uint32_t bits = 0;
  int count = 0;
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<std::uint32_t>(digits.find(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      const char byte = static_cast<char>(bits >> count & 255U);
      if (byte != '\0') all += byte;
    }
  }
  return all;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(developer_tools, Fixture)

BOOST_AUTO_TEST_CASE(az_is_asked_for_the_resource) {
  install_printing("az", az_answer);
  const auto now = clock.now();
  const AccessToken token = ask(*az());
  BOOST_TEST(token.token == "t");
  BOOST_TEST((token.expires_on == now + 1h));
  BOOST_TEST((token.refresh_on == now + 55min));
  BOOST_TEST(arguments() ==
             "account get-access-token --output json --resource https://management.azure.com");
  BOOST_TEST(az()->describe() == "whoever is signed in to the Azure CLI");
}

BOOST_AUTO_TEST_CASE(az_is_told_tenant_and_subscription) {
  tool.tenant_id = "contoso.example";
  tool.subscription = "My Subscription";
  install_printing("az", az_answer);
  ask(*az());
  BOOST_TEST(arguments().ends_with(" --tenant contoso.example --subscription My Subscription"));
}

BOOST_AUTO_TEST_CASE(an_old_az_says_the_end_in_local_time_only) {
  std::tm parts{.tm_sec = 5,
                .tm_min = 4,
                .tm_hour = 3,
                .tm_mday = 2,
                .tm_mon = 11,
                .tm_year = 126,
                .tm_wday = 0,
                .tm_yday = 0,
                .tm_isdst = -1};
  const auto end = std::chrono::system_clock::from_time_t(std::mktime(&parts));
  install_printing("az", R"({"accessToken":"t","expiresOn":"2026-12-02 03:04:05.123456"})");
  BOOST_TEST((ask(*az()).expires_on == end));
}

BOOST_AUTO_TEST_CASE(azd_is_asked_for_the_scope) {
  tool.tenant_id = "contoso.example";
  install_printing("azd", R"({"token":"t","expiresOn":"2026-11-22T11:00:00Z"})");
  const auto now = clock.now();
  const AccessToken token = ask(*azd());
  BOOST_TEST(token.token == "t");
  BOOST_TEST((token.expires_on == now + 1h));
  BOOST_TEST(arguments() ==
             "auth token --output json --no-prompt --scope https://management.azure.com/.default "
             "--tenant-id contoso.example");
  BOOST_TEST(azd()->describe() == "whoever is signed in to the Azure Developer CLI");
}

BOOST_AUTO_TEST_CASE(pwsh_runs_a_script_that_asks_its_module) {
  tool.tenant_id = "contoso.example";
  install_printing("pwsh", "WARNING: something\nakv-token t 1795345200\n");
  const auto now = clock.now();
  const AccessToken token = ask(*pwsh());
  BOOST_TEST(token.token == "t");
  BOOST_TEST((token.expires_on == now + 1h));
  BOOST_TEST(arguments().starts_with("-NoProfile -NonInteractive -EncodedCommand "));
  const std::string script = script_in(arguments());
  BOOST_TEST(script.find("Get-AzAccessToken @question") != std::string::npos, script);
  BOOST_TEST(script.find("ResourceUrl = 'https://management.azure.com';") != std::string::npos);
  BOOST_TEST(script.find("TenantId = 'contoso.example'") != std::string::npos);
  BOOST_TEST(pwsh()->describe() == "whoever is signed in to Azure PowerShell");
}

BOOST_AUTO_TEST_CASE(pwsh_without_its_module_is_unavailable) {
  install_printing("pwsh", "akv-no-az-accounts\r\n");
  BOOST_TEST(refusal(*pwsh()).message ==
             "the PowerShell module Az.Accounts is not installed (2.2.0 or later)");
  BOOST_TEST(unavailable);
}

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

BOOST_AUTO_TEST_CASE(what_is_asked_for_cannot_be_an_option_or_code) {
  for (const Tool& each : tools()) {
    install(each.program, "exit 0");
    const std::string one = each.title +
                            " gives tokens for one scope at a time; ask for one such as "
                            "https://management.azure.com/.default";
    for (const TokenRequest& request :
         {TokenRequest{.scopes = {}}, TokenRequest{.scopes = {"a", "b"}},
          TokenRequest{.scopes = {"-x"}}, TokenRequest{.scopes = {"'; rm"}},
          TokenRequest{.scopes = {"a$b"}}, TokenRequest{.scopes = {std::string(1025, 'a')}}})
      BOOST_TEST(refusal(*each.credential, request).message == one);
    for (const char* const tenant : {"a b", "'", "--x"})
      BOOST_TEST(refusal(*each.credential, {.scopes = {arm_scope}, .tenant_id = tenant}).message ==
                 "the tenant is neither a GUID nor a domain name; check AZURE_TENANT_ID");
  }
  tool.subscription = "--debug";
  BOOST_TEST(refusal(*az()).message ==
             "the subscription to sign in with is neither an id nor a name; check it");
  BOOST_TEST(arguments() == "");
}

BOOST_AUTO_TEST_CASE(only_allowed_tenants_are_asked_for) {
  install_printing("az", az_answer);
  // A tool without a tenant of its own may be asked for any.
  ask(*az(), {.scopes = {arm_scope}, .tenant_id = "other.example"});
  BOOST_TEST(arguments().ends_with(" --tenant other.example"));
  tool.tenant_id = "own.example";
  BOOST_TEST(refusal(*az(), {.scopes = {arm_scope}, .tenant_id = "other.example"}).message ==
             "the Azure CLI is not to ask for tokens of tenant other.example; name that tenant, or "
             "*, in AZURE_ADDITIONALLY_ALLOWED_TENANTS");
  CredentialOptions settings = options();
  settings.additionally_allowed_tenants = {"other.example"};
  ask(*make_azure_cli_credential(tool, settings),
      {.scopes = {arm_scope}, .tenant_id = "other.example"});
  BOOST_TEST(arguments().ends_with(" --tenant other.example"));
}

BOOST_AUTO_TEST_CASE(a_claims_challenge_says_what_the_person_has_to_run) {
  TokenRequest request{.scopes = {arm_scope}, .claims = R"({"access_token":{"nbf":{}}})"};
  const std::string claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7fX19";
  for (const char* const program : {"az", "pwsh"}) install(program, "exit 0");
  const auto message = [&](const std::string& title, const std::string& command) {
    return "the service asks for another sign-in, which " + title + " cannot do by itself; run " +
           command;
  };
  BOOST_TEST(refusal(*az(), request).message ==
             message("the Azure CLI", "az login --claims-challenge " + claims + " --scope " +
                                          arm_scope + " (needs az 2.76.0 or later)"));
  BOOST_TEST(unavailable);
  BOOST_TEST(refusal(*pwsh(), request).message ==
             message("Azure PowerShell", "Connect-AzAccount -ClaimsChallenge " + claims +
                                             " (needs Az.Accounts 5.2.0 or later)"));
  BOOST_TEST(unavailable);
  request.tenant_id = "contoso.example";
  const std::string said = refusal(*az(), request).message;
  BOOST_TEST(said.find(" --tenant contoso.example --scope ") != std::string::npos, said);
  BOOST_TEST(redact::text(said) == said);
  const std::string powershell = refusal(*pwsh(), request).message;
  BOOST_TEST(powershell.find(claims + " -Tenant contoso.example (needs") != std::string::npos,
             powershell);
  BOOST_TEST(redact::text(powershell) == powershell);
  BOOST_TEST(arguments() == "");
}

BOOST_AUTO_TEST_CASE(azd_is_told_the_claims_and_tells_the_person) {
  TokenRequest request{.scopes = {arm_scope}, .claims = "{}"};
  install_printing("azd", R"({"token":"t","expiresOn":"2026-11-22T11:00:00Z"})");
  BOOST_TEST(ask(*azd(), request).token == "t");
  BOOST_TEST(arguments().ends_with(" --claims e30="));

  install("azd", "echo 'ERROR: AADSTS50079: enroll in multi-factor authentication' >&2; exit 1");
  const std::string answer =
      "the service asks for another sign-in: the Azure Developer CLI gives no token (exit code 1): "
      "ERROR: AADSTS50079: enroll in multi-factor authentication; run azd auth login";
  BOOST_TEST(refusal(*azd(), request).message == answer);
  BOOST_TEST(unavailable);
  request.tenant_id = "contoso.example";
  BOOST_TEST(refusal(*azd(), request).message == answer + " --tenant-id contoso.example");

  install("azd", "echo 'ERROR: unknown flag: --claims' >&2; exit 1");
  BOOST_TEST(refusal(*azd(), request).message ==
             "the service asks for another sign-in, which the Azure Developer CLI cannot do by "
             "itself; run azd auth login after an update of azd (needs azd 1.18.1 or later)");
  BOOST_TEST(unavailable);

  tool.timeout = 300ms;
  install("azd", "exec sleep 600");
  BOOST_TEST(refusal(*azd(), request).message == "azd did not answer within 0.3 s");
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

BOOST_AUTO_TEST_CASE(it_runs_with_the_given_variables) {
  variables["AZURE_CONFIG_DIR"] = "/somewhere";
  install("az", R"([ "$AZURE_CONFIG_DIR" = /somewhere ] && [ "$NO_COLOR" = true ] && echo ')" +
                    az_answer + "'");
  BOOST_TEST(ask(*az()).token == "t");
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
