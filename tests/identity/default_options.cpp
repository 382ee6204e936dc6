#include "identity/default_fixture.hpp"

#include <filesystem>
#include <fstream>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(default_options, test::DefaultFixture)

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

BOOST_AUTO_TEST_SUITE_END()
