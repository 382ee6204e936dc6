#include "identity/default_fixture.hpp"
#include "support/client_certificate.hpp"

#include <fstream>
#include <stdlib.h>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(default_credential, test::DefaultFixture)

BOOST_AUTO_TEST_CASE(the_environments_client_secret_goes_first) {
  set(secret);
  install_az();
  transport->reply(200, {}, test::good_token);
  const auto made = credential();
  BOOST_TEST(ask(*made).token == "t");
  BOOST_TEST(sent().url == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  BOOST_TEST(made->describe() == "client secret of application c, from the environment");
}

BOOST_AUTO_TEST_CASE(the_environments_certificate_goes_next) {
  const std::string path = (folder / "client.pem").string();
  std::ofstream(path) << test::client_key().key_pem("pass") + test::client_key().certificate_pem();
  set({{"AZURE_TENANT_ID", "t"},
       {"AZURE_CLIENT_ID", "c"},
       {"AZURE_CLIENT_CERTIFICATE_PATH", path},
       {"AZURE_CLIENT_CERTIFICATE_PASSWORD", "pass"}});
  const auto header_size = [&](const std::string& chain) {
    variables["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"] = chain;
    transport->reply(200, {}, test::good_token);
    const auto made = credential();
    ask(*made);
    BOOST_TEST(made->describe() == "client certificate of application c, from the environment");
    return field("client_assertion", transport->requests().size() - 1).find('.');
  };
  const std::size_t without = header_size("0");
  for (const char* const chain : {"1", "true", "True"}) BOOST_TEST(header_size(chain) > without);
}

BOOST_AUTO_TEST_CASE(then_workload_identity) {
  const std::string path = (folder / "token").string();
  std::ofstream(path) << "jwt";
  set({{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_FEDERATED_TOKEN_FILE", path}});
  transport->reply(200, {}, test::good_token);
  const auto made = credential();
  ask(*made);
  BOOST_TEST(field("client_assertion") == "jwt");
  BOOST_TEST(made->describe() == "workload identity of application c");
}

BOOST_AUTO_TEST_CASE(then_managed_identity_after_a_sign_of_life) {
  variables["AZURE_CLIENT_ID"] = "c";
  transport->reply(400, {}, test::imds_alive).reply(200, {}, test::good_token);
  const auto made = credential();
  ask(*made);
  BOOST_TEST(parameter("client_id", 1) == "c");
  BOOST_TEST(made->describe() == "managed identity c, from the instance metadata service");
}

BOOST_AUTO_TEST_CASE(then_the_tools_in_their_order) {
  install("azd", R"(echo '{"token":"from-azd","expiresOn":"2026-11-22T11:00:00Z"}')");
  transport->fail(false);
  BOOST_TEST(ask(*credential()).token == "from-azd");
  install("pwsh", "echo akv-token from-pwsh 1795345200");
  transport->fail(false);
  BOOST_TEST(ask(*credential()).token == "from-pwsh");
  install_az();
  transport->fail(false);
  const auto made = credential();
  BOOST_TEST(ask(*made).token == "from-az");
  BOOST_TEST(ask(*made).token == "from-az");
  BOOST_TEST(transport->requests().size() == 3u);  // the probe is not repeated
}

BOOST_AUTO_TEST_CASE(whatever_else_answers_at_the_metadata_services_address_is_passed_over) {
  install_az();
  // A captive portal, and the metadata services of other clouds.
  for (const int status : {200, 401, 404, 500}) {
    transport->reply(status, {}, "<html><body>Not Found</body></html>");
    const auto made = credential();
    BOOST_TEST(ask(*made).token == "from-az");
    BOOST_TEST(
        made->passed_over().back().reason ==
        "what answers at http://169.254.169.254 is not the instance metadata service (HTTP " +
            std::to_string(status) + ", and no JSON)");
  }
  BOOST_TEST((clock.slept() == 0s));
}

BOOST_AUTO_TEST_CASE(the_tenant_of_the_environment_is_no_affair_of_the_tools) {
  variables["AZURE_TENANT_ID"] = "contoso.example";
  install("az", R"([ "$#" = 6 ] && )"
                R"(echo '{"accessToken":"from-az","expires_on":1795345200}')");
  transport->fail(false);
  BOOST_TEST(ask(*credential()).token == "from-az");
}

BOOST_AUTO_TEST_CASE(a_machine_with_one_identity_gives_way_when_the_environment_names_another) {
  set({{"AZURE_CLIENT_ID", "c"},
       {"IDENTITY_ENDPOINT", "http://127.0.0.1/"},
       {"IMDS_ENDPOINT", "http://127.0.0.1/"}});
  install_az();
  BOOST_TEST(ask(*credential()).token == "from-az");
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(a_tool_that_fails_is_passed_over_and_an_application_that_is_refused_is_not) {
  install("az", "exit 1");
  install("pwsh", "echo nonsense");
  install("azd", R"(echo '{"token":"from-azd","expiresOn":"2026-11-22T11:00:00Z"}')");
  transport->fail(false);
  BOOST_TEST(ask(*credential()).token == "from-azd");
  set(secret);
  transport->reply(401, {}, R"({"error":"invalid_client","error_codes":[7000215]})");
  const ErrorInfo info = refusal(*credential());
  BOOST_TEST(info.code == "AADSTS7000215");
  BOOST_TEST(info.message ==
             "the secret of application c is wrong; set AZURE_CLIENT_SECRET to the secret's value, "
             "not to its id");
}

BOOST_AUTO_TEST_CASE(where_there_is_none_each_says_why) {
  transport->fail(false);
  BOOST_TEST(message() == "no credential to sign in with (" + no_environment + "; " + no_workload +
                              "; " + no_machine + "; " + no_tools + ")" + remedy);
  set({{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_CLIENT_SECRET", ""}});
  transport->fail(false);
  BOOST_TEST(
      message().starts_with("no credential to sign in with (environment: AZURE_CLIENT_SECRET (or "
                            "AZURE_CLIENT_CERTIFICATE_PATH) is not set; workload "
                            "identity: AZURE_FEDERATED_TOKEN_FILE is not set; "));
  BOOST_TEST(
      credential()->describe() ==
      "the first that is available of: the environment, workload identity, managed identity "
      "c, from the instance metadata service, whoever is signed in to the Azure CLI, whoever "
      "is signed in to Azure PowerShell, whoever is signed in to the Azure Developer CLI");
}

BOOST_AUTO_TEST_CASE(azure_token_credentials_restricts_it_to_a_group) {
  variables["AZURE_TOKEN_CREDENTIALS"] = "Prod";
  transport->fail(false);
  BOOST_TEST(message() == "no credential to sign in with (" + no_environment + "; " + no_workload +
                              "; " + no_machine +
                              "); set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or "
                              "clear AZURE_TOKEN_CREDENTIALS");
  variables["AZURE_TOKEN_CREDENTIALS"] = " dev ";
  BOOST_TEST(message() == "no credential to sign in with (" + no_tools +
                              "); sign in with az login, or clear AZURE_TOKEN_CREDENTIALS");
  BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(azure_token_credentials_names_one) {
  const auto with = [&](const std::string& name) {
    variables["AZURE_TOKEN_CREDENTIALS"] = name;
    return message();
  };
  const auto only = [](const std::string& reason, const std::string& advice) {
    return "no credential to sign in with (" + reason + "); " + advice +
           ", or clear AZURE_TOKEN_CREDENTIALS";
  };
  BOOST_TEST(with("environmentcredential") ==
             only(no_environment, "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"));
  BOOST_TEST(
      with("WorkloadIdentityCredential") ==
      only(no_workload, "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE"));
  BOOST_TEST(with("AZURECLICREDENTIAL") ==
             only("Azure CLI: az is not installed (not found on PATH)", "sign in with az login"));
  BOOST_TEST(with("AzurePowerShellCredential") ==
             only("Azure PowerShell: pwsh is not installed (not found on PATH)",
                  "sign in with Connect-AzAccount"));
  BOOST_TEST(with("AzureDeveloperCliCredential") ==
             only("Azure Developer CLI: azd is not installed (not found on PATH)",
                  "sign in with azd auth login"));
  BOOST_TEST(with("InteractiveBrowserCredential") ==
             only("browser: no browser can be opened here (xdg-open is not on PATH), use a device "
                  "code",
                  "run it where a browser can be opened"));
  BOOST_TEST(transport->requests().empty());
  // Nobody waits behind it, so that it is not probed but tried.
  variables["AZURE_TOKEN_CREDENTIALS"] = "ManagedIdentityCredential";
  transport->reply(404).reply(200, {}, test::good_token);
  BOOST_TEST(ask(*credential()).token == "t");
  BOOST_TEST(sent().headers.has("Metadata"));
  transport->reply(400, {}, test::imds_alive);
  BOOST_TEST(with("managedidentitycredential") ==
             only("managed identity: no such managed identity is assigned here (Required metadata "
                  "header not specified)",
                  "run it where a managed identity is assigned"));
}

BOOST_AUTO_TEST_CASE(names_that_only_the_azure_sdks_know_are_unavailable_with_their_reason) {
  set(secret);
  for (const auto& [name, title] : Environment{{"VisualStudioCodeCredential", "Visual Studio Code"},
                                               {"VisualStudioCredential", "Visual Studio"},
                                               {"SharedTokenCacheCredential", "shared token cache"},
                                               {"BrokerCredential", "broker"}}) {
    variables["AZURE_TOKEN_CREDENTIALS"] = name;
    BOOST_TEST(message() == "no credential to sign in with (" + title + ": " + name +
                                " needs a library of its vendor's or a keyring, and this library "
                                "uses neither); name a credential that this library has, or clear "
                                "AZURE_TOKEN_CREDENTIALS");
    BOOST_TEST(unavailable);
    BOOST_TEST(credential()->describe() == "the first that is available of: " + title);
  }
}

BOOST_AUTO_TEST_CASE(what_azure_token_credentials_does_not_know_is_refused) {
  set(secret);
  variables["AZURE_TOKEN_CREDENTIALS"] = "EmacsCredential";
  BOOST_TEST(message() ==
             "AZURE_TOKEN_CREDENTIALS names no credential of this library: "
             "EmacsCredential; set it to prod, dev, EnvironmentCredential, "
             "WorkloadIdentityCredential, ManagedIdentityCredential, AzureCliCredential, "
             "AzurePowerShellCredential, AzureDeveloperCliCredential or "
             "InteractiveBrowserCredential");
  BOOST_TEST(!unavailable);
  BOOST_TEST(credential()->describe().starts_with("no credential (AZURE_TOKEN_CREDENTIALS names"));
}

BOOST_AUTO_TEST_CASE(variables_are_read_when_it_is_made) {
  const auto made = credential();
  set(secret);
  transport->fail(false);
  BOOST_TEST(refusal(*made).message.starts_with("no credential to sign in with"));
}

BOOST_AUTO_TEST_CASE(the_processs_environment_is_read_the_same_way) {
  for (const auto& [name, value] : secret) ::setenv(name.c_str(), value.c_str(), 1);
  const auto made = make_default_credential(CredentialOptions{.transport = transport});
  BOOST_TEST(process_environment().at("AZURE_CLIENT_ID") == "c");
  for (const auto& [name, value] : secret) ::unsetenv(name.c_str());
  transport->reply(200, {}, test::good_token);
  BOOST_TEST(ask(*made).token == "t");
  BOOST_TEST(!lookup_in({{"A", "1"}})("B").has_value());
}

BOOST_AUTO_TEST_CASE(a_static_token_serves_to_its_end) {
  const auto made = make_static_credential("given", clock.now() + 1h);
  const AccessToken token = made->get_token({}, context);
  BOOST_TEST(token.token == "given");
  BOOST_TEST((token.refresh_on == token.expires_on));
  clock.advance(1h);
  BOOST_TEST(refusal(*made).message ==
             "the given access token expired at 2026-11-22T11:00:00Z; get a new one");
  BOOST_TEST(refusal(*make_static_credential("", clock.now() + 1h)).message ==
             "the given access token is empty; get one and pass it in");
  BOOST_TEST(made->describe() == "a given access token");
}

BOOST_AUTO_TEST_SUITE_END()
