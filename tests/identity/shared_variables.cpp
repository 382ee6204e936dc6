// The variables that all credentials heed.
#include "identity/default_fixture.hpp"
#include "support/client_certificate.hpp"

#include <fstream>
#include <stdlib.h>

using namespace akv;
using namespace akv::identity;

namespace {

struct Fixture : test::DefaultFixture {
  using Made = std::shared_ptr<TokenCredential>;

  /// Where a credential asks for a token, be it for another tenant.
  std::string asked(const Made& made, const std::string& tenant = {}) {
    transport->reply(200, {}, test::good_token);
    ask(*made, {.scopes = {"s"}, .tenant_id = tenant});
    return sent(transport->requests().size() - 1).url;
  }
  /// All that ask a token service, made in the surroundings of the moment.
  std::vector<Made> all() {
    const std::string file = (folder / "jwt").string();
    std::ofstream(file) << "jwt";
    const std::string pem = test::client_key().key_pem() + test::client_key().certificate_pem();
    return {make_client_secret_credential("t", "c", "s", options()),
            make_client_certificate_credential("t", "c", {.content = pem}, options()),
            make_client_assertion_credential(
                "t", "c", [](const Context&) { return std::string("jwt"); }, options()),
            make_workload_identity_credential(
                {.tenant_id = "t", .client_id = "c", .token_file = file}, lookup(), options()),
            make_on_behalf_of_credential(
                {.tenant_id = "t", .client_id = "c", .user_assertion = "jwt", .client_secret = "s"},
                options())};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(shared_variables, Fixture)

BOOST_AUTO_TEST_CASE(every_credential_signs_in_at_the_authority_of_the_variable) {
  for (const Made& made : all())
    BOOST_TEST(asked(made) == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  variables["AZURE_AUTHORITY_HOST"] = "https://login.microsoftonline.us/";
  for (const Made& made : all())
    BOOST_TEST(asked(made) == "https://login.microsoftonline.us/t/oauth2/v2.0/token");
  // A person too, who signs in there.
  transport->reply(400, {}, R"({"error":"invalid_client"})");
  refusal(
      *make_device_code_credential({.tenant_id = "t", .prompt = [](const auto&) {}}, options()));
  BOOST_TEST(sent(transport->requests().size() - 1).url ==
             "https://login.microsoftonline.us/t/oauth2/v2.0/devicecode");
  // And a pipeline, by the variables that it was given.
  transport->reply(200, {}, R"({"oidcToken":"jwt"})");
  variables["SYSTEM_OIDCREQUESTURI"] = "https://h/";
  BOOST_TEST(asked(make_azure_pipelines_credential({.tenant_id = "t",
                                                    .client_id = "c",
                                                    .service_connection_id = "id",
                                                    .system_access_token = "s"},
                                                   lookup(), {.transport = transport})) ==
             "https://login.microsoftonline.us/t/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(every_credential_asks_in_the_region_and_for_the_tenants_of_the_variables) {
  set({{"AZURE_REGIONAL_AUTHORITY_NAME", "westus"}, {"AZURE_ADDITIONALLY_ALLOWED_TENANTS", "two"}});
  for (const Made& made : all()) {
    const bool is_application = made->describe().find("a user's token") == std::string::npos;
    BOOST_TEST(asked(made, "two") ==
               (is_application ? "https://westus.login.microsoft.com/two/oauth2/v2.0/token"
                               : "https://login.microsoftonline.com/two/oauth2/v2.0/token"));
  }
}

BOOST_AUTO_TEST_CASE(other_tenants_can_be_switched_off_for_all) {
  const std::string own = "https://login.microsoftonline.com/t/oauth2/v2.0/token";
  variables["AZURE_IDENTITY_DISABLE_MULTITENANTAUTH"] = "true";
  for (const Made& made : all()) BOOST_TEST(asked(made, "other") == own);
  // The tools' own tenant is told by leaving the option out.
  install("az", R"([ "$#" = 6 ] && )"
                R"(echo '{"accessToken":"from-az","expires_on":1795345200}')");
  const TokenRequest other{.scopes = {"s"}, .tenant_id = "other"};
  BOOST_TEST(ask(*make_azure_cli_credential({}, options()), other).token == "from-az");
  transport->reply(400, {}, R"({"error":"invalid_client"})");
  refusal(*make_device_code_credential({.tenant_id = "t", .prompt = [](const auto&) {}}, options()),
          other);
  BOOST_TEST(sent(transport->requests().size() - 1).url ==
             "https://login.microsoftonline.com/t/oauth2/v2.0/devicecode");
  set(secret);
  BOOST_TEST(asked(credential(), "other") == own);
  // A program can say so itself.
  variables.erase("AZURE_IDENTITY_DISABLE_MULTITENANTAUTH");
  CredentialOptions said = options();
  said.disable_multitenant_auth = true;
  BOOST_TEST(asked(make_client_secret_credential("t", "c", "s", said), "other") == own);
}

BOOST_AUTO_TEST_CASE(a_program_may_leave_the_variables_aside) {
  set(secret);
  set({{"AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us"},
       {"AZURE_REGIONAL_AUTHORITY_NAME", "westus"},
       {"AZURE_ADDITIONALLY_ALLOWED_TENANTS", "*"},
       {"AZURE_IDENTITY_DISABLE_MULTITENANTAUTH", "1"}});
  CredentialOptions alone = options();
  alone.read_variables = false;
  const std::string own = "https://login.microsoftonline.com/t/oauth2/v2.0/token";
  const TokenRequest other{.scopes = {"s"}, .tenant_id = "other"};
  for (const Made& made :
       {make_client_secret_credential("t", "c", "s", alone),
        make_environment_credential(lookup(), alone), make_default_credential(lookup(), alone)}) {
    BOOST_TEST(asked(made) == own);
    BOOST_TEST(refusal(*made, other).message.starts_with("application c is not to ask for tokens"));
  }
}

BOOST_AUTO_TEST_CASE(without_an_environment_of_its_own_the_processs_counts) {
  ::setenv("AZURE_AUTHORITY_HOST", "https://login.chinacloudapi.cn", 1);
  const auto made = make_client_secret_credential("t", "c", "s", {.transport = transport});
  ::unsetenv("AZURE_AUTHORITY_HOST");
  BOOST_TEST(asked(made) == "https://login.chinacloudapi.cn/t/oauth2/v2.0/token");
  // Of the two, those that a credential was given.
  BOOST_TEST(asked(make_client_secret_credential("t", "c", "s", options())) ==
             "https://login.microsoftonline.com/t/oauth2/v2.0/token");
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
  // Also where it is the public cloud's, and the variable names another.
  variables["AZURE_AUTHORITY_HOST"] = "https://login.microsoftonline.us";
  said.authority_host = "https://login.microsoftonline.com";
  BOOST_TEST(asked_at(make_default_credential(lookup(), said)) ==
             "https://login.microsoftonline.com/t/oauth2/v2.0/token");
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

BOOST_AUTO_TEST_SUITE_END()
