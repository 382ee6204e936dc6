#include "support/sign_in.hpp"

using namespace akv;
using namespace akv::identity;

namespace {

struct Fixture : test::SignIn {
  Fixture() { variables["SYSTEM_OIDCREQUESTURI"] = "https://dev.azure.example/oidctoken/"; }
  AzurePipelinesOptions pipeline{.tenant_id = "t",
                                 .client_id = "c",
                                 .service_connection_id = "id 1",
                                 .system_access_token = "job-token"};
  std::shared_ptr<TokenCredential> credential() {
    return make_azure_pipelines_credential(pipeline, lookup(), options());
  }
  std::string message() { return refusal(*credential()).message; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(azure_pipelines, Fixture)

BOOST_AUTO_TEST_CASE(the_pipelines_assertion_is_exchanged_for_a_token) {
  transport->reply(200, {}, R"({"oidcToken":"jwt"})").reply(200, {}, test::good_token);
  const auto made = credential();
  BOOST_TEST(ask(*made).token == "t");
  BOOST_TEST(http::to_string(sent(0).method) == "POST");
  BOOST_TEST(sent(0).url ==
             "https://dev.azure.example/oidctoken?api-version=7.1&serviceConnectionId=id%201");
  BOOST_TEST(sent(0).headers.get("Authorization").value() == "Bearer job-token");
  BOOST_TEST(sent(1).url == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  BOOST_TEST(field("client_assertion", 1) == "jwt");
  BOOST_TEST(made->describe() == "service connection of application c");
}

BOOST_AUTO_TEST_CASE(it_is_unavailable_outside_of_a_pipeline) {
  variables.clear();
  BOOST_TEST(message() == "SYSTEM_OIDCREQUESTURI is not set, this is no job of Azure Pipelines");
  BOOST_TEST(unavailable);
}

BOOST_AUTO_TEST_CASE(settings_that_cannot_work_are_refused_before_anything_is_sent) {
  variables["SYSTEM_OIDCREQUESTURI"] = "http://dev.azure.example/oidctoken";
  BOOST_TEST(message() ==
             "the pipeline's access token is sent over https only; check SYSTEM_OIDCREQUESTURI");
  variables["SYSTEM_OIDCREQUESTURI"] = "https://dev.azure.example/oidctoken";
  pipeline.service_connection_id.clear();
  BOOST_TEST(message() ==
             "the id of the service connection is empty; it is the resourceId in its address");
  pipeline.system_access_token.clear();
  BOOST_TEST(message() ==
             "the pipeline's access token is empty; map SYSTEM_ACCESSTOKEN: $(System.AccessToken)");
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_says_why_and_not_the_token) {
  transport->reply(404, {}, R"({"message":"No connection for job-token here"})");
  BOOST_TEST(
      message() ==
      "Azure Pipelines gives no assertion (HTTP 404: No connection for REDACTED here); check "
      "the service connection and that the job may use it");
  for (const std::string& body : {std::string("<html>"), std::string("{}"), std::string(),
                                  R"({"oidcToken":")" + std::string(1 << 20, 'j') + "\"}"}) {
    transport->reply(200, {}, body);
    BOOST_TEST(message() ==
               "Azure Pipelines gives no assertion (HTTP 200); check the service connection and "
               "that the job may use it");
  }
}

BOOST_AUTO_TEST_CASE(no_answer_is_no_assertion) {
  for (int i = 0; i < 4; ++i) transport->fail(true);
  BOOST_TEST(message() ==
             "no assertion from Azure Pipelines: connection reset; check SYSTEM_OIDCREQUESTURI");
}

BOOST_AUTO_TEST_CASE(a_password_in_the_address_is_shown_to_nobody) {
  const auto shown = [this] {
    const ErrorInfo info = refusal(*credential());
    return info.message + info.target;
  };
  variables["SYSTEM_OIDCREQUESTURI"] = "http://user:secret@dev.azure.example/oidctoken";
  BOOST_TEST(shown().find("secret") == std::string::npos);
  variables["SYSTEM_OIDCREQUESTURI"] = "https://user:secret@dev.azure.example/oidctoken";
  transport->reply(404);
  BOOST_TEST(shown().find("secret") == std::string::npos);
  for (int i = 0; i < 4; ++i) transport->fail(true);
  BOOST_TEST(shown().find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
