#include "akv/mgmt/arm/client.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::arm;

namespace {

const std::string stack_origin = "https://management.stack.example";
const std::string stack =
    R"({"name":"Stack","authentication":{"loginEndpoint":"https://login.stack.example",)"
    R"("audiences":["https://management.stack.example/0123"]},)"
    R"("suffixes":{"keyVaultDns":"vault.stack.example","mhsmDns":"hsm.stack.example"}})";

struct Asked {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  test::FakeClock clock;
  Context context{.clock = &clock};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(clouds)

BOOST_AUTO_TEST_CASE(the_three_clouds_are_found_by_name_in_any_case) {
  BOOST_TEST(find_cloud("azurecloud")->resource_manager == "https://management.azure.com");
  BOOST_TEST(find_cloud("AZURECHINACLOUD")->authority_host == "https://login.chinacloudapi.cn");
  BOOST_TEST(find_cloud("AzureUSGovernment")->vault_dns_suffix == "vault.usgovcloudapi.net");
  BOOST_TEST(!find_cloud("AzureGermanCloud"));
  BOOST_TEST(azure_cloud().managed_hsm_dns_suffix == "managedhsm.azure.net");
  BOOST_TEST(azure_china_cloud().managed_hsm_dns_suffix == "managedhsm.azure.cn");
  BOOST_TEST(azure_us_government().managed_hsm_dns_suffix == "managedhsm.usgovcloudapi.net");
}

BOOST_AUTO_TEST_CASE(reads_the_oldest_form_which_is_one_object) {
  const Cloud cloud = cloud_from_metadata(
      R"({"galleryEndpoint":"https://gallery.example/","graphEndpoint":"https://graph.example/",
          "portalEndpoint":"https://portal.example/",
          "authentication":{"loginEndpoint":"https://localhost:8443/",
                            "audiences":["https://management.core.windows.net/",
                                         "https://management.azure.com/"]}})",
      "https://localhost:8443/");
  BOOST_TEST(cloud.resource_manager == "https://localhost:8443");
  BOOST_TEST(cloud.authority_host == "https://localhost:8443");
  BOOST_TEST(cloud.audience == "https://management.core.windows.net");
  BOOST_TEST(cloud.vault_dns_suffix == "vault.azure.net");
  BOOST_TEST(cloud.name == "localhost:8443");
}

BOOST_AUTO_TEST_CASE(a_public_cloud_is_told_by_where_it_signs_in) {
  const Cloud cloud = cloud_from_metadata(
      R"({"authentication":{"loginEndpoint":"https://login.chinacloudapi.cn/",
                            "audiences":["https://management.core.chinacloudapi.cn/"]}})",
      "https://management.chinacloudapi.cn");
  BOOST_TEST(cloud.vault_dns_suffix == "vault.azure.cn");
  BOOST_TEST(cloud.managed_hsm_dns_suffix == "managedhsm.azure.cn");
}

BOOST_AUTO_TEST_CASE(an_azure_stack_with_ad_fs_has_its_tenant_in_the_address) {
  const Cloud cloud = cloud_from_metadata(
      R"({"authentication":{"loginEndpoint":"https://adfs.local.example/adfs",
                            "audiences":["https://management.adfs.example/1"]}})",
      "https://management.local.example");
  BOOST_TEST(cloud.authority_host == "https://adfs.local.example");
}

BOOST_AUTO_TEST_CASE(takes_its_own_cloud_out_of_the_newer_form_which_is_an_array) {
  const char* answer = R"([
    {"name":"AzureCloud","resourceManager":"https://management.azure.com/",
     "authentication":{"loginEndpoint":"https://login.microsoftonline.com/",
       "audiences":["https://management.core.windows.net/","https://management.azure.com/"],
       "tenant":"common","identityProvider":"AAD"},
     "suffixes":{"keyVaultDns":"vault.azure.net"}},
    {"name":"Stack","resourceManager":"https://management.stack.example:443",
     "authentication":{"loginEndpoint":"https://login.stack.example",
       "audiences":["https://management.stack.example/0123"]},
     "suffixes":{"keyVaultDns":"vault.stack.example","mhsmDns":"hsm.stack.example"}}])";
  const Cloud azure = cloud_from_metadata(answer, "https://MANAGEMENT.azure.com");
  BOOST_TEST(azure.name == "AzureCloud");
  BOOST_TEST(azure.audience == "https://management.azure.com");
  const Cloud stack = cloud_from_metadata(answer, "https://management.stack.example");
  BOOST_TEST(stack.name == "Stack");
  BOOST_TEST(stack.audience == "https://management.stack.example/0123");
  BOOST_TEST(stack.vault_dns_suffix == "vault.stack.example");
  BOOST_TEST(stack.managed_hsm_dns_suffix == "hsm.stack.example");
}

BOOST_AUTO_TEST_CASE(an_array_of_one_needs_no_address) {
  const Cloud cloud = cloud_from_metadata(
      R"([{"name":"Lab","authentication":{"loginEndpoint":"https://l.example",
           "audiences":["https://a.example"]}}])",
      "https://management.lab.example");
  BOOST_TEST(cloud.name == "Lab");
}

