#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

struct Fixture : test::SignIn {
  std::shared_ptr<TokenCredential> credential(ManagedIdentityOptions identity = {}) {
    identity.arc_agent.clear();  // the machine of the tests may have one
    return make_managed_identity_credential(std::move(identity), lookup(), options());
  }
  std::string header(const std::string& name) const {
    return std::string(sent().headers.get(name).value_or(""));
  }
};

const std::string epoch_token =
    R"({"access_token":"t","expires_on":"1795345200","resource":"r","token_type":"Bearer"})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(managed_identity, Fixture)

BOOST_AUTO_TEST_CASE(without_variables_it_is_the_instance_metadata_service) {
  transport->reply(200, {},
                   R"({"access_token":"t","refresh_token":"","expires_in":"3599",)"
                   R"("expires_on":"1506484173","not_before":"1506480273","token_type":"Bearer"})");
  const auto now = clock.now();
  const auto made = credential();
  const AccessToken token = ask(*made);
  BOOST_TEST(token.token == "t");
  BOOST_TEST((token.expires_on == now + 3599s));
  BOOST_TEST(sent().url ==
             "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
             "&resource=https%3A%2F%2Fmanagement.azure.com");
  BOOST_TEST(http::to_string(sent().method) == "GET");
  BOOST_TEST(header("Metadata") == "true");
  BOOST_TEST(made->describe() == "managed identity, from the instance metadata service");
}

BOOST_AUTO_TEST_CASE(the_address_of_the_metadata_service_can_be_set) {
  variables = {{"AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:4711/"}};
  transport->reply(200, {}, test::good_token);
  ask(*credential({.client_id = "c"}));
  BOOST_TEST(sent().url.starts_with("http://127.0.0.1:4711/metadata/identity/oauth2/token?"));
  variables = {{"AZURE_POD_IDENTITY_AUTHORITY_HOST", "nonsense"}};
  BOOST_TEST(refusal(*credential()).message ==
             "the address of the instance metadata service is no URL; check "
             "AZURE_POD_IDENTITY_AUTHORITY_HOST");
}

BOOST_AUTO_TEST_CASE(a_user_assigned_identity_is_named_as_each_service_spells_it) {
  struct Case {
    ManagedIdentityOptions identity;
    const char *at_imds, *at_app_service;
  };
  const Case cases[] = {{{.client_id = "x"}, "client_id", "client_id"},
                        {{.object_id = "x"}, "object_id", "object_id"},
                        {{.resource_id = "x"}, "msi_res_id", "mi_res_id"}};
  std::size_t i = 0;
  for (const Case& named : cases) {
    variables.clear();
    transport->reply(200, {}, test::good_token).reply(200, {}, epoch_token);
    const auto made = credential(named.identity);
    ask(*made);
    BOOST_TEST(parameter(named.at_imds, i++) == "x");
    BOOST_TEST(made->describe() == "managed identity x, from the instance metadata service");
    variables = {{"IDENTITY_ENDPOINT", "http://127.0.0.1/msi"}, {"IDENTITY_HEADER", "h"}};
    ask(*credential(named.identity));
    BOOST_TEST(parameter(named.at_app_service, i++) == "x");
  }
}

BOOST_AUTO_TEST_CASE(app_service) {
  variables = {{"IDENTITY_ENDPOINT", "http://127.0.0.1:8081/msi/token"},
               {"IDENTITY_HEADER", "the-header"}};
  transport->reply(200, {}, epoch_token);
  const auto now = clock.now();
  const AccessToken token = ask(*credential());
  BOOST_TEST((token.expires_on == now + 3600s));
  BOOST_TEST(sent().url ==
             "http://127.0.0.1:8081/msi/token?api-version=2019-08-01"
             "&resource=https%3A%2F%2Fmanagement.azure.com");
  BOOST_TEST(header("X-IDENTITY-HEADER") == "the-header");
}

BOOST_AUTO_TEST_CASE(machine_learning) {
  variables = {{"MSI_ENDPOINT", "http://127.0.0.1/ml?x=y"}, {"MSI_SECRET", "the-secret"}};
  transport->reply(200, {}, R"({"access_token":"t","expires_on":1795345200})");
  const auto made = credential({.client_id = "c"});
  BOOST_TEST(ask(*made).token == "t");
  BOOST_TEST(sent().url ==
             "http://127.0.0.1/ml?x=y&api-version=2017-09-01&clientid=c"
             "&resource=https%3A%2F%2Fmanagement.azure.com");
  BOOST_TEST(header("secret") == "the-secret");
  BOOST_TEST(made->describe() == "managed identity c, from Azure Machine Learning");

  variables["DEFAULT_IDENTITY_CLIENT_ID"] = "d";
  transport->reply(200, {}, R"({"access_token":"t","expires_on":1795345200})");
  ask(*credential());
  BOOST_TEST(sent(1).url.find("&clientid=d&") != std::string::npos, sent(1).url);
  for (const ManagedIdentityOptions& other :
       {ManagedIdentityOptions{.object_id = "o"}, ManagedIdentityOptions{.resource_id = "/r"}})
    BOOST_TEST(refusal(*credential(other)).message ==
               "Azure Machine Learning chooses an identity by its client id only");
}

