#include "support/client_certificate.hpp"
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>
#include <stdlib.h>
#include <sys/stat.h>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

struct Fixture : test::SignIn {
  DefaultCredentialOptions chain;
  test::TemporaryFolder folder;  // all of PATH: no tool is installed unless a test does it

  Fixture() {
    variables["PATH"] = folder.path().string();
    // Named, the service is asked also on a machine of Azure Arc's.
    variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = "http://169.254.169.254";
  }
  void set(const Environment& more) {
    for (const auto& [name, value] : more) variables[name] = value;
  }
  std::shared_ptr<TokenCredential> credential() {
    return make_default_credential(lookup(), options(), chain);
  }
  void install(const std::string& name, const std::string& line) const {
    const std::string path = (folder / name).string();
    std::ofstream(path) << "#!/bin/sh\n" << line << "\n";
    ::chmod(path.c_str(), 0700);
  }
  void install_az() const {
    install("az", R"(echo '{"accessToken":"from-az","expires_on":1795345200}')");
  }
  std::string message() { return refusal(*credential()).message; }
};

const Environment secret{
    {"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_CLIENT_SECRET", "s"}};
const std::string remedy =
    "; set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or sign in with az login";
const std::string no_environment =
    "environment: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not set";
const std::string no_workload =
    "workload identity: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE are not "
    "set";
const std::string no_machine =
    "managed identity: no instance metadata service answers at http://169.254.169.254 (connection "
    "reset)";
const std::string no_tools =
    "Azure CLI: az is not installed (not found on PATH); Azure PowerShell: pwsh is not installed "
    "(not found on PATH); Azure Developer CLI: azd is not installed (not found on PATH)";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(default_credential, Fixture)

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

BOOST_AUTO_TEST_CASE(what_the_program_says_counts_more_than_the_environment) {
  set(secret);
  variables["AZURE_AUTHORITY_HOST"] = "https://login.microsoftonline.com/";
  CredentialOptions said = options();
  said.authority_host = "https://login.chinacloudapi.cn";
  const auto asked_at = [&](const std::shared_ptr<TokenCredential>& made) {
    transport->reply(200, {}, test::good_token);
    ask(*made);
    return sent(transport->requests().size() - 1).url;
  };
  const std::string china = "https://login.chinacloudapi.cn/t/oauth2/v2.0/token";
  BOOST_TEST(asked_at(make_default_credential(lookup(), said)) == china);
  BOOST_TEST(asked_at(make_environment_credential(lookup(), said)) == china);
}