struct BadMetadata {
  const char *json, *named;
};
std::ostream& operator<<(std::ostream& out, const BadMetadata& bad) { return out << bad.json; }
const BadMetadata bad_answers[] = {
    {"{}", "authentication.loginEndpoint"},
    {"[]", "at least one cloud"},
    {"\"text\"", "expected an object"},
    {R"([{"name":"a"},{"name":"b"}])", "resourceManager"},
    {R"({"authentication":{"loginEndpoint":"http://login.example","audiences":["https://a"]}})",
     "not an https URL"},
    {R"({"authentication":{"loginEndpoint":"https://login.example?x","audiences":["https://a"]}})",
     "has a query or fragment"},
    {R"({"authentication":{"loginEndpoint":"https://login.example/#","audiences":["https://a"]}})",
     "has a query or fragment"},
    {R"({"authentication":{"loginEndpoint":"https://login.example"}})", "audiences"},
    {R"({"authentication":{"loginEndpoint":"https://login.example","audiences":[]}})", "audiences"},
};
BOOST_DATA_TEST_CASE(says_what_is_wrong_with_a_description,
                     boost::unit_test::data::make(bad_answers), bad) {
  BOOST_CHECK_EXCEPTION(cloud_from_metadata(bad.json, "https://arm.example"), FormatError,
                        [&](const FormatError& error) {
                          BOOST_TEST_INFO(error.what());
                          return std::string(error.what()).find(bad.named) != std::string::npos &&
                                 error.info().target == "https://arm.example/metadata/endpoints";
                        });
}

BOOST_AUTO_TEST_CASE(text_that_is_not_json_is_an_error) {
  BOOST_CHECK_THROW(cloud_from_metadata("<html>", "https://arm.example"), FormatError);
}

BOOST_AUTO_TEST_CASE(a_description_of_a_mebibyte_is_read_and_not_a_byte_more) {
  std::string text = stack;
  text.resize(max_cloud_metadata_bytes, ' ');
  BOOST_TEST(cloud_from_metadata(text, stack_origin).name == "Stack");
  text += ' ';
  BOOST_CHECK_THROW(cloud_from_metadata(text, stack_origin), FormatError);
}

BOOST_FIXTURE_TEST_CASE(an_endpoint_is_asked_for_its_cloud_without_a_token, Asked) {
  transport->reply(200, {}, stack);
  const Cloud cloud = discover_cloud(stack_origin + "/", transport, context);
  BOOST_TEST(cloud.name == "Stack");
  BOOST_TEST(cloud.resource_manager == stack_origin);
  BOOST_TEST(cloud.authority_host == "https://login.stack.example");
  BOOST_TEST(cloud.vault_dns_suffix == "vault.stack.example");
  BOOST_TEST(cloud.managed_hsm_dns_suffix == "hsm.stack.example");
  const http::Request request = transport->requests().at(0);
  BOOST_TEST(request.url == stack_origin + "/metadata/endpoints?api-version=2022-09-01");
  BOOST_TEST(!request.headers.has("Authorization"));
  BOOST_TEST(request.headers.get("User-Agent").value().starts_with("akv/"));
}

BOOST_FIXTURE_TEST_CASE(an_endpoint_that_knows_only_the_oldest_form_is_asked_for_that, Asked) {
  transport->reply(400, {}, R"({"error":{"code":"InvalidApiVersionParameter","message":"old"}})")
      .reply(200, {}, stack);
  BOOST_TEST(discover_cloud(stack_origin, transport, context).name == "Stack");
  BOOST_TEST(transport->requests().at(1).url ==
             stack_origin + "/metadata/endpoints?api-version=2015-01-01");
  transport->reply(400, {}, "no").reply(400, {}, R"({"error":{"code":"Bad","message":"no"}})");
  BOOST_CHECK_EXCEPTION(discover_cloud(stack_origin, transport, context), AzureError,
                        [](const AzureError& error) { return error.info().code == "Bad"; });
}

BOOST_FIXTURE_TEST_CASE(a_question_without_an_answer_is_asked_again, Asked) {
  transport->fail(true).reply(503).reply(200, {}, stack);
  BOOST_TEST(discover_cloud(stack_origin, transport, context).name == "Stack");
  BOOST_TEST((clock.slept() > std::chrono::seconds(0)));
}

BOOST_FIXTURE_TEST_CASE(an_answer_that_is_no_description_says_what_was_asked, Asked) {
  transport->reply(404, {}, R"({"error":{"code":"NotFound","message":"Nothing here."}})");
  BOOST_CHECK_EXCEPTION(discover_cloud(stack_origin, transport, context), NotFoundError,
                        [](const NotFoundError& error) {
                          return error.info().operation == "Cloud.metadata" &&
                                 error.info().message == "Nothing here.";
                        });
  transport->reply(200, {{"x-ms-request-id", "the-id"}}, "<html>Sign in to the hotel</html>");
  BOOST_CHECK_EXCEPTION(
      discover_cloud(stack_origin, transport, context), FormatError, [](const FormatError& error) {
        return error.info().target == stack_origin + "/metadata/endpoints?api-version=2022-09-01" &&
               error.info().request_id == "the-id";
      });
}

BOOST_FIXTURE_TEST_CASE(only_an_https_endpoint_is_asked_for_its_cloud, Asked) {
  for (const char* const url :
       {"http://arm.example", "arm.example", "", "https://user:PLANTED@arm.example/"})
    BOOST_CHECK_EXCEPTION(
        discover_cloud(url, transport, context), FormatError, [](const FormatError& error) {
          return error.info().message == "the resource manager's address must be an https URL" &&
                 std::string(error.what()).find("PLANTED") == std::string::npos;
        });
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_SUITE_END()