BOOST_AUTO_TEST_CASE(cloud_shell) {
  variables = {{"MSI_ENDPOINT", "http://localhost:50342/oauth2/token"}};
  transport->reply(200, {}, epoch_token);
  BOOST_TEST(ask(*credential()).token == "t");
  BOOST_TEST(http::to_string(sent().method) == "POST");
  BOOST_TEST(sent().url == "http://localhost:50342/oauth2/token");
  BOOST_TEST(sent().body == "resource=https%3A%2F%2Fmanagement.azure.com");
  BOOST_TEST(header("Metadata") == "true");
  BOOST_TEST(header("Content-Type") == "application/x-www-form-urlencoded");
}

BOOST_AUTO_TEST_CASE(the_variables_of_workload_identity_are_taken_too) {
  test::TemporaryFolder folder;
  const std::string path = (folder / "token").string();
  std::ofstream(path) << "jwt";
  variables = {{"AZURE_TENANT_ID", "t"},
               {"AZURE_FEDERATED_TOKEN_FILE", path},
               {"AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us"},
               {"AZURE_CLIENT_ID", "from-variable"}};
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  ask(*credential());
  ask(*credential({.client_id = "c"}));
  BOOST_TEST(sent().url.starts_with("https://login.microsoftonline.us/t/"), sent().url);
  BOOST_TEST(field("client_id") == "from-variable");
  BOOST_TEST(field("client_id", 1) == "c");
}

BOOST_AUTO_TEST_CASE(the_most_special_variables_decide) {
  const auto source = [this] {
    const std::string text = credential()->describe();
    return text.substr(text.find("from ") + 5);
  };
  BOOST_TEST(source() == "the instance metadata service");
  variables["MSI_ENDPOINT"] = "http://127.0.0.1/";
  BOOST_TEST(source() == "Cloud Shell");
  variables["MSI_SECRET"] = "s";
  BOOST_TEST(source() == "Azure Machine Learning");
  variables["IDENTITY_ENDPOINT"] = "http://127.0.0.1/";
  BOOST_TEST(source() == "Azure Machine Learning");
  variables["IMDS_ENDPOINT"] = "http://127.0.0.1/";
  BOOST_TEST(source() == "Azure Arc");
  variables["IDENTITY_HEADER"] = "h";
  BOOST_TEST(source() == "App Service");
  variables["IDENTITY_SERVER_THUMBPRINT"] = "00";
  BOOST_TEST(source() == "Service Fabric");
  variables["IDENTITY_SERVER_THUMBPRINT"] = "";  // counts as not set
  BOOST_TEST(source() == "App Service");
}

BOOST_AUTO_TEST_CASE(services_with_one_identity_refuse_to_choose) {
  const auto check = [this](const std::string& service) {
    BOOST_TEST(refusal(*credential({.client_id = "c"})).message ==
               service +
                   " has one identity and none to choose by id; leave the id out "
                   "(AZURE_CLIENT_ID)");
    BOOST_TEST(!unavailable);
  };
  variables = {{"MSI_ENDPOINT", "http://127.0.0.1/"}};
  check("Cloud Shell");
  variables = {{"IDENTITY_ENDPOINT", "http://127.0.0.1/"}, {"IMDS_ENDPOINT", "http://127.0.0.1/"}};
  check("Azure Arc");
  variables["IDENTITY_HEADER"] = "h";
  variables["IDENTITY_SERVER_THUMBPRINT"] = "00";
  check("Service Fabric");
}

BOOST_AUTO_TEST_CASE(a_long_life_is_refreshed_after_half_of_it) {
  const auto now = clock.now();
  transport->reply(200, {}, R"({"access_token":"t","expires_in":"86400"})")
      .reply(200, {}, R"({"access_token":"t","expires_in":"7199"})");
  BOOST_TEST((ask(*credential()).refresh_on == now + 12h));
  BOOST_TEST((ask(*credential()).refresh_on == now + 7199s - 5min));
  transport->reply(200, {}, R"({"access_token":"t","expires_in":"86400","refresh_in":"3600"})");
  BOOST_TEST((ask(*credential()).refresh_on == now + 1h));
}