BOOST_AUTO_TEST_CASE(the_environments_credential_heeds_the_same_variables_by_itself) {
  set(secret);
  set({{"AZURE_AUTHORITY_HOST", "login.microsoftonline.us"},
       {"AZURE_ADDITIONALLY_ALLOWED_TENANTS", "*"}});
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  ask(*make_environment_credential(lookup(), options()), {.scopes = {"s"}, .tenant_id = "two"});
  BOOST_TEST(sent(0).url == "https://login.microsoftonline.us/two/oauth2/v2.0/token");
  variables.erase("AZURE_AUTHORITY_HOST");
  set({{"AZURE_REGIONAL_AUTHORITY_NAME", "AutoDiscoverRegion"}, {"REGION_NAME", "eastus"}});
  ask(*make_environment_credential(lookup(), options()));
  BOOST_TEST(sent(1).url == "https://eastus.login.microsoft.com/t/oauth2/v2.0/token");
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

BOOST_AUTO_TEST_CASE(a_program_may_want_azure_token_credentials_to_be_set) {
  set(secret);
  chain.require_envvar = true;
  BOOST_TEST(message() ==
             "AZURE_TOKEN_CREDENTIALS is not set, and this program wants it to be; set it to prod, "
             "dev, EnvironmentCredential, WorkloadIdentityCredential, ManagedIdentityCredential, "
             "AzureCliCredential, AzurePowerShellCredential, AzureDeveloperCliCredential or "
             "InteractiveBrowserCredential");
  BOOST_TEST(!unavailable);
  variables["AZURE_TOKEN_CREDENTIALS"] = "prod";
  transport->reply(200, {}, test::good_token);
  BOOST_TEST(ask(*credential()).token == "t");
}

BOOST_AUTO_TEST_CASE(a_program_may_leave_each_out) {
  const auto left = [&](bool DefaultCredentialOptions::*excluded) {
    chain = {};
    chain.*excluded = true;
    return credential()->describe();
  };
  using Options = DefaultCredentialOptions;
  const auto lacks = [&](bool Options::*excluded, const std::string& who) {
    return credential()->describe().find(who) != std::string::npos &&
           left(excluded).find(who) == std::string::npos;
  };
  BOOST_TEST(lacks(&Options::exclude_environment_credential, "the environment"));
  chain = {};
  BOOST_TEST(lacks(&Options::exclude_workload_identity_credential, "workload identity"));
  chain = {};
  BOOST_TEST(lacks(&Options::exclude_managed_identity_credential, "managed identity"));
  chain = {};
  BOOST_TEST(lacks(&Options::exclude_cli_credential, "the Azure CLI"));
  chain = {};
  BOOST_TEST(lacks(&Options::exclude_powershell_credential, "Azure PowerShell"));
  chain = {};
  BOOST_TEST(lacks(&Options::exclude_developer_cli_credential, "the Azure Developer CLI"));

  // What is left decides what to do.
  chain = {.exclude_environment_credential = true, .exclude_cli_credential = true};
  transport->fail(false);
  BOOST_TEST(message().ends_with(
      "; set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE, or sign in with "
      "Connect-AzAccount"));
  variables["AZURE_TOKEN_CREDENTIALS"] = "AzureCliCredential";
  BOOST_TEST(message() ==
             "this program leaves out every credential that AZURE_TOKEN_CREDENTIALS allows "
             "(AzureCliCredential); clear it, or exclude fewer of them");
  variables.erase("AZURE_TOKEN_CREDENTIALS");
  chain = {.exclude_environment_credential = true,
           .exclude_workload_identity_credential = true,
           .exclude_managed_identity_credential = true,
           .exclude_cli_credential = true,
           .exclude_powershell_credential = true,
           .exclude_developer_cli_credential = true};
  BOOST_TEST(message() == "this program leaves out every credential; exclude fewer of them");
}

BOOST_AUTO_TEST_CASE(a_program_may_let_a_browser_open_last) {
  const std::string browser =
      "; browser: no browser can be opened here (xdg-open is not on PATH), use a device code";
  chain.exclude_interactive_browser_credential = false;
  transport->fail(false);
  BOOST_TEST(message() == "no credential to sign in with (" + no_environment + "; " + no_workload +
                              "; " + no_machine + "; " + no_tools + browser + ")" + remedy);
  chain.interactive_browser_client_id = "mine";
  BOOST_TEST(credential()->describe().ends_with(", a person, by browser for application mine"));
  variables["AZURE_TOKEN_CREDENTIALS"] = "dev";
  BOOST_TEST(message().starts_with("no credential to sign in with (" + no_tools + browser + ")"));
  variables["AZURE_TOKEN_CREDENTIALS"] = "prod";
  transport->fail(false);
  BOOST_TEST(message().find("browser") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_program_may_choose_the_managed_identity) {
  variables["AZURE_CLIENT_ID"] = "of-the-variable";
  const auto asked = [&] {
    const std::size_t before = transport->requests().size();
    transport->reply(400, {}, test::imds_alive).reply(200, {}, test::good_token);
    ask(*credential());
    return sent(before + 1).url;
  };
  const std::string url =
      "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
      "https%3A%2F%2Fmanagement.azure.com";
  BOOST_TEST(asked() == url + "&client_id=of-the-variable");
  chain.managed_identity_client_id = "mine";
  BOOST_TEST(asked() == url + "&client_id=mine");
  chain = {.managed_identity_resource_id = "/subscriptions/s"};
  BOOST_TEST(asked() == url + "&msi_res_id=%2Fsubscriptions%2Fs");
}

BOOST_AUTO_TEST_CASE(a_program_may_choose_the_workload_identity_and_its_tenant) {
  const std::string path = (folder / "token").string();
  std::ofstream(path) << "jwt";
  set({{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_FEDERATED_TOKEN_FILE", path}});
  const auto asked = [&] {
    transport->reply(200, {}, test::good_token);
    ask(*credential());
    const std::size_t last = transport->requests().size() - 1;
    return sent(last).url + " " + field("client_id", last);
  };
  BOOST_TEST(asked() == "https://login.microsoftonline.com/t/oauth2/v2.0/token c");
  chain = {.managed_identity_client_id = "mine", .tenant_id = "two"};
  BOOST_TEST(asked() == "https://login.microsoftonline.com/two/oauth2/v2.0/token mine");
  chain.workload_identity_client_id = "pods";
  BOOST_TEST(asked() == "https://login.microsoftonline.com/two/oauth2/v2.0/token pods");
}

BOOST_AUTO_TEST_CASE(a_program_may_choose_the_tenant_and_the_patience_of_the_tools) {
  install("az", R"([ "$7 $8" = "--tenant two" ] && )"
                R"(echo '{"accessToken":"from-az","expires_on":1795345200}')");
  chain.tenant_id = "two";
  transport->fail(false);
  BOOST_TEST(ask(*credential()).token == "from-az");
  install("az", "exec sleep 600");
  chain = {.process_timeout = 100ms};
  variables["PATH"] += ":/usr/bin:/bin";
  variables["AZURE_TOKEN_CREDENTIALS"] = "AzureCliCredential";
  BOOST_TEST(message().find("Azure CLI: az did not answer within 0.1 s") != std::string::npos,
             message());
}

BOOST_AUTO_TEST_CASE(all_who_share_it_share_its_tokens) {
  const std::string runs = (folder / "runs").string();
  install("az",
          "echo x >>" + runs + R"(; echo '{"accessToken":"from-az","expires_on":1795345200}')");
  transport->fail(false);
  const auto made = credential();
  for (int i = 0; i < 3; ++i) BOOST_TEST(ask(*made).token == "from-az");
  BOOST_TEST(std::filesystem::file_size(runs) == 2u);
  // Each client's own cache lies before this one, and asks for another token after a 401.
  BOOST_TEST(ask(*make_cached_credential(made)).token == "from-az");
  BOOST_TEST(std::filesystem::file_size(runs) == 2u);
  ask(*make_cached_credential(made),
      {.scopes = {"https://management.azure.com/.default"}, .rejected = "from-az"});
  BOOST_TEST(std::filesystem::file_size(runs) == 4u);
  BOOST_TEST(made->passed_over().size() == 3u);
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

BOOST_AUTO_TEST_CASE(the_environment_may_name_authority_region_and_tenants) {
  set(secret);
  set({{"AZURE_AUTHORITY_HOST", "https://localhost:8443/"},
       {"AZURE_ADDITIONALLY_ALLOWED_TENANTS", "one; two;"}});
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  ask(*credential());
  BOOST_TEST(sent(0).url == "https://localhost:8443/t/oauth2/v2.0/token");
  ask(*credential(), {.scopes = {"s"}, .tenant_id = "two"});
  BOOST_TEST(sent(1).url == "https://localhost:8443/two/oauth2/v2.0/token");
  BOOST_TEST(refusal(*credential(), {.scopes = {"s"}, .tenant_id = "three"}).status == 0);

  const auto asked_at = [&] {
    transport->reply(200, {}, test::good_token);
    ask(*credential());
    return sent(transport->requests().size() - 1).url;
  };
  variables.erase("AZURE_AUTHORITY_HOST");
  variables["AZURE_REGIONAL_AUTHORITY_NAME"] = "westus";
  BOOST_TEST(asked_at() == "https://westus.login.microsoft.com/t/oauth2/v2.0/token");
  variables["AZURE_REGIONAL_AUTHORITY_NAME"] = "tryautodetect";
  BOOST_TEST(asked_at() == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  variables["REGION_NAME"] = "eastus";
  BOOST_TEST(asked_at() == "https://eastus.login.microsoft.com/t/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(other_tenants_can_be_switched_off) {
  set(secret);
  variables["AZURE_IDENTITY_DISABLE_MULTITENANTAUTH"] = "true";
  transport->reply(200, {}, test::good_token);
  const auto made = credential();
  ask(*made, {.scopes = {"s"}, .tenant_id = "other"});
  BOOST_TEST(sent().url == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  BOOST_TEST(made->describe() == "client secret of application c, from the environment");
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
