// What the credentials of az, azd and pwsh ask, and what they read.
#include "akv/mgmt/core/redact.hpp"
#include "identity/tool_fixture.hpp"

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;
using test::az_answer;
using test::ToolFixture;

namespace {

constexpr const char* arm_scope = "https://management.azure.com/.default";

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

BOOST_FIXTURE_TEST_SUITE(developer_tools, ToolFixture)

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

BOOST_AUTO_TEST_CASE(it_runs_with_the_given_variables) {
  variables["AZURE_CONFIG_DIR"] = "/somewhere";
  install("az", R"([ "$AZURE_CONFIG_DIR" = /somewhere ] && [ "$NO_COLOR" = true ] && echo ')" +
                    az_answer + "'");
  BOOST_TEST(ask(*az()).token == "t");
}

BOOST_AUTO_TEST_SUITE_END()