BOOST_AUTO_TEST_CASE(a_refusal_says_why_and_not_the_header) {
  variables = {{"IDENTITY_ENDPOINT", "http://127.0.0.1/"}, {"IDENTITY_HEADER", "the-header"}};
  const auto message = [&](const std::string& body) {
    transport->reply(401, {}, body);
    const ErrorInfo info = refusal(*credential());
    BOOST_TEST(info.status == 401);
    return info.message;
  };
  const std::string start = "App Service gives no token (HTTP 401)";
  const std::string remedy = "; check that a managed identity is assigned, and its id";
  BOOST_TEST(message(R"({"statusCode":401,"message":"not the-header\nsecond line"})") ==
             start + ": not REDACTED" + remedy);
  BOOST_TEST(message(R"({"error":{"code":"x","message":"Nobody"}})") ==
             start + ": Nobody" + remedy);
  BOOST_TEST(message(R"({"error":"invalid_scope"})") == start + ": invalid_scope" + remedy);
  BOOST_TEST(message("<html>") == start + remedy);
  const std::string longest(65536 - 14, 'x');
  BOOST_TEST(message(R"({"message":")" + longest + "\"}").size() > start.size() + 300);
  BOOST_TEST(message(R"({"message":")" + longest + "x\"}") == start + remedy);
}

BOOST_AUTO_TEST_CASE(an_answer_without_a_token_is_refused) {
  variables = {{"MSI_ENDPOINT", "http://127.0.0.1/"}};
  for (const char* const body : {"", "{}", R"({"access_token":"t","expires_on":"1"})"}) {
    transport->reply(200, {}, body);
    BOOST_TEST(refusal(*credential()).message ==
               "Cloud Shell answered without a usable access token; check that the identity is set "
               "up");
  }
}

BOOST_AUTO_TEST_CASE(an_endpoint_that_does_not_answer_is_named) {
  variables = {{"MSI_ENDPOINT", "http://127.0.0.1/"}};
  for (int i = 0; i < 4; ++i) transport->fail(true);
  BOOST_TEST(refusal(*credential()).message ==
             "no token from Cloud Shell: connection reset; check that its endpoint is the one of "
             "this machine");
  variables = {{"MSI_ENDPOINT", "nonsense"}};
  BOOST_TEST(refusal(*credential()).message ==
             "the endpoint of Cloud Shell is no URL; check IDENTITY_ENDPOINT and MSI_ENDPOINT");
}

BOOST_AUTO_TEST_CASE(one_scope_at_a_time) {
  for (const TokenRequest& request :
       {TokenRequest{.scopes = {}}, TokenRequest{.scopes = {"a", "b"}}})
    BOOST_TEST(refusal(*credential(), request).message ==
               "a managed identity has tokens for one scope at a time; ask for one such as "
               "https://management.azure.com/.default");
}

BOOST_AUTO_TEST_CASE(old_services_write_the_end_as_a_date) {
  variables = {{"MSI_ENDPOINT", "http://127.0.0.1/msi"}, {"MSI_SECRET", "s"}};
  const auto end = [&](const std::string& text) -> Clock::SystemTime {
    transport->reply(200, {}, R"({"access_token":"t","expires_on":")" + text + R"("})");
    try {
      return ask(*credential()).expires_on;
    } catch (const AuthenticationError&) {
      return {};
    }
  };
  const auto noon = clock.now() + 2h;  // it is ten
  for (const char* const text : {"11/22/2026 12:00:00 +00:00", "11/22/2026 12:00:00 PM +00:00",
                                 "1795348800", "2026-11-22T12:00:00Z", "2026-11-22T13:00:00+01:00"})
    BOOST_TEST((end(text) == noon), text);
  BOOST_TEST((end("11/22/2026 2:05:09 PM +00:00") == noon + 2h + 5min + 9s));
  BOOST_TEST((end("11/22/2026 14:05:09 PM +00:00") == noon + 2h + 5min + 9s));
  BOOST_TEST((end("11/23/2026 12:00:00 AM +00:00") == noon + 12h));
  BOOST_TEST((end("1/2/2027 3:04:05 +00:00") == noon + 24h * 41 - 12h + 3h + 4min + 5s));
  for (const char* const text :
       {"", "11/22/2026", "11/22/2026 12:00:00", "11/22/2026 12:00:00 +01:00",
        "22/11/2026 12:00:00 +00:00", "02/29/2027 12:00:00 +00:00", "11/22/2026 25:00:00 +00:00",
        "11/22/2026 12:60:00 +00:00", "11/22/2026 12:00 +00:00", "11/22/2026 12:00:00 XM +00:00",
        "11/22/26 12:00:00 +00:00", "-1/22/2026 12:00:00 +00:00",
        "11/22/2026 12:00:00 PM PM +00:00", "111/22/2026 12:00:00 +00:00",
        "11-22-2026 12:00:00 +00:00", "+00:00", " +00:00", "11/22/2025 12:00:00 +00:00"})
    BOOST_TEST((end(text) == Clock::SystemTime()), text);
}

BOOST_AUTO_TEST_SUITE_END()
